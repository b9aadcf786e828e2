import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { link } from '../support/pages.ts';

/** Opens the first document of a list whose name has a text in it. */
async function openDocument(page: Page, kind: string, name: string): Promise<void> {
  await visit(page, `/my/${kind}`);
  await page.getByRole('main').getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

test('“View your invoices … download”: a document is saved as a PDF that says what the page says', async ({ customer }) => {
  const joel = await customer('Joel Willis');
  await openDocument(joel, 'sales', 'S00019');
  const saved = joel.waitForEvent('download');
  await link(joel, 'Download').click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('Quotation-S00019.pdf');
  const bytes = readFileSync(await file.path());
  expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
  // The same bytes whenever it is asked for.
  const again = await joel.request.get(`${new URL(joel.url()).pathname}/pdf`);
  expect(again.headers()['content-type']).toBe('application/pdf');
  expect(again.headers()['content-disposition']).toMatch(/^inline; filename="Quotation-S00019\.pdf"/);
  expect((await again.body()).equals(bytes)).toBe(true);
});

test('Nobody else gets the file, and what has no paper has no link', async ({ customer, visitor, allowConsole }) => {
  const joel = await customer('Joel Willis');
  await openDocument(joel, 'sales', 'S00019');
  const address = `${new URL(joel.url()).pathname}/pdf`;
  const other = await customer('Ready Mat');
  expect((await other.request.get(address)).status()).toBe(404);
  const nobody = await visitor();
  allowConsole(status(404));
  await nobody.goto(address);
  await expect(nobody).toHaveURL(/\/login/);
  await visit(joel, '/my/tasks');
  await joel.getByRole('main').locator('a[href^="/my/tasks/"]').first().click();
  await expect(joel.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(link(joel, 'Download')).toHaveCount(0);
});
