import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

test.describe.configure({ timeout: 90_000 });

const LIST = '/staff/documents';

/** The rows of the list, without its head. */
const rows = (page: Page) => page.getByRole('table', { name: 'Documents', exact: true }).locator('tbody tr');

/** Looks for quotations and orders with the filter; projects and tasks may have an order's number in their titles. */
async function find(page: Page, words: string): Promise<void> {
  await page.goto(LIST);
  await field(page, 'Kind').selectOption('Quotations & Orders');
  await field(page, 'Search documents').fill(words);
  await button(page, 'Filter').click();
  await expect(page).toHaveURL(/[?&]q=/);
}

/** The numbers of a customer's list. */
async function listed(page: Page, kind: string): Promise<string[]> {
  await visit(page, `/my/${kind}`);
  return page.getByRole('main').locator(`a[href^="/my/${kind}/"]`).allInnerTexts();
}

test('Staff find a document, withdraw it and publish it again, and read who of the customer’s opened it first', async ({
  staff,
  customer,
  allowConsole,
}) => {
  const page = await customer('Ready Mat');
  const numbers = await listed(page, 'sales');
  expect(numbers.length).toBeGreaterThan(0);
  const number = numbers[0]!;

  await visit(staff, '/staff');
  await link(staff, 'Documents').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Documents', exact: true })).toBeVisible();
  await expect(rows(staff)).toHaveCount(50);
  await looks(staff, 'staff-documents');
  await find(staff, number);
  await expect(rows(staff)).toHaveCount(1);
  await expect(rows(staff)).toContainText('Published');
  await staff.getByRole('checkbox', { name: /^Choose / }).check();
  await looks(staff, 'staff-documents-ticked');
  await button(staff, 'Unpublish').click();
  await expect(staff.getByText('Not published any more')).toBeVisible();
  await expect(field(staff, 'Search documents')).toHaveValue(number);
  expect(await listed(page, 'sales')).not.toContain(number);

  await link(staff, number).click();
  await expect(staff.getByRole('main')).toContainText('Nobody yet');
  await button(staff, 'Publish').click();
  await expect(staff.getByText('Published: the customer sees it from now on.')).toBeVisible();
  expect(await listed(page, 'sales')).toEqual(numbers);
  await link(page, number).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  await expect(async () => {
    await staff.reload();
    await expect(staff.getByRole('main')).toContainText('Ready Mat', { timeout: 1_000 });
    await expect(staff.getByRole('main')).not.toContainText('Nobody yet', { timeout: 1_000 });
  }).toPass();
  await looks(staff, 'staff-document');

  await link(staff, 'More of this customer').click();
  await expect(staff.getByText('Of Ready Mat.')).toBeVisible();
  await field(staff, 'Customers').selectOption('Opened by the customer');
  await button(staff, 'Filter').click();
  await expect(rows(staff)).toHaveCount(1);
  await expect(rows(staff)).toContainText('First viewed by');
  await field(staff, 'Search documents').fill('nothing like this');
  await button(staff, 'Filter').click();
  await expect(staff.getByText('Nothing matches')).toBeVisible();

  allowConsole(status(404));
  const answer = await page.goto(staff.url());
  expect(answer!.status()).toBe(404);
});

test('An invoice is written by hand, line by line, and nothing that was typed is lost on the way', async ({
  staff,
  customer,
  allowConsole,
}) => {
  allowConsole(status(422));
  const page = await customer('Ready Mat');
  await staff.goto(LIST);
  await link(staff, 'New document').click();
  await looks(staff, 'staff-document-kinds');
  await link(staff, 'Invoice, bill or credit note').click();
  await expect(field(staff, 'Currency')).toHaveValue('USD');

  await field(staff, 'Look for a customer').fill('ready mat');
  await field(staff, 'Title').fill('Work in November');
  await button(staff, 'Find customer').click();
  await expect(field(staff, 'Title')).toHaveValue('Work in November');
  await expect(field(staff, 'Belongs to').locator('option', { hasText: 'Ready Mat' }).first()).toBeAttached();
  await field(staff, 'Belongs to').selectOption({ label: await ownOption(staff, 'Ready Mat') });
  await field(staff, 'Line 1: description').fill('Welding <b>on site</b>');
  await field(staff, 'Line 1: quantity').fill('2,5');
  await field(staff, 'Line 1: price').fill('abc');
  await field(staff, 'Line 3: description').fill('Travel');
  await field(staff, 'Line 3: price').fill('1,000');
  await field(staff, 'Line 3: discount').fill('10');
  await button(staff, 'More lines').click();
  await expect(field(staff, 'Line 8: price')).toBeVisible();
  await field(staff, 'Status').selectOption('Posted');
  await field(staff, 'Tax').fill('19 %');
  await button(staff, 'Save').click();

  await expect(staff.getByText('Some fields need your attention.')).toBeVisible();
  await expect(staff.getByText('Enter the number that the customer knows it by.')).toBeVisible();
  await expect(field(staff, 'Line 1: price')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(staff, 'Line 1: description')).toHaveValue('Welding <b>on site</b>');
  await looks(staff, 'staff-document-form');
  await field(staff, 'Line 1: price').fill('99.99');
  await field(staff, 'Number').fill('INV/HAND/1');
  await button(staff, 'Save').click();

  await expect(staff.getByText('The document was made.')).toBeVisible();
  await expect(staff.getByRole('main')).toContainText('Welding <b>on site</b>');
  // 2.5 × 99.99 and 90 % of 1,000; and 19 % of both.
  await expect(staff.getByRole('main')).toContainText('$1,149.98');
  await expect(staff.getByRole('main')).toContainText('$1,368.48');
  expect(await listed(page, 'invoices')).not.toContain('INV/HAND/1');
  await button(staff, 'Publish').click();
  await expect(staff.getByText('Published: the customer sees it from now on.')).toBeVisible();
  expect(await listed(page, 'invoices')).toContain('INV/HAND/1');
  await link(page, 'INV/HAND/1').click();
  await expect(page.getByRole('main')).toContainText('$1,368.48');
});

test('Of two who change one document, the second sees what the first saved before writing over it', async ({
  staff,
  allowConsole,
}) => {
  allowConsole(status(409));
  await find(staff, 'S000');
  await rows(staff).first().getByRole('link').click();
  await link(staff, 'Edit').click();
  await expect(staff).toHaveURL(/\/edit$/);
  const edit = staff.url();
  await expect(staff.getByText('This document was imported.')).toBeVisible();
  const other = await staff.context().newPage();
  await other.goto(edit);
  await field(other, 'Salesperson').fill('Olga');
  await button(other, 'Save').click();
  await expect(other.getByText('Saved.', { exact: true })).toBeVisible();

  await field(staff, 'Salesperson').fill('Marc');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Somebody else changed this meanwhile.')).toBeVisible();
  const differing = staff.getByRole('table', { name: 'What differs', exact: true }).getByRole('row');
  await expect(differing.filter({ hasText: 'Salesperson' })).toContainText('Olga');
  await looks(staff, 'staff-document-conflict');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.', { exact: true })).toBeVisible();
  await link(staff, 'What happened').click();
  const changed = staff.getByRole('row').filter({ hasText: 'Document changed by hand' });
  await expect(changed).toHaveCount(2);
});

/** The option of a select that is the customer itself, and none of its people. */
async function ownOption(page: Page, name: string): Promise<string> {
  const options = await field(page, 'Belongs to').locator('option').allInnerTexts();
  const own = options.find((option) => option === name || option.startsWith(`${name} (`));
  expect(own, `${name} among ${options.join(', ')}`).toBeDefined();
  return own!;
}
