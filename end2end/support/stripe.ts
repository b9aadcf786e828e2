import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { expect, type Page } from '@playwright/test';

import type { Settings } from './binary.ts';
import { test as base } from './fixtures.ts';

const SECRET = 'whsec_of_these_tests';

/** A card that works, one that is taken in but declined when it is charged, and one whose bank asks its owner. */
export const CARDS = { good: '4242424242424242', declined: '4000000000000341', asks: '4000002500003155', refused: '4000000000000002' };

export interface Intent {
  id: string;
  status: string;
  amount: number;
  currency: string;
  metadata: Record<string, string>;
}

/** localstripe, a stand-in for Stripe, in a process of its own. */
export class Stripe {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Stripe> {
    const program = process.env.PORTICO_LOCALSTRIPE;
    if (!program) throw new Error('localstripe is not installed: run the browser tests by `cargo xtask test`.');
    const child = spawn(program, [], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [url] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    return new Stripe(child, url);
  }

  get settings(): Settings {
    return {
      PORTICO_STRIPE_SECRET_KEY: 'sk_test_12345',
      PORTICO_STRIPE_PUBLISHABLE_KEY: 'pk_test_12345',
      PORTICO_STRIPE_WEBHOOK_SECRET: SECRET,
      PORTICO_STRIPE_API_BASE: this.url,
    };
  }

  /** Has it tell the portal of what happens, as Stripe is told to in its dashboard. */
  async tell(portal: string): Promise<void> {
    await this.post('/_config/webhooks/portal', { url: `${portal}/hooks/stripe`, secret: SECRET });
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path, { headers: { authorization: 'Bearer sk_test_12345' } });
    expect(answer.ok, path).toBe(true);
    return answer.json() as Promise<T>;
  }

  async post(path: string, body: object): Promise<Response> {
    const headers = { authorization: 'Bearer sk_test_12345', 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.ok, path).toBe(true);
    return answer;
  }

  /** What was really taken, by the number of the payment. */
  async taken(): Promise<Record<string, number>> {
    const { data } = await this.get<{ data: Intent[] }>('/v1/payment_intents?limit=100');
    const paid = data.filter((intent) => intent.status === 'succeeded');
    return Object.fromEntries(paid.map((intent) => [intent.metadata.number, intent.amount]));
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }
}

/** Tests of an installation that takes cards through localstripe. */
export const test = base.extend<{ stripe: Stripe }>({
  stripe: async ({}, use) => {
    const stripe = await Stripe.start();
    await use(stripe);
    await stripe.stop();
  },
  settings: async ({ stripe }, use) => use(stripe.settings),
});

/** Enters a card into the provider's own field. */
export async function enterCard(page: Page, number: string): Promise<void> {
  const box = page.locator('.card-field');
  await box.getByPlaceholder('number').fill(number);
  await box.getByPlaceholder('exp_month').fill('12');
  await box.getByPlaceholder('exp_year').fill('34');
  await box.getByPlaceholder('cvc').fill('123');
  await box.getByPlaceholder('postal_code').fill('10115');
}
