"""localstripe, a stand-in for Stripe, as the tests want it.

It listens on this machine only (`--port`, or a free one, which is the first line that it writes), keeps what it knows
in memory, so that several run side by side, answers a repeated Idempotency-Key as Stripe does, and knows where a payer is.
"""

import argparse
import asyncio
import socket

from aiohttp import web
from localstripe import errors, resources

resources.Store.dump_to_disk = lambda store: None

CONFIRM = "/v1/payment_intents/{id}/confirm"


def confirm(id, use_stripe_sdk=None, off_session=None, **others):
    """A payment is charged. Whoever is away cannot be asked by their bank: it declines."""
    if off_session == "true":
        intent = resources.PaymentIntent._api_retrieve(id)
        if intent.status == "requires_confirmation":
            card = resources.PaymentMethod._api_retrieve(intent.payment_method)
            if card._requires_authentication():
                decline(intent)
    return resources.PaymentIntent._api_confirm(id, **others)


def decline(intent):
    intent._authentication_failed = True
    intent.payment_method = None
    resources.schedule_webhook(resources.Event("payment_intent.payment_failed", intent))
    code = "authentication_required"
    refused = errors.UserError(402, None, {"code": code, "decline_code": code})
    refused.body["error"]["type"] = "card_error"
    raise refused


# localstripe's own takes neither word. The server reads this list once, when it is imported.
resources.extra_apis[:] = [
    (method, url, confirm if url == CONFIRM else function) for method, url, function in resources.extra_apis
]

from localstripe import server  # noqa: E402

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
