import { expect, type APIRequestContext, type Page } from '@playwright/test';

import { contactNamed, grant, PASSWORD, visit } from './fixtures.ts';
import { button, field, makeKey } from './pages.ts';
import { cookieOf, Session } from './session.ts';

/** Records of a business that is paid in euros, and Ann of one of its customers, written by the machine API. */
export interface Books {
  headers: Record<string, string>;
  request: APIRequestContext;
}

export async function books(staff: Page, request: APIRequestContext): Promise<Books> {
  await visit(staff, '/staff/settings/general');
  await field(staff, 'IBAN').fill('DE89 3704 0044 0532 0130 00');
  await field(staff, 'Currency').selectOption('EUR');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.')).toBeVisible();
  const headers = await makeKey(staff);
  for (const [id, data] of [
    ['euro', { name: 'Euro Ltd', kind: 'company', email: 'boss@euro.example' }],
    ['ann', { name: 'Ann Euro', email: 'ann@euro.example', parent: 'euro' }],
  ] as const) {
    expect((await request.put(`/api/v1/contacts/${id}`, { headers, data })).status()).toBe(201);
  }
  return { headers, request };
}

/** A day from today on, or before it: what is due has to be so whenever the tests run. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** An invoice of Ann's. */
export async function invoice(books: Books, id: string, amount: string, due = inDays(24), more: object = {}): Promise<void> {
  const lines = [{ description: 'Bolts', quantity: 1, price: amount }];
  await document(books, 'invoices', id, { number: `INV/${id}`, state: 'posted', dated_on: '2026-11-01', due_on: due, lines, ...more });
}

/** Another document of Ann's. */
export async function document({ headers, request }: Books, kind: string, id: string, more: object): Promise<void> {
  const data = { contact: 'ann', currency: 'EUR', published: true, ...more };
  const answer = await request.put(`/api/v1/documents/${kind}/${id}`, { headers, data });
  expect(answer.status(), await answer.text()).toBe(201);
}

interface Fixtures {
  installation: { url: string; invitation(email: string): Promise<string> };
  administrator: Session;
  visitor: (options: object) => Promise<Page>;
}

/** Somebody of the customer's, signed in, in a browser of their own. */
async function signedIn({ installation, administrator, visitor }: Fixtures, name: string, email: string): Promise<Page> {
  await grant(administrator, [await contactNamed(administrator, name)]);
  const session = await Session.accept(installation.url, await installation.invitation(email), PASSWORD);
  return visitor({ storageState: { cookies: [cookieOf(session)], origins: [] } });
}

/** Ann, who has the usual rights. */
export const ann = (fixtures: Fixtures): Promise<Page> => signedIn(fixtures, 'Ann Euro', 'ann@euro.example');
/** Whoever signs in as the company itself, and may do everything. */
export const boss = (fixtures: Fixtures): Promise<Page> => signedIn(fixtures, 'Euro Ltd', 'boss@euro.example');
