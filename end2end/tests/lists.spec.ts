import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expect, test, visit } from '../support/fixtures.ts';
import { axe, looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

test.describe.configure({ timeout: 90_000 });

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search', exact: true });
const names = (page: Page, kind: string) => page.locator(`main a[href^="/my/${kind}/"]`);

test('Searching, filtering and sorting invoices; all of it stands in the address', async ({ customer }) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/invoices');
  const all = await names(page, 'invoices').allTextContents();
  expect(all.length).toBeGreaterThan(2);
  await expect(page.getByRole('main')).toContainText(`${all.length} in all`);

  const number = all[1]!;
  await search(page).fill(number);
  await search(page).press('Enter');
  await expect(page).toHaveURL(/\?q=/);
  await expect(names(page, 'invoices').filter({ hasText: number }).first()).toBeVisible();
  await page.waitForLoadState();
  expect(await names(page, 'invoices').count()).toBeLessThan(all.length);
  await expect(page.getByText(`Shown: “${number}”`)).toBeVisible();
  await looks(page, 'my-invoices-found');
  await search(page).fill('nothing of the kind');
  await search(page).press('Enter');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await looks(page, 'my-invoices-nothing-matches');
  await link(page, 'Show all').click();
  await expect(names(page, 'invoices')).toHaveCount(all.length);

  await button(page, 'Sort').click();
  await axe(page);
  await page.getByRole('menuitem', { name: 'Number', exact: true }).click();
  await expect(page).toHaveURL(/sort=number/);
  await expect(names(page, 'invoices')).toHaveText([...all].sort());

  await button(page, 'Filter').click();
  await expect(field(page, 'Amount from')).toBeVisible();
  await looks(page, 'my-invoices-filter');
  await field(page, 'Amount from').fill('much');
  await button(page, 'Apply').click();
  await expect(field(page, 'Amount from')).toHaveAccessibleDescription(/Give an amount/);
  await expect(field(page, 'Amount from')).toHaveValue('much');
  await looks(page, 'my-invoices-filter-refused');
  await field(page, 'Amount from').fill('1.00');
  await field(page, 'Status').selectOption('To pay');
  await button(page, 'Apply').click();
  await expect(page).toHaveURL(/status=to-pay/);
  await expect(page).toHaveURL(/sort=number/);
  await page.waitForLoadState();
  const left = await names(page, 'invoices').count();
  await names(page, 'invoices').first().click();
  await expect(page.getByRole('article')).toBeVisible();
  await page.goBack();
  await expect(names(page, 'invoices')).toHaveCount(left);
  await expect(page.getByText('Shown: To pay · at least 1.00')).toBeVisible();
  await link(page, 'Clear').click();
  await expect(page).toHaveURL(/\/my\/invoices\?sort=number$/);
});

test('Timesheets by month, page after page, and taken along', async ({ customer }) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/timesheets');
  await button(page, 'Group').click();
  await page.getByRole('menuitem', { name: 'By month', exact: true }).click();
  await expect(page.getByRole('rowheader').first()).toHaveText(/^\w+ 20\d\d$/);
  await looks(page, 'my-timesheets-by-month');
  await link(page, 'Next page').click();
  await expect(page).toHaveURL(/group=month&after=|after=.*group=month/);
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  const loading = page.waitForEvent('download');
  await link(page, 'Export as CSV').click();
  const text = await readFile(await (await loading).path(), 'utf8');
  const count = /([\d,]+) in all/.exec(await page.getByRole('main').innerText())![1]!.replace(',', '');
  expect(text.trim().split('\n')).toHaveLength(Number(count) + 1);
});

test('PDFs of ticked invoices, or of all that the filter leaves, as one ZIP', async ({ customer }) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/invoices');
  const numbers = await names(page, 'invoices').allTextContents();
  /** The names of the files in the ZIP that a press on the button saves. */
  const saved = async (): Promise<string[]> => {
    const download = page.waitForEvent('download');
    await button(page, 'Download PDFs').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('invoices.zip');
    const bytes = await readFile(await file.path());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    return [...new Set(bytes.toString('latin1').match(/[\w-]+\.pdf/g))].sort();
  };
  const ticks = page.locator('input[name=tick]');
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await looks(page, 'my-invoices-ticked');
  expect(await saved()).toHaveLength(2);
  await ticks.nth(0).uncheck();
  const [one] = await saved();
  expect(one).toContain(numbers[1]!.replaceAll('/', '-'));
  // With nothing ticked, all that the filter leaves; two documents may have one number.
  await visit(page, `/my/invoices?q=${encodeURIComponent(numbers[0]!)}`);
  expect(await saved()).toHaveLength(await names(page, 'invoices').count());
  // What has no paper has no such button.
  await visit(page, '/my/tasks');
  await expect(button(page, 'Download PDFs')).toHaveCount(0);
});

test('The statement of account as a PDF', async ({ customer }) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/statement');
  const download = page.waitForEvent('download');
  await link(page, 'Download PDF').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^Statement-of-account-\d{4}-\d\d-\d\d\.pdf$/);
  const bytes = await readFile(await file.path());
  expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
});
