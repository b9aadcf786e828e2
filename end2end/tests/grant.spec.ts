import { status } from '../support/console.ts';
import { GrantDialog } from '../support/dialog.ts';
import { contactNamed, contactsNamed, expect, grant, PASSWORD, ready, test, visit } from '../support/fixtures.ts';
import { activate, field, link, logIn, openContact } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

test('“enter the contact’s Email … if it has not been automatically entered by the system. Then click Grant Access to finish”: the row’s own button invites at once, and the email is written back', async ({
  staff,
  installation,
}) => {
  await openContact(staff, 'Bob NoMail');
  const dialog = await GrantDialog.open(staff);
  for (const column of ['In Portal', 'Contact', 'Email', 'Latest authentication']) {
    await expect(dialog.root.getByRole('columnheader', { name: column, exact: true })).toBeVisible();
  }
  const bob = dialog.row('Bob NoMail');
  await expect(bob.email).toHaveValue('');
  await expect(bob.grant).toBeDisabled();
  await bob.email.fill('bob@acme.example');
  await expect(bob.root).toContainText('Valid address');
  await bob.grant.click();
  await bob.isInvited();
  expect(await installation.invitation('bob@acme.example')).toContain('/accept/');

  await dialog.close();
  await expect(staff.getByRole('main')).toContainText('bob@acme.example');
});

test('The dialog of a single contact lists that contact alone, with the email from the books', async ({ staff }) => {
  await openContact(staff, 'Eve Fine');
  const dialog = await GrantDialog.open(staff);
  await expect(dialog.root.getByRole('checkbox', { name: 'In Portal', exact: true })).toHaveCount(1);
  await expect(dialog.row('Eve Fine').email).toHaveValue('eve@acme.example');
  await dialog.row('Eve Fine').isOut();
});

test('Re-invite sends a new link and the earlier one dies (Odoo: dead links show a live form)', async ({
  staff,
  installation,
  visitor,
  allowConsole,
}) => {
  await openContact(staff, 'Ann Good');
  const dialog = await GrantDialog.open(staff);
  const ann = dialog.row('Ann Good');
  await ann.grant.click();
  await ann.isInvited();
  const first = await installation.invitation('ann@acme.example');
  await dialog.message.fill('Here it is again.');
  await ann.reinvite.click();
  const second = await installation.invitation('ann@acme.example', 1);
  expect(second).not.toBe(first);
  await ann.isInvited();
  expect((await installation.mails()).at(-1)!.text).toContain('Here it is again.');

  allowConsole(status(410));
  const page = await visitor();
  await page.goto(first);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('A newer invitation was sent');
  await expect(field(page, 'New Password')).toHaveCount(0);
  await page.goto(second);
  await activate(page, PASSWORD);
  await expect(page).toHaveURL(/\/my$/);
});

test('“At any time, portal access can be revoked by navigating to a contact, … and then clicking Revoke Access”, and Undo takes it back with the password', async ({
  staff,
  customer,
  visitor,
  allowConsole,
}) => {
  const page = await customer('Billy Fox');
  await openContact(staff, 'Billy Fox');
  const dialog = await GrantDialog.open(staff);
  const billy = dialog.row('Billy Fox');
  await billy.isActive();
  await billy.revoke.click();
  await billy.isOut();
  await expect(billy.root).toContainText('Access revoked');
  await expect(dialog.root).toBeVisible();
  await page.goto('/my');
  await expect(page).toHaveURL(/\/login/);

  await billy.undo.click();
  await billy.isActive();
  const again = await visitor();
  await again.goto('/login');
  await logIn(again, 'billy.fox45@example.com', PASSWORD);
  await expect(again).toHaveURL(/\/my$/);

  await billy.revoke.click();
  await billy.isOut();
  await dialog.close();
  allowConsole(status(422));
  const third = await visitor();
  await third.goto('/login');
  await logIn(third, 'billy.fox45@example.com', PASSWORD);
  await expect(third.getByRole('alert')).toContainText('Wrong email or password');
});

test('A later grant starts with a new invitation: the old password is gone (Odoo revives it)', async ({
  staff,
  customer,
  installation,
  visitor,
}) => {
  await customer('Billy Fox');
  await openContact(staff, 'Billy Fox');
  const dialog = await GrantDialog.open(staff);
  const billy = dialog.row('Billy Fox');
  await billy.revoke.click();
  await billy.isOut();
  await billy.grant.click();
  await billy.isInvited();
  const page = await visitor();
  await page.goto(await installation.invitation('billy.fox45@example.com', 1));
  await activate(page, 'another fine password');
  await expect(page).toHaveURL(/\/my$/);
});

test('“Latest Authentication: the last time the user accessed the portal”', async ({ staff, customer, administrator }) => {
  await customer('Billy Fox');
  await grant(administrator, [await contactNamed(administrator, 'Kim Snyder')]);
  await openContact(staff, 'Ready Mat');
  const dialog = await GrantDialog.open(staff);
  const today = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' }).format(new Date());
  await expect(dialog.row('Billy Fox').latest).toContainText(new RegExp(`\\d+ ${today} ${new Date().getUTCFullYear()}`));
  await expect(dialog.row('Kim Snyder').latest).toHaveText('Never');
  await expect(dialog.row('Edith Sanchez').latest).toHaveText('');
});

test('An email is edited in place and judged as it is typed (Odoo takes @@)', async ({ staff }) => {
  await openContact(staff, 'Acme Flow Ltd');
  const dialog = await GrantDialog.open(staff);
  const [ann, bob, cid] = [dialog.row('Ann Good'), dialog.row('Bob NoMail'), dialog.row('Cid BadMail')];
  await expect(ann.root).toContainText('Valid address');
  await expect(bob.root).toContainText('Enter an email address');
  await expect(cid.root).toContainText('Not a valid address');
  await expect(cid.grant).toBeDisabled();

  await bob.email.fill('bob@@x');
  await expect(bob.root).toContainText('Not a valid address');
  await expect(bob.grant).toBeDisabled();

  await bob.email.fill('ANN@acme.example');
  await expect(bob.root).toContainText('Entered twice');
  await expect(ann.root).toContainText('Entered twice');
  await expect(bob.grant).toBeDisabled();

  await bob.email.fill(ADMINISTRATOR.email);
  await expect(bob.root).toContainText('Belongs to a staff member');
  await expect(ann.root).toContainText('Valid address');
  await expect(bob.grant).toBeDisabled();

  await bob.email.pressSequentially('x');
  await expect(bob.root).toContainText('Valid address');
  await expect(bob.email).toBeFocused();
  await expect(bob.grant).toBeEnabled();
});

test('Only the row that was acted on changes (Odoo throws away what was typed in other rows)', async ({ staff }) => {
  await openContact(staff, 'Acme Flow Ltd');
  const dialog = await GrantDialog.open(staff);
  await dialog.row('Bob NoMail').email.fill('bob@acme.example');
  await dialog.row('Eve Fine').inPortal.check();
  await dialog.row('Ann Good').grant.click();
  await dialog.row('Ann Good').isInvited();
  await expect(dialog.row('Bob NoMail').email).toHaveValue('bob@acme.example');
  await expect(dialog.row('Eve Fine').inPortal).toBeChecked();
  await expect(dialog.row('Eve Fine').grant).toBeVisible();
});

test('Ticked rows of the list → Action opens the dialog on exactly those', async ({ staff, installation }) => {
  await visit(staff, '/staff/contacts?kind=person');
  const action = staff.getByRole('button', { name: 'Action', exact: true });
  await expect(action).toBeHidden();
  for (const name of ['Billy Fox', 'Ann Good', 'Addison Olson']) {
    await staff.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  }
  await expect(action).toBeVisible();
  const dialog = await GrantDialog.open(staff);
  await expect(dialog.root.getByRole('checkbox', { name: 'In Portal', exact: true })).toHaveCount(3);
  for (const name of ['Billy Fox', 'Ann Good', 'Addison Olson']) {
    await dialog.row(name).inPortal.check();
  }
  await dialog.apply.click();
  for (const name of ['Billy Fox', 'Ann Good', 'Addison Olson']) {
    await dialog.row(name).isInvited();
  }
  await expect.poll(async () => (await installation.mails()).length).toBe(3);
  await dialog.close();
  await expect(staff.getByRole('row').filter({ hasText: 'Billy Fox' })).toContainText('Invited');
});

test('A grant for forty people shows its progress and what became of each (Odoo: one click and a wait per contact)', async ({
  staff,
  installation,
}) => {
  await openContact(staff, 'Fifty Contacts Ltd');
  const dialog = await GrantDialog.open(staff);
  const people = Array.from({ length: 40 }, (_, i) => `Contact ${String(i).padStart(2, '0')}`);
  for (const name of people) {
    await dialog.row(name).inPortal.check();
  }
  // Holds every request but the first back until the bar was seen.
  let requests = 0;
  let release = () => {};
  const seen = new Promise<void>((resolve) => (release = resolve));
  await staff.route('**/fn/staff/access/change_access', async (route) => {
    requests += 1;
    if (requests > 1) {
      await seen;
    }
    await route.continue();
  });
  await dialog.apply.click();
  const bar = dialog.root.getByRole('progressbar');
  await expect(bar).toBeVisible();
  await expect(dialog.root).toContainText('25 of 40');
  await expect(bar).toHaveAttribute('value', '25');
  release();
  await expect(bar).toHaveCount(0);
  await expect(dialog.root.getByRole('button', { name: 'Re-invite', exact: true })).toHaveCount(40);
  await dialog.row('Contact 39').isInvited();
  await dialog.row('Contact 40').isOut();
  await expect.poll(async () => (await installation.mails()).length, { timeout: 20_000 }).toBe(40);
});

test('Applying twice grants nobody twice', async ({ staff, installation, administrator }) => {
  await openContact(staff, 'Ready Mat');
  const dialog = await GrantDialog.open(staff);
  await dialog.row('Billy Fox').inPortal.check();
  // Meanwhile somebody else grants the same.
  await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
  await dialog.apply.click();
  await dialog.row('Billy Fox').isInvited();
  await expect(dialog.row('Billy Fox').root).toContainText('invited already');
  await dialog.apply.click();
  await expect(staff.getByText('Nothing to apply')).toBeVisible();
  expect(await installation.mails()).toHaveLength(1);
});

test('The dialog takes the keyboard and gives it back, and closes with Escape', async ({ staff }) => {
  await openContact(staff, 'Ann Good');
  const action = staff.getByRole('button', { name: 'Action', exact: true });
  await action.focus();
  await staff.keyboard.press('Enter');
  await expect(staff.getByRole('menuitem', { name: 'Grant portal access', exact: true })).toBeFocused();
  await staff.keyboard.press('Enter');
  const dialog = new GrantDialog(staff);
  await expect(dialog.row('Ann Good').email).toBeVisible();
  const isInside = () => dialog.root.evaluate((node) => node.contains(document.activeElement));
  for (let presses = 0; presses < 12; presses += 1) {
    await staff.keyboard.press('Tab');
    // Chromium lets the keyboard out to its own bar and back, never to the page behind.
    const outside = await staff.evaluate(() => document.activeElement !== document.body);
    expect(!outside || (await isInside())).toBe(true);
  }
  await staff.keyboard.press('Escape');
  await expect(dialog.root).toBeHidden();
  await expect(action).toBeFocused();
});

test('Somebody without the right finds neither the menu nor the operation', async ({ customer, installation }) => {
  const page = await customer('Billy Fox');
  const answer = await page.request.post(`${installation.url}/fn/staff/access/change_access`, {
    headers: { origin: installation.url },
    data: { rows: [], message: '' },
  });
  expect(answer.status()).not.toBe(200);
  const listed = await page.request.post(`${installation.url}/fn/staff/contacts/list_contacts`, {
    headers: { origin: installation.url },
    data: { filter: {} },
  });
  expect(listed.status()).not.toBe(200);
  expect(await listed.text()).not.toContain('Azure');
});

test('A login of one company that is granted another accepts it signed in, and keeps the password', async ({
  administrator,
  installation,
  customer,
  visitor,
}) => {
  await customer('Sally Small');
  const [dee] = await contactsNamed(administrator, 'Dee Dup');
  await grant(administrator, [dee!]);
  const page = await visitor();
  await page.goto(await installation.invitation('sally@small.example', 1));
  await expect(page.getByRole('main')).toContainText('Acme Flow Ltd');
  await expect(field(page, 'New Password')).toHaveCount(0);
  await link(page, 'Go to log in').click();
  await logIn(page, 'sally@small.example', PASSWORD);
  await page.getByRole('button', { name: 'Accept access', exact: true }).click();
  await expect(page).toHaveURL(/\/my$/);
  await ready(page);
  await expect(page.getByRole('main')).toContainText('Acme Flow Ltd');
});
