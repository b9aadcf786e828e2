import { readFileSync } from 'node:fs';

import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';

import type { Settings } from './binary.ts';
import { Complaints } from './console.ts';
import { Installation } from './installation.ts';
import { Session, cookieOf } from './session.ts';
import { template, type Data } from './templates.ts';

export { expect };

interface Options {
  /** Which data the test's installation begins with. */
  data: Data;
  /** Its address for customers, with PORT for the port. */
  publicUrl: string | undefined;
  /** More of its settings. */
  settings: Settings;
}

interface Fixtures {
  /** A server with data of its own. */
  installation: Installation;
  /** Declares what the browsers will complain about in this test; anything else fails it. */
  allowConsole: (...expected: RegExp[]) => void;
  /** A page of the administrator, who is signed in. */
  staff: Page;
  /** The administrator's session, for what must be so before a test begins. */
  administrator: Session;
  /** A page of somebody else, in a browser of their own. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** A page of a customer who was granted access, accepted and is signed in. */
  customer: (name: string, options?: BrowserContextOptions) => Promise<Page>;
  complaints: Complaints;
}

export const PASSWORD = 'nine quiet harbours';

export const test = base.extend<Options & Fixtures>({
  data: ['export', { option: true }],
  publicUrl: [undefined, { option: true }],
  settings: [{}, { option: true }],

  installation: async ({ data, publicUrl, settings }, use, info) => {
    const installation = await Installation.start({ template: template(data)?.folder, publicUrl, settings });
    await use(installation);
    if (info.status !== info.expectedStatus) {
      await info.attach('server log', { body: installation.log, contentType: 'text/plain' });
    }
    await installation.remove();
  },

  baseURL: async ({ installation }, use) => use(installation.publicUrl),

  complaints: [
    async ({}, use) => {
      const complaints = new Complaints();
      await use(complaints);
      expect(complaints.undeclared, 'what the browsers complained about').toEqual([]);
    },
    { auto: true },
  ],

  allowConsole: async ({ complaints }, use) => use((...expected) => complaints.allow(...expected)),

  context: async ({ context, complaints }, use) => {
    complaints.watch(context);
    await use(context);
  },

  visitor: async ({ browser, baseURL, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await open(browser, baseURL, options);
      contexts.push(context);
      complaints.watch(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  administrator: async ({ installation, data }, use) => {
    const { cookies } = JSON.parse(readFileSync(template(data)!.session, 'utf8'));
    await use(Session.from(installation.url, cookies[0]));
  },

  staff: async ({ visitor, data }, use) => {
    await use(await visitor({ storageState: template(data)!.session }));
  },

  customer: async ({ installation, administrator, visitor }, use) => {
    await use(async (name, options = {}) => {
      const contact = await contactNamed(administrator, name);
      await grant(administrator, [contact]);
      const link = await installation.invitation(contact.email);
      const session = await Session.accept(installation.url, link, PASSWORD);
      return visitor({ ...options, storageState: { cookies: [cookieOf(session)], origins: [] } });
    });
  },
});

function open(browser: Browser, baseURL: string | undefined, options: BrowserContextOptions): Promise<BrowserContext> {
  const size = { width: 1280, height: 900 };
  const own: BrowserContextOptions = { locale: 'en-GB', timezoneId: 'UTC', viewport: size, ...options };
  return browser.newContext(baseURL === undefined ? own : { baseURL, ...own });
}

export interface Contact {
  id: string;
  name: string;
  email: string;
}

/** The contact of exactly this name. */
export async function contactNamed(session: Session, name: string): Promise<Contact> {
  const found = await contactsNamed(session, name);
  const exact = found.filter((contact) => contact.name === name);
  expect(exact, `contacts named ${name}`).toHaveLength(1);
  return exact[0]!;
}

/** The contacts that a search finds. */
export async function contactsNamed(session: Session, search: string): Promise<Contact[]> {
  const page = await session.call<{ items: Contact[] }>('staff/contacts/list_contacts', { filter: { search } });
  return page.items;
}

/** Grants contacts portal access at the emails in the books. */
export async function grant(session: Session, contacts: Contact[], change = 'Grant', message = ''): Promise<void> {
  const rows = contacts.map(({ id, email }) => ({ contact: id, email, change }));
  const outcomes = await session.call<object[]>('staff/access/change_access', { rows, message });
  expect(outcomes.filter((outcome) => !('Done' in outcome)), 'refused').toEqual([]);
}

/** Waits until a page is interactive. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator('html[data-ready]')).toBeAttached();
}

/** Opens an address and waits until its page is interactive. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
}

/** Keeps WebAssembly from loading. */
export async function blockWasm(context: BrowserContext, allow: (...expected: RegExp[]) => void): Promise<void> {
  allow(/net::ERR_FAILED.*\.wasm/, /TypeError: Failed to fetch/, /WebAssembly/, /preload/);
  await context.route('**/*.wasm', (route) => route.abort());
}
