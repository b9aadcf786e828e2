import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { blockWasm, expect, PASSWORD, ready, test, visit } from '../support/fixtures.ts';
import { looks, shots } from '../support/looks.ts';
import { button, logIn } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const LOGIN = 'billy.fox45@example.com';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

test.describe.configure({ timeout: 90_000 });

const sessions = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true });
const rows = (page: Page) => sessions(page).getByRole('row').filter({ has: page.getByRole('cell') });

async function logInAt(page: Page): Promise<void> {
  await page.goto('/login');
  await logIn(page, LOGIN, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
}

// Issue 4, 6: “end one, end all others”; Odoo's D5: “Revoking a device sends its next request to login”.
test('Every browser is listed; one is ended, then all others, each out at its next request', async ({
  customer,
  visitor,
  allowConsole,
}) => {
  // The open page's next request is refused.
  allowConsole(status(401));
  const page = await customer('Billy Fox');
  const firefox = await visitor({ userAgent: WINDOWS });
  const phone = await visitor({ userAgent: IPHONE });
  await logInAt(firefox);
  await logInAt(phone);

  await visit(page, '/my/security');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('This device');
  await expect(rows(page).first().getByRole('button')).toHaveCount(0);
  await expect(rows(page).filter({ hasText: 'Firefox' })).toContainText('Windows');
  await expect(rows(page).filter({ hasText: 'iPhone' })).toContainText('Safari');
  await expect(rows(page).first()).toContainText('127.0.0.1');
  await expect(sessions(page)).toContainText('ends by itself after an hour without use, and 24 hours after logging in');
  await looks(page, 'security-sessions');

  await page.getByRole('button', { name: /^End session \d: Firefox on Windows$/ }).click();
  await expect(sessions(page).getByRole('status')).toContainText('The session has ended');
  await expect(rows(page)).toHaveCount(2);
  await firefox.goto('/my');
  await expect(firefox).toHaveURL(/\/login\?notice=ended/);
  await phone.goto('/my');
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Welcome');

  // The phone stays logged in on an open page: its next click, even of a page that is interactive, leads to sign-in.
  await ready(phone);
  await button(page, 'End all other sessions').click();
  await expect(sessions(page).getByRole('status')).toContainText('All other sessions have ended');
  await expect(button(page, 'End all other sessions')).toHaveCount(0);
  await expect(rows(page)).toHaveCount(1);
  await phone.getByRole('main').getByRole('link', { name: /^Invoices/ }).click();
  await expect(phone).toHaveURL(/\/login/);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
});

test('A sign-in from a new browser is told by mail, once, with what to do', async ({ customer, visitor, installation }) => {
  await customer('Billy Fox');
  const firefox = await visitor({ userAgent: WINDOWS });
  await logInAt(firefox);
  const mail = await installation.mailTo(LOGIN, /^New sign-in/);
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('Firefox');
    expect(part).toContain('Windows');
    expect(part).toContain('127.0.0.1');
  }
  const reader = await visitor();
  await reader.setContent(mail.html);
  await shots(reader, 'mail-new-sign-in');
  const link = mail.links.find((found) => found.endsWith('/my/security'))!;
  await firefox.goto(link);
  await expect(firefox.getByRole('heading', { level: 1 })).toHaveText('Security');
  await logInAgain(firefox);
  const told = (await installation.mails()).filter((one) => one.subject.startsWith('New sign-in'));
  expect(told).toHaveLength(1);
});

/** Logs out and in again in the same browser. */
async function logInAgain(page: Page): Promise<void> {
  await page.goto('/logout');
  await button(page, 'Log out').click();
  await logInAt(page);
}

test('Staff have the same, and everything works without WebAssembly', async ({ context, page, visitor, allowConsole }) => {
  await blockWasm(context, allowConsole);
  const { email, password } = ADMINISTRATOR;
  const other = await visitor({ userAgent: WINDOWS });
  await other.goto('/login');
  await logIn(other, email, password);
  await page.goto('/login');
  await logIn(page, email, password);
  await page.goto('/staff/security');
  await expect(sessions(page)).toContainText('30 minutes without use, and 12 hours');
  await button(page, 'End all other sessions').click();
  await expect(page).toHaveURL(/\/staff\/security\?done=sessions-ended/);
  await expect(rows(page)).toHaveCount(1);
  await other.goto('/staff');
  await expect(other).toHaveURL(/\/login\?notice=ended/);
});
