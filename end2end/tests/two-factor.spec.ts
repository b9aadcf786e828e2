import { Authenticator } from '../support/authenticator.ts';
import { status } from '../support/console.ts';
import { blockWasm, expect, PASSWORD, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, enrol, field, link, logIn, logOut } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

import type { Page } from '@playwright/test';

const LOGIN = 'billy.fox45@example.com';
const PASSWORD_OF_STAFF = ADMINISTRATOR.password;

/** Switches it on; the app, and the recovery codes. */
async function turnOn(page: Page): Promise<[Authenticator, string[]]> {
  await visit(page, '/my/security');
  await button(page, 'Enable two-factor authentication').click();
  const done = await enrol(page, PASSWORD);
  await link(page, 'Continue').click();
  await expect(page.getByRole('region', { name: 'Two-factor authentication' })).toContainText('On since');
  return done;
}

async function verify(page: Page, code: string): Promise<void> {
  await field(page, 'Authentication code').fill(code);
  await button(page, 'Verify').click();
}

// Seed 001 and 004, "Add two-factor authentication".
test.describe('Two-factor authentication', () => {
  test('“Click on Enable two-factor authentication”, confirm the password, scan the QR code, enter a Verification Code', async ({
    customer,
    installation,
    allowConsole,
  }) => {
    const page = await customer('Billy Fox');
    await visit(page, '/my');
    await page.getByRole('region', { name: 'Account Security' }).getByRole('link', { name: 'Edit Security Settings' }).click();
    await expect(page).toHaveURL(/\/my\/security$/);
    await looks(page, 'security');
    await button(page, 'Enable two-factor authentication').click();
    await expect(field(page, 'Password')).toBeFocused();
    await looks(page, 'two-factor-password');
    allowConsole(status(422));
    await field(page, 'Password').fill('not my password');
    await button(page, 'Confirm Password').click();
    await expect(field(page, 'Password')).toHaveAccessibleDescription(/not your password/);
    await field(page, 'Password').fill(PASSWORD);
    await button(page, 'Confirm Password').click();

    const image = page.getByRole('img', { name: 'QR code' });
    await expect(image).toBeVisible();
    await expect(field(page, 'Verification Code')).toBeFocused();
    await looks(page, 'two-factor-scan');
    const app = await Authenticator.scan(image);
    expect(app.label).toContain(LOGIN);
    await expect(page.locator('.auth-key')).toHaveText(app.secret.replace(/(.{4})(?=.)/g, '$1 '));
    const code = await app.code();
    await field(page, 'Verification Code').fill('12345');
    await button(page, 'Enable two-factor authentication').click();
    await expect(field(page, 'Verification Code')).toHaveAccessibleDescription(/six digits/);
    await expect(image).toBeVisible();
    await field(page, 'Verification Code').fill(code);
    await button(page, 'Enable two-factor authentication').click();

    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect(codes).toHaveCount(10);
    await expect(codes.first()).toHaveText(/^[a-z2-9]{4}-[a-z2-9]{4}$/);
    await looks(page, 'two-factor-codes');
    const downloading = page.waitForEvent('download');
    await link(page, 'Download codes').click();
    expect((await downloading).suggestedFilename()).toBe('recovery-codes.txt');
    await link(page, 'Continue').click();
    await expect(page.getByRole('region', { name: 'Two-factor authentication' })).toContainText('On since');
    await looks(page, 'security-with-two-factor');
    await installation.mailTo(LOGIN, /Two-factor authentication is on/);

    await logOut(page);
    await logIn(page, LOGIN, PASSWORD);
    await expect(page).toHaveURL(/\/login\/two-factor/);
    await looks(page, 'login-two-factor');
    await page.goto('/my/invoices');
    await expect(page, 'nothing opens before').toHaveURL(/\/login\/two-factor/);
    await verify(page, code);
    await expect(field(page, 'Authentication code')).toHaveAccessibleDescription(/used already/);
    await verify(page, await app.code());
    await expect(page, 'where they wanted to go').toHaveURL(/\/my\/invoices$/);
  });

  test('works with WebAssembly blocked, from enrolment to the trusted device', async ({ customer, allowConsole }) => {
    const page = await customer('Billy Fox');
    await blockWasm(page.context(), allowConsole);
    allowConsole(status(422));
    await page.goto('/my/security');
    await button(page, 'Enable two-factor authentication').click();
    await field(page, 'Password').fill('not my password');
    await button(page, 'Confirm Password').click();
    await expect(field(page, 'Password')).toHaveAccessibleDescription(/not your password/);
    await field(page, 'Password').fill(PASSWORD);
    await button(page, 'Confirm Password').click();
    const app = await Authenticator.scan(page.getByRole('img', { name: 'QR code' }));
    await field(page, 'Verification Code').fill('000000');
    await button(page, 'Enable two-factor authentication').click();
    await expect(field(page, 'Verification Code')).toHaveAccessibleDescription(/not right/);
    await field(page, 'Verification Code').fill(await app.code());
    await button(page, 'Enable two-factor authentication').click();
    await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
    await link(page, 'Continue').click();

    await logOut(page);
    await logIn(page, LOGIN, PASSWORD);
    await field(page, 'Trust this device for 30 days').check();
    await verify(page, await app.code());
    await expect(page).toHaveURL(/\/my$/);
    await logOut(page);
    await logIn(page, LOGIN, PASSWORD);
    await expect(page, 'the password only').toHaveURL(/\/my$/);
    await page.goto('/my/security/two-factor');
    await field(page, 'Password').fill(PASSWORD);
    await button(page, 'Disable two-factor authentication').click();
    await expect(button(page, 'Enable two-factor authentication')).toBeVisible();
  });

  test('a lost telephone: a recovery code lets in once, and new ones can be made', async ({
    customer,
    installation,
    visitor,
    allowConsole,
  }) => {
    const [, codes] = await turnOn(await customer('Billy Fox'));
    const page = await visitor();
    await page.goto('/login');
    await logIn(page, LOGIN, PASSWORD);
    await link(page, 'Use a recovery code').click();
    await looks(page, 'login-recovery');
    allowConsole(status(422));
    await field(page, 'Recovery code').fill('aaaa-aaaa');
    await button(page, 'Verify').click();
    await expect(field(page, 'Recovery code')).toHaveAccessibleDescription(/none of your recovery codes/);
    await field(page, 'Recovery code').fill(codes[0]!);
    await button(page, 'Verify').click();
    await expect(page).toHaveURL(/\/my$/);
    await installation.mailTo(LOGIN, /A recovery code was used/);
    await visit(page, '/my/security');
    await expect(page.getByText('You have 9 recovery codes left.')).toBeVisible();
    await link(page, 'Manage two-factor authentication').click();
    await looks(page, 'two-factor-manage');
    await field(page, 'Password').fill(PASSWORD);
    await button(page, 'Make new recovery codes').click();
    await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
    await expect(page.getByText(codes[1]!)).toHaveCount(0);
  });

  test('where it is required, it is set up at the next sign-in and nothing opens before', async ({
    customer,
    staff,
    visitor,
  }) => {
    await customer('Billy Fox');
    await visit(staff, '/staff/settings/users');
    await staff.getByRole('table').getByRole('link', { name: /Billy Fox/ }).click();
    await link(staff, 'Edit').click();
    await field(staff, 'Require two-factor').check();
    await button(staff, 'Save').click();
    await expect(staff.getByText('Saved.')).toBeVisible();

    const page = await visitor();
    await page.goto('/login?next=/my/invoices');
    await logIn(page, LOGIN, PASSWORD);
    await expect(page).toHaveURL(/\/login\/enrol/);
    for (const path of ['/my', '/my/security', '/staff', '/login/two-factor']) {
      await page.goto(path);
      await expect(page, path).toHaveURL(/\/login/);
    }
    await page.goto('/my');
    await looks(page, 'login-enrol');
    await enrol(page, PASSWORD);
    await looks(page, 'login-enrol-codes');
    await link(page, 'Continue').click();
    await expect(page).toHaveURL(/\/my$/);
    await visit(page, '/my/security/two-factor');
    await expect(button(page, 'Disable two-factor authentication')).toHaveCount(0);
  });

  test('staff are asked to guard their accounts, and reset it for a customer who lost everything', async ({
    customer,
    installation,
    staff,
    visitor,
  }) => {
    await turnOn(await customer('Billy Fox'));
    await visit(staff, '/staff');
    await expect(staff.getByText('Your account has no second factor.')).toBeVisible();
    await looks(staff, 'staff-home-without-second-factor');
    await link(staff, 'Set it up').click();
    await enrol(staff, PASSWORD_OF_STAFF);
    await link(staff, 'Continue').click();
    await expect(staff).toHaveURL(/\/staff\/security$/);
    await visit(staff, '/staff');
    await expect(staff.getByText('Your account has no second factor.')).toHaveCount(0);

    await visit(staff, '/staff/settings/users');
    await staff.getByRole('table').getByRole('link', { name: /Billy Fox/ }).click();
    await looks(staff, 'user-with-two-factor');
    await button(staff, 'Two-factor reset').click();
    await expect(staff.getByText(/Two-factor authentication is off/)).toBeVisible();
    await installation.mailTo(LOGIN, /Two-factor authentication is off/);
    const page = await visitor();
    await page.goto('/login');
    await logIn(page, LOGIN, PASSWORD);
    await expect(page).toHaveURL(/\/my$/);
  });
});
