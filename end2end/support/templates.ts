import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from './binary.ts';
import { EXPORT } from './export.ts';
import { cookieOf, Session } from './session.ts';
import { Installation } from './installation.ts';

/** The administrator of every installation that is not empty. */
export const ADMINISTRATOR = { email: 'ada@rivet.example', password: 'seven green bicycles' };

/** Which data an installation begins with. */
export type Data = 'empty' | 'administrator' | 'export';

/** Where the data folder of a template is, and the administrator's session in it. */
export function template(data: Data): { folder: string; session: string } | undefined {
  if (data === 'empty') {
    return undefined;
  }
  const root = process.env.PORTICO_TEST_TEMPLATES;
  if (root === undefined) {
    throw new Error('The templates are missing: run the tests with `npx playwright test`.');
  }
  const folder = path.join(root, data);
  if (!existsSync(folder)) {
    throw new Error(
      `This test needs the Odoo export in ${EXPORT} (data/odoo-export of the project's shared folder), which is not there.`,
    );
  }
  return { folder, session: path.join(root, `${data}.json`) };
}

/** Prepares the data once, so that each test can begin with a copy of its own. */
export default async function prepare(): Promise<() => Promise<void>> {
  const root = await mkdtemp(path.join(tmpdir(), 'portico-e2e-templates-'));
  process.env.PORTICO_TEST_TEMPLATES = root;
  await make(root, 'administrator');
  if (existsSync(EXPORT)) {
    await make(root, 'export');
  }
  return () => rm(root, { recursive: true, force: true });
}

async function make(root: string, data: Data): Promise<void> {
  const folder = path.join(root, data);
  const settings = { PORTICO_DATA_DIR: folder };
  await mustRun(['admin', 'create', '--email', ADMINISTRATOR.email], settings, `${ADMINISTRATOR.password}\n`);
  if (data === 'export') {
    await mustRun(['import', 'odoo', EXPORT], settings);
  }
  // The administrator is signed in already wherever a copy is used: sessions live in the database.
  const installation = await Installation.start({ settings });
  const session = await Session.signIn(installation.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await installation.remove();
  await writeFile(path.join(root, `${data}.json`), JSON.stringify({ cookies: [cookieOf(session)], origins: [] }));
}

async function mustRun(args: string[], settings: Record<string, string>, stdin = ''): Promise<void> {
  const { code, stdout, stderr } = await run(args, settings, stdin);
  if (code !== 0) {
    throw new Error(`portico ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  }
}
