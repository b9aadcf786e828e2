import type { Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';

async function openQuotation(page: Page, number: string): Promise<void> {
  await visit(page, '/my/sales');
  await page.getByRole('main').getByRole('link', { name: number }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
}

const consent = (page: Page) => page.getByRole('checkbox', { name: /^I have read Quotation/ });

test('A quotation is accepted with a drawn signature, and its file carries the certificate', async ({ customer, allowConsole }) => {
  test.setTimeout(90_000);
  allowConsole(status(422));
  const joel = await customer('Joel Willis');
  await openQuotation(joel, 'S00019');
  const before = await (await joel.request.get(`${new URL(joel.url()).pathname}/pdf`)).body();
  await looks(joel, 'my-sale-open');
  await link(joel, 'Accept & Sign').click();
  await expect(joel.getByRole('heading', { level: 1 })).toHaveText(/^Accept & sign Quotation S00019/);
  await expect(field(joel, 'Full name')).toHaveValue('Joel Willis');
  await looks(joel, 'my-sign');

  // What is missing is said beside it, and nothing is lost.
  await draw(joel);
  await field(joel, 'Full name').fill('Joel W. Willis');
  await button(joel, 'Accept & Sign').click();
  await expect(consent(joel)).toHaveAccessibleDescription(/Tick this/);
  await expect(field(joel, 'Full name')).toHaveValue('Joel W. Willis');
  await expect(joel.locator('input[name=strokes]')).toHaveValue(/\d+,\d+ \d+,\d+/);
  await consent(joel).check();
  await button(joel, 'Accept & Sign').click();
  await expect(joel.getByRole('main')).toContainText('Accepted by Joel W. Willis');
  await expect(link(joel, 'Accept & Sign')).toHaveCount(0);
  const after = await (await joel.request.get(`${new URL(joel.url()).pathname}/pdf`)).body();
  expect(after.length).toBeGreaterThan(before.length);
  await looks(joel, 'my-sale-accepted');

  // Whoever comes back to it is told.
  await joel.goto(`${new URL(joel.url()).pathname}/sign`);
  await expect(joel.getByRole('main')).toContainText(/was accepted by Joel W. Willis/);
  await expect(button(joel, 'Accept & Sign')).toHaveCount(0);
});

async function draw(page: Page): Promise<void> {
  const canvas = page.locator('canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 20; step += 1) {
    await page.mouse.move(box.x + 20 + step * 12, box.y + box.height / 2 + Math.sin(step) * 20);
  }
  await page.mouse.up();
}

test('A quotation is declined with a reason, without scripts', async ({ customer, allowConsole }) => {
  allowConsole(status(422));
  const joel = await customer('Joel Willis', { javaScriptEnabled: false });
  await joel.goto('/my/sales');
  await joel.getByRole('main').getByRole('link', { name: 'S00019' }).first().click();
  await link(joel, 'Decline').click();
  await button(joel, 'Decline').click();
  await expect(field(joel, 'Reason')).toHaveAccessibleDescription(/Say briefly why/);
  await field(joel, 'Reason').fill('We chose another supplier.');
  await button(joel, 'Decline').click();
  await expect(joel.getByRole('main')).toContainText('Declined by Joel Willis');
  await expect(joel.getByRole('main')).toContainText('We chose another supplier.');
});

test('A typed name signs, without scripts', async ({ customer }) => {
  const joel = await customer('Joel Willis', { javaScriptEnabled: false });
  await joel.goto('/my/sales');
  await joel.getByRole('main').getByRole('link', { name: 'S00019' }).first().click();
  await link(joel, 'Accept & Sign').click();
  await expect(joel.locator('canvas')).toBeHidden();
  await consent(joel).check();
  await button(joel, 'Accept & Sign').click();
  await expect(joel.getByRole('main')).toContainText('Accepted by Joel Willis');
});
