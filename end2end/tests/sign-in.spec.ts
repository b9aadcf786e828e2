import type { APIResponse } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, ready, test, visit } from '../support/fixtures.ts';
import { button, field, logIn, logOut } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const { email, password } = ADMINISTRATOR;

test.describe('Staff', () => {
  test.use({ data: 'administrator' });

  test('A wrong password and an unknown login get the same answer (ASVS 6.3.8; Odoo’s user enumeration)', async ({
    page,
    allowConsole,
  }) => {
    allowConsole(status(422));
    const answers: string[] = [];
    for (const login of [email, 'nobody@rivet.example']) {
      await visit(page, '/login');
      await field(page, 'Email').fill(login);
      await field(page, 'Password').fill('not the password');
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await button(page, 'Log in').click();
      expect((await answered).status()).toBe(422);
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(field(page, 'Email')).toHaveValue(login);
      await expect(field(page, 'Password')).toHaveValue('');
      answers.push(await page.getByRole('main').innerText());
    }
    expect(answers[0]).toContain('Wrong email or password');
    expect(answers[1]).toBe(answers[0]);
  });

  test('After many failures one has to wait, whether or not the account exists, and never for good', async ({
    page,
    request,
    baseURL,
    allowConsole,
  }) => {
    const attempt = (login: string, tried: string): Promise<APIResponse> =>
      request.post('/login', { headers: { origin: baseURL! }, form: { email: login, password: tried } });
    const codes: Record<string, number[]> = {};
    for (const login of [email, 'nobody@rivet.example']) {
      codes[login] = [];
      for (let i = 0; i < 6; i += 1) {
        codes[login].push((await attempt(login, 'wrong')).status());
      }
    }
    expect(codes[email]).toEqual([422, 422, 422, 422, 422, 429]);
    expect(codes['nobody@rivet.example']).toEqual(codes[email]);

    allowConsole(status(429, 422));
    await page.goto('/login');
    // More failures make the wait long enough to read.
    await expect
      .poll(async () => (await attempt(email, 'wrong')).status() === 429 && (await waitOf(await attempt(email, 'x'))) > 1)
      .toBe(true);
    await logIn(page, email, password);
    await expect(page.getByRole('alert')).toContainText(/Too many tries\. Wait \d+ seconds? and try again/);
    await expect(async () => {
      await logIn(page, email, password);
      await expect(page).toHaveURL(/\/staff$/, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
  });

  test('Staff land on /staff, and the portal’s home leads there too', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/login$/);
    await logIn(page, email, password);
    await expect(page).toHaveURL(/\/staff$/);
    await ready(page);
    for (const path of ['/', '/login', '/my']) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/staff$/);
    }
  });

  test('Logging out ends the session: neither the back button nor the old cookie opens a page', async ({
    page,
    request,
    baseURL,
  }) => {
    await page.goto('/login');
    await logIn(page, email, password);
    await expect(page).toHaveURL(/\/staff$/);
    await ready(page);
    const cookies = await page.context().cookies();
    await logOut(page);
    await expect(page.getByText('You are logged out.')).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(/\/login/);
    const old = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await request.get('/staff', { headers: { cookie: old }, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toContain('/login');
    expect(new URL(answer.headers().location!, baseURL).origin).toBe(baseURL);
  });

  test('After signing in one is where one wanted to be, but never on another site', async ({ page }) => {
    await page.goto('/staff/contacts?q=nobody');
    await expect(page).toHaveURL(/\/login\?/);
    await logIn(page, email, password);
    await expect(page).toHaveURL(/\/staff\/contacts\?q=nobody$/);
    await ready(page);
    for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example', '/staff//evil.example', '/my']) {
      await logOut(page);
      await page.goto(`/login?next=${encodeURIComponent(next)}`);
      await logIn(page, email, password);
      await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/staff$/);
      await ready(page);
    }
  });

  test('The session’s cookie is out of scripts’ reach, bound to the site, and new at each sign-in', async ({ page }) => {
    const ids: string[] = [];
    for (let i = 0; i < 2; i += 1) {
      await page.goto('/login');
      await logIn(page, email, password);
      await expect(page).toHaveURL(/\/staff$/);
      await ready(page);
      const all = await page.context().cookies();
      const cookies = all.filter(({ name }) => name === 'portico');
      expect(cookies).toHaveLength(1);
      expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
      // The other one, by which the browser is known again, outlives logging out.
      const device = all.filter(({ name }) => name === 'portico-device');
      expect(device).toHaveLength(1);
      expect(device[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
      expect(all).toHaveLength(2);
      expect(await page.evaluate(() => document.cookie)).toBe('');
      ids.push(cookies[0]!.value);
      await logOut(page);
    }
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('The keyboard is enough to sign in and out', async ({ page }) => {
    await visit(page, '/login');
    await expect(field(page, 'Email')).toBeFocused();
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await expect(field(page, 'Password')).toBeFocused();
    await page.keyboard.type(password);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/staff$/);
    await ready(page);

    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    const menu = page.getByRole('button', { name: /^Signed in as/ });
    for (let presses = 0; presses < 20 && !(await menu.evaluate((node) => node === document.activeElement)); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await expect(menu).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(button(page, 'Log out')).toBeVisible();
    const out = button(page, 'Log out');
    for (let presses = 0; presses < 5 && !(await out.evaluate((node) => node === document.activeElement)); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await expect(out).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/login/);
  });
});

test('Customers land on /my and find no staff side', async ({ customer, allowConsole }) => {
  const page = await customer('Billy Fox');
  for (const path of ['/', '/login', '/my']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/my$/);
  }
  allowConsole(status(404));
  for (const path of ['/staff', '/staff/contacts', '/staff/import', '/staff/mail', '/setup/anything']) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
  await page.goto('/staff/contacts');
  await expect(page.getByText('Page not found')).toBeVisible();
  await expect(page.getByText('Azure Interior')).toHaveCount(0);
});

async function waitOf(answer: APIResponse): Promise<number> {
  return Number(/Wait (\d+) seconds/.exec(await answer.text())?.[1] ?? 0);
}
