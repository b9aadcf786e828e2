import { status } from '../support/console.ts';
import { contactNamed, expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

test.describe.configure({ timeout: 90_000 });

const BODY = `# Bank transfer

Pay within **30 days**. See [the terms](/my/documentation).

| Country | Days |
|---------|------|
| Germany | 1    |

- <img src=x onerror="document.title='hacked'">
- [bad](javascript:document.title='hacked')
- \`code\`
`;

test('Staff write an article in Markdown with a preview, and customers find and read it once it is published', async ({
  staff,
  customer,
  allowConsole,
}) => {
  allowConsole(status(404, 422));
  const page = await customer('Ready Mat');
  await visit(page, '/my/documentation');
  await expect(page.getByText('Nothing to read yet')).toBeVisible();
  await looks(page, 'my-documentation-empty');

  await visit(staff, '/staff');
  await link(staff, 'Documentation').click();
  await expect(staff.getByText('No articles yet')).toBeVisible();
  await link(staff, 'New article').click();
  await field(staff, 'Text').fill(BODY);
  await button(staff, 'Save').click();
  await expect(staff.getByText('Enter a title.')).toBeVisible();
  await expect(field(staff, 'Text')).toHaveValue(BODY);
  await field(staff, 'Title').fill('How to pay');
  await field(staff, 'Summary').fill('Accounts, and how long it takes');
  await field(staff, 'Category').fill('Invoices');
  await button(staff, 'Show preview').click();
  const preview = staff.getByRole('region', { name: 'Preview', exact: true });
  await expect(preview.getByRole('heading', { name: 'Bank transfer', exact: true })).toBeVisible();
  await expect(preview.getByRole('cell', { name: 'Germany', exact: true })).toBeVisible();
  await expect(preview).toContainText('<img src=x');
  await expect(field(staff, 'Title')).toHaveValue('How to pay');
  await looks(staff, 'staff-article-preview');
  await button(staff, 'Save').click();
  await expect(staff.getByText('The article is written.')).toBeVisible();

  await page.reload();
  await expect(page.getByText('Nothing to read yet')).toBeVisible();
  await button(staff, 'Publish').click();
  await expect(staff.getByText('Published: customers read it from now on.')).toBeVisible();
  await link(staff, 'All articles').click();
  await expect(staff.getByRole('table', { name: 'Articles', exact: true })).toContainText('Everybody in the portal');
  await looks(staff, 'staff-articles');

  await page.getByRole('searchbox', { name: 'Search documentation', exact: true }).fill('germany');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=germany/);
  await looks(page, 'my-documentation');
  await link(page, 'How to pay').click();
  await expect(page.getByRole('heading', { level: 2, name: 'Bank transfer', exact: true })).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
  await expect(page.locator('main a[href^="javascript"]')).toHaveCount(0);
  await expect(page).toHaveTitle(/How to pay/);
  await looks(page, 'my-article');
});

test('An article for a permission group is read by its members alone, and a deleted one by nobody', async ({
  staff,
  customer,
  administrator,
  allowConsole,
}) => {
  allowConsole(status(404));
  const page = await customer('Billy Fox');
  await contactNamed(administrator, 'Billy Fox');
  await staff.goto('/staff/documentation/new');
  await field(staff, 'Title').fill('For accountants');
  await field(staff, 'Text').fill('Numbers.');
  await field(staff, 'Who reads it').selectOption('Only some permission groups');
  await field(staff, 'Limited').check();
  await button(staff, 'Save').click();
  await button(staff, 'Publish').click();
  await expect(staff.getByText('Published: customers read it from now on.')).toBeVisible();
  const id = /documentation\/([^?]+)/.exec(staff.url())![1]!;
  expect((await page.goto(`/my/documentation/${id}`))!.status()).toBe(404);

  await field(staff, 'Standard').check();
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.', { exact: true })).toBeVisible();
  expect((await page.goto(`/my/documentation/${id}`))!.status()).toBe(200);

  await staff.getByText('Delete this article', { exact: true }).click();
  await button(staff, 'Delete for good').click();
  await expect(staff.getByText('The article was deleted.')).toBeVisible();
  expect((await page.goto(`/my/documentation/${id}`))!.status()).toBe(404);
});
