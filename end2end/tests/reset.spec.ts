import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { contactNamed, expect, grant, PASSWORD, test } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, logIn } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const BILLY = 'billy.fox45@example.com';
const NEW_PASSWORD = 'eleven slow tortoises';

async function ask(page: Page, login: string): Promise<string> {
  await page.goto('/login');
  await link(page, 'Forgot password?').click();
  await expect(page).toHaveURL(/\/reset$/);
  await field(page, 'Email').fill(login);
  await button(page, 'Send reset link').click();
  await expect(page).toHaveURL(/\/reset\?notice=asked$/);
  return page.getByRole('main').innerText();
}

test.describe.configure({ timeout: 60_000 });

test('Whoever forgot their password asks, gets a link by mail, sets a new one and logs in with it', async ({
  customer,
  installation,
  visitor,
  allowConsole,
}) => {
  const signedIn = await customer('Billy Fox');
  await signedIn.goto('/my');
  await expect(signedIn).toHaveURL(/\/my$/);
  const page = await visitor();
  const told = await ask(page, BILLY.toUpperCase());
  expect(told).toContain('If there is such a login, a mail is on its way.');

  const mailed = await installation.linkTo(BILLY, '/reset/');
  const mail = await installation.mailTo(BILLY, /Set a new password/);
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain(mailed);
    expect(part).toMatch(/most likely, asked for a new password for your login\s+billy\.fox45@example\.com/);
    expect(part).toMatch(/ignore the mail/);
  }
  await page.goto(mailed);
  await field(page, 'New Password').fill(NEW_PASSWORD);
  await field(page, 'Verify New Password').fill(NEW_PASSWORD);
  await button(page, 'Set password').click();
  await expect(page).toHaveURL(/\/login\?notice=password-set$/);
  await signedIn.reload();
  await expect(signedIn).toHaveURL(/\/login/);

  allowConsole(status(422, 404));
  await logIn(page, BILLY, PASSWORD);
  await expect(page.getByRole('alert')).toContainText('Wrong email or password');
  await logIn(page, BILLY, NEW_PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
  await installation.mailTo(BILLY, /password for Rivet Works was changed/);

  const again = await visitor();
  await again.goto(mailed);
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
  await expect(again.locator('form, input')).toHaveCount(0);
});

test('What the page says is the same for unknown, known, disabled and invited logins, and for names', async ({
  administrator,
  installation,
  customer,
  page,
}) => {
  await customer('Billy Fox');
  await grant(administrator, [await contactNamed(administrator, 'Floyd Steward')]);
  await installation.invitation('floyd.steward34@example.com');
  const told: string[] = [];
  for (const login of ['nobody@rivet.example', BILLY, 'floyd.steward34@example.com', ADMINISTRATOR.email, 'front-desk']) {
    told.push(await ask(page, login));
  }
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toContain('help@rivet.example');
  await installation.linkTo(ADMINISTRATOR.email, '/reset/');
  await installation.linkTo(BILLY, '/reset/');
  const strangers = (await installation.mails()).filter((mail) => mail.to === 'nobody@rivet.example');
  expect(strangers).toEqual([]);
});

test('A request outlives a power cut', async ({ customer, installation, request, baseURL }) => {
  await customer('Billy Fox');
  const answer = await request.post('/reset', {
    headers: { origin: baseURL! },
    form: { email: BILLY },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(303);
  await installation.kill();
  await installation.serve();
  await installation.linkTo(BILLY, '/reset/');
  const links = (await installation.mails()).filter((mail) => mail.to === BILLY && mail.subject.includes('Set a new'));
  expect(links).toHaveLength(1);
});

test('An empty field is told so, too many requests too, and what was typed is kept', async ({
  page,
  request,
  baseURL,
  allowConsole,
}) => {
  allowConsole(status(422, 429));
  await page.goto('/reset');
  await looks(page, 'reset-ask');
  await field(page, 'Email').fill('   ');
  await button(page, 'Send reset link').click();
  await expect(field(page, 'Email')).toHaveAccessibleDescription(/Enter what you log in with/);
  await looks(page, 'reset-ask-refused');
  for (let i = 0; i < 12; i += 1) {
    await request.post('/reset', { headers: { origin: baseURL! }, form: { email: 'x' }, maxRedirects: 0 });
  }
  await field(page, 'Email').fill('somebody@rivet.example');
  await button(page, 'Send reset link').click();
  await expect(page.getByRole('alert')).toContainText(/Too many tries\. Wait \d+ seconds? and try again/);
  await expect(field(page, 'Email')).toHaveValue('somebody@rivet.example');
  await page.goto('/reset?notice=asked');
  await looks(page, 'reset-asked');
  await link(page, 'Ask again').click();
  await expect(field(page, 'Email')).toBeFocused();
});

test.describe('With scripts off', () => {
  test.use({ javaScriptEnabled: false });

  test('Asking works as well', async ({ customer, installation, page }) => {
    await customer('Billy Fox');
    await ask(page, BILLY);
    await installation.linkTo(BILLY, '/reset/');
  });
});
