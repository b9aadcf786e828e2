import { contactNamed, expect, grant, PASSWORD, test, visit } from '../support/fixtures.ts';
import { scan } from '../support/authenticator.ts';
import { status } from '../support/console.ts';
import { looks } from '../support/looks.ts';
import { button, field, makeKey } from '../support/pages.ts';
import { cookieOf, Session } from '../support/session.ts';

test.use({ data: 'administrator' });

test('An open invoice says how to pay it from a bank, and a bank’s app reads the same from the screen', async ({
  installation,
  staff,
  administrator,
  visitor,
  request,
  allowConsole,
}) => {
  allowConsole(status(422));
  await visit(staff, '/staff/settings/general');
  await field(staff, 'IBAN').fill('DE89 3704 0044 0532 0130 01');
  await field(staff, 'BIC').fill('COBADEFFXXX');
  await button(staff, 'Save').click();
  await expect(field(staff, 'IBAN')).toHaveAccessibleDescription(/check digits do not fit/);
  await expect(field(staff, 'BIC')).toHaveValue('COBADEFFXXX');
  await field(staff, 'IBAN').fill('de89 370400440532013000');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.')).toBeVisible();
  await expect(field(staff, 'IBAN')).toHaveValue('DE89 3704 0044 0532 0130 00');

  const headers = await makeKey(staff);
  const put = async (path: string, data: object) => expect((await request.put(`/api/v1${path}`, { headers, data })).status()).toBe(201);
  await put('/contacts/ann', { name: 'Ann Euro', email: 'ann@euro.example' });
  const lines = [{ description: 'Bolts', quantity: 100, price: '12.34' }];
  await put('/documents/invoices/i1', { contact: 'ann', number: 'INV/2026/00012', state: 'posted', currency: 'EUR', dated_on: '2026-11-20', published: true, lines });

  await grant(administrator, [await contactNamed(administrator, 'Ann Euro')]);
  const session = await Session.accept(installation.url, await installation.invitation('ann@euro.example'), PASSWORD);
  const ann = await visitor({ storageState: { cookies: [cookieOf(session)], origins: [] } });
  await visit(ann, '/my/invoices');
  await ann.getByRole('main').getByRole('link', { name: 'INV/2026/00012' }).first().click();
  const panel = ann.getByRole('region', { name: 'Pay by bank transfer' });
  await expect(panel).toContainText('€1,234.00');
  await expect(panel).toContainText('DE89 3704 0044 0532 0130 00');
  await looks(ann, 'my-invoice-transfer');
  const read = await scan(panel.getByRole('img', { name: /^QR code/ }));
  const [service, , , kind, bic, holder, iban, amount, , reference] = read.split('\n');
  expect([service, kind, bic, holder, iban, amount]).toEqual(['BCD', 'SCT', 'COBADEFFXXX', 'Rivet Works', 'DE89370400440532013000', 'EUR1234.00']);
  expect(reference).toMatch(/^RF\d\dINV202600012$/);
  expect((await panel.innerText()).replaceAll(' ', '')).toContain(reference);
});
