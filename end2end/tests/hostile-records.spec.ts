import { expect, grant, PASSWORD, test, visit } from '../support/fixtures.ts';
import { HOSTILE } from '../support/hostile.ts';
import { makeKey, openContact } from '../support/pages.ts';
import { cookieOf, Session } from '../support/session.ts';
import type { APIRequestContext, Page } from '@playwright/test';

test.describe.configure({ timeout: 240_000 });
test.use({ data: 'administrator', settings: { PORTICO_API_RATE: '0' } });

interface Schema {
  type?: string | string[];
  enum?: string[];
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

const NUMBERS = /amount|total|tax|price|quantity|discount|probability|hours|paid|untaxed|revenue|progress|minutes|interval|weight/;

const PRINTED = ['sales', 'purchases', 'invoices', 'signatures'];

/** A record with a hostile text wherever its description takes any. */
function record(schema: Schema, turn: number): Record<string, unknown> {
  const values = Object.entries(schema.properties!).map(([name, field], place): [string, unknown] => {
    if (field.enum) return [name, field.enum[0]];
    if (name === 'contact') return [name, 'ann'];
    if (name === 'published') return [name, true];
    if (name === 'currency') return [name, 'EUR'];
    if (name === 'lines') return [name, HOSTILE.map((_, line) => record(field.items!, line))];
    if (field.format === 'date') return [name, '2026-11-20'];
    if (NUMBERS.test(name)) return [name, '1'];
    return [name, HOSTILE[(place + turn) % HOSTILE.length]!.trim()];
  });
  return Object.fromEntries(values);
}

/** Sends a record; what is refused is left out, so that all that can be kept is. Answers the fields that stayed. */
async function put(request: APIRequestContext, path: string, headers: Record<string, string>, data: Record<string, unknown>): Promise<string[]> {
  for (let tries = 0; tries < 6; tries += 1) {
    const answer = await request.put(`/api/v1${path}`, { headers, data });
    if (answer.ok()) return Object.keys(data);
    const { errors, detail } = (await answer.json()) as { errors?: { pointer: string; detail: string }[]; detail: string };
    expect(answer.status(), `${path}: ${detail}`).toBe(422);
    for (const { pointer } of errors!) {
      const [, name, line, part] = pointer.split('/');
      if (part === undefined) delete data[name!];
      else delete (data[name!] as Record<string, unknown>[])[Number(line)]![part];
    }
  }
  throw new Error(`${path} is never taken`);
}

/** Nothing of what was planted has become part of the page. */
async function harmless(page: Page, path: string): Promise<void> {
  await visit(page, path);
  const bad = 'main :is(script, iframe, object, embed, [onerror], [onload], a[href^="javascript" i])';
  expect(await page.locator(bad).count(), path).toBe(0);
  expect(await page.title(), path).toContain('Rivet Works');
}

test('Whatever other programs send, in every field of every record, is shown as text', async ({
  installation,
  staff,
  administrator,
  visitor,
  request,
}) => {
  const headers = await makeKey(staff);
  const described = (await (await request.get('/api/v1/openapi.json')).json()) as { components: { schemas: Record<string, Schema> } };
  const schemas = described.components.schemas;

  const company = { ...record(schemas.Contact!, 0), name: HOSTILE[0], kind: 'company', parent: null };
  expect((await put(request, '/contacts/acme', headers, company)).length).toBeGreaterThan(8);
  const person = { ...record(schemas.Contact!, 3), name: HOSTILE[1], kind: 'person', parent: 'acme', email: 'ann@acme.example' };
  await put(request, '/contacts/ann', headers, person);
  const kinds = ['projects', 'tasks', 'timesheets', 'leads', 'sales', 'purchases', 'invoices', 'tickets', 'signatures', 'subscriptions'];
  for (const [turn, kind] of kinds.entries()) {
    const schema = schemas[kind[0]!.toUpperCase() + kind.slice(1)]!;
    for (const one of [0, 1]) {
      const data = record(schema, turn + one);
      if ('project' in data) data.project = 'projects-0';
      if ('task' in data) data.task = 'tasks-0';
      const kept = await put(request, `/documents/${kind}/${kind}-${one}`, headers, data);
      expect(kept, kind).toContain('published');
    }
  }

  const found = await administrator.call<{ items: { id: string; name: string; email: string }[] }>('staff/contacts/list_contacts', {
    filter: { search: 'ann@acme.example' },
  });
  await grant(administrator, found.items);
  const session = await Session.accept(installation.url, await installation.invitation('ann@acme.example'), PASSWORD);
  const ann = await visitor({ storageState: { cookies: [cookieOf(session)], origins: [] } });
  const dialogs: string[] = [];
  for (const page of [ann, staff]) page.on('dialog', (dialog) => void (dialogs.push(dialog.message()), dialog.dismiss()));

  let seen = 0;
  for (const path of ['/my', '/my/account', '/my/addresses', '/my/statement', '/my/search?q=alert', '/my/security']) await harmless(ann, path);
  for (const kind of kinds) {
    await harmless(ann, `/my/${kind}`);
    const links = await ann.locator(`main a[href^="/my/${kind}/"]`).evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    for (const path of new Set(links.filter((href) => !href.includes('/tickets/new')))) {
      await harmless(ann, path);
      seen += 1;
      expect(await ann.locator('main').innerText(), path).toContain('alert(1)');
      if (!PRINTED.includes(kind)) continue;
      const paper = await ann.request.get(`${path.split('?')[0]}/pdf`);
      expect((await paper.body()).subarray(0, 5).toString(), path).toBe('%PDF-');
    }
  }
  expect(seen, 'documents that were looked at').toBeGreaterThanOrEqual(kinds.length);

  for (const path of ['/staff', '/staff/contacts', '/staff/contacts?q=alert', '/staff/documents', '/staff/settings/users', '/staff/audit', '/staff/mail']) {
    await harmless(staff, path);
  }
  const documents = await staff.request.get('/staff/documents');
  const ids = [...(await documents.text()).matchAll(/\/staff\/documents\/([0-9a-f-]{36})/g)].map(([, id]) => id!);
  expect(new Set(ids).size).toBeGreaterThanOrEqual(2 * kinds.length);
  for (const id of new Set(ids)) {
    await harmless(staff, `/staff/documents/${id}`);
    await harmless(staff, `/staff/documents/${id}/edit`);
  }
  await openContact(staff, HOSTILE[0]!);
  const contact = new URL(staff.url()).pathname;
  for (const rest of ['', '/edit', '/access', '/portal-users/new']) await harmless(staff, contact + rest);
  expect(dialogs).toEqual([]);
});
