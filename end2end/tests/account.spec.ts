import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, PASSWORD, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, logIn, tile } from '../support/pages.ts';
import { OdooExport } from '../support/export.ts';

test.describe.configure({ timeout: 120_000 });

const FLOYD = 'floyd.steward34@example.com';

test(
  'Change customer info: “enter the username and password … A portal dashboard will appear … Portal documents … ' +
    'with the number count of each”, “click the Edit button, next to the Details section”, “change the pertinent ' +
    'information, and click Confirm”',
  async ({ customer, visitor }) => {
    await customer('Floyd Steward');
    const page = await visitor();
    await visit(page, '/login');
    await logIn(page, FLOYD, PASSWORD);
    await expect(page).toHaveURL(/\/my$/);
    await expect(tile(page, 'Quotations & Orders', new OdooExport().counts('Acme Corporation').sales!)).toBeVisible();
    const details = page.getByRole('region', { name: 'Details', exact: true });
    await link(details, 'Edit').click();
    await expect(page).toHaveURL(/\/my\/account$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Your details', exact: true })).toBeVisible();
    for (const label of ['Name', 'Company', 'Email', 'Phone', 'Street', 'Second address line', 'City', 'ZIP code', 'State']) {
      await expect(field(page, label)).toBeVisible();
    }
    for (const label of ['Country', 'VAT number', 'Language', 'Time zone']) await expect(field(page, label)).toBeVisible();
    await looks(page, 'my-account');
    await field(page, 'Name').fill('Floyd Q. Steward');
    await field(page, 'Phone').fill('+1 555 010 9988');
    await field(page, 'Street').fill('78 Santa Barbara Rd');
    await field(page, 'Time zone').selectOption('America/Los_Angeles');
    await button(page, 'Confirm').click();
    await expect(page).toHaveURL(/\/my\?done=details$/);
    await expect(page.getByRole('status')).toContainText('Your details are saved.');
    await expect(details).toContainText('+1 555 010 9988');
    await expect(details).toContainText('78 Santa Barbara Rd');
    await expect(details).toContainText('Floyd Q. Steward');
    await looks(page, 'my-home-details-saved');
    await link(details, 'Edit').click();
    await expect(field(page, 'Time zone')).toHaveValue('America/Los_Angeles');
  },
);

test('Every empty field that is needed is named next to it, and nothing typed is lost', async ({ customer, allowConsole }) => {
  allowConsole(status(422));
  const page = await customer('Floyd Steward');
  await visit(page, '/my/account');
  await field(page, 'Name').fill(' ');
  await field(page, 'Phone').fill('');
  await field(page, 'City').fill('');
  await field(page, 'Second address line').fill('Typed & kept');
  await button(page, 'Confirm').click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Enter your name/);
  await expect(field(page, 'Phone')).toHaveAccessibleDescription(/Enter a phone number/);
  await expect(field(page, 'City')).toHaveAccessibleDescription(/Enter a city/);
  await expect(field(page, 'Second address line')).toHaveValue('Typed & kept');
  await looks(page, 'my-account-refused');
});

test('What the company shares is read, not changed, without the right', async ({ customer }) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/account');
  for (const label of ['Company', 'VAT number']) {
    await expect(field(page, label)).toHaveAttribute('readonly');
    await expect(field(page, label)).toHaveAccessibleDescription('Managed on your company account.');
  }
  await field(page, 'Phone').fill('+1 555 010 7777');
  await button(page, 'Use the company’s address').click();
  await expect(page.getByText('Your company’s address. Managed on your company account.')).toBeVisible();
  await expect(field(page, 'Street')).toHaveAttribute('readonly');
  await expect(field(page, 'Country')).toHaveValue('United States');
  await looks(page, 'my-account-company-address');
  await button(page, 'Use an address of my own').click();
  await expect(field(page, 'Phone')).toHaveValue('+1 555 010 7777');
  await expect(field(page, 'Street')).toHaveValue('77 Santa Barbara Rd');
});

test('Once documents are issued, name, VAT and country are changed by asking staff', async ({
  staff,
  customer,
  administrator,
  installation,
  allowConsole,
}) => {
  allowConsole(status(422));
  const page = await customer('Acme Corporation');
  await visit(page, '/my/account');
  for (const label of ['Name', 'VAT number', 'Country']) {
    await expect(field(page, label)).toHaveAttribute('readonly');
    await expect(field(page, label)).toHaveAccessibleDescription(/documents were issued/);
  }
  await looks(page, 'my-account-locked');
  await button(page, 'Send request').click();
  await expect(field(page, 'What should change')).toHaveAccessibleDescription(/Write what should be changed/);
  await field(page, 'What should change').fill('We moved to Germany.\nOur VAT number is DE136695976.');
  await button(page, 'Send request').click();
  await expect(page.getByRole('status')).toContainText('Your request is with us.');
  const { id } = await contactNamed(administrator, 'Acme Corporation');
  await visit(staff, `/staff/audit?about=${id}`);
  await expect(staff.getByText('Change of details asked for')).toBeVisible();
  await expect(staff.getByRole('main')).toContainText('Our VAT number is DE136695976.');
  expect(installation.log).not.toContain('DE136695976');
});

test('A new email: “the customer can change their email directly from the portal, but the login cannot be changed”', async ({
  customer,
  visitor,
  installation,
}) => {
  const page = await customer('Floyd Steward');
  await visit(page, '/my/account');
  await field(page, 'Email').fill('floyd@new.example');
  await button(page, 'Confirm').click();
  await expect(page.getByRole('status')).toContainText('The new email address is used once you have opened the link');
  const details = page.getByRole('region', { name: 'Details', exact: true });
  await expect(details).toContainText(FLOYD);
  await visit(page, '/my/account');
  await expect(page.getByText('floyd@new.example waits to be confirmed')).toBeVisible();
  await looks(page, 'my-account-email-pending');
  const asked = await installation.mailTo(FLOYD, /about to change/);
  expect(asked.text).toContain('floyd@new.example');
  const confirmation = await installation.linkTo('floyd@new.example', '/confirm/');

  const phone = await visitor();
  await visit(phone, confirmation);
  await expect(phone.getByRole('heading', { level: 1, name: 'Confirm your email address', exact: true })).toBeVisible();
  await looks(phone, 'confirm-email');
  await button(phone, 'Confirm the address').click();
  await expect(phone.getByText('Your new email address is confirmed.')).toBeVisible();
  await installation.mailTo(FLOYD, /has changed/);
  await installation.mailTo('floyd@new.example', /has changed/);
  await visit(page, '/my');
  await expect(details).toContainText('floyd@new.example');
  // The login is what it was.
  const account = page.getByRole('region', { name: 'Account Security', exact: true });
  await expect(account).toContainText(FLOYD);
});

test('A confirmed link is dead', async ({ page, allowConsole }) => {
  allowConsole(status(404));
  await page.goto('/confirm/made-up');
  await expect(page.getByText('This link does not work').first()).toBeVisible();
  await looks(page, 'confirm-email-dead');
});

test('Two windows: the second save is refused with both texts shown', async ({ customer, allowConsole }) => {
  allowConsole(status(409));
  const page = await customer('Floyd Steward');
  const other = await page.context().newPage();
  await visit(page, '/my/account');
  await visit(other, '/my/account');
  await field(other, 'Phone').fill('+1 555 010 0001');
  await button(other, 'Confirm').click();
  await expect(other).toHaveURL(/done=details/);
  await field(page, 'Phone').fill('+1 555 010 0002');
  await button(page, 'Confirm').click();
  const row = page.getByRole('row').filter({ hasText: 'Phone' });
  await expect(row).toContainText('+1 555 010 0001');
  await expect(row).toContainText('+1 555 010 0002');
  await looks(page, 'my-account-conflict');
  await expect(field(page, 'Phone')).toHaveValue('+1 555 010 0002');
  await button(page, 'Confirm').click();
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('+1 555 010 0002');
});

test('Without WebAssembly: another country asks for other fields, Enter saves', async ({ customer, allowConsole }) => {
  allowConsole(status(422));
  const page = await customer('Floyd Steward');
  await blockWasm(page.context(), allowConsole);
  await page.goto('/my');
  await link(page.getByRole('region', { name: 'Details', exact: true }), 'Edit').click();
  await expect(field(page, 'State')).toHaveValue('CA');
  await field(page, 'Street').fill('Weg 1');
  await field(page, 'Country').selectOption('Germany');
  await button(page, 'Update fields').click();
  await expect(field(page, 'State')).toHaveCount(0);
  await expect(field(page, 'Street')).toHaveValue('Weg 1');
  await field(page, 'Postal code').fill('1');
  await field(page, 'City').fill('Oldenburg');
  await field(page, 'City').press('Enter');
  await expect(field(page, 'Postal code')).toHaveAccessibleDescription(/no postal code of Germany, such as 26133/);
  await field(page, 'Postal code').fill('26133');
  await field(page, 'Postal code').press('Enter');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('26133 Oldenburg');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('Germany');
});
