import { status } from '../support/console.ts';
import { blockWasm, expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, openContact } from '../support/pages.ts';

test.describe.configure({ timeout: 120_000 });

test('“Adding, removing or modifying addresses”: with defaults, asked once before removal, undone', async ({
  customer,
  staff,
  allowConsole,
}) => {
  allowConsole(status(422));
  const page = await customer('Floyd Steward');
  await visit(page, '/my');
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await link(page, 'Addresses').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Addresses', exact: true })).toBeVisible();
  await expect(page.getByText('No other addresses yet')).toBeVisible();
  await looks(page, 'my-addresses-empty');

  await link(page, 'Add an address').click();
  await button(page, 'Save address').click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Enter a name/);
  await expect(field(page, 'Street')).toHaveAccessibleDescription(/Enter a street/);
  await expect(field(page, 'City')).toHaveAccessibleDescription(/Enter a city/);
  await expect(field(page, 'Country')).toHaveAccessibleDescription(/Choose a country/);
  await field(page, 'Name').fill('Dock 7');
  await field(page, 'Use it for').selectOption('Billing and delivery');
  await field(page, 'Country').selectOption('Germany');
  await button(page, 'Update fields').click();
  await expect(field(page, 'Name')).toHaveValue('Dock 7');
  await field(page, 'Street').fill('Weg 1');
  await field(page, 'Postal code').fill('26133');
  await field(page, 'City').fill('Oldenburg');
  await field(page, 'Deliver here unless told otherwise').check();
  await looks(page, 'my-address-form');
  await button(page, 'Save address').click();
  await expect(page.getByText('The address is added.')).toBeVisible();
  const card = page.getByRole('listitem').filter({ hasText: 'Dock 7' });
  await expect(card).toContainText('26133 Oldenburg');
  await expect(card).toContainText('Default for delivery');

  await link(page, 'Edit Dock 7, Weg 1 (address)').click();
  await field(page, 'Phone').fill('+49 441 1');
  await button(page, 'Save address').click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(card).toContainText('+49 441 1');
  await looks(page, 'my-addresses');

  await openContact(staff, 'Acme Corporation');
  const panel = staff.getByRole('region', { name: 'Addresses', exact: true });
  await expect(panel).toContainText('Dock 7');
  await looks(staff, 'staff-contact-addresses');

  await link(page, 'Remove Dock 7, Weg 1 (address)').click();
  await expect(page.getByText('Remove Dock 7, Weg 1?')).toBeVisible();
  await looks(page, 'my-addresses-remove');
  await button(page, 'Remove address').click();
  await expect(page.getByText('The address is removed.')).toBeVisible();
  await expect(card).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect(page.getByText('The address is back.')).toBeVisible();
  await expect(card).toContainText('Default for delivery');
});

test('Without WebAssembly, by keyboard: add, change one’s mind, remove, undo', async ({ customer, allowConsole }) => {
  const page = await customer('Floyd Steward');
  await blockWasm(page.context(), allowConsole);
  await page.goto('/my/addresses/new');
  await field(page, 'Name').fill('Harbour');
  await field(page, 'Country').selectOption('United Kingdom');
  await button(page, 'Update fields').press('Enter');
  await field(page, 'Street').fill('1 Quay');
  await field(page, 'City').fill('London');
  await field(page, 'Postal code').fill('ec1y 8sy');
  await field(page, 'Postal code').press('Enter');
  const card = page.getByRole('listitem').filter({ hasText: 'Harbour' });
  await expect(card).toContainText('EC1Y 8SY');
  await link(page, 'Remove Harbour, 1 Quay (address)').press('Enter');
  await link(page, 'Keep it').press('Enter');
  await expect(card).toBeVisible();
  await link(page, 'Remove Harbour, 1 Quay (address)').press('Enter');
  await button(page, 'Remove address').press('Enter');
  await expect(card).toHaveCount(0);
  await button(page, 'Undo').press('Enter');
  await expect(card).toBeVisible();
});
