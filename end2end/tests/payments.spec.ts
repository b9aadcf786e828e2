import { ann as signIn, books, inDays, invoice } from '../support/books.ts';
import { expect, visit } from '../support/fixtures.ts';
import { status } from '../support/console.ts';
import { axe, looks } from '../support/looks.ts';
import { button, field, link } from '../support/pages.ts';
import { CARDS, enterCard, test } from '../support/stripe.ts';

test.use({ data: 'administrator' });

/** What browsers say of WebAssembly that is blocked. */
const BLOCKED = [/Failed to fetch/, /ERR_FAILED .*\.wasm/];

/** Everything about paying is a plain page: with WebAssembly blocked it is the same. */
for (const wasm of [true, false]) {
  const how = wasm ? '' : ', with WebAssembly blocked';

  test(`“Change payment info”: add new card, delete it, never edit it (seeds 001, 004)${how}`, async ({
    installation,
    staff,
    administrator,
    visitor,
    request,
    stripe,
    allowConsole,
  }) => {
    allowConsole(status(402), status(422), ...BLOCKED);
    await books(staff, request);
    const ann = await signIn({ installation, administrator, visitor });
    if (!wasm) await ann.route('**/*.wasm', (route) => route.abort());

    // “navigate to Manage payment methods … Then, add the new payment information, and select Add new card”
    await ann.goto('/my');
    await link(ann.getByRole('main'), 'Manage payment methods').click();
    await expect(ann.getByText('No card is saved')).toBeVisible();
    await link(ann, 'Add new card').click();
    await enterCard(ann, CARDS.refused);
    await button(ann, 'Save').click();
    await expect(ann.getByRole('alert').filter({ hasText: /declined/ })).toBeVisible();
    await enterCard(ann, CARDS.good);
    if (wasm) await looks(ann, 'my-new-card');
    // “enter the new payment information, and click Save to save the details”
    await button(ann, 'Save').click();
    await expect(ann.getByText('The card is saved.')).toBeVisible();
    const card = ann.getByRole('listitem').filter({ hasText: 'Visa •••• 4242' });
    await expect(card).toContainText('Your own card · Expires 12/2034');
    // “Payment details cannot be edited.”
    await expect(ann.getByRole('main').getByRole('link', { name: /edit/i })).toHaveCount(0);
    if (wasm) await looks(ann, 'my-payment-methods');
    const { data: customers } = await stripe.get<{ data: { id: string }[] }>('/v1/customers');
    const saved = `/v1/payment_methods?type=card&customer=${customers[0]!.id}`;
    expect((await stripe.get<{ data: object[] }>(saved)).data).toHaveLength(1);

    // “click the (Trash) icon, then click the Confirm Deletion button”
    await button(card, 'Delete').click();
    await expect(ann.getByRole('dialog', { name: 'Delete Visa •••• 4242?' })).toBeVisible();
    if (wasm) await axe(ann);
    await ann.keyboard.press('Escape');
    await expect(card).toBeVisible();
    await button(card, 'Delete').click();
    await button(ann, 'Confirm Deletion').click();
    await expect(ann.getByText('The card is deleted.')).toBeVisible();
    await expect(ann.getByText('No card is saved')).toBeVisible();
    expect((await stripe.get<{ data: object[] }>(saved)).data).toHaveLength(0);
  });

  test(`Pay in full, in part and several at once, with a saved card and from the wallet${how}`, async ({
    installation,
    staff,
    administrator,
    visitor,
    request,
    stripe,
    allowConsole,
  }) => {
    test.setTimeout(120_000);
    allowConsole(status(422), status(402), ...BLOCKED);
    await stripe.tell(installation.url);
    const kept = await books(staff, request);
    for (const [id, amount, due] of [['1', '100.00', inDays(-16)], ['2', '50.00', inDays(-15)], ['3', '30.00', inDays(35)]] as const) {
      await invoice(kept, id, amount, due);
    }
    const ann = await signIn({ installation, administrator, visitor });
    if (!wasm) await ann.route('**/*.wasm', (route) => route.abort());

    // What is due when.
    await ann.goto('/my');
    const open = ann.getByRole('region', { name: 'Open invoices' });
    await expect(open).toContainText('Not due yet€30.001 to 30 days late€150.00');
    if (wasm) await looks(ann, 'my-with-open-invoices');
    await link(open, 'See the statement').click();
    await expect(ann.getByRole('heading', { name: 'Statement of account' })).toBeVisible();

    // In part, with a new card that is kept: “partial payment on an invoice” (seed 004).
    await ann.goto('/my/invoices');
    await ann.getByRole('main').getByRole('link', { name: 'INV/3' }).first().click();
    await link(ann, 'Pay').click();
    await expect(field(ann, 'Amount')).toHaveValue('30.00');
    await field(ann, 'New card').check();
    await field(ann, 'Save this card for next time').check();
    await field(ann, 'Amount').fill('12.5');
    await enterCard(ann, CARDS.good);
    if (wasm) await looks(ann, 'my-pay');
    await button(ann, 'Pay').click();
    await expect(ann.getByText('Thank you: €12.50 was received.')).toBeVisible();
    if (wasm) await looks(ann, 'my-payment');
    await ann.getByRole('main').getByRole('link', { name: 'Invoice INV/3' }).click();
    await expect(ann.getByText('Partly paid')).toBeVisible();
    await expect(ann.getByRole('region', { name: 'Amount due' })).toContainText('€17.50');

    // The way back shows what is open now; what was typed wrong stays, and says what is wrong.
    await ann.goBack();
    await ann.goBack();
    await expect(field(ann, 'Amount')).toHaveValue('17.50');
    await field(ann, 'Amount').fill('31');
    await button(ann, 'Pay').click();
    await expect(field(ann, 'Amount')).toHaveAccessibleDescription(/at most €17\.50/);
    await expect(field(ann, 'Amount')).toHaveValue('31');
    expect(Object.values(await stripe.taken())).toEqual([1250]);

    // All overdue at once: one payment, two invoices.
    await ann.goto('/my/invoices');
    await link(ann, 'Pay invoices').click();
    await expect(ann.getByRole('checkbox', { name: 'Invoice INV/1' })).toBeChecked();
    await expect(ann.getByRole('checkbox', { name: 'Invoice INV/3' })).not.toBeChecked();
    await expect(field(ann, 'Amount')).toHaveValue('150.00');
    await ann.getByRole('checkbox', { name: 'Invoice INV/3' }).check();
    await expect(field(ann, 'Amount')).toHaveValue('167.50');
    await ann.getByRole('checkbox', { name: 'Invoice INV/3' }).uncheck();
    if (wasm) await looks(ann, 'my-pay-several');
    await field(ann, 'Visa •••• 4242').check();
    const form = await ann.locator('.pay-form').evaluate((pay: HTMLFormElement) => [...new FormData(pay)].map(([name, value]) => [name, String(value)]));
    await button(ann, 'Pay').dblclick();
    await expect(ann.getByText('Thank you: €150.00 was received.')).toBeVisible();
    // The same form once more, as a reload or a second tab sends it: the same payment.
    const again = await ann.request.post('/my/pay', {
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      data: new URLSearchParams(form as [string, string][]).toString(),
    });
    expect(again.url()).toBe(ann.url());
    expect(Object.values(await stripe.taken()).sort()).toEqual([1250, 15000]);
    const paid = ann.getByRole('region', { name: 'What it paid' });
    await expect(paid).toContainText('Invoice INV/1');
    await expect(paid).toContainText('Invoice INV/2');

    // A card that is declined: said, nothing taken, and it can be tried again.
    await ann.goto('/my/pay');
    await field(ann, 'New card').check();
    await enterCard(ann, CARDS.declined);
    await button(ann, 'Pay').click();
    await expect(ann.getByText('The payment failed. No money was taken.')).toBeVisible();
    await link(ann, 'Try again').click();

    // The bank asks its owner (3-D Secure).
    await field(ann, 'New card').check();
    await enterCard(ann, CARDS.asks);
    await button(ann, 'Pay').click();
    await button(ann, 'Complete authentication').click();
    await expect(ann.getByText('Your bank wants you to confirm this payment.')).toBeVisible();
    if (wasm) await looks(ann, 'my-payment-confirm');
    await button(ann, 'Confirm with your bank').click();
    await button(ann, 'Complete authentication').click();
    await expect(ann.getByText('Thank you: €17.50 was received.')).toBeVisible();
    await ann.goto('/my/pay');
    await expect(ann.getByText('There is nothing to pay here')).toBeVisible();

    // Books and provider agree, and the receipts were sent.
    expect(Object.values(await stripe.taken()).sort()).toEqual([1250, 15000, 1750].sort());
    await ann.goto('/my/payments');
    if (wasm) await looks(ann, 'my-payments');
    await expect(ann.getByRole('row').filter({ hasText: 'Paid' }).filter({ hasText: 'Visa' })).toHaveCount(3);
    await expect.poll(async () => (await installation.mails()).filter((mail) => /^Your payment of/.test(mail.subject)).length).toBe(3);
  });
}

test('A transfer is announced, found by its reference, and what is too much goes into the wallet; staff give money back', async ({
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
  await invoice(kept, '1', '100.00');
  await invoice(kept, '2', '40.00');
  const ann = await signIn({ installation, administrator, visitor });
  await ann.goto('/my/invoices');
  await ann.getByRole('main').getByRole('link', { name: 'INV/1' }).first().click();
  await link(ann, 'Pay').click();
  await ann.getByRole('checkbox', { name: 'Invoice INV/1' }).check();
  await field(ann, 'Bank transfer').check();
  await button(ann, 'Pay').click();
  const transfer = ann.getByRole('region', { name: 'Pay by bank transfer' });
  await expect(transfer).toContainText('€100.00');
  await expect(transfer).toContainText(/RF\d\d P000 01/);
  await looks(ann, 'my-payment-transfer');
  // While it is waited for, nothing else pays the same invoice.
  await ann.goto('/my/pay');
  await expect(ann.getByRole('checkbox', { name: 'Invoice INV/1' })).toBeDisabled();

  await visit(staff, '/staff/payments');
  await looks(staff, 'staff-payments');
  await staff.getByRole('searchbox', { name: 'Search payments' }).fill('P000 01');
  await staff.keyboard.press('Enter');
  await link(staff.getByRole('main'), 'P00001').click();
  await field(staff, 'Amount').fill('soon');
  await button(staff, 'It arrived').click();
  await expect(field(staff, 'Amount')).toHaveAccessibleDescription(/Enter the amount that arrived/);
  await field(staff, 'Amount').fill('125');
  await button(staff, 'It arrived').click();
  await expect(staff.getByRole('region', { name: 'What it paid' })).toContainText('€100.00');
  await looks(staff, 'staff-payment');

  // “add funds to their eWallet” (seed 004): here by paying too much; it is spent on the next invoice.
  await ann.goto('/my/wallet');
  await expect(ann.getByText('€25.00').first()).toBeVisible();
  await looks(ann, 'my-wallet');
  await ann.goto('/my/pay');
  await field(ann, 'Amount').fill('25');
  await field(ann, 'Wallet').check();
  await button(ann, 'Pay').click();
  await expect(ann.getByText('Thank you: €25.00 was received.')).toBeVisible();

  // Part of the transfer goes back; what it paid is open again.
  await field(staff, 'Amount').fill('30');
  await field(staff, 'Reason').fill('One box was missing');
  await button(staff, 'Give back').click();
  await expect(staff.getByRole('region', { name: 'Given back' })).toContainText('€30.00');
  await ann.goto('/my/payments');
  await link(ann.getByRole('main'), 'P00001').click();
  await expect(ann.getByRole('region', { name: 'Given back' })).toContainText('One box was missing');
  await visit(staff, '/staff/audit?group=payments');
  await expect(staff.getByText('Payment given back').first()).toBeVisible();
});

test('By a share link a document is paid with a card of one’s own: nothing of the customer’s is offered', async ({
  installation,
  staff,
  administrator,
  visitor,
  request,
  stripe,
}) => {
  test.setTimeout(90_000);
  await stripe.tell(installation.url);
  const kept = await books(staff, request);
  await invoice(kept, '2026-7', '80.00');
  const ann = await signIn({ installation, administrator, visitor });
  await ann.goto('/my/payment-methods?new');
  await enterCard(ann, CARDS.good);
  await button(ann, 'Save').click();
  await expect(ann.getByText('The card is saved.')).toBeVisible();

  await visit(staff, '/staff/documents');
  await staff.getByRole('main').getByRole('link', { name: 'INV/2026-7' }).first().click();
  await link(staff, 'Share links').click();
  await field(staff, 'Recipient').fill('The accountant');
  await staff.getByRole('checkbox', { name: 'The recipient may pay' }).check();
  await button(staff, 'Create link').click();
  const address = await field(staff, 'Address of the link').inputValue();

  const guest = await visitor();
  await guest.goto(address);
  await link(guest, 'Pay').click();
  await expect(guest.getByRole('radio', { name: 'New card' })).toBeVisible();
  await expect(guest.getByRole('radio', { name: 'Bank transfer' })).toBeVisible();
  await expect(guest.getByRole('radio')).toHaveCount(2);
  await expect(guest.getByText('Save this card')).toHaveCount(0);
  await enterCard(guest, CARDS.good);
  await looks(guest, 'shared-pay');
  await button(guest, 'Pay').click();
  await expect(guest.getByText('Thank you: €80.00 was received.')).toBeVisible();
  await looks(guest, 'shared-payment');
  expect(Object.values(await stripe.taken())).toEqual([8000]);

  // The guest's card is forgotten: Ann's is the only one that is kept.
  const { data: customers } = await stripe.get<{ data: { id: string }[] }>('/v1/customers');
  for (const { id } of customers) {
    const { data } = await stripe.get<{ data: object[] }>(`/v1/payment_methods?type=card&customer=${id}`);
    expect(data.length).toBe(1);
  }
  await ann.goto('/my/payments');
  await expect(ann.getByRole('row').filter({ hasText: 'The accountant (share link)' })).toBeVisible();
});
