"""localstripe, a stand-in for Stripe, as the tests want it.

It listens on this machine only (`--port`, or a free one, which is the first line that it writes), keeps what it knows
in memory, so that several run side by side, and answers a repeated Idempotency-Key as Stripe does.
"""

import argparse
import asyncio
import socket

from aiohttp import web
from localstripe import resources, server

resources.Store.dump_to_disk = lambda store: None

answers = {}
one_at_a_time = asyncio.Lock()


@web.middleware
async def idempotent(request, handler):
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method != "POST":
        return await handler(request)
    asked = (request.path, await request.read())
    async with one_at_a_time:
        if key in answers:
            before, status, body = answers[key]
            if before != asked:
                error = {"type": "idempotency_error", "message": "The key was used for another request."}
                return web.json_response({"error": error}, status=400)
            replayed = {"Idempotent-Replayed": "true"}
            return web.Response(body=body, status=status, headers=replayed, content_type="application/json")
        answer = await handler(request)
        # What is refused before anything is done is not kept.
        if answer.status in (200, 402):
            answers[key] = (asked, answer.status, answer.body)
        return answer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    listener = socket.create_server(("127.0.0.1", parser.parse_args().port))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    server.app.middlewares.insert(0, idempotent)
    web.run_app(server.app, sock=listener, access_log=None, print=None)


if __name__ == "__main__":
    main()
