import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, grant, PASSWORD, test } from '../support/fixtures.ts';
import { OdooExport } from '../support/export.ts';
import { activate, button, field, link, logIn, tile } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

test.describe('Staff without WebAssembly', () => {
  test.beforeEach(async ({ context, allowConsole }) => blockWasm(context, allowConsole));

  test('Signing in, searching with Enter and opening a contact', async ({ page }) => {
    await page.goto('/login');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await expect(page).toHaveURL(/\/staff$/);
    await link(page, 'Contacts').click();
    const search = page.getByRole('searchbox', { name: 'Search contacts', exact: true });
    await search.fill('ready mat');
    await search.press('Enter');
    await expect(page).toHaveURL(/q=ready(\+|%20)mat/);
    await expect(search).toHaveValue('ready mat');
    await expect(page.getByRole('row').getByRole('link', { name: 'Ready Mat', exact: true })).toBeVisible();
    await expect(page.getByText('Azure Interior')).toHaveCount(0);
    await page.getByRole('main').getByRole('link', { name: 'Companies', exact: true }).click();
    await expect(page.getByRole('row')).toHaveCount(2);
    await page.getByRole('link', { name: 'Ready Mat', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Ready Mat', exact: true })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Billy Fox');
    await expect(page.locator('html[data-ready]')).toHaveCount(0);
  });

  test('Creating a contact by the plain form, first with mistakes: what was typed is kept', async ({
    page,
    allowConsole,
  }) => {
    allowConsole(status(422));
    await page.goto('/login?next=/staff/contacts');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await link(page, 'New contact').click();
    await field(page, 'Name').fill(' ');
    await field(page, 'Kind').selectOption('Person');
    await field(page, 'Company').selectOption('Ready Mat');
    await field(page, 'Email').fill('zoë@exämple.fr');
    await field(page, 'Country code').fill('USA');
    await field(page, 'Comment').fill('First line\n<b>second</b> & third');
    await button(page, 'Save').click();
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/Enter a name/);
    await expect(field(page, 'Country code')).toHaveAccessibleDescription(/two letters/);
    await expect(field(page, 'Email')).toHaveValue('zoë@exämple.fr');
    await expect(field(page, 'Company').locator('option:checked')).toHaveText('Ready Mat');
    await expect(field(page, 'Comment')).toHaveValue('First line\n<b>second</b> & third');
    await field(page, 'Name').fill('Zoë “Zed” O’Neil');
    await field(page, 'Country code').fill('FR');
    await button(page, 'Save').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Zoë “Zed” O’Neil', exact: true })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('<b>second</b> & third');

    await link(page, 'Edit').click();
    await field(page, 'Phone').fill('+33 1 23 45');
    await button(page, 'Save').click();
    await expect(page.getByRole('main')).toContainText('+33 1 23 45');

    await page.getByRole('button', { name: 'Action', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Archive', exact: true }).click();
    await expect(page.getByRole('main')).toContainText('Archived');
  });
});

test('A customer without WebAssembly accepts, reads lists page by page and documents, and logs out', async ({
  administrator,
  installation,
  context,
  page,
  allowConsole,
}) => {
  const odoo = new OdooExport();
  const expected = odoo.counts('Acme Corporation');
  expect(expected.timesheets).toBeGreaterThan(100);
  await grant(administrator, [await contactNamed(administrator, 'Floyd Steward')]);
  await blockWasm(context, allowConsole);
  await page.goto(await installation.invitation('floyd.steward34@example.com'));
  await activate(page, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
  await tile(page, 'Timesheets', expected.timesheets).click();

  const seen: string[] = [];
  const rows = page.locator('main a[href^="/my/timesheets/"]');
  const next = page.getByRole('link', { name: 'Next page', exact: true });
  for (;;) {
    await expect(rows.first()).toBeVisible();
    seen.push(...(await rows.evaluateAll((links) => links.map((one) => one.getAttribute('href')!))));
    if ((await next.getAttribute('href')) === null) {
      break;
    }
    const before = page.url();
    await next.click();
    await expect.poll(() => page.url()).not.toBe(before);
  }
  expect(seen).toHaveLength(expected.timesheets);
  expect(new Set(seen).size).toBe(expected.timesheets);
  await page.getByRole('link', { name: 'Previous page', exact: true }).click();
  await expect(rows.first()).toHaveAttribute('href', seen[50]!);

  await rows.first().click();
  await expect(page.getByRole('article')).toBeVisible();
  await page.getByRole('button', { name: /^Signed in as/ }).click();
  await button(page, 'Log out').click();
  await expect(page).toHaveURL(/\/login/);
});

test.describe('With scripts off', () => {
  test.use({ javaScriptEnabled: false });

  test('Staff sign in; a customer accepts and reads the home and a document', async ({
    administrator,
    installation,
    page,
    context,
  }) => {
    await page.goto('/login');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await expect(page).toHaveURL(/\/staff$/);
    await link(page, 'Contacts').click();
    await expect(page.getByRole('row').getByRole('link', { name: 'Abigail Peterson', exact: true })).toBeVisible();
    await context.clearCookies();

    await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
    await page.goto(await installation.invitation('billy.fox45@example.com'));
    await activate(page, PASSWORD);
    await expect(page).toHaveURL(/\/my$/);
    const counts = new OdooExport().counts('Ready Mat');
    await tile(page, 'Invoices & Bills', counts.invoices).click();
    await page.locator('main a[href^="/my/invoices/"]').first().click();
    await expect(page.getByRole('article')).toBeVisible();
    await expect(page.getByText('Loading')).toHaveCount(0);
  });
});
