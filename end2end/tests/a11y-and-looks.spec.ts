import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { GrantDialog } from '../support/dialog.ts';
import { EXPORT, KINDS, type Kind } from '../support/export.ts';
import { contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { axe, looks } from '../support/looks.ts';
import { activate, logIn, openContact } from '../support/pages.ts';

/** The kinds of which the export has documents. */
const IN_THE_EXPORT: Kind[] = ['leads', 'sales', 'purchases', 'invoices', 'projects', 'tasks', 'timesheets'];

test.describe.configure({ timeout: 90_000 });

test('The sign-in page, also after a mistake', async ({ page, allowConsole }) => {
  await visit(page, '/login');
  await looks(page, 'login');
  allowConsole(status(422));
  await logIn(page, 'somebody@rivet.example', 'wrong');
  await expect(page.getByRole('alert')).toBeVisible();
  await looks(page, 'login-refused');
  await visit(page, '/logout');
  await looks(page, 'logout');
});

test.describe('An empty installation', () => {
  test.use({ data: 'empty' });

  test('The set-up page', async ({ page, installation }) => {
    const link = installation.stdout.match(/http:\S+\/setup\/\S+/)![0];
    await page.goto(link);
    await looks(page, 'setup');
  });
});

test.describe('A fresh installation', () => {
  test.use({ data: 'administrator' });

  test('The staff’s pages before there is anything in them', async ({ staff }) => {
    for (const [name, path] of Object.entries({ contacts: '/staff/contacts', import: '/staff/import', mail: '/staff/mail' })) {
      await visit(staff, path);
      await looks(staff, `staff-${name}-empty`);
    }
  });
});

test('An invitation: live, with a mistake, used, broken', async ({ administrator, installation, page, allowConsole }) => {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  const invitation = await installation.invitation('billy.fox45@example.com');
  await page.goto(invitation);
  await looks(page, 'accept');
  allowConsole(status(422, 410, 404));
  await activate(page, 'short');
  await looks(page, 'accept-refused');
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')], 'Revoke');
  await page.goto(invitation);
  await looks(page, 'accept-revoked');
  await page.goto(`${invitation}x`);
  await looks(page, 'accept-broken');
});

test('The portal’s home, its menus, and an empty list', async ({ customer }) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my');
  await looks(page, 'my');
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await axe(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await axe(page);
  await visit(page, '/my/tickets');
  await looks(page, 'my-tickets-empty');
});

for (const kind of IN_THE_EXPORT) {
  test(`${KINDS[kind]}: the list and a document`, async ({ customer }) => {
    const page = await customer('Billy Fox');
    await visit(page, `/my/${kind}`);
    await looks(page, `my-${kind}`);
    const first = await page.locator(`main a[href^="/my/${kind}/"]`).first().getAttribute('href');
    await visit(page, first!);
    await expect(page.getByRole('article')).toBeVisible();
    await looks(page, `my-${kind}-document`);
  });
}

test('A long list with its pager', async ({ customer }) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/timesheets');
  await looks(page, 'my-timesheets-long');
});

test('The staff’s home and contacts', async ({ staff, administrator }) => {
  await visit(staff, '/staff');
  await looks(staff, 'staff');
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await visit(staff, '/staff/contacts?q=fox');
  await staff.getByRole('checkbox', { name: 'Select Billy Fox', exact: true }).check();
  await looks(staff, 'staff-contacts-ticked');
  await visit(staff, '/staff/contacts');
  await looks(staff, 'staff-contacts');
});

test('A company and its form', async ({ staff }) => {
  await openContact(staff, 'Ready Mat');
  await looks(staff, 'staff-company');
  await staff.getByRole('button', { name: 'Action', exact: true }).click();
  await axe(staff);
  const address = new URL(staff.url()).pathname;
  await visit(staff, `${address}/edit`);
  await looks(staff, 'staff-contact-form');
});

test('The dialog Grant portal access, before and after Apply', async ({ staff }) => {
  await openContact(staff, 'Acme Flow Ltd');
  const dialog = await GrantDialog.open(staff);
  await looks(staff, 'staff-grant-dialog');
  for (const name of ['Ann Good', 'Cid BadMail']) {
    await dialog.row(name).inPortal.check();
  }
  await dialog.apply.click();
  await dialog.row('Ann Good').isInvited();
  await looks(staff, 'staff-grant-dialog-applied');
});

test('The import with a report, and the mails', async ({ staff, installation, administrator }) => {
  const outcome = await installation.run(['import', 'odoo', EXPORT]);
  expect(outcome.code, outcome.stderr).toBe(0);
  await visit(staff, '/staff/import');
  await staff.getByRole('table', { name: 'Latest runs' }).getByRole('link').first().click();
  await expect(staff.getByRole('table', { name: 'What happened' })).toBeVisible();
  await looks(staff, 'staff-import');
  const people = ['Billy Fox', 'Kim Snyder', 'Ann Good'];
  await grant(administrator, await Promise.all(people.map((name) => contactNamed(administrator, name))));
  await expect.poll(async () => (await installation.mails()).length).toBe(3);
  await visit(staff, '/staff/mail');
  await looks(staff, 'staff-mail');
});

test('Pages that are not there', async ({ staff, customer, page, allowConsole }) => {
  allowConsole(status(404));
  const isMissing = async (whose: Page, path: string, name: string) => {
    expect((await whose.goto(path))!.status(), path).toBe(404);
    await expect(whose.getByText('Page not found').first()).toBeVisible();
    await looks(whose, name);
  };
  const nobody = '01890000-0000-7000-8000-000000000000';
  await isMissing(staff, '/staff/nothing-here', 'staff-not-found');
  await isMissing(staff, `/staff/contacts/${nobody}`, 'staff-contact-not-found');
  const theirs = await customer('Billy Fox');
  await isMissing(theirs, `/my/invoices/${nobody}`, 'my-document-not-found');
  await isMissing(theirs, '/my/nothing-here', 'my-not-found');
  await isMissing(page, '/nothing-here', 'not-found');
});
