import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, confirm, field } from '../support/pages.ts';

const PAGE = '/staff/settings/api-keys';

test('An administrator makes a key, a program uses it, and once it is revoked it opens nothing', async ({
  staff: page,
  request,
  allowConsole,
}) => {
  await visit(page, PAGE);
  await expect(page.getByText('No keys yet')).toBeVisible();
  await looks(page, 'api-keys-none');
  allowConsole(status(422));
  await field(page, 'Name').fill('ERP sync');
  await confirm(page);
  await button(page, 'Create key').click();
  await expect(page.getByText('Choose at least one thing that it may do.')).toBeVisible();
  await expect(field(page, 'Name')).toHaveValue('ERP sync');
  await looks(page, 'api-keys-mistake');
  await page.getByRole('checkbox', { name: 'Read contacts', exact: true }).check();
  await confirm(page);
  await button(page, 'Create key').click();
  const secret = await field(page, 'Secret key').inputValue();
  expect(secret).toMatch(/^ptk_/);
  await looks(page, 'api-keys-made');

  const headers = { authorization: `Bearer ${secret}` };
  const contacts = new URL('/api/v1/contacts?limit=1', page.url()).href;
  expect((await request.get(contacts, { headers })).status()).toBe(200);
  expect((await request.get(contacts)).status()).toBe(401);

  await visit(page, PAGE);
  await expect(page.getByText(secret)).toHaveCount(0);
  const row = page.getByRole('row', { name: /ERP sync/ });
  await expect(row).toContainText('Active');
  await expect(row).not.toContainText('Never');
  await row.getByRole('button', { name: /^Revoke ERP sync/ }).click();
  await expect(page.getByText('The key is revoked. It opens nothing any more.')).toBeVisible();
  await expect(row).toContainText('Revoked');
  await looks(page, 'api-keys-revoked');
  expect((await request.get(contacts, { headers })).status()).toBe(401);
});
