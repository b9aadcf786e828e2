/** A session without a browser, for what a test needs to be so before it begins. */
export class Session {
  private constructor(
    readonly url: string,
    /** The cookie's name and value. */
    readonly cookie: string,
  ) {}

  static async signIn(url: string, email: string, password: string): Promise<Session> {
    return Session.#begin(url, '/login', { email, password });
  }

  /** Accepts an invitation. */
  static async accept(url: string, link: string, password: string): Promise<Session> {
    return Session.#begin(url, new URL(link).pathname, { password, repetition: password });
  }

  static from(url: string, cookie: { name: string; value: string }): Session {
    return new Session(url, `${cookie.name}=${cookie.value}`);
  }

  /** Calls a server function. */
  async call<T>(endpoint: string, argument: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/fn/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url, cookie: this.cookie },
      body: JSON.stringify(argument),
    });
    if (!answer.ok) {
      throw new Error(`${endpoint} answered ${answer.status}: ${await answer.text()}`);
    }
    return (await answer.json()) as T;
  }

  static async #begin(url: string, path: string, form: Record<string, string>): Promise<Session> {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { origin: url },
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    const cookie = answer.headers.getSetCookie().find((line) => /^(__Host-)?portico=/.test(line))?.split(';')[0];
    if (answer.status !== 303 || cookie === undefined) {
      throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    }
    return new Session(url, cookie);
  }
}

/** A session's cookie as browsers keep it. */
export function cookieOf(session: Session) {
  const [name, value] = session.cookie.split(/=(.*)/s);
  return {
    name: name!,
    value: value!,
    domain: new URL(session.url).hostname,
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax' as const,
  };
}
