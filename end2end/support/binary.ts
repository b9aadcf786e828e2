import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The program under test. */
export function binary(): string {
  const file = path.resolve(process.env.PORTICO_BIN ?? path.join(import.meta.dirname, '../../target/debug/portico'));
  if (!existsSync(file)) {
    throw new Error(`There is no ${file}: run \`cargo xtask build --quick\` first, or set PORTICO_BIN.`);
  }
  return file;
}

export type Settings = Record<string, string>;

/** Starts the program with these settings and none of this machine's own. */
export function launch(args: string[], settings: Settings): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PORTICO_') && name !== 'DATABASE_URL');
  return spawn(binary(), args, { env: { ...Object.fromEntries(own), ...settings } });
}

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end. */
export function run(args: string[], settings: Settings, stdin = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = launch(args, settings);
    const outcome: Outcome = { code: null, stdout: '', stderr: '' };
    child.stdout!.on('data', (part) => (outcome.stdout += part));
    child.stderr!.on('data', (part) => (outcome.stderr += part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...outcome, code }));
    child.stdin!.end(stdin);
  });
}
