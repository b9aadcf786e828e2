import jsQR from 'jsqr';
import { TOTP, URI } from 'otpauth';
import { PNG } from 'pngjs';

import type { Locator } from '@playwright/test';

/** An authenticator app of its own, which knows what its camera saw or what was typed into it. */
export class Authenticator {
  readonly #totp: TOTP;
  /** The time step of the last code that was used. */
  #used: number | undefined;

  private constructor(totp: TOTP) {
    this.#totp = totp;
  }

  /** Scans a QR code from the screen, as a telephone would. */
  static async scan(image: Locator): Promise<Authenticator> {
    const text = await scan(image);
    const parsed = URI.parse(text);
    if (!(parsed instanceof TOTP)) {
      throw new Error(`not for an authenticator app: ${text}`);
    }
    return new Authenticator(parsed);
  }

  /** Takes the key in text. */
  static typed(key: string): Authenticator {
    return new Authenticator(new TOTP({ secret: key.replaceAll(' ', '') }));
  }

  /** What the app calls the account. */
  get label(): string {
    return `${this.#totp.issuer}: ${this.#totp.label}`;
  }

  get secret(): string {
    return this.#totp.secret.base32;
  }

  /**
   * A code that was not used before. The first one is the code that the app is about to replace, which still works; so
   * that a second one is there at once and no test waits for the clock to tick.
   */
  async code(): Promise<string> {
    let now = step(Date.now());
    if (this.#used === undefined && step(Date.now() + 8_000) > now) {
      // About to tick: what is old now would be too old when it arrives.
      await new Promise((resolve) => setTimeout(resolve, (now + 1) * STEP - Date.now()));
      now += 1;
    }
    const next = this.#used === undefined ? now - 1 : this.#used + 1;
    if (next > now) {
      throw new Error('the app shows no other code before its clock has ticked');
    }
    this.#used = next;
    return this.#totp.generate({ timestamp: next * STEP });
  }
}

/** Milliseconds between two codes. */
const STEP = 30_000;

function step(at: number): number {
  return Math.floor(at / STEP);
}

/** What a camera reads from a QR code on the screen. */
export async function scan(image: Locator): Promise<string> {
  const { data, width, height } = PNG.sync.read(await image.screenshot({ scale: 'device' }));
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  if (found === null) {
    throw new Error('there is no QR code to be read on the screen');
  }
  return found.data;
}
