import type { BrowserContext } from '@playwright/test';

/** What browsers complain about. A test fails with any complaint that it did not declare. */
export class Complaints {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Listens to all pages of a context: errors, warnings, and what the content security policy refused. */
  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        const { url } = message.location();
        this.#found.push(brief(`${message.type()}: ${message.text()}`, url));
      }
    });
    context.on('weberror', (error) => this.#found.push(brief(`exception: ${error.error().message}`)));
  }

  /** Declares a complaint that the test provokes. */
  allow(...expected: RegExp[]): void {
    this.#allowed.push(...expected);
  }

  /** Those that nobody declared. */
  get undeclared(): string[] {
    return this.#found.filter((text) => !this.#allowed.some((allowed) => allowed.test(text)));
  }
}

/** The first lines, which say it all. */
function brief(text: string, url = ''): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return `${lines.slice(0, 2).join(' ')} ${url}`.trim();
}

/** An answer with this status, which browsers report too. */
export const status = (...codes: number[]) =>
  new RegExp(`Failed to load resource: the server responded with a status of (${codes.join('|')})`);
