import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, grant, PASSWORD, ready, test, visit } from '../support/fixtures.ts';
import type { Installation } from '../support/installation.ts';
import { axe, looks } from '../support/looks.ts';
import { button, field, link, logIn, openContact } from '../support/pages.ts';
import { Session } from '../support/session.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const USERS = '/staff/settings/users';
const BILLY = 'billy.fox45@example.com';
const NEW_PASSWORD = 'four slow blue trams';

const rows = (page: Page) => page.getByRole('table', { name: 'Users', exact: true }).locator('tbody').getByRole('row');
const row = (page: Page, name: string) => page.getByRole('row').getByRole('link', { name: new RegExp(`^${name}`) });
const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });

async function filters(page: Page): Promise<void> {
  await button(page, 'Filters').click();
}

/** Billy Fox is granted access and has a password. */
async function withBilly(administrator: Session, installation: Installation): Promise<void> {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await Session.accept(installation.url, await installation.invitation(BILLY), PASSWORD);
}

/** Opens Billy's page as the seed says it. */
async function findBilly(page: Page): Promise<void> {
  await visit(page, USERS);
  await filters(page);
  await item(page, 'Portal Users').click();
  await expect(page).toHaveURL(/is=portal/);
  await row(page, 'Billy Fox').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Billy Fox', exact: true })).toBeVisible();
}

for (const isPlain of [false, true]) {
  test.describe(isPlain ? 'Without WebAssembly' : 'With WebAssembly', () => {
    test('“under Filters, select Portal Users, or select Add Custom Filter and set … Groups > contains > portal”, “click Edit …, click into the Email Address field”', async ({
      staff,
      administrator,
      installation,
      visitor,
      allowConsole,
    }) => {
      await withBilly(administrator, installation);
      if (isPlain) {
        await blockWasm(staff.context(), allowConsole);
      }
      await staff.goto(USERS);
      if (!isPlain) {
        await ready(staff);
      }
      await expect(row(staff, ADMINISTRATOR.email)).toBeVisible();
      await filters(staff);
      await item(staff, 'Portal Users').click();
      await expect(rows(staff)).toHaveCount(1);
      await expect(row(staff, 'Billy Fox')).toBeVisible();
      await link(staff, 'Remove filter: Portal Users').click();
      await expect(row(staff, ADMINISTRATOR.email)).toBeVisible();

      await filters(staff);
      await item(staff, 'Add Custom Filter').click();
      const dialog = staff.getByRole('dialog', { name: 'Add Custom Filter', exact: true });
      await field(dialog, 'Field').selectOption('Groups');
      await field(dialog, 'Operator').selectOption('contains');
      await field(dialog, 'Value').fill('portal');
      await button(dialog, 'Apply').click();
      await expect(rows(staff)).toHaveCount(1);
      await expect(staff.getByRole('list', { name: 'Filters that are on' })).toContainText('Groups contains portal');
      if (!isPlain) {
        await ready(staff);
      }
      const search = staff.getByRole('searchbox', { name: 'Search users', exact: true });
      await search.fill('billy');
      await search.press('Enter');
      await expect(staff).toHaveURL(/q=billy/);
      await row(staff, 'Billy Fox').click();

      await link(staff, 'Edit').click();
      await expect(field(staff, 'Email Address')).toHaveValue(BILLY);
      await field(staff, 'Email Address').fill('Billy@new.example');
      await button(staff, 'Save').click();
      await expect(staff.getByRole('status')).toContainText('the new login works');
      await expect(staff.getByRole('main')).toContainText('billy@new.example');

      // “only changes the username on the customer’s portal login”
      const contact = await contactNamed(administrator, 'Billy Fox');
      expect(contact.email).toBe(BILLY);
      for (const address of [BILLY, 'billy@new.example']) {
        const told = await installation.mailTo(address, /login .* has changed/);
        expect(told.text).toContain('billy@new.example');
      }
      allowConsole(status(422));
      const customer = await visitor();
      await customer.goto('/login');
      await logIn(customer, BILLY, PASSWORD);
      await expect(customer.getByRole('alert')).toBeVisible();
      await logIn(customer, 'billy@new.example', PASSWORD);
      await expect(customer).toHaveURL(/\/my$/);
    });

    test('“heading to the contact and selecting Password Reset: Then you can choose to send a Password Reset link”', async ({
      staff,
      administrator,
      installation,
      visitor,
      allowConsole,
    }) => {
      await withBilly(administrator, installation);
      const { id } = await contactNamed(administrator, 'Billy Fox');
      if (isPlain) {
        await blockWasm(staff.context(), allowConsole);
      }
      const open = await visitor();
      await open.goto('/login');
      await logIn(open, BILLY, PASSWORD);
      await expect(open).toHaveURL(/\/my$/);

      await staff.goto(`/staff/contacts/${id}`);
      await link(staff, 'Password Reset').click();
      await expect(staff.getByRole('main')).toContainText(BILLY);
      await button(staff, 'Send password reset').click();
      await expect(staff.getByRole('status')).toContainText('The mail is on its way.');

      const mailed = await installation.linkTo(BILLY, '/reset/');
      const customer = await visitor();
      if (isPlain) {
        await blockWasm(customer.context(), allowConsole);
      }
      await customer.goto(mailed);
      await expect(customer.getByRole('main')).toContainText(BILLY);
      allowConsole(status(422, 404));
      await field(customer, 'New Password').fill('short');
      await field(customer, 'Verify New Password').fill('short');
      await button(customer, 'Set password').click();
      await expect(field(customer, 'New Password')).toHaveAccessibleDescription(/at least 8 characters/i);
      await field(customer, 'New Password').fill(NEW_PASSWORD);
      await field(customer, 'Verify New Password').fill(NEW_PASSWORD);
      await button(customer, 'Set password').click();
      await expect(customer.getByRole('status')).toContainText('Your password is set');
      await logIn(customer, BILLY, PASSWORD);
      await expect(customer.getByRole('alert')).toBeVisible();
      await logIn(customer, BILLY, NEW_PASSWORD);
      await expect(customer).toHaveURL(/\/my$/);
      await installation.mailTo(BILLY, /password .* was changed/);

      await open.goto('/my');
      await expect(open).toHaveURL(/\/login/);
      await open.goto(mailed);
      await expect(open.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
      await expect(open.locator('form, input')).toHaveCount(0);
    });
  });
}

test('“Note this only works if the portal user has their email as the login. If they do not, you will need to use the manual password override.”', async ({
  staff,
  administrator,
  installation,
  visitor,
  allowConsole,
}) => {
  await withBilly(administrator, installation);
  await findBilly(staff);
  await link(staff, 'Edit').click();
  await field(staff, 'Email Address').fill('billy-fox');
  await button(staff, 'Save').click();
  await expect(button(staff, 'Set password')).toBeVisible();
  await expect(button(staff, 'Send password reset')).toHaveCount(0);

  await openContact(staff, 'Billy Fox');
  await link(staff, 'Password Reset').click();
  await expect(staff.getByRole('main')).toContainText('Set a password by hand');
  allowConsole(status(422));
  await field(staff, 'New Password').fill('short');
  await field(staff, 'Verify New Password').fill('short');
  await button(staff, 'Set password').click();
  await expect(field(staff, 'New Password')).toHaveAccessibleDescription(/Use at least 8/);
  await looks(staff, 'users-password-by-hand');
  await field(staff, 'New Password').fill(NEW_PASSWORD);
  await field(staff, 'Verify New Password').fill(NEW_PASSWORD);
  await button(staff, 'Set password').click();
  await expect(staff.getByRole('status')).toContainText('The password is set');
  const customer = await visitor();
  await customer.goto('/login');
  await logIn(customer, 'Billy-Fox', NEW_PASSWORD);
  await expect(customer).toHaveURL(/\/my$/);
});

test('Filters narrow, are joined by or, say what is wrong, and can be kept as an address', async ({
  staff,
  administrator,
  installation,
}) => {
  await withBilly(administrator, installation);
  await grant(administrator, [await contactNamed(administrator, 'Kim Snyder')]);
  await visit(staff, USERS);
  await expect(rows(staff)).toHaveCount(3);
  await filters(staff);
  await axe(staff);
  await item(staff, 'Never connected').click();
  await expect(row(staff, 'Kim Snyder')).toBeVisible();
  await expect(row(staff, 'Billy Fox')).toHaveCount(0);
  await filters(staff);
  await item(staff, 'Two-factor off').click();
  await filters(staff);
  await item(staff, 'Portal Users').click();
  await expect(staff).toHaveURL(/is=portal&is=never-connected&is=two-factor-off/);
  await expect(rows(staff)).toHaveCount(1);
  await link(staff, 'Clear filters').click();
  await expect(rows(staff)).toHaveCount(3);

  await filters(staff);
  await item(staff, 'Add Custom Filter').click();
  const dialog = staff.getByRole('dialog', { name: 'Add Custom Filter', exact: true });
  await field(dialog, 'Field').selectOption('Latest authentication');
  await field(dialog, 'Operator').selectOption('before');
  await field(dialog, 'Value').fill('yesterday');
  await button(dialog, 'Apply').click();
  await expect(field(dialog, 'Value')).toHaveAccessibleDescription(/Enter a date such as/);
  await expect(field(dialog, 'Value')).toHaveValue('yesterday');
  await ready(staff);
  await looks(staff, 'users-custom-filter');
  await field(dialog, 'Operator').selectOption('is');
  await field(dialog, 'Value').fill('never');
  await button(dialog, 'Apply').click();
  await expect(rows(staff)).toHaveCount(1);
  await ready(staff);
  await filters(staff);
  await item(staff, 'Add Custom Filter').click();
  await field(dialog, 'Field').selectOption('Name');
  await field(dialog, 'Operator').selectOption('is');
  await field(dialog, 'Value').fill('billy fox');
  await field(dialog, 'Together with the other conditions').selectOption('One of them holds (or)');
  await button(dialog, 'Apply').click();
  await expect(rows(staff)).toHaveCount(2);
  await expect(staff).toHaveURL(/where=last\.is\.never/);
  await staff.reload();
  await expect(rows(staff)).toHaveCount(2);
  await looks(staff, 'users-filtered');
  await visit(staff, `${USERS}?q=nobody-is-called-so`);
  await expect(staff.getByRole('main')).toContainText('No user matches');
  await looks(staff, 'users-none');
  await link(staff, 'Show all users').click();
  await expect(rows(staff)).toHaveCount(3);
  await expect(staff.getByRole('searchbox', { name: 'Search users', exact: true })).toHaveValue('');
  await looks(staff, 'users');
});

test('A disabled login is out at once, and comes back', async ({ staff, customer, allowConsole }) => {
  const billy = await customer('Billy Fox');
  await visit(billy, '/my');
  await findBilly(staff);
  await expect(staff.getByRole('table', { name: 'Audit trail', exact: true })).toContainText('Access granted');
  await looks(staff, 'user');
  await button(staff, 'Disable login').click();
  await expect(staff.getByRole('status')).toContainText('The login is disabled.');
  await looks(staff, 'user-disabled');
  await billy.reload();
  await expect(billy).toHaveURL(/\/login/);
  allowConsole(status(422));
  await logIn(billy, BILLY, PASSWORD);
  await expect(billy.getByRole('alert')).toBeVisible();
  await button(staff, 'Enable login').click();
  await expect(staff.getByRole('status')).toContainText('The login is enabled.');
  await logIn(billy, BILLY, PASSWORD);
  await expect(billy).toHaveURL(/\/my$/);
  await staff.reload();
  await button(staff, 'End all sessions').click();
  await expect(staff.getByRole('main')).toContainText('Not logged in anywhere');
  await billy.reload();
  await expect(billy).toHaveURL(/\/login/);
});

test('A new staff user accepts by mail and gets another role; nobody changes their own or disables themselves', async ({
  staff,
  installation,
  visitor,
  allowConsole,
}) => {
  allowConsole(status(422, 404));
  await visit(staff, USERS);
  await link(staff, 'New staff user').click();
  await field(staff, 'Name').fill('Bo Berg');
  await field(staff, 'Email').fill(ADMINISTRATOR.email.toUpperCase());
  await field(staff, 'System group').selectOption('Contact managers');
  await button(staff, 'Send invitation').click();
  await expect(field(staff, 'Email')).toHaveAccessibleDescription(/logs in with this already/);
  await expect(field(staff, 'Name')).toHaveValue('Bo Berg');
  await looks(staff, 'users-new-refused');
  await field(staff, 'Email').fill('bo@rivet.example');
  await button(staff, 'Send invitation').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Bo Berg', exact: true })).toBeVisible();
  await looks(staff, 'user-staff');

  const bo = await visitor();
  await bo.goto(await installation.linkTo('bo@rivet.example', '/reset/'));
  await looks(bo, 'reset-staff');
  await field(bo, 'New Password').fill(NEW_PASSWORD);
  await field(bo, 'Verify New Password').fill(NEW_PASSWORD);
  await button(bo, 'Activate account').click();
  await logIn(bo, 'bo@rivet.example', NEW_PASSWORD);
  await expect(bo).toHaveURL(/\/staff$/);
  await expect(link(bo, 'Users')).toHaveCount(0);
  expect((await bo.goto(USERS))!.status()).toBe(404);
  await expect(bo.getByRole('heading', { level: 1 })).toHaveText('Page not found');

  await field(staff, 'System group').selectOption('Administrators');
  await button(staff, 'Change role').click();
  await expect(staff.getByRole('status')).toContainText('The role is changed.');
  await bo.goto(USERS);
  await row(bo, ADMINISTRATOR.email).click();
  await field(bo, 'System group').selectOption('Staff');
  await button(bo, 'Change role').click();
  await expect(bo.getByRole('status')).toContainText('The role is changed.');
  await bo.goto(USERS);
  await row(bo, 'Bo Berg').click();
  await expect(button(bo, 'Disable login')).toHaveCount(0);
  await expect(button(bo, 'Change role')).toHaveCount(0);
  await looks(bo, 'user-self');
});

test('Two who edit one user: the second sees what the first saved', async ({ staff, administrator, installation, allowConsole }) => {
  await withBilly(administrator, installation);
  await findBilly(staff);
  await link(staff, 'Edit').click();
  await expect(field(staff, 'Require two-factor')).not.toBeChecked();
  await looks(staff, 'user-edit');
  const other = await staff.context().newPage();
  await other.goto(staff.url());
  await field(other, 'Name').fill('William Fox');
  await field(other, 'Require two-factor').check();
  await button(other, 'Save').click();
  await expect(other.getByRole('main')).toContainText('Off, required');
  allowConsole(status(409));
  await field(staff, 'Name').fill('Bill Fox');
  await button(staff, 'Save').click();
  await expect(staff.getByRole('alert')).toContainText('Saved now: name William Fox');
  await expect(field(staff, 'Name')).toHaveValue('Bill Fox');
  await looks(staff, 'user-edit-stale');
  await button(staff, 'Save').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Bill Fox', exact: true })).toBeVisible();
});

test('A link to set a password, live, with a mistake, and dead', async ({
  staff,
  administrator,
  installation,
  page,
  allowConsole,
}) => {
  await withBilly(administrator, installation);
  await findBilly(staff);
  await button(staff, 'Send password reset').click();
  await expect(staff.getByRole('status')).toContainText('The mail is on its way.');
  const mailed = await installation.linkTo(BILLY, '/reset/');
  await page.goto(mailed);
  await looks(page, 'reset');
  allowConsole(status(422, 404));
  await field(page, 'New Password').fill(NEW_PASSWORD);
  await field(page, 'Verify New Password').fill(`${NEW_PASSWORD}!`);
  await button(page, 'Set password').click();
  await expect(field(page, 'Verify New Password')).toHaveAccessibleDescription(/differ/);
  await looks(page, 'reset-refused');
  await page.goto(`${mailed}x`);
  await looks(page, 'reset-dead');
});
