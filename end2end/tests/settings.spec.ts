import { status } from '../support/console.ts';
import { blockWasm, contactNamed, expect, grant, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link, logIn } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

test.describe.configure({ timeout: 90_000 });

/** A red square of 8 × 8. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGM4oKCAFTEMLQkAKj9AAXjm1WMAAAAASUVORK5CYII=',
  'base64',
);

test('Name, colour and logo are set once and seen at sign-in, in the portal, by staff and in the next mail', async ({
  staff,
  customer,
  visitor,
  administrator,
  installation,
}) => {
  const page = await customer('Billy Fox');
  await visit(staff, '/staff');
  await link(staff, 'General').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'General settings', exact: true })).toBeVisible();
  await looks(staff, 'staff-settings');
  await field(staff, 'Business name').fill('Hammer & Söhne');
  await field(staff, 'Legal name').fill('Hammer & Söhne GmbH');
  await field(staff, 'Support email').fill('support@hammer.example');
  await field(staff, 'Time zone').selectOption('Europe/Berlin');
  await field(staff, 'Currency').selectOption('EUR');
  await field(staff, 'Accent colour').fill('#a3195b');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.')).toBeVisible();
  await expect(staff).toHaveTitle('General settings · Hammer & Söhne');
  await field(staff, 'New logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: LOGO });
  await button(staff, 'Upload').click();
  await expect(staff.getByText('The new logo is in use.')).toBeVisible();
  await expect(staff.getByRole('img', { name: 'The logo in use', exact: true })).toBeVisible();
  await looks(staff, 'staff-settings-set');

  const stranger = await visitor();
  await visit(stranger, '/login');
  await visit(page, '/my');
  for (const seen of [stranger, page, staff]) {
    await expect(seen.getByText('Hammer & Söhne').first()).toBeVisible();
    const logo = seen.locator('.brand .brand-logo');
    await expect(logo).toBeVisible();
    expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);
    const accent = await seen.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
    expect(accent.trim()).toBe('#a3195b');
  }
  await looks(page, 'my-home-branded');
  await looks(stranger, 'login-branded');

  await grant(administrator, [await contactNamed(administrator, 'Ann Good')]);
  await installation.invitation('ann@acme.example');
  const mail = (await installation.mails()).at(-1)!;
  expect(mail.subject).toBe('Your access to the Hammer & Söhne customer portal');
  expect(mail.text).toContain('support@hammer.example');
  expect(mail.text).toContain('Hammer & Söhne GmbH');
  expect(mail.html).toContain('#a3195b');
  expect(mail.html).toMatch(/src="data:image\/png|src="cid:business-logo"/);
});

test('A colour that is too light and a picture that is none are refused beside their fields, and nothing typed is lost', async ({
  staff,
  allowConsole,
}) => {
  allowConsole(status(422));
  await visit(staff, '/staff/settings/general');
  await field(staff, 'Legal name').fill('Typed & kept');
  await field(staff, 'Accent colour').fill('#ffcc00');
  await button(staff, 'Save').click();
  await expect(field(staff, 'Accent colour')).toHaveAccessibleDescription(/Choose a darker one/);
  await expect(field(staff, 'Legal name')).toHaveValue('Typed & kept');
  await looks(staff, 'staff-settings-refused');
  const svg = { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') };
  await field(staff, 'New logo').setInputFiles(svg);
  await button(staff, 'Upload').click();
  await expect(field(staff, 'New logo')).toHaveAccessibleDescription(/no PNG, JPEG or WebP/);
});

test('A mail’s words are previewed, refused, changed, sent and reset', async ({
  staff,
  administrator,
  installation,
  allowConsole,
}) => {
  allowConsole(status(422));
  await visit(staff, '/staff/settings/general');
  await link(staff, 'Mail templates').click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Mail templates', exact: true })).toBeVisible();
  await expect(staff.getByRole('region', { name: 'Sample mail' })).toContainText('Hello Ann Sample,');
  await looks(staff, 'staff-mail-templates');

  await field(staff, 'Subject').fill('{{business}} welcomes {{name}}');
  await field(staff, 'Text').fill('Dear {{name}},\n\n{{lnik}}');
  await button(staff, 'Save').click();
  await expect(field(staff, 'Text')).toHaveAccessibleDescription(/\{\{lnik\}\} in line 3 is no placeholder/);
  await expect(field(staff, 'Text')).toHaveValue('Dear {{name}},\n\n{{lnik}}');
  await field(staff, 'Text').fill('Dear {{name}},\n\nno link');
  await button(staff, 'Save').click();
  await expect(field(staff, 'Text')).toHaveAccessibleDescription(/\{\{link\}\} is missing/);
  const text = 'Dear {{name}} of {{company}} </textarea><b>,\n\n{{link}}\n\nOr {{portal_url}}';
  await field(staff, 'Text').fill(text);
  await button(staff, 'Preview').click();
  await expect(staff.getByRole('region', { name: 'Sample mail' })).toContainText('Dear Ann Sample of Sample Ltd </textarea><b>,');
  await expect(field(staff, 'Text')).toHaveValue(text);
  await looks(staff, 'staff-mail-templates-preview');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved. The next mail says it so.')).toBeVisible();

  await grant(administrator, [await contactNamed(administrator, 'Ann Good')]);
  const invitation = await installation.invitation('ann@acme.example');
  const mail = (await installation.mails()).at(-1)!;
  expect(mail.subject).toBe('Rivet Works welcomes Ann Good');
  expect(mail.text).toContain(`Dear Ann Good of Acme Flow Ltd </textarea><b>,\n\n${invitation}\n\nOr ${installation.url}/login`);
  expect(mail.html).not.toContain('<b>');

  await button(staff, 'Reset to the original').click();
  await expect(staff.getByText('Back to the original.')).toBeVisible();
  await expect(button(staff, 'Reset to the original')).toHaveCount(0);
  await grant(administrator, [await contactNamed(administrator, 'Eve Fine')]);
  await installation.invitation('eve@acme.example');
  expect((await installation.mails()).at(-1)!.text).toContain('invites you to its customer portal for Acme Flow Ltd.');
});

test('Settings are changed without WebAssembly too, and a second tab’s older text is not saved over a newer one', async ({
  context,
  page,
  allowConsole,
}) => {
  allowConsole(status(409));
  await blockWasm(context, allowConsole);
  await page.goto('/login?next=/staff/settings/general');
  await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
  const second = await context.newPage();
  await second.goto('/staff/settings/general');
  await field(page, 'Business name').fill('First');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await field(second, 'Business name').fill('Second');
  await button(second, 'Save').click();
  await expect(second.getByText('Somebody else saved these settings meanwhile')).toBeVisible();
  await expect(second.getByText('First', { exact: true }).last()).toBeVisible();
  await expect(field(second, 'Business name')).toHaveValue('Second');
  await button(second, 'Save').click();
  await expect(second.getByText('Saved.')).toBeVisible();
  await expect(field(second, 'Business name')).toHaveValue('Second');
});
