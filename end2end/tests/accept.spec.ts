import { status } from '../support/console.ts';
import { contactNamed, expect, grant, PASSWORD, test } from '../support/fixtures.ts';
import { activate, field, link } from '../support/pages.ts';

const EMAIL = 'billy.fox45@example.com';

test.beforeEach(async ({ administrator }) => {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
});

test('Opening a link changes nothing, however often mail scanners do it; the form spends it', async ({
  installation,
  page,
  request,
}) => {
  const invitation = await installation.invitation(EMAIL);
  for (const method of ['GET', 'HEAD', 'GET', 'GET']) {
    expect((await request.fetch(invitation, { method })).status()).toBe(200);
  }
  await page.goto(invitation);
  await expect(page.getByRole('main')).toContainText('Billy Fox');
  await activate(page, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
});

test('A used link says so, offers the way to log in, and has no form', async ({ installation, page, visitor, allowConsole }) => {
  const invitation = await installation.invitation(EMAIL);
  await page.goto(invitation);
  await activate(page, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);

  allowConsole(status(410));
  const again = await visitor();
  const answer = await again.goto(invitation);
  expect(answer!.status()).toBe(410);
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('This invitation was accepted already');
  await expect(again.locator('form, input')).toHaveCount(0);
  await link(again, 'Go to log in').click();
  await expect(again).toHaveURL(/\/login$/);
});

test('A revoked link says so and has no form', async ({ administrator, installation, page, allowConsole }) => {
  const invitation = await installation.invitation(EMAIL);
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')], 'Revoke');
  allowConsole(status(410));
  await page.goto(invitation);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This invitation was withdrawn');
  await expect(page.locator('form, input')).toHaveCount(0);
  await expect(link(page, 'help@rivet.example')).toBeVisible();
});

test('A link that a mail program broke says what to do and has no form', async ({ installation, page, allowConsole }) => {
  const invitation = await installation.invitation(EMAIL);
  allowConsole(status(404));
  for (const broken of [invitation.slice(0, -9), `${invitation}x`, invitation.replace(/\/accept\/.*/, '/accept/abc')]) {
    const answer = await page.goto(broken);
    expect(answer!.status(), broken).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is not complete');
    await expect(page.locator('form, input')).toHaveCount(0);
  }
});

test('Even a link with a broken escape in it gets a page of ours', async ({ page, allowConsole }) => {
  allowConsole(status(400, 404));
  for (const broken of ['/accept/%F0', '/accept/']) {
    await page.goto(broken);
    await expect(page.getByRole('heading', { level: 1 }).or(page.getByText('Page not found'))).toBeVisible();
  }
});

test('A password that will not do is refused next to its field, and the link still works', async ({
  installation,
  page,
  allowConsole,
}) => {
  allowConsole(status(422));
  await page.goto(await installation.invitation(EMAIL));
  const first = field(page, 'New Password');
  const second = field(page, 'Verify New Password');
  const refused: [string, RegExp][] = [
    ['seven77', /at least 8 characters/],
    ['password123', /./],
    ['my ready MAT 1', /Leave your login and the company’s name out|company's name/],
    ['x'.repeat(129), /at most 128 characters/],
  ];
  for (const [password, reason] of refused) {
    await activate(page, password);
    await expect(first, password).toHaveAttribute('aria-invalid', 'true');
    await expect(first, password).toHaveAccessibleDescription(reason);
    await expect(first, 'a password is never sent back').toHaveValue('');
  }
  await activate(page, PASSWORD, `${PASSWORD} `);
  await expect(second).toHaveAttribute('aria-invalid', 'true');
  await expect(second).toHaveAccessibleDescription(/differ/);

  await activate(page, ` ${PASSWORD} `);
  await expect(page).toHaveURL(/\/my$/);
});
