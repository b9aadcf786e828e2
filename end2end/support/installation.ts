import { type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { launch, run, type Outcome, type Settings } from './binary.ts';
import { mailsIn, type Mail } from './mails.ts';

export interface Start {
  /** A data folder to begin with; its copy is used. */
  template?: string | undefined;
  /** The address that customers use, with PORT for the port; by default the server's own. */
  publicUrl?: string | undefined;
  /** More settings. */
  settings?: Settings | undefined;
}

/** A running `portico serve` with data of its own. */
export class Installation {
  #child: ChildProcess | undefined;
  #settings: Settings;
  #output = { stdout: '', stderr: '' };

  private constructor(
    readonly folder: string,
    readonly port: number,
    settings: Settings,
  ) {
    this.#settings = settings;
  }

  static async start(start: Start = {}): Promise<Installation> {
    const folder = await mkdtemp(path.join(tmpdir(), 'portico-e2e-'));
    if (start.template !== undefined) {
      await cp(start.template, folder, { recursive: true });
    }
    const port = await freePort();
    const publicUrl = (start.publicUrl ?? 'http://127.0.0.1:PORT').replace('PORT', String(port));
    const installation = new Installation(folder, port, {
      PORTICO_DATA_DIR: folder,
      PORTICO_ADDR: `127.0.0.1:${port}`,
      PORTICO_PUBLIC_URL: publicUrl,
      PORTICO_MAIL: `file:${path.join(folder, 'mail')}`,
      PORTICO_LOG: 'json',
      PORTICO_BUSINESS__NAME: 'Rivet Works',
      PORTICO_BUSINESS__SUPPORT_EMAIL: 'help@rivet.example',
      ...start.settings,
    });
    await installation.serve();
    return installation;
  }

  /** Where the server listens. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The address that customers use. */
  get publicUrl(): string {
    return this.#settings.PORTICO_PUBLIC_URL!;
  }

  /** What the server wrote to stdout. */
  get stdout(): string {
    return this.#output.stdout;
  }

  /** Its log. */
  get log(): string {
    return this.#output.stderr;
  }

  /** Starts the server and waits until it is ready. */
  async serve(settings: Settings = {}): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    const child = launch(['serve'], this.#settings);
    this.#child = child;
    child.stdout!.on('data', (part) => (this.#output.stdout += part));
    child.stderr!.on('data', (part) => (this.#output.stderr += part));
    let ended = false;
    child.once('exit', () => (ended = true));
    const patience = Date.now() + 20_000;
    while (!(await isReady(this.url))) {
      if (ended || Date.now() > patience) {
        throw new Error(`The server did not become ready:\n${this.#output.stdout}\n${this.#output.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Ends the server as a service manager does. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends the server as a power cut does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Stops the server and starts it with other settings. */
  async restart(settings: Settings = {}): Promise<void> {
    await this.stop();
    await this.serve(settings);
  }

  /** Runs a command beside the server. */
  run(args: string[], stdin = ''): Promise<Outcome> {
    return run(args, this.#settings, stdin);
  }

  /** Every mail that was sent to the folder, oldest first. */
  mails(): Promise<Mail[]> {
    return mailsIn(path.join(this.folder, 'mail'));
  }

  /** The latest invitation to somebody, as its mail has it; waits for the mail. */
  invitation(recipient: string, after = 0): Promise<string> {
    return this.linkTo(recipient, '/accept/', after);
  }

  /** The latest link below a path in a mail to somebody; waits for the mail. */
  async linkTo(recipient: string, below: string, after = 0): Promise<string> {
    const patience = Date.now() + 10_000;
    for (;;) {
      const links = (await this.mails())
        .filter((mail) => mail.to === recipient)
        .flatMap((mail) => mail.links.filter((link) => link.includes(below)));
      if (links.length > after) {
        return links.at(-1)!;
      }
      if (Date.now() > patience) {
        throw new Error(`No mail to ${recipient} with a link came; ${links.length} came before.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** A mail to somebody with these words in its subject; waits for it. */
  async mailTo(recipient: string, subject: RegExp): Promise<Mail> {
    const patience = Date.now() + 10_000;
    for (;;) {
      const found = (await this.mails()).find((mail) => mail.to === recipient && subject.test(mail.subject));
      if (found !== undefined) {
        return found;
      }
      if (Date.now() > patience) {
        throw new Error(`No mail to ${recipient} about ${subject} came.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Stops the server and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const impatient = setTimeout(() => child.kill('SIGKILL'), 15_000);
      child.once('exit', () => {
        clearTimeout(impatient);
        resolve();
      });
      child.kill(signal);
    });
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
