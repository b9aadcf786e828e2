import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';

import { contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

test.describe.configure({ timeout: 60_000 });

test('Staff read who did what, narrow it down by an address that can be kept, and take it away as CSV', async ({
  staff,
  administrator,
}) => {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await grant(administrator, [await contactNamed(administrator, 'Ann Good')]);
  await visit(staff, '/staff');
  await link(staff, 'Audit').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Audit', exact: true })).toBeVisible();
  const events = staff.getByRole('table', { name: 'Events', exact: true });
  const granted = events.getByRole('row').filter({ hasText: 'Portal access granted' });
  await expect(granted).toHaveCount(2);
  await expect(granted.first()).toContainText('Ann Good');
  await expect(granted.first()).toContainText('Acme Flow Ltd');
  await expect(granted.first()).toContainText('127.0.0.1');
  await expect(events).toContainText('Records imported');
  await looks(staff, 'staff-audit');

  await field(staff, 'What happened').selectOption('Portal access');
  await field(staff, 'Whom or which company').fill('ready mat');
  await button(staff, 'Filter').click();
  await expect(staff).toHaveURL(/[?&]what=access/);
  await expect(events.getByRole('row')).toHaveCount(2);
  await expect(granted).toContainText('Billy Fox');
  await expect(field(staff, 'Whom or which company')).toHaveValue('ready mat');

  const download = staff.waitForEvent('download');
  await link(staff, 'Export as CSV').click();
  const text = readFileSync(await (await download).path(), 'utf8');
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    What: 'Portal access granted',
    Action: 'access.granted',
    Subject: 'Billy Fox',
    Company: 'Ready Mat',
    'Done by': ADMINISTRATOR.email,
    Address: '127.0.0.1',
  });
  expect(rows[0]!.Changes).toContain('billy.fox45@example.com');

  await field(staff, 'Until').fill('2001-01-01');
  await button(staff, 'Filter').click();
  await expect(staff.getByText('Nothing matches')).toBeVisible();
  await looks(staff, 'staff-audit-nothing');
  await link(staff, 'Clear').click();
  await expect(field(staff, 'Until')).toHaveValue('');
  await expect(granted).toHaveCount(2);
});

test('A change of a contact is told with what it was before', async ({ staff, administrator }) => {
  const { id } = await contactNamed(administrator, 'Ann Good');
  await visit(staff, `/staff/contacts/${id}/edit`);
  await field(staff, 'Phone').fill('+49 1');
  await button(staff, 'Save').click();
  await expect(staff.getByRole('main')).toContainText('+49 1');
  await button(staff, 'Action').click();
  await staff.getByRole('menuitem', { name: 'What happened', exact: true }).click();
  await expect(staff).toHaveURL(/\/staff\/audit\?about=/);
  const newest = staff.getByRole('row').filter({ hasText: 'Contact changed' }).first();
  await expect(newest).toContainText('Ann Good');
  await expect(newest).toContainText(/Phone: .+ → \+49 1/);
});

test('A customer reads who was let in and by whom, and never where staff sit', async ({ customer, administrator }) => {
  const page = await customer('Ready Mat');
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await visit(page, '/my');
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await link(page, 'Access log').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Access log', exact: true })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Access log', exact: true }).getByRole('row');
  const granted = rows.filter({ hasText: 'Portal access granted' }).filter({ hasText: 'Billy Fox' });
  await expect(granted).toContainText('Rivet Works staff');
  await expect(granted).not.toContainText('127.0.0.1');
  await expect(granted).not.toContainText(ADMINISTRATOR.email);
  await expect(rows.filter({ hasText: 'Invitation accepted' })).toContainText('127.0.0.1');
  await looks(page, 'my-access-log');
});
