import { expect, type Locator, type Page } from '@playwright/test';

import { Authenticator } from './authenticator.ts';
import { visit } from './fixtures.ts';
import { ADMINISTRATOR } from './templates.ts';

/** A button by its whole name. */
export const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true });
/** A link by its whole name. */
export const link = (within: Page | Locator, name: string) => within.getByRole('link', { name, exact: true });
/** A field by its whole label. */
export const field = (within: Page | Locator, label: string) => within.getByLabel(label, { exact: true });

/** Fills the sign-in page in and sends it. */
export async function logIn(page: Page, email: string, password: string): Promise<void> {
  await field(page, 'Email').fill(email);
  await field(page, 'Password').fill(password);
  await button(page, 'Log in').click();
}

/** Fills an invitation's page in and sends it. */
export async function activate(page: Page, password: string, repetition = password): Promise<void> {
  await field(page, 'New Password').fill(password);
  await field(page, 'Verify New Password').fill(repetition);
  await button(page, 'Activate account').click();
}

/** Logs out by the menu of whoever is signed in. */
export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await button(page, 'Log out').click();
  await expect(page).toHaveURL(/\/login/);
}

/** Sets two-factor authentication up, from the password to the first code; the app, and the recovery codes. */
export async function enrol(page: Page, password: string): Promise<[Authenticator, string[]]> {
  await field(page, 'Password').fill(password);
  await button(page, 'Confirm Password').click();
  const app = await Authenticator.scan(page.getByRole('img', { name: 'QR code' }));
  await field(page, 'Verification Code').fill(await app.code());
  await button(page, 'Enable two-factor authentication').click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return [app, await codes.allInnerTexts()];
}

/** Finds a contact as staff do and opens its page. */
export async function openContact(page: Page, name: string): Promise<void> {
  await visit(page, '/staff/contacts');
  await page.getByRole('searchbox', { name: 'Search contacts', exact: true }).fill(name);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(page.locator('tbody').getByRole('row').first()).toContainText(name);
  await page.getByRole('row').getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** The tile of a kind on the portal home. */
export const tile = (page: Page, kind: string, count: number | RegExp) => {
  const number = count instanceof RegExp ? count.source : String(count);
  const name = new RegExp(`^${kind.replace(/[&]/g, '\\$&')}\\s+${number}$`);
  return page.getByRole('main').getByRole('link', { name });
};

/** Chooses a filter of a list. */
export const filter = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true });

/** Gives the administrator's password where it is asked for again: the session that tests begin with grows old while they run. */
export async function confirm(page: Page): Promise<void> {
  const box = page.getByRole('main').getByLabel('Password', { exact: true });
  if ((await box.count()) > 0) await box.fill(ADMINISTRATOR.password);
}

/** Makes a key for the machine API that may do everything; the header that it is sent in. */
export async function makeKey(page: Page): Promise<Record<string, string>> {
  await page.goto('/staff/settings/api-keys');
  await field(page, 'Name').fill('Another program');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await confirm(page);
  await button(page, 'Create key').click();
  return { authorization: `Bearer ${await field(page, 'Secret key').inputValue()}` };
}
