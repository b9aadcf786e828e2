import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

import { status } from '../support/console.ts';
import { blockWasm, expect, grant, contactNamed, PASSWORD, test, visit } from '../support/fixtures.ts';
import { looks, shots } from '../support/looks.ts';
import { activate, button, field, link } from '../support/pages.ts';

const LOGIN = 'billy.fox45@example.com';

test.describe.configure({ timeout: 90_000 });

/** A file of a ZIP, by its central directory. */
function unzip(bytes: Buffer, wanted: string): string {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === wanted) {
      const local = bytes.readUInt32LE(at + 42);
      const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      return inflateRawSync(bytes.subarray(begin, begin + size)).toString('utf8');
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  throw new Error(`no ${wanted}`);
}

test('Which mails one gets is chosen by area; security mails always come', async ({ customer }) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my');
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await link(page, 'Notifications and privacy').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notifications and privacy');
  const security = page.getByRole('checkbox', { name: 'Security of your account', exact: true });
  await expect(security).toBeChecked();
  await expect(security).toBeDisabled();
  const orders = page.getByRole('checkbox', { name: 'News of Quotations & Orders', exact: true });
  await expect(orders).toBeChecked();
  await looks(page, 'privacy');
  await orders.uncheck();
  await button(page, 'Save').click();
  await expect(page.getByRole('status')).toContainText('Saved');
  await expect(orders).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Payments and reminders', exact: true })).toBeChecked();
  await page.reload();
  await expect(orders).not.toBeChecked();
});

test('One’s data, as a file that programs can read', async ({ customer }) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my/privacy');
  const download = page.waitForEvent('download');
  await button(page, 'Export my data').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/-data-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = await readFile((await file.path())!);
  const data = JSON.parse(unzip(bytes, 'data.json'));
  expect(data.login.login).toBe(LOGIN);
  expect(data.contacts[0].name).toBe('Billy Fox');
  expect(data.documents.invoices.length).toBeGreaterThan(0);
  expect(JSON.stringify(data)).not.toMatch(/argon2|"hash"|salesperson.*null/);
  expect(unzip(bytes, 'read-me.txt')).toContain('data.json');
});

// Odoo's A11: “user archived, login begins with the deleted marker, password unusable”; U2: only portal users.
test('An account is closed by login and password; both are told, and the address can be invited again', async ({
  customer,
  visitor,
  administrator,
  installation,
  allowConsole,
}) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my/privacy');
  await link(page, 'Close my account').click();
  await expect(page.getByRole('region', { name: 'What happens' })).toContainText('Your access to Ready Mat ends at once');
  await looks(page, 'close-account');
  allowConsole(status(422));
  await field(page, 'Your login').fill('somebody.else@example.com');
  await field(page, 'Password').fill(PASSWORD);
  await button(page, 'Close my account for good').click();
  await expect(field(page, 'Your login')).toHaveAccessibleDescription(/not your login/);
  await expect(field(page, 'Your login')).toHaveValue('somebody.else@example.com');
  await field(page, 'Your login').fill(LOGIN);
  await field(page, 'Password').fill('not my password');
  await button(page, 'Close my account for good').click();
  await expect(field(page, 'Password')).toHaveAccessibleDescription(/not your password/);
  await expect(field(page, 'Password')).toHaveValue('');
  await looks(page, 'close-account-refused');
  await field(page, 'Password').fill(PASSWORD);
  await button(page, 'Close my account for good').click();
  await expect(page).toHaveURL(/\/login\?notice=account-closed/);
  await expect(page.getByRole('status')).toContainText('Your account is closed');
  await page.goto('/my');
  await expect(page).toHaveURL(/\/login/);
  const last = await installation.mailTo(LOGIN, /is closed$/);
  expect(last.text).toContain('What stays');
  const told = await installation.mailTo('help@rivet.example', /closed their account/);
  expect(told.text).toContain('Ready Mat');
  const reader = await visitor();
  for (const [name, mail] of Object.entries({ closed: last, left: told })) {
    await reader.setContent(mail.html);
    await shots(reader, `mail-account-${name}`);
  }

  // The books keep the contact, without the address.
  const billy = await contactNamed(administrator, 'Billy Fox');
  expect(billy.email).toBe('');
  await grant(administrator, [{ ...billy, email: LOGIN }]);
  const again = await visitor();
  await again.goto(await installation.invitation(LOGIN, 1));
  await activate(again, PASSWORD);
  await expect(again).toHaveURL(/\/my$/);
});

test('Without WebAssembly too', async ({ customer, allowConsole }) => {
  const page = await customer('Billy Fox');
  await blockWasm(page.context(), allowConsole);
  await page.goto('/my/privacy');
  await page.getByRole('checkbox', { name: 'Payments and reminders', exact: true }).uncheck();
  await button(page, 'Save').click();
  await expect(page).toHaveURL(/done=saved/);
  await expect(page.getByRole('checkbox', { name: 'Payments and reminders', exact: true })).not.toBeChecked();
  await link(page, 'Close my account').click();
  await link(page, 'Keep it').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notifications and privacy');
});
