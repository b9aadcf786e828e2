import { ann as signIn, books, inDays, invoice } from '../support/books.ts';
import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

test.use({ data: 'administrator' });

test('A bank’s statement is read: what it names is booked once, the rest by hand', async ({
  installation,
  staff,
  administrator,
  visitor,
  request,
  allowConsole,
}) => {
  allowConsole(status(422), status(409));
  const kept = await books(staff, request);
  for (const [id, amount] of [['2026/00001', '100.00'], ['2026/00002', '50.00'], ['2026/00003', '20.00']] as const) {
    await invoice(kept, id.replace('/', '-'), amount, inDays(24), { number: `INV/${id}` });
  }
  const ann = await signIn({ installation, administrator, visitor });
  await ann.goto('/my/invoices');
  await ann.getByRole('main').getByRole('link', { name: 'INV/2026/00001' }).first().click();
  const reference = await ann.getByRole('region', { name: 'Pay by bank transfer' }).getByText(/^RF\d\d/).innerText();

  await visit(staff, '/staff/payments');
  await link(staff, 'Bank statement').click();
  const send = async (text: string) => {
    await staff.getByLabel('Statement', { exact: true }).setInputFiles({ name: 'statement.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await button(staff, 'Read and book').click();
  };
  await send('Who;What\n');
  await expect(staff.getByText(/There is no column with the amount/)).toBeVisible();
  const statement =
    'Date;Amount;Currency;Reference;Name\n' +
    `22.11.2026;100,00;EUR;${reference};Ann Euro\n` +
    '23.11.2026;60,00;EUR;your invoice inv 2026 00002, thanks;Ann Euro\n' +
    '23.11.2026;20,00;EUR;for the bolts;Ann Euro\n' +
    '24.11.2026;-900,00;EUR;rent;Landlord\n' +
    'soon;1,00;EUR;x;y\n';
  await send(statement);
  await expect(staff.getByText('2 booked, 0 booked before, 1 not found')).toBeVisible();
  await expect(staff.getByRole('row').filter({ hasText: 'inv 2026 00002' })).toContainText('€10.00 into the wallet');
  await expect(staff.getByText('Line 6:')).toBeVisible();
  await looks(staff, 'staff-bank-statement');
  await field(staff, 'Invoice or payment').fill('INV/2026/99999');
  await button(staff, 'Book line 4').click();
  await expect(staff.getByText(/There is no open invoice/)).toBeVisible();

  // Read again, nothing is booked twice.
  await send(statement);
  await expect(staff.getByText('0 booked, 2 booked before, 1 not found')).toBeVisible();
  await field(staff, 'Invoice or payment').fill('INV/2026/00003');
  await button(staff, 'Book line 4').click();
  await expect(staff.getByText('1 booked, 0 booked before, 0 not found')).toBeVisible();

  await ann.goto('/my/pay');
  await expect(ann.getByText('There is nothing to pay here')).toBeVisible();
  await ann.goto('/my/payments');
  await expect(ann.getByRole('row').filter({ hasText: 'Bank transfer' })).toHaveCount(3);
});
