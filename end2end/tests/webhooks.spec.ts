import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { status } from '../support/console.ts';
import { expect, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { button, confirm, field } from '../support/pages.ts';

const PAGE = '/staff/settings/webhooks';

interface Taken {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Another program that listens on this machine. It answers with the statuses that it is given, and then with 200. */
async function receiver(statuses: number[]) {
  const taken: Taken[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { taken, url: `http://127.0.0.1:${port}/portico`, [Symbol.asyncDispose]: async () => void server.close() };
}

/** The signature by the convention of Standard Webhooks. */
function signature({ headers, body }: Taken, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

test('Another program is told of a ticket: signed, again after a failure, and no more once it is removed', async ({
  staff: page,
  customer,
  allowConsole,
}) => {
  test.setTimeout(120_000);
  const webhooks = page.getByRole('table', { name: 'Webhooks', exact: true });
  const deliveries = page.getByRole('table', { name: 'Latest deliveries' });
  await using erp = await receiver([200, 503]);
  await visit(page, PAGE);
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  await looks(page, 'webhooks-none');
  allowConsole(status(422), status(409));
  await field(page, 'Address').fill('ftp://erp.example');
  await confirm(page);
  await button(page, 'Create webhook').click();
  await expect(page.getByText('Enter an address such as https://')).toBeVisible();
  await expect(page.getByText('Choose at least one event.')).toBeVisible();
  await looks(page, 'webhooks-mistakes');
  await field(page, 'Address').fill(erp.url);
  await page.getByRole('checkbox', { name: 'Ticket created', exact: true }).check();
  await confirm(page);
  await button(page, 'Create webhook').click();
  const secret = await field(page, 'Signing secret').inputValue();
  expect(secret).toMatch(/^whsec_/);

  await visit(page, PAGE);
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole('button', { name: /^Send test webhook/ }).click();
  await expect(page.getByText('The test was delivered.')).toBeVisible();
  expect(JSON.parse(erp.taken[0]!.body)).toMatchObject({ event: 'test' });
  expect(erp.taken[0]!.headers['webhook-signature']).toBe(signature(erp.taken[0]!, secret));

  const joel = await customer('Joel Willis');
  await visit(joel, '/my/tickets/new');
  await field(joel, 'Subject').fill('The lamp flickers');
  await field(joel, 'Description').fill('Since Monday.');
  await button(joel, 'Open ticket').click();
  await expect.poll(() => erp.taken.length).toBe(2);
  await expect(async () => {
    await page.reload();
    await expect(deliveries.getByRole('row', { name: /Ticket created/ })).toContainText('answered 503', { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await expect(webhooks.getByText('Failing')).toBeVisible();
  await looks(page, 'webhooks-failing');
  await page.getByRole('button', { name: /^Resend delivery \d+ \(Ticket created\)$/ }).click();
  await expect.poll(() => erp.taken.length).toBeGreaterThan(2);
  const [, first, second] = erp.taken;
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.headers['webhook-signature']).toBe(signature(second!, secret));
  expect(JSON.parse(second!.body)).toMatchObject({ event: 'ticket.created', record: { kind: 'ticket' } });
  expect(second!.body).not.toContain('flickers');
  await visit(page, PAGE);
  await expect(webhooks.getByText('Active')).toBeVisible();

  await page.getByRole('button', { name: /^Remove webhook/ }).click();
  await expect(page.getByText('The webhook is removed')).toBeVisible();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
});
