import { contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { button, link } from '../support/pages.ts';

/** What a plain page must not have: WebAssembly, and buttons that only a handler would make do something. */
const DEAD = 'button[type=button]:not([popovertarget]):not([command])';

const MINE = ['/my/members', '/my/members/access', '/my/companies', '/my/access-log', '/my/documentation'];

const STAFF = [
  '/staff/documentation',
  '/staff/documentation/new',
  '/staff/documents',
  '/staff/documents/new',
  '/staff/documents/new?kind=sales',
  '/staff/mail',
  '/staff/audit',
  '/staff/settings/general',
  '/staff/settings/mail-templates',
  '/staff/settings/mail-templates/invitation',
  '/staff/settings/users/new',
  '/staff/settings/groups',
  '/staff/settings/groups/new',
];

const OF_CONTACT = ['access', 'password', 'portal-user', 'view-as'];

test('Plain pages load no WebAssembly, and everything on them works by the platform', async ({
  staff,
  customer,
  administrator,
}) => {
  test.setTimeout(90_000);
  const boss = await customer('Ready Mat');
  const billy = await contactNamed(administrator, 'Billy Fox');
  await grant(administrator, [billy]);
  const visits = [
    ...MINE.map((path) => [boss, path] as const),
    ...STAFF.map((path) => [staff, path] as const),
    ...OF_CONTACT.map((page) => [staff, `/staff/contacts/${billy.id}/${page}`] as const),
  ];
  for (const [page, path] of visits) {
    const answer = await page.goto(path);
    expect(answer!.status(), path).toBe(200);
    await expect(page.locator('link[rel=modulepreload]'), path).toHaveCount(0);
    await expect(page.locator('link[rel=prefetch][href$=".wasm"]'), path).toHaveCount(1);
    await expect(page.locator('html[data-ready]'), path).toBeAttached();
    await expect(page.locator(DEAD), path).toHaveCount(0);
  }
});

test('From an interactive page to a plain one and back, by links, keyboard and history', async ({ staff, customer }) => {
  await visit(staff, '/staff');
  await link(staff, 'Contacts').click();
  await expect(staff).toHaveURL(/\/staff\/contacts$/);
  await link(staff, 'Audit').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Audit', exact: true })).toBeVisible();
  await expect(staff.locator('link[rel=modulepreload]')).toHaveCount(0);
  await link(staff, 'Users').click();
  await expect(staff.getByRole('searchbox', { name: 'Search users', exact: true })).toBeVisible();
  await expect(staff.locator('link[rel=modulepreload]')).toHaveCount(1);
  await staff.goBack();
  await expect(staff.getByRole('heading', { level: 1, name: 'Audit', exact: true })).toBeVisible();
  await staff.goBack();
  await expect(staff.getByRole('searchbox', { name: 'Search contacts', exact: true })).toBeVisible();

  const boss = await customer('Ready Mat', { viewport: { width: 390, height: 800 } });
  await visit(boss, '/my');
  await boss.getByRole('button', { name: /^Signed in as/ }).click();
  await link(boss, 'Members').click();
  await expect(boss.getByRole('heading', { level: 1, name: 'Members', exact: true })).toBeVisible();
  await button(boss, 'Documents').focus();
  await boss.keyboard.press('Enter');
  await boss.getByRole('menuitem', { name: 'Invoices & Bills', exact: true }).click();
  await expect(boss).toHaveURL(/\/my\/invoices$/);
  await expect(boss.locator('html[data-ready]')).toBeAttached();
});
