import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

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

test('Staff upload the PDF of the ERP, and the customer gets that one', async ({ staff, customer, allowConsole }) => {
  test.setTimeout(90_000);
  allowConsole(status(422));
  const joel = await customer('Joel Willis');
  await openDocument(joel, 'sales', 'S00019');
  const address = `${new URL(joel.url()).pathname}/pdf`;
  const printed = await (await joel.request.get(address)).body();

  await visit(staff, '/staff/documents?q=S00019');
  await staff.getByRole('main').getByRole('link', { name: /^S00019/ }).first().click();
  await link(staff, 'Original PDF').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Original PDF', exact: true })).toBeVisible();
  const upload = async (name: string, buffer: Buffer) => {
    await field(staff, 'PDF').setInputFiles({ name, mimeType: 'application/pdf', buffer });
    await button(staff, 'Upload').click();
  };
  await upload('evil.pdf', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
  await expect(staff.getByText('This is no PDF that can be read.')).toBeVisible();
  await looks(staff, 'staff-original-refused');
  // Another file: what was printed and one more comment, as an ERP's own would be.
  const theirs = Buffer.concat([printed, Buffer.from('\n% from the ERP\n')]);
  await upload('S00019.pdf', theirs);
  await expect(staff.getByRole('status')).toContainText('customers download and sign this PDF');
  await looks(staff, 'staff-original');
  const got = await joel.request.get(address);
  expect((await got.body()).equals(theirs)).toBe(true);
  // What we did not print is never shown within our origin.
  expect(got.headers()['content-disposition']).toMatch(/^attachment; /);
  await button(staff, 'Remove uploaded PDF').click();
  await expect(staff.getByRole('status')).toContainText('Removed');
  expect((await (await joel.request.get(address)).body()).equals(printed)).toBe(true);
});
