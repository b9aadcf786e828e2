import { status } from '../support/console.ts';
import { blockWasm, expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

const CUSTOMERS = [
  'Customer no;Full name;E-Mail;Postcode;Shoe size',
  'Z-1;"Zeta; Pumps";info@zeta.example;80331;44',
  'Z-2;Zoe Zeta;zoe@zeta.example;80331;38',
].join('\n');

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

for (const isLive of [true, false]) {
  test.describe(isLive ? 'With WebAssembly' : 'Without WebAssembly', () => {
    test('A spreadsheet with columns of its own is told, checked and imported', async ({
      staff: page,
      allowConsole,
    }) => {
      if (!isLive) await blockWasm(page.context(), allowConsole);
      const names = isLive ? ['Full name', 'Z'] : ['Company name', 'Y'];
      const [heading = '', letter = ''] = names;
      const text = CUSTOMERS.replaceAll('Z-', `${letter}-`).replace('Full name', heading);
      await (isLive ? visit(page, '/staff/import') : page.goto('/staff/import'));
      await link(page, 'Import a spreadsheet').click();
      await expect(page.getByRole('heading', { level: 1, name: 'Import a spreadsheet' })).toBeVisible();
      if (isLive) await looks(page, 'spreadsheet-new');
      allowConsole(status(422));
      await field(page, 'CSV file').setInputFiles(csv('customers.csv', 'Customer no;Full name'));
      await button(page, 'Continue').click();
      await expect(page.getByText('The file has one line only.')).toBeVisible();
      await field(page, 'CSV file').setInputFiles(csv('customers.csv', text));
      await button(page, 'Continue').click();

      await expect(page.getByRole('heading', { level: 1, name: 'Columns of the spreadsheet' })).toBeVisible();
      await expect(page.getByText('Contacts: 2 rows of customers.csv')).toBeVisible();
      await expect(field(page, 'Between cells')).toHaveValue('semicolon');
      await expect(field(page, 'Field of E-Mail')).toHaveValue('email');
      await expect(field(page, 'Field of Shoe size')).toHaveValue('');
      await button(page, 'Check file').click();
      await expect(page.getByText('Choose a column that is different for each record')).toBeVisible();
      await expect(page.getByText('Choose the column that is “Name”.')).toBeVisible();
      await expect(field(page, 'Field of E-Mail')).toHaveValue('email');
      if (isLive) await looks(page, 'spreadsheet-mistakes');

      await field(page, 'Recognise records by').selectOption('Customer no');
      await field(page, `Field of ${heading}`).selectOption('name');
      await field(page, 'Language').fill('en');
      if (isLive) await looks(page, 'spreadsheet');
      await button(page, 'Check file').click();
      const ended = async (text: string) => {
        if (isLive) return expect(page.getByText(text)).toBeVisible();
        await expect(async () => {
          await page.reload();
          await expect(page.getByText(text)).toBeVisible({ timeout: 500 });
        }).toPass();
      };
      await ended('The files can be imported: 2 records');
      if (isLive) await looks(page, 'spreadsheet-checked');
      await link(page, 'Back to the columns').click();
      await expect(field(page, 'Recognise records by')).toHaveValue('Customer no');
      await expect(field(page, 'Language')).toHaveValue('en');
      await button(page, 'Start import').click();
      await ended('The import is done: 2 new, 0 changed, 0 as before');
      await page.goto('/staff/contacts?q=zeta+pumps');
      await expect(link(page, 'Zeta; Pumps').first()).toBeVisible();
    });
  });
}
