import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { contactNamed, expect, grant, ready, test, visit } from '../support/fixtures.ts';
import { button, field, filter, link, openContact } from '../support/pages.ts';

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search contacts', exact: true });
const names = (page: Page) => page.getByRole('main').locator('td a[href^="/staff/contacts/"]');

test('“click on the Create button, enter the details of the contact, and then click Save”', async ({ staff }) => {
  await visit(staff, '/staff/contacts');
  await link(staff, 'New contact').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'New contact', exact: true })).toBeVisible();
  const details = {
    Name: 'Nora Nordmann',
    Email: 'nora@nord.example',
    Phone: '+47 22 00 00 00',
    Street: 'Storgata 1',
    'Postal code': '0155',
    City: 'Oslo',
    'Country code': 'NO',
    'VAT number': 'NO123456789MVA',
    Reference: 'N-1',
  };
  for (const [label, text] of Object.entries(details)) {
    await field(staff, label).fill(text);
  }
  await field(staff, 'Company').selectOption('Ready Mat');
  await button(staff, 'Save').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Nora Nordmann', exact: true })).toBeVisible();
  for (const text of Object.values(details)) {
    await expect(staff.getByRole('main')).toContainText(text);
  }
  await openContact(staff, 'Ready Mat');
  await expect(staff.getByRole('main')).toContainText('nora@nord.example');
});

test('A form with mistakes says so next to the fields and keeps what was typed', async ({ staff, allowConsole }) => {
  allowConsole(status(422));
  await visit(staff, '/staff/contacts/new');
  await field(staff, 'Name').fill(' ');
  await field(staff, 'Country code').fill('Norway');
  await field(staff, 'City').fill('Oslo');
  await button(staff, 'Save').click();
  await expect(staff.getByRole('alert')).toBeVisible();
  await expect(field(staff, 'Name')).toHaveAccessibleDescription(/Enter a name/);
  await expect(field(staff, 'Name')).toBeFocused();
  await expect(field(staff, 'Country code')).toHaveAccessibleDescription(/two letters/);
  await expect(field(staff, 'City')).toHaveValue('Oslo');
  await expect(staff).toHaveURL(/\/staff\/contacts\/new$/);
});

test('A change is saved and shown', async ({ staff }) => {
  await openContact(staff, 'Kim Snyder');
  await link(staff, 'Edit').click();
  await expect(field(staff, 'Email')).toHaveValue('kim.snyder96@example.com');
  await field(staff, 'Phone').fill('+1 555 0000');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.')).toBeVisible();
  await expect(staff.getByRole('main')).toContainText('+1 555 0000');
  await staff.reload();
  await ready(staff);
  await expect(staff.getByRole('main')).toContainText('+1 555 0000');
});

test('A stale save in a second tab is refused with both texts shown', async ({ staff, allowConsole }) => {
  allowConsole(status(409));
  await openContact(staff, 'Kim Snyder');
  await link(staff, 'Edit').click();
  await expect(field(staff, 'City')).toBeVisible();
  const second = await staff.context().newPage();
  await visit(second, new URL(staff.url()).pathname);
  await field(staff, 'City').fill('Bergen');
  await button(staff, 'Save').click();
  await expect(staff.getByRole('main')).toContainText('Bergen');

  await field(second, 'City').fill('Trondheim');
  await button(second, 'Save').click();
  await expect(second.getByRole('alert')).toContainText(/changed this meanwhile/);
  await expect(field(second, 'City')).toHaveValue('Trondheim');
  await expect(second.getByRole('main')).toContainText('Bergen');
  await staff.reload();
  await ready(staff);
  await expect(staff.getByRole('main')).toContainText('Bergen');
});

test('An archived contact is out of the list, and Undo brings it back', async ({ staff }) => {
  const archive = async () => {
    await staff.getByRole('button', { name: 'Action', exact: true }).click();
    await staff.getByRole('menuitem', { name: 'Archive', exact: true }).click();
    await expect(staff.getByText('Archived.', { exact: true })).toBeVisible();
  };
  const listed = async (address: string, count: number) => {
    const list = await staff.context().newPage();
    await visit(list, address);
    await expect(list.getByRole('link', { name: 'Anita Oliver', exact: true })).toHaveCount(count);
    await list.close();
  };
  await openContact(staff, 'Anita Oliver');
  await archive();
  await expect(staff.getByRole('main').getByText('Archived', { exact: true })).toBeVisible();
  await listed('/staff/contacts?q=anita', 0);
  await listed('/staff/contacts?q=anita&archived=1', 1);
  await button(staff, 'Undo archiving').click();
  await expect(staff.getByRole('main').getByText('Archived', { exact: true })).toHaveCount(0);
  await listed('/staff/contacts?q=anita', 1);
});

test('Archiving somebody with access ends the access', async ({ staff, customer }) => {
  const page = await customer('Billy Fox');
  await openContact(staff, 'Billy Fox');
  await staff.getByRole('button', { name: 'Action', exact: true }).click();
  await staff.getByRole('menuitem', { name: 'Archive', exact: true }).click();
  await expect(staff.getByText('Archived.', { exact: true })).toBeVisible();
  await page.goto('/my');
  await expect(page).toHaveURL(/\/login/);
});

test('Searching finds by name, email and city as one types', async ({ staff }) => {
  await visit(staff, '/staff/contacts');
  await search(staff).pressSequentially('azure');
  await expect(names(staff)).toHaveText(['Azure Interior']);
  await expect(search(staff)).toBeFocused();
  await expect(staff).toHaveURL(/q=azure/);
  await search(staff).fill('KIM.SNYDER96@');
  await expect(names(staff)).toHaveText(['Kim Snyder']);
  await search(staff).fill('snyder kim');
  await expect(names(staff)).toHaveText(['Kim Snyder']);
  await search(staff).fill('100% no such “contact”');
  await expect(staff.getByText('No contact matches')).toBeVisible();
  await link(staff, 'Show all contacts').click();
  await expect(names(staff)).toHaveCount(50);
});

test('A contact is opened while the search is still under way', async ({ staff }) => {
  await visit(staff, '/staff/contacts');
  const contact = link(staff, 'Abigail Peterson');
  await search(staff).fill('abigail');
  await contact.click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Abigail Peterson', exact: true })).toBeVisible();
  await link(staff, 'Edit').click();
  await expect(field(staff, 'Name')).toHaveValue('Abigail Peterson');
});

test('Filters show companies or people, and who has access', async ({ staff, administrator, customer }) => {
  await customer('Billy Fox');
  await grant(administrator, [await contactNamed(administrator, 'Kim Snyder')]);
  await visit(staff, '/staff/contacts');
  await filter(staff, 'Companies').click();
  await expect(names(staff)).toHaveCount(15);
  await expect(filter(staff, 'Companies')).toHaveAttribute('aria-current', 'true');
  await filter(staff, 'People').click();
  await expect(names(staff)).toHaveCount(50);
  await filter(staff, 'Active').click();
  await expect(names(staff)).toHaveText(['Billy Fox']);
  await filter(staff, 'Invited').click();
  await expect(names(staff)).toHaveText(['Kim Snyder']);
  await filter(staff, 'Companies').click();
  await expect(staff.getByText('No contact matches')).toBeVisible();
});

test('Back from a contact is back at the search', async ({ staff }) => {
  await visit(staff, '/staff/contacts');
  await search(staff).fill('peterson');
  await expect(names(staff)).toHaveText(['Abigail Peterson', 'Audrey Peterson']);
  await link(staff, 'Audrey Peterson').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Audrey Peterson', exact: true })).toBeVisible();
  await staff.goBack();
  await expect(search(staff)).toHaveValue('peterson');
  await expect(names(staff)).toHaveText(['Abigail Peterson', 'Audrey Peterson']);
  await staff.reload();
  await ready(staff);
  await expect(search(staff)).toHaveValue('peterson');
  await expect(names(staff)).toHaveText(['Abigail Peterson', 'Audrey Peterson']);
});

test.describe('Many contacts', () => {
  test.use({ data: 'administrator' });

  test('A hundred and twenty contacts are read page by page, each once, there and back', async ({
    staff,
    installation,
  }) => {
    const all = Array.from({ length: 120 }, (_, i) => `Person ${String(i).padStart(3, '0')}`);
    // Every third has the same name as the one before.
    const written = all.map((name, i) => (i % 3 === 2 ? all[i - 1]! : name));
    const rows = written.map((name, i) => `many.contact_${i},"${name}",False,,person${i}@many.example`);
    const folder = path.join(installation.folder, 'csv');
    await mkdir(folder);
    await writeFile(path.join(folder, 'contacts.csv'), `id,name,is_company,parent_id/id,email\n${rows.join('\n')}\n`);
    const outcome = await installation.run(['import', 'odoo', folder]);
    expect(outcome.code, outcome.stderr + outcome.stdout).toBe(0);

    await visit(staff, '/staff/contacts?q=many.example');
    const seen: string[] = [];
    const pages: number[] = [];
    const addresses = () => names(staff).evaluateAll((links) => links.map((one) => one.getAttribute('href')!));
    const turn = async (name: string) => {
      const [first] = await addresses();
      await staff.getByRole('link', { name, exact: true }).click();
      await expect.poll(async () => (await addresses())[0]).not.toBe(first);
    };
    for (;;) {
      const found = await addresses();
      pages.push(found.length);
      seen.push(...found);
      if ((await staff.getByRole('link', { name: 'Next page', exact: true }).getAttribute('href')) === null) {
        break;
      }
      await turn('Next page');
    }
    expect(pages).toEqual([50, 50, 20]);
    expect(new Set(seen).size).toBe(120);
    await turn('Previous page');
    expect(await addresses()).toEqual(seen.slice(50, 100));
    await turn('Previous page');
    expect(await addresses()).toEqual(seen.slice(0, 50));
    await expect(search(staff)).toHaveValue('many.example');
  });
});
