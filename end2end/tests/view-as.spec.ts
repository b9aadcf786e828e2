import { blockWasm, contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, logIn, openContact, tile } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

test.describe.configure({ timeout: 90_000 });

test('As a portal user: why, a banner on every page, and the way back', async ({ staff, administrator }) => {
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await openContact(staff, 'Billy Fox');
  const address = staff.url();
  await link(staff, 'View as customer').click();
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('View as customer');
  await looks(staff, 'staff-view-as');
  await field(staff, 'Reason').fill('Cannot find the invoice');
  await button(staff, 'Open the portal').click();
  await expect(staff).toHaveURL(/\/my$/);
  const banner = staff.getByRole('complementary', { name: 'Viewing as a customer' });
  await expect(banner).toContainText('Viewing as Billy Fox (Ready Mat)');
  await expect(banner).toContainText('Cannot find the invoice');
  await looks(staff, 'my-viewed');
  await tile(staff, 'Invoices & Bills', /\d+/).click();
  await expect(banner).toBeVisible();
  await staff.locator('main a[href^="/my/invoices/"]').first().click();
  await expect(staff.getByRole('article')).toBeVisible();
  await expect(banner).toBeVisible();
  await button(banner, 'Leave').click();
  await expect(staff).toHaveURL(new RegExp(`${new URL(address).pathname}\\?`));
  await expect(staff.getByRole('main')).toContainText('You left the customer’s portal.');
});

// “Note that your users will have the same Non-Portal Users Group permissions when they access the Customer Online
// Portal in customer accounts with no portal users. This applies to Global Admins […]”
// “[…] if you then click a link to another customers portal […] you'll have to click the link twice”: once is enough.
test('As a customer without portal users, and another one right after', async ({ staff }) => {
  for (const customer of ['Ready Mat', 'Gemini Furniture']) {
    await openContact(staff, customer);
    await link(staff, 'View as customer').click();
    await field(staff, 'Reason').fill('What does their link show?');
    await button(staff, 'Open the portal').click();
    await expect(staff.getByRole('complementary', { name: 'Viewing as a customer' })).toContainText(`Viewing as ${customer}`);
    await expect(staff.getByRole('main').getByRole('link', { name: /^Leads/ })).toHaveCount(0);
  }
  await visit(staff, '/staff/contacts');
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Contacts');
});

// “If you do not see the DOCUMENTATION section (along with hardly anything else), are there any Portal Users for this
// customer? If not, then when you access their portal, it defaults to the Non-Portal User Group permissions.”
test('The explainer says why a portal is nearly empty', async ({ staff, administrator }) => {
  await openContact(staff, 'Ready Mat');
  await button(staff, 'Action').click();
  await staff.getByRole('menuitem', { name: 'Explain access', exact: true }).click();
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Access explained');
  await expect(staff.getByRole('main')).toContainText('This customer has no portal users.');
  await field(staff, 'May see').selectOption('Documentation');
  await button(staff, 'Explain').click();
  const answer = staff.getByRole('region', { name: /cannot see Documentation/ });
  await expect(answer).toContainText('Non-portal users does not allow it');
  await looks(staff, 'staff-access-explained');

  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await openContact(staff, 'Billy Fox');
  await button(staff, 'Action').click();
  await staff.getByRole('menuitem', { name: 'Explain access', exact: true }).click();
  await field(staff, 'May see').selectOption('Invoices & Bills');
  await field(staff, 'Document').fill('INV');
  await button(staff, 'Explain').click();
  await expect(staff.getByRole('main')).toContainText('Several match');
  await staff.getByRole('main').getByRole('link', { name: /^INV/ }).first().click();
  await expect(staff.getByRole('region', { name: /Billy Fox (can|cannot) see/ })).toContainText('Permission group');
});

test('Without WebAssembly too, and a missing reason is said', async ({ page, context, allowConsole }) => {
  await blockWasm(context, allowConsole);
  await page.goto('/login?next=/staff/contacts?q=ready');
  await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await page.getByRole('row').getByRole('link', { name: 'Ready Mat', exact: true }).click();
  await link(page, 'View as customer').click();
  await field(page, 'Reason').fill('   ');
  allowConsole(/422/);
  await button(page, 'Open the portal').click();
  await expect(field(page, 'Reason')).toHaveAccessibleDescription(/Say why/);
  await field(page, 'Reason').fill('They called');
  await button(page, 'Open the portal').click();
  await expect(page.getByRole('complementary', { name: 'Viewing as a customer' })).toContainText('Viewing as Ready Mat');
  await button(page, 'Leave').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ready Mat');
});
