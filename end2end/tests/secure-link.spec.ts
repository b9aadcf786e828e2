import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, logIn, openContact, tile } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const CUSTOMER = 'Ready Mat';

test.describe.configure({ timeout: 90_000 });

// “If a customer has no portal users, they will be able to use their secure token login link that is on by default
// and linked to from the customer detail screen in the app”
test('The link on the customer’s page works alone, in every browser that has it', async ({ staff, visitor }) => {
  await openContact(staff, CUSTOMER);
  const section = staff.getByRole('region', { name: 'Secure link', exact: true });
  await expect(section).toContainText('It works alone');
  const address = await field(section, 'Address').inputValue();
  expect(address).toMatch(/\/link\/[\w-]{43}$/);
  await looks(staff, 'staff-customer-secure-link');

  await button(section, 'Copy').click();
  await expect(staff.getByText('Copied.')).toBeVisible();
  const search = staff.getByRole('searchbox', { name: 'Search contacts', exact: true });
  await link(staff, 'Contacts').click();
  await search.fill('');
  await search.press('Control+V');
  await expect(search).toHaveValue(address);

  for (const name of ['first', 'second']) {
    const page = await visitor();
    await page.goto(address);
    await expect(page, name).toHaveURL(/\/my$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Welcome, ${CUSTOMER}`);
    await expect(tile(page, 'Invoices & Bills', /\d+/)).toBeVisible();
    // The group Non-portal users has no leads, whoever opens it.
    await expect(page.getByRole('main').getByRole('link', { name: /^Leads/ })).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Account Security' })).toHaveCount(0);
    if (name === 'first') {
      await looks(page, 'my-by-secure-link');
      await link(page, 'Sign in').click();
      await expect(button(page, 'Log in')).toBeVisible();
    }
  }
});

// “If there is at least one portal user, the secure login link will no longer be enough, they will be redirected to
// also use their username/password combination”
test('Once somebody is invited, the link leads to sign-in, and open browsers obey', async ({
  staff,
  administrator,
  visitor,
}) => {
  await openContact(staff, CUSTOMER);
  const address = await field(staff, 'Address').inputValue();
  const open = await visitor();
  await open.goto(address);
  await expect(open).toHaveURL(/\/my$/);
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await open.reload();
  await expect(open).toHaveURL(/\/login/);
  await open.goto(address);
  await expect(open).toHaveURL(/\/login\?notice=secure-link$/);
  await expect(open.getByRole('status')).toContainText('log in with yours');
  await staff.reload();
  await expect(staff.getByRole('region', { name: 'Secure link', exact: true })).toContainText('It leads to sign-in');
});

// “If you as a technician log into a customers portal account […] some you'll have to click the link twice”
test('Staff open one customer’s link after another, with one click each', async ({ staff }) => {
  const addresses: Record<string, string> = {};
  for (const customer of [CUSTOMER, 'Gemini Furniture']) {
    await openContact(staff, customer);
    addresses[customer] = await field(staff, 'Address').inputValue();
  }
  for (const [customer, address] of Object.entries(addresses)) {
    await staff.goto(address);
    await expect(staff).toHaveURL(/\/my$/);
    await expect(staff.getByRole('heading', { level: 1 })).toHaveText(`Welcome, ${customer}`);
  }
  await visit(staff, '/staff');
  await expect(staff.getByRole('heading', { level: 1 })).toContainText('Welcome');
});

test('Rotate asks once and kills the old link; switched off, it opens nothing', async ({
  staff,
  visitor,
  allowConsole,
}) => {
  allowConsole(status(404));
  await openContact(staff, CUSTOMER);
  const old = await field(staff, 'Address').inputValue();
  const page = await visitor();
  await page.goto(old);
  await button(staff, 'Rotate').click();
  const dialog = staff.getByRole('dialog', { name: 'Replace the secure link?' });
  await expect(dialog).toBeVisible();
  await looks(staff, 'staff-rotate-link');
  await button(dialog, 'Replace it').click();
  await expect(staff.getByRole('main')).toContainText('The secure link is a new one.');
  const fresh = await field(staff, 'Address').inputValue();
  expect(fresh).not.toBe(old);
  await page.reload();
  await expect(page).toHaveURL(/\/login/);
  await page.goto(old);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
  await looks(page, 'link-dead');
  await page.goto(fresh);
  await expect(page).toHaveURL(/\/my$/);

  await button(staff, 'Switch off').click();
  await expect(staff.getByRole('main')).toContainText('The secure link is off.');
  await expect(field(staff, 'Address')).toHaveCount(0);
  await page.goto(fresh);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
  await button(staff, 'Switch on').click();
  await page.goto(fresh);
  await expect(page).toHaveURL(/\/my$/);
});

test('A customer who is signed in is asked before another’s link logs them out', async ({ staff, customer }) => {
  await openContact(staff, 'Gemini Furniture');
  const other = await field(staff, 'Address').inputValue();
  const page = await customer('Billy Fox');
  await page.goto(other);
  await expect(page.getByRole('main')).toContainText('Billy Fox');
  await looks(page, 'link-occupied');
  await link(page, 'Stay signed in').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Billy Fox');
  await page.goto(other);
  await button(page, 'Continue as Gemini Furniture').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Gemini Furniture');
});

test('Without WebAssembly too', async ({ page, context, allowConsole, visitor }) => {
  await blockWasm(context, allowConsole);
  await page.goto('/login?next=/staff/contacts?q=ready');
  await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await page.getByRole('row').getByRole('link', { name: CUSTOMER, exact: true }).click();
  const old = await field(page, 'Address').inputValue();
  await button(page, 'Rotate').click();
  await button(page, 'Replace it').click();
  await expect(field(page, 'Address')).not.toHaveValue(old);
  const browser = await visitor({ javaScriptEnabled: false });
  await browser.goto(await field(page, 'Address').inputValue());
  await expect(browser.getByRole('heading', { level: 1 })).toHaveText(`Welcome, ${CUSTOMER}`);
});
