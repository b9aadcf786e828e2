import { SMTPServer } from 'smtp-server';

import { parseMail, type Mail } from './mails.ts';

/** A mail server that can be down. */
export class MailServer {
  readonly received: Mail[] = [];
  /** Recipients that it refuses for good. */
  readonly unknown = new Set<string>();
  #server: SMTPServer | undefined;

  constructor(readonly port: number) {}

  /** Takes mail from now on. */
  up(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onRcptTo: ({ address }, _session, done) => {
        if (this.unknown.has(address)) {
          done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
        } else {
          done();
        }
      },
      onData: (stream, _session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          parseMail(Buffer.concat(parts)).then((mail) => {
            this.received.push(mail);
            done();
          }, done);
        });
      },
    });
    server.on('error', () => undefined);
    this.#server = server;
    return new Promise((resolve) => server.listen(this.port, '127.0.0.1', resolve));
  }

  down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    return new Promise((resolve) => (server === undefined ? resolve() : server.close(resolve)));
  }

  /** To whom mails came, in order. */
  get recipients(): string[] {
    return this.received.map((mail) => mail.to).sort();
  }
}
