import type { Locator, Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { axe, looks } from '../support/looks.ts';
import { button, field, link, logIn, tile } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const LIST = '/staff/settings/groups';
const INVOICES = 'See invoices and bills';

/** A group's row in the list. */
const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

/** Opens a group from the list. */
async function open(page: Page, name: string): Promise<void> {
  await page.goto(LIST);
  await link(page, name).click();
  await expect(field(page, 'Name')).toHaveValue(name);
}

/** What saving would do, as the page says it: permission, now, then, effect. */
const effects = (page: Page): Locator => page.getByRole('table', { name: 'What people gain and lose' });

async function confirm(page: Page): Promise<void> {
  await button(page, 'Confirm and save').click();
  await expect(page.getByText('The group is saved.')).toBeVisible();
}

test('“To edit an existing group, select the icon next to the group and hit edit … choose what permissions you want each portal user in that permission group to have access to in their customer portal”: an open browser obeys at its next click', async ({
  staff,
  customer,
  allowConsole,
}) => {
  const page = await customer('Billy Fox');
  await visit(page, '/my');
  await expect(tile(page, 'Invoices & Bills', /\d+/)).toBeVisible();

  await visit(staff, '/staff');
  await link(staff, 'Permission groups').click();
  await expect(row(staff, 'Standard')).toContainText('1 person');
  await expect(row(staff, 'Standard')).toContainText('Default');
  await expect(row(staff, 'Non-portal users')).toContainText('Secure link');
  await link(staff, 'Standard').click();
  await expect(field(staff, INVOICES).locator('option')).toHaveText([
    'No',
    'Only their own',
    "Their company's",
    "Their company's and the companies below it",
  ]);
  await expect(field(staff, 'Read public documentation').locator('option')).toHaveText(['No', 'Yes']);
  await field(staff, INVOICES).selectOption('No');
  await field(staff, 'Description').fill('Everything but invoices.');
  await button(staff, 'Save').click();

  // Nothing is saved before one has seen what it does; downloading and paying follow.
  await expect(effects(staff).getByRole('row').filter({ hasText: INVOICES })).toContainText('1 person loses');
  await expect(effects(staff).getByRole('row')).toHaveCount(4);
  await expect(field(staff, 'Description')).toHaveValue('Everything but invoices.');
  await expect(field(staff, INVOICES).locator('option:checked')).toHaveText('No');
  await page.reload();
  await expect(tile(page, 'Invoices & Bills', /\d+/)).toBeVisible();

  await confirm(staff);
  await expect(row(staff, 'Standard')).toContainText('Everything but invoices.');
  await page.reload();
  await expect(tile(page, 'Quotations & Orders', /\d+/)).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /Invoices & Bills/ })).toHaveCount(0);
  allowConsole(status(404));
  expect((await page.goto('/my/invoices'))!.status()).toBe(404);
});

test('“You can select which permission group you would like to be the default group that is automatically applied to new portal users”', async ({
  staff,
  administrator,
}) => {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await open(staff, 'Standard');
  await expect(field(staff, 'Default for new portal users')).toBeChecked();
  await expect(field(staff, 'Default for new portal users')).toBeDisabled();
  await open(staff, 'Limited');
  await field(staff, 'Default for new portal users').check();
  await button(staff, 'Save').click();
  await expect(row(staff, 'Limited')).toContainText('Default');
  await expect(row(staff, 'Standard')).not.toContainText('Default');

  await grant(administrator, [await contactNamed(administrator, 'Kim Snyder')]);
  await staff.reload();
  await expect(row(staff, 'Limited')).toContainText('1 person');
  await expect(row(staff, 'Standard')).toContainText('1 person');
});

test('“… edit an existing Permission Group or add a new one”: new, copied, and deleted once its people moved', async ({
  staff,
  administrator,
  customer,
}) => {
  await visit(staff, LIST);
  await link(staff, 'New group').click();
  await field(staff, 'Name').fill('Buyers');
  await field(staff, 'See quotations and orders').selectOption("Their company's");
  await field(staff, 'Accept quotations').selectOption('Only their own');
  await button(staff, 'Save').click();
  await expect(staff.getByText('The group was made.')).toBeVisible();
  await expect(row(staff, 'Buyers')).toContainText('Nobody');

  await link(staff, 'Buyers').click();
  await link(staff, 'Duplicate').click();
  await expect(field(staff, 'Name')).toHaveValue('Copy of Buyers');
  await expect(field(staff, 'Accept quotations').locator('option:checked')).toHaveText('Only their own');
  await field(staff, 'Name').fill('Buyers of Oslo');
  await field(staff, 'Require two-factor').check();
  await field(staff, 'Default for new portal users').check();
  await button(staff, 'Save').click();
  await expect(row(staff, 'Buyers of Oslo')).toContainText('Two-factor required');
  await grant(administrator, [await contactNamed(administrator, 'Kim Snyder')]);

  // The default stays; so do the groups that the portal itself gives.
  for (const name of ['Buyers of Oslo', 'Non-portal users', 'Company admin', 'No access']) {
    await open(staff, name);
    await expect(link(staff, 'Delete')).toHaveCount(0);
  }
  await open(staff, 'Standard');
  await field(staff, 'Default for new portal users').check();
  await button(staff, 'Save').click();
  await expect(row(staff, 'Standard')).toContainText('Default');
  const page = await customer('Billy Fox');

  await open(staff, 'Buyers of Oslo');
  await link(staff, 'Delete').click();
  const target = field(staff, 'Move 1 person to');
  await expect(target.locator('option')).not.toContainText(['Non-portal users']);
  await target.selectOption('Limited');
  await button(staff, 'Delete group').click();
  await expect(effects(staff).getByRole('row').filter({ hasText: INVOICES })).toContainText('1 person gains');
  await expect(target.locator('option:checked')).toHaveText('Limited');
  await button(staff, 'Confirm and delete').click();
  await expect(staff.getByText('The group was deleted.')).toBeVisible();
  await expect(row(staff, 'Buyers of Oslo')).toHaveCount(0);
  await expect(row(staff, 'Limited')).toContainText('1 person');
  await expect(row(staff, 'Standard')).toContainText('1 person');
  await visit(page, '/my');
  await expect(tile(page, 'Invoices & Bills', /\d+/)).toBeVisible();

  await open(staff, 'Buyers');
  await link(staff, 'Delete').click();
  await button(staff, 'Delete group').click();
  await expect(row(staff, 'Buyers')).toHaveCount(0);
});

test('“the system Non-Portal Users permissions group … will allow you to assign which permissions these users have by default”, “to enable the Documentation - View Public setting”', async ({
  staff,
}) => {
  await open(staff, 'Non-portal users');
  // What needs a known person cannot be given to whoever has a link.
  await expect(field(staff, 'Accept quotations')).toBeDisabled();
  await expect(field(staff, 'Accept quotations')).toHaveAccessibleDescription(/somebody who signed in/);
  await expect(field(staff, 'Spend from the wallet')).toBeDisabled();
  await expect(field(staff, 'Require two-factor')).toHaveCount(0);
  await expect(field(staff, 'Default for new portal users')).toHaveCount(0);
  await field(staff, 'Read public documentation').selectOption('Yes');
  await button(staff, 'Save').click();
  await expect(effects(staff)).toContainText('Visitors gain');
  await confirm(staff);
  await open(staff, 'Non-portal users');
  await expect(field(staff, 'Read public documentation').locator('option:checked')).toHaveText('Yes');
});

test('What is wrong is said next to its field, and nothing that was typed is lost', async ({ staff, allowConsole }) => {
  allowConsole(status(422));
  await visit(staff, `${LIST}/new`);
  await field(staff, 'Name').fill('sTANDARD');
  await field(staff, 'Description').fill('A second one');
  await field(staff, 'See tickets').selectOption('Only their own');
  await button(staff, 'Save').click();
  await expect(field(staff, 'Name')).toHaveAccessibleDescription(/Another group has this name/);
  await expect(field(staff, 'Name')).toHaveValue('sTANDARD');
  await expect(field(staff, 'Description')).toHaveValue('A second one');
  await expect(field(staff, 'See tickets').locator('option:checked')).toHaveText('Only their own');

  await field(staff, 'Name').fill('Askers');
  await field(staff, 'Open new tickets').selectOption("Their company's");
  await field(staff, 'Pay invoices').selectOption('Only their own');
  await button(staff, 'Save').click();
  await expect(field(staff, 'Open new tickets')).toHaveAccessibleDescription(/further than “See tickets”/);
  await expect(field(staff, 'Pay invoices')).toHaveAccessibleDescription(/allow “See invoices and bills” first/);
  await expect(staff.getByRole('alert')).toContainText('Open new tickets: Reaches further');
  await axe(staff);
  await field(staff, 'Open new tickets').selectOption('Only their own');
  await field(staff, 'Pay invoices').selectOption('No');
  await button(staff, 'Save').click();
  await expect(row(staff, 'Askers')).toBeVisible();
});

test('A stale save in a second tab is refused with both shown', async ({ staff, allowConsole }) => {
  allowConsole(status(409));
  await open(staff, 'Limited');
  const second = await staff.context().newPage();
  await open(second, 'Limited');
  await field(staff, 'Sign papers').selectOption('No');
  await button(staff, 'Save').click();
  await expect(staff.getByText('The group is saved.')).toBeVisible();

  await field(second, 'Description').fill('My own words.');
  await button(second, 'Save').click();
  const differs = second.getByRole('table', { name: 'What differs' });
  await expect(differs.getByRole('row').filter({ hasText: 'Description' })).toContainText('My own words.');
  await expect(differs.getByRole('row').filter({ hasText: 'Sign papers' })).toContainText('Only their own');
  await axe(second);
  await field(second, 'Sign papers').selectOption('No');
  await button(second, 'Save').click();
  await expect(row(second, 'Limited')).toContainText('My own words.');
});

test('Without WebAssembly a group is edited, confirmed, copied and deleted too', async ({
  context,
  page,
  administrator,
  allowConsole,
}) => {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await blockWasm(context, allowConsole);
  await page.goto(`/login?next=${LIST}`);
  await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await link(page, 'Standard').click();
  await field(page, 'See projects').selectOption('Only their own');
  await field(page, 'Top the wallet up').selectOption("Their company's");
  await button(page, 'Save').click();
  await expect(effects(page).getByRole('row').filter({ hasText: 'See projects' })).toContainText('1 person loses');
  await expect(effects(page).getByRole('row').filter({ hasText: 'Top the wallet up' })).toContainText('1 person gains');
  // Whoever changes more meanwhile is shown that too.
  await field(page, 'See tasks').selectOption('No');
  await button(page, 'Confirm and save').click();
  await expect(effects(page).getByRole('row')).toHaveCount(4);
  await confirm(page);

  await link(page, 'Standard').click();
  await link(page, 'Duplicate').click();
  await button(page, 'Save').click();
  await link(page, 'Copy of Standard').click();
  await link(page, 'Delete').click();
  await button(page, 'Delete group').click();
  await expect(page.getByText('The group was deleted.')).toBeVisible();
});

test('The looks of the pages, and no broken rule of accessibility', async ({ staff, administrator }) => {
  test.setTimeout(120_000);
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await visit(staff, LIST);
  await looks(staff, 'groups');
  await open(staff, 'Standard');
  await looks(staff, 'groups-standard');
  await field(staff, INVOICES).selectOption('No');
  await field(staff, 'Top the wallet up').selectOption("Their company's");
  await button(staff, 'Save').click();
  await expect(effects(staff)).toBeVisible();
  await looks(staff, 'groups-confirm');
  await open(staff, 'Non-portal users');
  await looks(staff, 'groups-visitors');
  await open(staff, 'Limited');
  await field(staff, 'Default for new portal users').check();
  await button(staff, 'Save').click();
  await expect(row(staff, 'Limited')).toContainText('Default');
  await open(staff, 'Standard');
  await link(staff, 'Delete').click();
  await field(staff, 'Move 1 person to').selectOption('Accounting');
  await button(staff, 'Delete group').click();
  await expect(effects(staff)).toBeVisible();
  await looks(staff, 'groups-delete');
});
