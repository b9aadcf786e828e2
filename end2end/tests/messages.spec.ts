import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { HOSTILE } from '../support/hostile.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

test.describe.configure({ timeout: 120_000 });

const messages = (page: Page) => page.locator('.messages > li');
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a delivery note') });

/** Opens the first order of a customer's; the path of its page. */
async function openOrder(page: Page): Promise<string> {
  await visit(page, '/my/sales');
  await page.locator('main a[href^="/my/sales/"]').first().click();
  await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Opens a document of a customer's on the staff side. */
async function openAsStaff(page: Page, path: string): Promise<void> {
  await visit(page, `/staff/documents/${path.split('/').pop()}`);
  await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible();
}

async function send(page: Page, text: string, name = 'Send'): Promise<void> {
  await field(page, 'Message').fill(text);
  await button(page, name).click();
  await page.waitForLoadState();
}

test('Customer and staff write to each other on a document; notes stay with staff; who follows is told', async ({
  installation,
  staff,
  customer,
}) => {
  const joel = await customer('Joel Willis');
  const path = await openOrder(joel);
  await expect(joel.getByRole('main')).toContainText('No messages yet');
  await looks(joel, 'my-sale-without-messages');
  await field(joel, 'Files').setInputFiles([pdf('note 1.pdf'), pdf('note 2.pdf')]);
  await send(joel, 'When does it arrive?\nThe second part is urgent.');
  await expect(messages(joel)).toHaveCount(1);
  await expect(messages(joel).first()).toContainText('The second part is urgent.');
  await expect(button(joel, 'Unfollow')).toBeVisible();
  const saved = joel.waitForEvent('download');
  await joel.getByRole('link', { name: 'note-1.pdf' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('note-1.pdf');
  expect(readFileSync(await file.path(), 'utf8')).toBe('%PDF-1.4 a delivery note');

  await openAsStaff(staff, path);
  await expect(messages(staff)).toHaveCount(1);
  await send(staff, 'He is in a hurry: call the carrier.', 'Keep as internal note');
  await send(staff, 'It leaves on Monday.');
  await expect(messages(staff)).toHaveCount(3);
  await expect(messages(staff).nth(1)).toContainText('Internal note');
  await looks(staff, 'staff-document-messages');

  await joel.reload();
  await expect(messages(joel)).toHaveCount(2);
  await expect(joel.getByRole('main')).not.toContainText('call the carrier');
  await looks(joel, 'my-sale-messages');
  await expect
    .poll(async () => (await installation.mails()).map((mail) => mail.subject).filter((subject) => / wrote on /.test(subject)).length)
    .toBe(2);
  const mail = (await installation.mails()).find((mail) => mail.text.includes('It leaves on Monday'))!;
  const [read] = mail.links;
  expect(read).toContain(`${path}#messages`);
  expect((await installation.mails()).some((mail) => mail.text.includes('call the carrier'))).toBe(false);

  await button(joel, 'Unfollow').click();
  await expect(button(joel, 'Follow')).toBeVisible();
  await button(joel, 'Follow').click();
  await expect(button(joel, 'Unfollow')).toBeVisible();
});

test('A message that was refused keeps its text, and says why', async ({ customer, allowConsole }) => {
  allowConsole(status(422));
  const joel = await customer('Joel Willis');
  await openOrder(joel);
  await button(joel, 'Send').click();
  await expect(field(joel, 'Message')).toHaveAccessibleDescription(/Write a message first/);
  await field(joel, 'Message').fill('See the page.');
  await field(joel, 'Files').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<script>') });
  await button(joel, 'Send').click();
  await expect(field(joel, 'Files')).toHaveAccessibleDescription(/“page.html” cannot be sent/);
  await expect(field(joel, 'Message')).toHaveValue('See the page.');
  await looks(joel, 'my-sale-message-refused');
  await button(joel, 'Send').click();
  await expect(messages(joel)).toHaveCount(1);
});

test('Nothing that is written or sent runs, on either side', async ({ customer, staff, allowConsole }) => {
  allowConsole(status(422), status(404));
  const joel = await customer('Joel Willis');
  for (const page of [joel, staff]) page.on('dialog', (dialog) => expect(dialog.message()).toBe('no dialog'));
  const path = await openOrder(joel);
  await send(joel, HOSTILE.join('\n'));
  const hostile = [
    { name: '<img src=x onerror=alert(1)>.txt', buffer: Buffer.from('<script>alert(1)</script>') },
    { name: '../../../etc/passwd.txt', buffer: Buffer.from('root') },
    { name: 'invoice\u202efdp.txt', buffer: Buffer.from('right to left') },
    { name: `${'long'.repeat(60)}.csv`, buffer: Buffer.from('=1+1') },
    { name: 'polyglot.gif', buffer: Buffer.from('GIF89a/*<script>*/=alert(1)//') },
  ];
  await field(joel, 'Files').setInputFiles(hostile.map((file) => ({ ...file, mimeType: 'text/html' })));
  await send(joel, '');
  await expect(messages(joel)).toHaveCount(2);
  await openAsStaff(staff, path);
  for (const page of [joel, staff]) {
    for (const text of HOSTILE.slice(0, 4)) await expect(messages(page).first()).toContainText(text);
    expect(await page.locator('.messages :is(script, img, svg:not(.icon), iframe, a[href^="javascript"])').count()).toBe(0);
    const links = messages(page).last().getByRole('link');
    await expect(links).toHaveCount(hostile.length);
    for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')!))) {
      const answer = await page.request.get(href);
      expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"/);
      expect(answer.headers()['content-security-policy']).toContain('sandbox');
      expect(answer.headers()['x-content-type-options']).toBe('nosniff');
      expect(answer.headers()['content-type']).not.toContain('html');
    }
  }
  // What cannot be sent at all; nothing of it is kept.
  for (const name of ['a.svg', 'a.html', 'a.xhtml', 'a.exe', 'a.pdf', 'a.txt.js', '.htaccess', 'a']) {
    await field(joel, 'Files').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from('<svg onload="alert(1)"/>') });
    await button(joel, 'Send').click();
    await expect(field(joel, 'Files')).toHaveAccessibleDescription(/cannot be sent|not what its name says/);
  }
  await openOrder(joel);
  await expect(messages(joel)).toHaveCount(2);
  // Somebody else finds neither the conversation nor its files.
  const other = await customer('Ready Mat');
  const href = await messages(joel).last().getByRole('link').first().getAttribute('href');
  expect((await other.request.get(href!)).status()).toBe(404);
  await expect(link(joel, 'etc-passwd.txt')).toHaveCount(0);
});

test('A large file shows how far it is and can be stopped; one that is too large does not set out', async ({ customer }) => {
  const joel = await customer('Joel Willis');
  await openOrder(joel);
  const big = (name: string, size: number) => ({ ...pdf(name), buffer: Buffer.concat([pdf(name).buffer, Buffer.alloc(size)]) });
  await field(joel, 'Message').fill('Here are the plans.');
  await field(joel, 'Files').setInputFiles([big('small.pdf', 1000), big('huge.pdf', 11 * 1024 * 1024)]);
  await button(joel, 'Send').click();
  await expect(joel.getByText('“huge.pdf” is larger than 10 MB. Choose a smaller file.')).toBeVisible();
  await expect(field(joel, 'Message')).toHaveValue('Here are the plans.');
  await looks(joel, 'my-sale-file-too-large');

  await field(joel, 'Files').setInputFiles([big('plans.pdf', 6 * 1024 * 1024)]);
  // A slow network, so that there is something to see.
  const session = await joel.context().newCDPSession(joel);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 };
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow);
  await button(joel, 'Send').click();
  await expect(joel.getByRole('progressbar', { name: 'Uploading' })).toBeVisible();
  await expect(button(joel, 'Send')).toBeDisabled();
  await expect(joel.locator('.progress-text')).toHaveText(/^\d+ %$/);
  await looks(joel, 'my-sale-uploading');
  await button(joel, 'Cancel upload').click();
  await expect(joel.getByRole('progressbar')).toHaveCount(0);
  await expect(messages(joel)).toHaveCount(0);
  await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await button(joel, 'Send').click();
  await expect(messages(joel)).toHaveCount(1);
  await expect(messages(joel)).toContainText('plans.pdf');
  await expect(messages(joel)).toBeInViewport();
});

test('What the server says of a large file comes beside the field, and what was typed is there', async ({ customer, allowConsole }) => {
  allowConsole(status(422));
  const joel = await customer('Joel Willis');
  await openOrder(joel);
  await field(joel, 'Message').fill('A program.');
  await field(joel, 'Files').setInputFiles([{ name: 'tool.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(400_000, 'MZ') }]);
  await button(joel, 'Send').click();
  await expect(joel.locator('.field-error')).toBeVisible();
  await expect(field(joel, 'Message')).toHaveValue('A program.');
});
