import { ann as signInAnn, books, boss, document, inDays, invoice } from '../support/books.ts';
import { status } from '../support/console.ts';
import { expect, visit } from '../support/fixtures.ts';
import { axe, looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';
import { CARDS, enterCard, test } from '../support/stripe.ts';

test.use({ data: 'administrator' });

test('“Managing subscriptions” (seed 004): pause, resume, cancel, and what pays it', async ({
  installation,
  staff,
  administrator,
  visitor,
  request,
  allowConsole,
}) => {
  test.setTimeout(120_000);
  allowConsole(status(422), status(409));
  const kept = await books(staff, request);
  await document(kept, 'subscriptions', 's1', {
    number: 'SUB001',
    title: 'Support plan',
    state: 'active',
    dated_on: '2026-01-01',
    recurrence: 'Monthly',
    lines: [{ description: 'Support', quantity: 1, price: '49.00' }],
  });
  await invoice(kept, '1', '49.00', inDays(216), { origin: 'SUB001' });
  const page = await boss({ installation, administrator, visitor });

  await page.goto('/my/subscriptions');
  await link(page.getByRole('main'), 'SUB001').click();
  await link(page, 'Manage subscription').click();
  await expect(page.getByRole('region', { name: 'Subscription' })).toContainText('€49.00');
  await looks(page, 'my-subscription');

  // What pays it: a card, agreed to, up to a limit.
  await link(page, 'Change payment').click();
  await link(page, 'Add new card').click();
  await enterCard(page, CARDS.good);
  await button(page, 'Save').click();
  await expect(page.getByText('The card is saved.')).toBeVisible();
  await page.goto('/my/subscriptions');
  await link(page.getByRole('main'), 'SUB001').click();
  await link(page, 'Manage subscription').click();
  await link(page, 'Change payment').click();
  await field(page, 'Limit').fill('a lot');
  await button(page, 'Switch on').click();
  await expect(field(page, 'Limit')).toHaveAccessibleDescription(/Enter an amount in EUR/);
  await expect(page.getByRole('checkbox', { name: 'I agree' })).toHaveAccessibleDescription(/Without your consent nothing is taken/);
  await field(page, 'Limit').fill('60');
  await page.getByRole('checkbox', { name: 'I agree' }).check();
  await looks(page, 'my-automatic-payment');
  await button(page, 'Switch on').click();
  await expect(page.getByRole('region', { name: 'Automatic payment is on' })).toContainText('€60.00');

  // A card that pays something without asking cannot simply go.
  await page.goto('/my/payment-methods');
  await button(page, 'Delete').click();
  await button(page, 'Confirm Deletion').click();
  await expect(page.getByText('This card pays SUB001 without asking.')).toBeVisible();

  await page.goto('/my/subscriptions');
  await link(page.getByRole('main'), 'SUB001').click();
  await link(page, 'Manage subscription').click();
  await expect(page.getByRole('region', { name: 'Subscription' })).toContainText('Visa •••• 4242');
  await button(page, 'Pause').click();
  await field(page.getByRole('dialog'), 'Reason').fill('We are on holiday');
  await axe(page);
  await button(page, 'Pause now').click();
  await expect(page.getByText('The subscription is paused. We were told.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What was changed' })).toContainText('We are on holiday');
  await button(page, 'Resume').click();
  await button(page, 'Resume now').click();
  await expect(page.getByText('The subscription goes on. We were told.')).toBeVisible();
  await button(page, 'Cancel subscription').click();
  await button(page, 'Cancel it now').dblclick();
  await expect(page.getByText('The subscription is canceled. We were told.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Subscription' })).toContainText('By hand');
  await expect.poll(async () => (await installation.mails()).map((mail) => mail.subject)).toContain('Euro Ltd canceled the subscription SUB001');
  await visit(staff, '/staff/audit');
  await expect(staff.getByText('Subscription ended by its customer').first()).toBeVisible();

  // Ann sees it; managing it is not hers.
  const ann = await signInAnn({ installation, administrator, visitor });
  await ann.goto('/my/subscriptions');
  await link(ann.getByRole('main'), 'SUB001').click();
  await expect(link(ann, 'Manage subscription')).toHaveCount(0);
});

test('Funds are added to the wallet by card, and an order is paid down to confirm it (seed 004)', async ({
  installation,
  staff,
  administrator,
  visitor,
  request,
  stripe,
  allowConsole,
}) => {
  test.setTimeout(120_000);
  allowConsole(status(422));
  await stripe.tell(installation.url);
  const kept = await books(staff, request);
  await visit(staff, '/staff/settings/general');
  await field(staff, 'Down payment').fill('30');
  await button(staff, 'Save').click();
  await expect(staff.getByText('Saved.')).toBeVisible();
  await document(kept, 'sales', 'q1', {
    number: 'S00100',
    state: 'sent',
    dated_on: '2026-11-01',
    lines: [{ description: 'Desk', quantity: 1, price: '200.00' }],
  });
  const page = await boss({ installation, administrator, visitor });

  // “to add funds to their eWallet”
  await page.goto('/my/wallet');
  await field(page, 'Amount').fill('0.5');
  await enterCard(page, CARDS.good);
  await button(page, 'Add to wallet').click();
  await expect(field(page, 'Amount')).toHaveAccessibleDescription(/at least €1\.00/i);
  await field(page, 'Amount').fill('75');
  await enterCard(page, CARDS.good);
  await button(page, 'Add to wallet').click();
  await expect(page.getByText('Thank you: €75.00 was received.')).toBeVisible();
  const receipt = page.waitForEvent('download');
  await link(page, 'Receipt').click();
  expect((await receipt).suggestedFilename()).toBe('Receipt-P00001.pdf');

  // “Following, viewing and paying orders”
  await page.goto('/my/sales');
  await link(page.getByRole('main'), 'S00100').click();
  await link(page, 'Pay').click();
  await field(page, 'Amount').fill('59.99');
  await field(page, 'Wallet').check();
  await button(page, 'Pay').click();
  await expect(field(page, 'Amount')).toHaveAccessibleDescription(/Enter at least €60\.00/);
  await field(page, 'Amount').fill('60');
  await button(page, 'Pay').click();
  await expect(page.getByText('Thank you: €60.00 was received.')).toBeVisible();
  await link(page.getByRole('main'), 'Order S00100').click();
  await expect(page.getByText('Confirmed').first()).toBeVisible();
  await page.goto('/my/wallet');
  await expect(page.locator('.statement-sums')).toContainText('€15.00');
  await looks(page, 'my-wallet-funds');
  expect(Object.values(await stripe.taken())).toEqual([7500]);
});
