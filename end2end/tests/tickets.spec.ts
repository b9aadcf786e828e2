import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

test.describe.configure({ timeout: 120_000 });

const badge = (page: Page, state: string) => page.locator('.page-head, header').getByText(state, { exact: true }).first();

test('A customer opens a ticket, staff answer it, and both close it and open it again', async ({
  customer,
  staff,
  installation,
  allowConsole,
}) => {
  allowConsole(status(422));
  const joel = await customer('Joel Willis');
  await visit(joel, '/my/tickets');
  await link(joel, 'New ticket').first().click();
  await expect(joel.getByRole('heading', { level: 1, name: 'New ticket' })).toBeVisible();
  await looks(joel, 'my-ticket-new');
  await field(joel, 'Subject').fill('The pump hums');
  await field(joel, 'Description').fill('Since Monday.\nIt also leaks.');
  await field(joel, 'Files').setInputFiles({ name: 'pump.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await button(joel, 'Open ticket').click();
  await expect(field(joel, 'Files')).toHaveAccessibleDescription(/not what its name says/);
  await expect(field(joel, 'Subject')).toHaveValue('The pump hums');
  await expect(field(joel, 'Description')).toHaveValue('Since Monday.\nIt also leaks.');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await field(joel, 'Files').setInputFiles({ name: 'pump.png', mimeType: 'image/png', buffer: png });
  await button(joel, 'Open ticket').click();
  await expect(joel.getByRole('heading', { level: 1 })).toHaveText(/Ticket T00001/);
  await expect(joel.getByRole('main')).toContainText('It also leaks.');
  await expect(joel.getByRole('link', { name: 'pump.png' })).toBeVisible();
  await looks(joel, 'my-ticket');
  const path = new URL(joel.url()).pathname;
  await expect.poll(async () => (await installation.mails()).some((mail) => /opened the ticket T00001/.test(mail.subject))).toBe(true);

  // The staff's queue.
  await visit(staff, '/staff/documents?kind=tickets');
  await link(staff, 'T00001').click();
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText(/Ticket T00001/);
  await field(staff, 'Message').fill('Is it plugged in?');
  await button(staff, 'Send').click();
  await expect(staff.locator('.messages > li')).toHaveCount(2);
  await looks(staff, 'staff-ticket');
  await joel.reload();
  await expect(joel.getByRole('main')).toContainText('Is it plugged in?');
  await expect(badge(joel, 'Waiting for you')).toBeVisible();
  await field(joel, 'Message').fill('It is now. Thank you!');
  await button(joel, 'Send').click();
  await expect(joel.locator('.messages > li')).toHaveCount(3);
  await button(joel, 'Close ticket').click();
  await expect(button(joel, 'Reopen ticket')).toBeVisible();
  await looks(joel, 'my-ticket-closed');
  await button(joel, 'Reopen ticket').click();
  await expect(button(joel, 'Close ticket')).toBeVisible();
  await staff.reload();
  await button(staff, 'Close ticket').click();
  await expect(button(staff, 'Reopen ticket')).toBeVisible();
  await visit(joel, '/my/tickets');
  await expect(joel.getByRole('main').getByRole('link', { name: 'T00001' })).toBeVisible();
  await looks(joel, 'my-tickets');

  // Nobody else finds it.
  const other = await customer('Ready Mat');
  allowConsole(status(404));
  expect((await other.request.get(path)).status()).toBe(404);
});

test('A ticket is opened with WebAssembly and JavaScript blocked, and a double click opens one', async ({ customer }) => {
  const joel = await customer('Joel Willis', { javaScriptEnabled: false });
  await joel.goto('/my/tickets/new');
  await field(joel, 'Subject').fill('Twice');
  await field(joel, 'Description').fill('Clicked twice.');
  await button(joel, 'Open ticket').dblclick();
  await expect(joel.getByRole('heading', { level: 1 })).toHaveText(/Ticket T00001/);
  await joel.goto('/my/tickets');
  await expect(joel.getByRole('main').locator('a[href^="/my/tickets/0"], a[href*="/my/tickets/"]:not([href$="new"])')).toHaveCount(1);
});
