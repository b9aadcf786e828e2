import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

/** Makes a link as staff; its address, as it is shown once. */
async function makeLink(staff: Page, number: string, recipient: string, sign: boolean, comment = false): Promise<string> {
  await staff.goto('/staff/documents');
  await field(staff, 'Kind').selectOption('Quotations & Orders');
  await field(staff, 'Search documents').fill(number);
  await button(staff, 'Filter').click();
  await expect(staff).toHaveURL(/[?&]q=/);
  await staff.getByRole('main').getByRole('link', { name: number }).first().click();
  await link(staff, 'Share links').click();
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Share links');
  await field(staff, 'Recipient').fill(recipient);
  if (sign) await staff.getByRole('checkbox', { name: /^The recipient may accept/ }).check();
  if (comment) await staff.getByRole('checkbox', { name: /^The recipient may write/ }).check();
  await button(staff, 'Create link').click();
  return field(staff, 'Address of the link').inputValue();
}

test('A link shows its document alone, is answered without a login, and ends when it is revoked', async ({ staff, visitor, allowConsole }) => {
  test.setTimeout(90_000);
  allowConsole(status(404));
  const admin = staff;
  const address = await makeLink(admin, 'S00019', 'Lou Lawyer', true);
  await looks(admin, 'staff-share-links');
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(address);
  await expect(page).toHaveURL(/\/shared\/[0-9a-f-]+$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('S00019');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.locator('a[href^="/my"], a[href^="/login"], a[href^="/staff"]')).toHaveCount(0);
  await link(page, 'Accept & Sign').click();
  await expect(field(page, 'Full name')).toHaveValue('Lou Lawyer');
  await page.getByRole('checkbox', { name: /^I have read Quotation/ }).check();
  await button(page, 'Accept & Sign').click();
  await expect(page.getByRole('main')).toContainText('Accepted by Lou Lawyer');

  await admin.goto(new URL(admin.url()).pathname);
  await admin.getByRole('button', { name: /^Revoke link \d+ \(Lou Lawyer\)$/ }).first().click();
  await expect(admin.getByRole('main')).toContainText('the link opens nothing any more');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
});

test('A signed-in customer who opens a link keeps the session, and two links open side by side', async ({ staff, customer }) => {
  test.setTimeout(90_000);
  const admin = staff;
  const [first, second] = [await makeLink(admin, 'S00019', '', false), await makeLink(admin, 'S00019', '', true)];
  const joel = await customer('Joel Willis');
  const other = await joel.context().newPage();
  await joel.goto(first);
  await other.goto(second);
  for (const tab of [joel, other, joel]) {
    await tab.reload();
    await expect(tab.getByRole('heading', { level: 1 })).toContainText('S00019');
  }
  await expect(link(joel, 'Accept & Sign')).toHaveCount(0);
  await looks(other, 'shared-document');
  await visit(joel, '/my');
  await expect(joel.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(joel).toHaveURL(/\/my$/);
});

test('Whoever has a link writes by it where that was given on, and staff read it on the document', async ({
  staff,
  visitor,
  allowConsole,
}) => {
  test.setTimeout(90_000);
  const address = await makeLink(staff, 'S00019', 'Lou Lawyer', false, true);
  await expect(staff.getByRole('row', { name: /Lou Lawyer/ }).first()).toContainText('View, write messages');
  const page = await visitor();
  await page.goto(address);
  allowConsole(status(422));
  await button(page, 'Send').click();
  await expect(page.getByText('Write a message first.')).toBeVisible();
  await expect(field(page, 'Files')).toHaveCount(0);
  await field(page, 'Message').fill('Is clause 4 new? <b>Please</b> call.');
  await button(page, 'Send').dblclick();
  await expect(page.locator('.messages > li')).toHaveText([/Lou Lawyer \(by a link\).*<b>Please<\/b> call\./s]);
  await looks(page, 'shared-document-messages');
  await staff.goto(new URL(staff.url()).pathname.replace(/\/share$/, ''));
  await expect(staff.locator('.messages > li').last()).toContainText('Is clause 4 new? <b>Please</b> call.');
});
