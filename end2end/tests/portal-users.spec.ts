import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, grant, PASSWORD, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { activate, button, enrol, field, link, logIn, openContact } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const CHOSEN = 'tin-harbour-violin-9';

// Seed 002, "Adding a Portal User".
test.describe('Portal users of a customer', () => {
  test('“Click the New button”: customer or contact, login from the email, group, two-factor', async ({
    staff,
    installation,
    visitor,
    allowConsole,
  }) => {
    await openContact(staff, 'Ready Mat');
    await looks(staff, 'customer-without-portal-users');
    await link(staff, 'New').click();
    const whom = field(staff, 'Customer/Contact');
    await expect(whom.locator('option').first()).toHaveText('Ready Mat');
    await expect(field(staff, 'Login')).toHaveValue('info@deltapc.example.com');
    await whom.selectOption('Billy Fox');
    await expect(field(staff, 'Login')).toHaveValue('billy.fox45@example.com');
    await field(staff, 'Permission group').selectOption('Accounting');
    await field(staff, 'Require two-factor').check();
    await field(staff, 'Last day').fill('2001-01-01');
    await looks(staff, 'portal-user-new');
    allowConsole(status(422));
    await button(staff, 'Add portal user').click();
    await expect(field(staff, 'Last day')).toHaveAccessibleDescription(/is over/);
    await expect(field(staff, 'Permission group').locator('option:checked')).toHaveText('Accounting');
    await field(staff, 'Last day').fill('');
    await button(staff, 'Add portal user').click();
    await expect(staff.getByText('The invitation is on its way.')).toBeVisible();
    const row = staff.getByRole('table', { name: 'Portal users' }).getByRole('row').last();
    await expect(row).toContainText('Accounting');
    await expect(row).toContainText('Two-factor');
    await looks(staff, 'customer-with-portal-users');

    const billy = await visitor();
    await billy.goto(await installation.invitation('billy.fox45@example.com'));
    await activate(billy, PASSWORD);
    await expect(billy, 'as was asked for').toHaveURL(/\/login\/enrol/);
    await enrol(billy, PASSWORD);
    await link(billy, 'Continue').click();
    await expect(billy).toHaveURL(/\/my$/);

    await link(staff, 'billy.fox45@example.com').click();
    await looks(staff, 'portal-user');
    await field(staff, 'Permission group').selectOption('No access');
    await button(staff, 'Save').click();
    await expect(staff.getByText(/It acts at the person's next request/)).toBeVisible();
    await billy.reload();
    await expect(billy.getByText('Nothing is shared with you yet')).toBeVisible();

    await openContact(staff, 'Ready Mat');
    await link(staff, 'billy.fox45@example.com').click();
    await button(staff, 'End access').click();
    await expect(staff.getByText('The access ended.')).toBeVisible();
    await billy.goto('/my');
    await expect(billy).toHaveURL(/\/login/);
    await button(staff, 'Undo').click();
    await expect(staff.getByText('The access is restored.')).toBeVisible();
  });

  test('“Enable Portal User” on a contact: choose the group, Save sends the invitation', async ({
    staff,
    installation,
  }) => {
    await openContact(staff, 'Billy Fox');
    await looks(staff, 'person-without-portal-user');
    await field(staff, 'Enable Portal User').check();
    await field(staff, 'Permission group').selectOption('Limited');
    await button(staff, 'Save').click();
    await expect(staff.getByText('The invitation is on its way.')).toBeVisible();
    await expect(staff.getByRole('region', { name: 'Portal access' })).toContainText('Limited');
    await installation.invitation('billy.fox45@example.com');
  });

  test('“If the contact does not have an email on file”: a login and password by hand, without WebAssembly', async ({
    page,
    visitor,
    allowConsole,
    context,
  }) => {
    await blockWasm(context, allowConsole);
    allowConsole(status(422));
    await page.goto('/login?next=/staff/contacts/new');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await field(page, 'Name').fill('Shop floor');
    await field(page, 'Kind').selectOption('Person');
    await field(page, 'Company').selectOption('Ready Mat');
    await button(page, 'Save').click();
    await field(page, 'Enable Portal User').check();
    await button(page, 'Save').click();
    await expect(field(page, 'Customer/Contact').locator('option:checked')).toHaveText('Shop floor');
    await expect(field(page, 'Who chooses it').locator('option:checked')).toHaveText('I set it here');
    await field(page, 'Login').fill('shop-floor');
    await field(page, 'Initial password').fill('shop-floor');
    await field(page, 'Verify the password').fill('shop-floor');
    await button(page, 'Add portal user').click();
    await expect(field(page, 'Initial password')).toHaveAccessibleDescription(/Leave your login/);
    await expect(field(page, 'Login')).toHaveValue('shop-floor');
    await field(page, 'Initial password').fill(CHOSEN);
    await field(page, 'Verify the password').fill(CHOSEN);
    await button(page, 'Add portal user').click();
    await expect(page.getByText('The portal user can sign in now.')).toBeVisible();

    const floor = await visitor();
    await visit(floor, '/login');
    await logIn(floor, 'shop-floor', CHOSEN);
    await expect(floor).toHaveURL(/\/my$/);
  });
});

test.describe('Many at once', () => {
  // “You may also enable the portal for multiple customers/contacts in bulk.”
  test('A preview first, then progress and what became of each', async ({ staff }) => {
    await visit(staff, '/staff/contacts?kind=person');
    await link(staff, 'Bulk portal access').click();
    await expect(field(staff, 'What to do')).toBeVisible();
    await looks(staff, 'bulk');
    await field(staff, 'Permission group').selectOption('Limited');
    await button(staff, 'Preview').click();
    await expect(staff.getByText(/^\d+ will change$/)).toBeVisible();
    await expect(staff.getByText(/^\d+ cannot be changed$/)).toBeVisible();
    await looks(staff, 'bulk-preview');
    const counted = Number((await staff.getByText(/^\d+ will change$/).innerText()).split(' ')[0]);
    expect(counted).toBeGreaterThan(20);
    await button(staff, 'Apply').dblclick();
    await expect(staff.getByText(`${counted} changed`, { exact: true })).toBeVisible();
    await looks(staff, 'bulk-done');

    await visit(staff, '/staff/contacts?kind=person');
    await link(staff, 'Bulk portal access').click();
    await button(staff, 'Preview').click();
    await expect(staff.getByText('0 will change', { exact: true })).toBeVisible();
    await expect(button(staff, 'Apply')).toHaveCount(0);
  });

  test('Ticked rows, without WebAssembly', async ({ page, context, allowConsole }) => {
    await blockWasm(context, allowConsole);
    await page.goto('/login?next=/staff/contacts?q=billy');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await page.getByLabel('Select Billy Fox', { exact: true }).check();
    await button(page, 'Action').click();
    await page.getByRole('menuitem', { name: 'Change in bulk', exact: true }).click();
    await expect(page.getByText('1 ticked contacts')).toBeVisible();
    await button(page, 'Preview').click();
    await expect(page.getByText('1 will change', { exact: true })).toBeVisible();
    await button(page, 'Apply').click();
    await expect(page.getByText('1 changed', { exact: true })).toBeVisible();
  });
});

test.describe('One login for several companies', () => {
  test('A page to choose after sign-in, and a switch in the header', async ({
    administrator,
    installation,
    customer,
    visitor,
  }) => {
    const accountant = await customer('Billy Fox');
    const other = await contactNamed(administrator, 'Azure Interior');
    await grant(administrator, [{ ...other, email: 'billy.fox45@example.com' }]);
    await accountant.goto(await installation.invitation('billy.fox45@example.com', 1));
    await button(accountant, 'Accept access').click();
    await expect(accountant).toHaveURL(/\/my$/);

    const page = await visitor();
    await visit(page, '/login');
    await logIn(page, 'billy.fox45@example.com', PASSWORD);
    await expect(page).toHaveURL(/\/my\/companies$/);
    await looks(page, 'companies');
    await button(page, 'Switch to Azure Interior').click();
    await expect(page).toHaveURL(/\/my$/);
    await expect(link(page, 'Switch company, now Azure Interior')).toBeVisible();
    await looks(page, 'home-with-several-companies');
    await link(page, 'Switch company, now Azure Interior').click();
    await button(page, 'Switch to Ready Mat').click();
    await expect(link(page, 'Switch company, now Ready Mat')).toBeVisible();
  });
});

test.describe('Members', () => {
  test('A Company admin invites, changes and removes colleagues', async ({ customer, installation, visitor, allowConsole }) => {
    allowConsole(status(404, 422));
    const boss = await customer('Ready Mat');
    await boss.goto('/my');
    await boss.getByRole('button', { name: /^Signed in as/ }).click();
    await link(boss, 'Members').click();
    await field(boss, 'Name').fill('Nina New');
    await field(boss, 'Email').fill('nina@ready.example');
    await field(boss, 'Permission group').selectOption('Limited');
    await button(boss, 'Invite').click();
    await expect(boss.getByText('The invitation is on its way.')).toBeVisible();
    await looks(boss, 'members');

    const nina = await visitor();
    await nina.goto(await installation.invitation('nina@ready.example'));
    await activate(nina, PASSWORD);
    await expect(nina).toHaveURL(/\/my$/);
    await nina.goto('/my/members');
    await expect(nina.getByRole('heading', { level: 1 })).toContainText(/not found|nothing/i);

    await visit(boss, '/my/members');
    await field(boss, 'Group of Nina New').selectOption('Standard');
    await button(boss, 'Save what Nina New may do').click();
    await expect(boss.getByText('Saved. It acts at their next request.')).toBeVisible();
    await button(boss, 'Remove Ready Mat').click();
    await expect(boss.getByText(/the last person who manages members/)).toBeVisible();
    await button(boss, 'Remove Nina New').click();
    await expect(boss.getByText('The access ended.')).toBeVisible();
    await nina.goto('/my');
    await expect(nina).toHaveURL(/\/login/);
  });
});
