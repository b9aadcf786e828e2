import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { GrantDialog } from '../support/dialog.ts';
import { exportFiles, KINDS, OdooExport, type Kind } from '../support/export.ts';
import { expect, PASSWORD, ready, test } from '../support/fixtures.ts';
import { activate, button, field, link, logIn, openContact, tile } from '../support/pages.ts';

const COMPANY = 'Ready Mat';
const PERSON = 'Billy Fox';
const EMAIL = 'billy.fox45@example.com';
const MESSAGE = 'Your orders & invoices <live> here.\nCall Ada if anything is unclear.';

/** How many records each file of the export has, as the import's table names them. */
const COUNTS = {
  Contacts: 123,
  Leads: 39,
  Orders: 56,
  Purchases: 11,
  Invoices: 62,
  Projects: 11,
  Tasks: 130,
  Timesheets: 527,
};

test.use({ data: 'empty', publicUrl: 'http://rivet.portico.test:PORT' });

test('From an empty database to a customer who sees exactly their company’s documents, and out again', async ({
  installation,
  visitor,
  allowConsole,
}) => {
  test.setTimeout(120_000);
  // Browsers say so of every address without https that is not this machine's own.
  allowConsole(/Cross-Origin-Opener-Policy header has been ignored/);
  const odoo = new OdooExport();
  const staff = await visitor();

  await test.step('An empty database offers one set-up link, which makes the first administrator and then is dead', async () => {
    const links = installation.stdout.match(/http:\S+\/setup\/\S+/g) ?? [];
    expect(links).toHaveLength(1);
    expect(links[0]).toContain(`${installation.publicUrl}/setup/`);
    await staff.goto(links[0]!);
    await field(staff, 'Name').fill('Ada Rivet');
    await field(staff, 'Email').fill('ada@rivet.example');
    await field(staff, 'New Password').fill(PASSWORD);
    await field(staff, 'Verify New Password').fill(PASSWORD);
    await button(staff, 'Create administrator').click();
    await expect(staff).toHaveURL(`${installation.publicUrl}/staff`);
    await ready(staff);

    allowConsole(status(404));
    const somebody = await visitor();
    const answer = await somebody.goto(links[0]!);
    expect(answer!.status()).toBe(404);
    await expect(field(somebody, 'New Password')).toHaveCount(0);
  });

  await test.step('Staff check the eight files of the export first, which changes nothing', async () => {
    await link(staff, 'Import').click();
    await expect(staff.getByRole('heading', { level: 1, name: 'Import', exact: true })).toBeVisible();
    await upload(staff, 'Check files');
    await expectCounts(staff, 'New', COUNTS);
    await staff.goto('/staff/contacts');
    await expect(staff.getByText('No contacts yet')).toBeVisible();
  });

  await test.step('Importing them brings every record', async () => {
    await staff.goto('/staff/import');
    await ready(staff);
    await upload(staff, 'Start import');
    await expectCounts(staff, 'New', COUNTS);
  });

  await test.step('A second import creates nothing and changes nothing', async () => {
    await upload(staff, 'Start import');
    const nothing = Object.fromEntries(Object.keys(COUNTS).map((name) => [name, 0]));
    await expectCounts(staff, 'New', nothing);
    await expectCounts(staff, 'Changed', nothing);
    await expectCounts(staff, 'Unchanged', COUNTS);
  });

  await test.step('“navigate to a company contact, then click Action → Grant portal access to view a list of all of the company’s related contacts. Check the box … for all the contacts that need portal access, then click Apply”', async () => {
    await openContact(staff, 'Acme Flow Ltd');
    const dialog = await GrantDialog.open(staff);
    for (const name of ['Ann Good', 'Bob NoMail', 'Cid BadMail', 'Dee Dup', 'Eve Fine']) {
      await expect(dialog.row(name).root).toBeVisible();
    }
    for (const name of ['Ann Good', 'Cid BadMail', 'Eve Fine']) {
      await dialog.row(name).inPortal.check();
    }
    await dialog.message.fill(MESSAGE);
    await dialog.apply.click();

    await dialog.row('Ann Good').isInvited();
    await dialog.row('Eve Fine').isInvited();
    await dialog.row('Cid BadMail').isOut();
    await expect(dialog.row('Cid BadMail').root).toContainText(/not a valid address/i);
    await dialog.row('Bob NoMail').isOut();
    await dialog.row('Dee Dup').isOut();
    await dialog.close();
  });

  await test.step('“An email will be sent to the specified email address”: exactly two, with the message and a link on the public address', async () => {
    await expect.poll(async () => (await installation.mails()).map((mail) => mail.to).sort()).toEqual([
      'ann@acme.example',
      'eve@acme.example',
    ]);
    for (const mail of await installation.mails()) {
      const links = mail.links.filter((found) => found.includes('/accept/'));
      expect(links).toHaveLength(1);
      expect(new URL(links[0]!).origin).toBe(installation.publicUrl);
      for (const line of MESSAGE.split('\n')) {
        expect(mail.text).toContain(line);
      }
      expect(mail.html).not.toContain('<live>');
    }
  });

  await test.step('Somebody of a company with documents is granted access too', async () => {
    await openContact(staff, COMPANY);
    const dialog = await GrantDialog.open(staff);
    await dialog.row(PERSON).inPortal.check();
    await dialog.apply.click();
    await dialog.row(PERSON).isInvited();
    await dialog.close();
  });

  const customer = await visitor();
  await test.step('The link shows whom it is for; a chosen password leads to the portal', async () => {
    await customer.goto(await installation.invitation(EMAIL));
    const card = customer.getByRole('main');
    await expect(card).toContainText(PERSON);
    await expect(card).toContainText(COMPANY);
    await expect(card).toContainText(EMAIL);
    await activate(customer, PASSWORD);
    await expect(customer).toHaveURL('/my');
    await ready(customer);
  });

  await test.step('“Portal documents … will appear with the number count of each”: ten tiles with what the export holds for the company', async () => {
    const counts = odoo.counts(COMPANY);
    expect(counts).toMatchObject({ leads: 3, sales: 1, purchases: 1, invoices: 4 });
    for (const [kind, name] of Object.entries(KINDS)) {
      await expect(tile(customer, name, counts[kind as Kind])).toHaveCount(1);
    }
  });

  const addresses: string[] = [];
  await test.step('Each list holds exactly the company’s documents, and each kind has a page to read', async () => {
    for (const [kind, name] of Object.entries(KINDS) as [Kind, string][]) {
      await customer.goto('/my');
      await ready(customer);
      await tile(customer, name, /\d+/).click();
      await expect(customer).toHaveURL(new RegExp(`/my/${kind}$`));
      await expect(customer.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
      const expected = odoo.shownTo(COMPANY).filter((shown) => shown.kind === kind);
      const rows = customer.locator(`main a[href^="/my/${kind}/"]:not([href$="/new"])`);
      await expect(rows).toHaveCount(expected.length);
      if (kind !== 'timesheets') {
        const names = (await rows.allTextContents()).map((text) => text.trim());
        expect(names.sort()).toEqual(expected.map((shown) => shown.name).sort());
      }
      const found = await rows.evaluateAll((links) => links.map((found) => found.getAttribute('href')!));
      addresses.push(...found);
      if (found.length > 0) {
        await rows.first().click();
        await expect(customer).toHaveURL(new RegExp(`${found[0]}$`));
        await expect(customer.getByRole('article')).toBeVisible();
      }
    }
    expect(addresses).toHaveLength(odoo.shownTo(COMPANY).length);
  });

  await test.step('“Portal users only have read/view access, and will not be able to edit any documents”', async () => {
    await expect(customer.getByRole('main').locator('input:not([type=hidden]), textarea, select')).toHaveCount(0);
  });

  await test.step('Somebody of another company gets the same 404 for every one of them, and lists without them', async () => {
    const other = await visitor();
    await other.goto(await installation.invitation('ann@acme.example'));
    await activate(other, PASSWORD);
    await expect(other).toHaveURL('/my');
    const asked = [...addresses, '/my/invoices/01890000-0000-7000-8000-000000000000'];
    const answers = await other.evaluate(
      (paths) =>
        Promise.all(
          paths.map(async (path) => {
            const answer = await fetch(path);
            const title = /<title>(.*?)<\/title>/.exec(await answer.text())?.[1];
            return { path, status: answer.status, title };
          }),
        ),
      asked,
    );
    expect(answers).toEqual(asked.map((path) => ({ path, status: 404, title: 'Page not found · Rivet Works' })));
    const counts = odoo.counts('Acme Flow Ltd');
    for (const kind of Object.keys(KINDS) as Kind[]) {
      await other.goto(`/my/${kind}`);
      await expect(other.locator(`main a[href^="/my/${kind}/"]:not([href$="/new"])`)).toHaveCount(counts[kind]);
    }
    await other.goto(addresses[0]!);
    await expect(other.getByText('Page not found')).toBeVisible();
  });

  await test.step('“portal access can be revoked by … unselecting the checkbox under the In Portal column and clicking Apply”: the customer’s next click leads to sign-in', async () => {
    await openContact(staff, COMPANY);
    const dialog = await GrantDialog.open(staff);
    await dialog.row(PERSON).isActive();
    await dialog.row(PERSON).inPortal.uncheck();
    await dialog.apply.click();
    await dialog.row(PERSON).isOut();
    await expect(dialog.root).toBeVisible();

    allowConsole(status(401));
    await link(customer, 'Home').click();
    await expect(customer).toHaveURL(/\/login/);
    allowConsole(status(422));
    await logIn(customer, EMAIL, PASSWORD);
    await expect(customer.getByRole('alert')).toContainText('Wrong email or password');
  });

  expect((await installation.mails()).length, 'a revocation sends no mail').toBe(3);
});

async function upload(staff: Page, press: string): Promise<void> {
  await field(staff, 'CSV files').setInputFiles(exportFiles());
  const before = staff.url();
  await button(staff, press).click();
  await expect.poll(() => staff.url()).not.toBe(before);
  await expect(staff).toHaveURL(/run=/);
  await expect(staff.getByRole('table', { name: /What (would happen|happened)/ })).toBeVisible({ timeout: 30_000 });
}

async function expectCounts(staff: Page, column: string, counts: Record<string, number>): Promise<void> {
  const table = staff.getByRole('table', { name: /What (would happen|happened)/ });
  const titles = (await table.getByRole('columnheader').allTextContents()).map((text) => text.trim());
  for (const [name, count] of Object.entries(counts)) {
    const row = table.getByRole('row').filter({ has: staff.getByRole('cell', { name, exact: true }) });
    await expect(row.getByRole('cell').nth(titles.indexOf(column)), `${column} ${name}`).toHaveText(String(count));
  }
}
