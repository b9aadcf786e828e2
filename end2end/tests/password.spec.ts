import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { blockWasm, expect, PASSWORD, ready, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, logIn, logOut } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const BILLY = 'billy.fox45@example.com';
const NEW_PASSWORD = 'eleven slow tortoises';

async function fill(page: Page, current: string, next: string, again = next): Promise<void> {
  await field(page, 'Password').fill(current);
  await field(page, 'New Password').fill(next);
  await field(page, 'Verify New Password').fill(again);
}

async function change(page: Page, current: string, next: string, again = next): Promise<void> {
  await fill(page, current, next, again);
  await button(page, 'Change Password').click();
}

test.describe.configure({ timeout: 60_000 });

test.describe('Seeds 001 and 004, “Change password”', () => {
  test(
    'First enter the username and password (login) into the database login page to access the portal user account. ' +
      'A portal dashboard will appear upon successfully logging in. — If the customer would like to change their ' +
      'password for portal access, click on the Edit Security Settings link, below the Account Security section. ' +
      'Then, make the necessary changes, by typing in the current Password, New Password, and verify the new ' +
      'password. Lastly, click on Change Password to complete the password change.',
    async ({ customer, installation, visitor, allowConsole }) => {
      const elsewhere = await customer('Billy Fox');
      await visit(elsewhere, '/my');
      const page = await visitor();
      await page.goto('/login');
      await logIn(page, BILLY, PASSWORD);
      await expect(page).toHaveURL(/\/my$/);
      await ready(page);
      await expect(page.getByRole('heading', { level: 1, name: 'Welcome, Billy Fox' })).toBeVisible();
      const section = page.getByRole('region', { name: 'Account Security', exact: true });
      await link(section, 'Edit Security Settings').click();
      await expect(page).toHaveURL(/\/my\/security$/);
      const before = await page.context().cookies();
      await change(page, PASSWORD, NEW_PASSWORD);
      await expect(page).toHaveURL(/\/my\/security\?notice=password-changed$/);
      await expect(page.getByRole('main')).toContainText('Your password is changed. You are logged out everywhere else.');
      const after = await page.context().cookies();
      const session = (cookies: typeof before) => cookies.find(({ name }) => name === 'portico')!.value;
      expect(session(after)).not.toBe(session(before));
      await ready(page);
      await looks(page, 'password-changed');

      await elsewhere.reload();
      await expect(elsewhere).toHaveURL(/\/login/);
      const mail = await installation.mailTo(BILLY, /Your password for Rivet Works was changed/);
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain('Every other browser that was logged in with it was logged out.');
        expect(part).toContain('write to help@rivet.example at once');
      }
      allowConsole(status(422));
      await logOut(page);
      await logIn(page, BILLY, PASSWORD);
      await expect(page.getByRole('alert')).toContainText('Wrong email or password');
      await logIn(page, BILLY, NEW_PASSWORD);
      await expect(page).toHaveURL(/\/my$/);
    },
  );

  test(
    'If a customer would like to change the login, as documented above, contact the Odoo database point-of-contact.',
    async ({ customer }) => {
      const page = await customer('Billy Fox');
      await visit(page, '/my/security');
      const section = page.getByRole('region', { name: 'Login', exact: true });
      await expect(section).toContainText(BILLY);
      await expect(section.getByRole('textbox')).toHaveCount(0);
      await expect(link(section, 'help@rivet.example')).toHaveAttribute('href', 'mailto:help@rivet.example');
    },
  );

  test(
    'Passwords for portal users and Odoo.com users remain separate, even if the same email address is used.',
    async ({ customer }) => {
      const page = await customer('Billy Fox');
      await visit(page, '/my');
      await expect(page.getByRole('region', { name: 'Account Security', exact: true })).toContainText(
        'Your password works here only.',
      );
    },
  );
});

test('What is wrong is told beside its field, strength as it is typed', async ({ customer, allowConsole }) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my/security');
  await looks(page, 'security');
  const verdict = page.locator('.strength');
  const answers: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/fn/account/password_strength')) answers.push(request.postData() ?? '');
  });
  await field(page, 'New Password').pressSequentially('password1');
  await expect(verdict).toContainText('too easy to guess');
  await field(page, 'New Password').fill('ready mat 4 ever');
  await expect(verdict).toContainText('Leave your login and the company');
  await field(page, 'New Password').fill(NEW_PASSWORD);
  await expect(verdict).toHaveText('Strong.');
  expect(answers.length, 'asked on pauses only').toBeLessThan(9);
  await looks(page, 'security-strength');
  await field(page, 'New Password').fill('');
  await expect(verdict).toHaveText('');

  allowConsole(status(422));
  for (const [current, next, again, label, error] of [
    ['not my password', NEW_PASSWORD, NEW_PASSWORD, 'Password', /This is not your password/],
    [PASSWORD, NEW_PASSWORD, 'something else', 'Verify New Password', /The two passwords differ/],
    [PASSWORD, 'seven77', 'seven77', 'New Password', /at least 8 characters/],
    [PASSWORD, 'x y'.repeat(50), 'x y'.repeat(50), 'New Password', /at most 128 characters/],
    [PASSWORD, 'password1', 'password1', 'New Password', /too easy to guess/],
    [PASSWORD, 'ready mat 4 ever', 'ready mat 4 ever', 'New Password', /Leave your login and the company/],
    [PASSWORD, PASSWORD, PASSWORD, 'New Password', /that you have now/],
  ] as const) {
    await change(page, current, next, again);
    await expect(field(page, label)).toHaveAccessibleDescription(error);
    await ready(page);
    await expect(field(page, 'Password')).toHaveValue('');
    await expect(page).toHaveURL(/\/my\/security\/password$/);
  }
  await looks(page, 'security-refused');
  await page.goto('/my');
  await expect(page).toHaveURL(/\/my$/);
});

test('Two clicks are one change', async ({ customer }) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my/security');
  await fill(page, PASSWORD, NEW_PASSWORD);
  await button(page, 'Change Password').dblclick();
  await expect(page).toHaveURL(/\/my\/security\?notice=password-changed$/);
  await page.goto('/my');
  await expect(page).toHaveURL(/\/my$/);
});

test('A stranger who guesses keeps the owner out of no browser that they used before', async ({
  customer,
  visitor,
  request,
  baseURL,
  allowConsole,
}) => {
  await customer('Billy Fox');
  const page = await visitor();
  await page.goto('/login');
  await logIn(page, BILLY, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
  await ready(page);
  await logOut(page);
  const guess = async () =>
    (await request.post('/login', { headers: { origin: baseURL! }, form: { email: BILLY, password: 'x' } })).status();
  await expect.poll(guess).toBe(429);
  await logIn(page, BILLY, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
  allowConsole(status(429));
  const elsewhere = await visitor();
  await elsewhere.goto('/login');
  // Each failure makes the wait longer: after a few, long enough for a page.
  for (let failures = 0; failures < 3; ) {
    failures += (await guess()) === 429 ? 0 : 1;
  }
  await logIn(elsewhere, BILLY, PASSWORD);
  await expect(elsewhere.getByRole('alert')).toContainText('Too many tries');
});

test('Without WebAssembly the password is changed all the same', async ({ customer, allowConsole }) => {
  const page = await customer('Billy Fox');
  await blockWasm(page.context(), allowConsole);
  allowConsole(status(422));
  await page.goto('/my/security');
  await change(page, PASSWORD, NEW_PASSWORD, 'something else');
  await expect(field(page, 'Verify New Password')).toHaveAccessibleDescription(/differ/);
  await change(page, PASSWORD, NEW_PASSWORD);
  await expect(page.getByRole('main')).toContainText('Your password is changed.');
  await expect(page.locator('html[data-ready]')).toHaveCount(0);
});

test('Staff change theirs on a page of their own', async ({ visitor, installation }) => {
  const page = await visitor();
  await page.goto('/login');
  await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await expect(page).toHaveURL(/\/staff$/);
  await visit(page, '/staff/security');
  await looks(page, 'security-of-staff');
  await change(page, ADMINISTRATOR.password, NEW_PASSWORD);
  await expect(page).toHaveURL(/\/staff\/security\?notice=password-changed$/);
  await expect(page.getByRole('main')).toContainText('Your password is changed.');
  await installation.mailTo(ADMINISTRATOR.email, /Your password for Rivet Works was changed/);
});
