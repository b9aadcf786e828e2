import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from '../support/fixtures.ts';
import { makeKey } from '../support/pages.ts';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'unsupported_method',
];

test.describe.configure({ timeout: 240_000 });
test.use({ settings: { PORTICO_API_RATE: '0' } });

test('The machine API answers as its description says, whatever is sent, and never with a fault of ours', async ({
  installation,
  staff: page,
}) => {
  const program = process.env.PORTICO_SCHEMATHESIS;
  if (program === undefined) throw new Error('PORTICO_SCHEMATHESIS is not set: run this with `cargo xtask test`.');
  const { authorization } = await makeKey(page);

  const api = `${installation.url}/api/v1`;
  const args = ['run', `${api}/openapi.json`, '--url', api, '--header', `Authorization: ${authorization}`];
  const how = ['--phases', 'coverage,fuzzing', '--max-examples', '6', '--seed', '1', '--checks', CHECKS.join(',')];
  const hooks = path.join(import.meta.dirname, '../api');
  const env = { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: hooks, PYTHONDONTWRITEBYTECODE: '1' };
  const run = promisify(execFile)(program, [...args, ...how, '--no-color'], { env, cwd: installation.folder });
  const found = await run.then(
    () => '',
    (error: { stdout: string }) => error.stdout.slice(error.stdout.indexOf('====')),
  );
  expect(found, 'what Schemathesis found').toBe('');
  expect(installation.log).not.toContain('"level":"ERROR"');
});
