import type { Page } from '@playwright/test';

import { GrantDialog } from '../support/dialog.ts';
import { expect, PASSWORD, test as base, visit } from '../support/fixtures.ts';
import { freePort } from '../support/installation.ts';
import { activate, openContact } from '../support/pages.ts';
import { MailServer } from '../support/smtp.ts';

const test = base.extend<{ mailServer: MailServer }>({
  mailServer: async ({}, use) => {
    const server = new MailServer(await freePort());
    await use(server);
    await server.down();
  },
  settings: async ({ mailServer }, use) => use({ PORTICO_MAIL: `smtp://127.0.0.1:${mailServer.port}` }),
});

/** Long enough for the longest pause while the mail server is away. */
const PATIENCE = { timeout: 45_000 };

const mailRow = (page: Page, to: string) => page.getByRole('row').filter({ hasText: to });

test('With the mail server down a grant succeeds all the same; the mail waits and is delivered once', async ({
  staff,
  installation,
  mailServer,
  visitor,
}) => {
  test.setTimeout(90_000);
  await openContact(staff, 'Acme Flow Ltd');
  const dialog = await GrantDialog.open(staff);
  await dialog.row('Ann Good').inPortal.check();
  await dialog.row('Eve Fine').inPortal.check();
  await dialog.apply.click();
  await dialog.row('Ann Good').isInvited();
  await dialog.row('Eve Fine').isInvited();

  await visit(staff, '/staff/mail?state=queued');
  await expect(mailRow(staff, 'ann@acme.example')).toContainText('Queued');
  await expect(mailRow(staff, 'eve@acme.example')).toContainText('Queued');

  await mailServer.up();
  await expect.poll(() => mailServer.recipients, PATIENCE).toEqual(['ann@acme.example', 'eve@acme.example']);
  await expect(async () => {
    await visit(staff, '/staff/mail?state=sent');
    await expect(mailRow(staff, 'ann@acme.example')).toContainText('Sent', { timeout: 500 });
  }).toPass();
  await visit(staff, '/staff/mail?state=queued');
  await expect(staff.getByText('Nothing waits to be sent')).toBeVisible();

  const page = await visitor();
  const [mail] = mailServer.received.filter((one) => one.to === 'ann@acme.example');
  await page.goto(mail!.links.find((found) => found.startsWith(`${installation.url}/accept/`))!);
  await activate(page, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
  expect(mailServer.recipients).toHaveLength(2);
});

test('Killed right after Apply with the mail server down: after the restart exactly one mail for each, and no second grant', async ({
  staff,
  installation,
  mailServer,
}) => {
  // A mail that was being sent when the process died is taken up when its lease of two minutes lapses.
  test.setTimeout(180_000);
  await openContact(staff, 'Acme Flow Ltd');
  const dialog = await GrantDialog.open(staff);
  await dialog.row('Ann Good').inPortal.check();
  await dialog.row('Eve Fine').inPortal.check();
  await dialog.apply.click();
  await dialog.row('Eve Fine').isInvited();
  await installation.kill();

  await mailServer.up();
  await installation.serve();
  await expect
    .poll(() => mailServer.recipients, { timeout: 150_000 })
    .toEqual(['ann@acme.example', 'eve@acme.example']);

  await openContact(staff, 'Acme Flow Ltd');
  const again = await GrantDialog.open(staff);
  await again.row('Ann Good').isInvited();
  await again.row('Eve Fine').isInvited();
  await visit(staff, '/staff/mail');
  await expect(staff.getByRole('row').filter({ hasText: '@acme.example' })).toHaveCount(2);
  expect(mailServer.recipients).toHaveLength(2);
  expect(new Set(mailServer.received.map((mail) => mail.id)).size).toBe(2);
});

test('A mail that was refused says why, keeps no other one back, and can be sent again', async ({
  staff,
  mailServer,
}) => {
  mailServer.unknown.add('ann@acme.example');
  await mailServer.up();
  await openContact(staff, 'Acme Flow Ltd');
  const dialog = await GrantDialog.open(staff);
  await dialog.row('Ann Good').inPortal.check();
  await dialog.row('Eve Fine').inPortal.check();
  await dialog.apply.click();
  await dialog.row('Eve Fine').isInvited();
  await expect.poll(() => mailServer.recipients).toEqual(['eve@acme.example']);

  await expect(async () => {
    await visit(staff, '/staff/mail?state=failed');
    await expect(mailRow(staff, 'ann@acme.example')).toContainText('Failed', { timeout: 500 });
  }).toPass();
  await expect(mailRow(staff, 'ann@acme.example')).toContainText(/No such mailbox|550/);
  mailServer.unknown.clear();
  await mailRow(staff, 'ann@acme.example').getByRole('button', { name: /^Resend to ann@acme\.example/ }).click();
  await expect(staff.getByText('The mail is on its way')).toBeVisible();
  await expect(staff).toHaveURL(/state=failed/);
  await expect.poll(() => mailServer.recipients).toEqual(['ann@acme.example', 'eve@acme.example']);
});
