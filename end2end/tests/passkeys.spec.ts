import type { CDPSession, Page } from '@playwright/test';

import { status } from '../support/console.ts';
import { contactNamed, expect, grant, PASSWORD, test, visit } from '../support/fixtures.ts';
import { looks } from '../support/looks.ts';
import { activate, button, field, link, logIn, logOut } from '../support/pages.ts';
import { ADMINISTRATOR } from '../support/templates.ts';

const BILLY = 'billy.fox45@example.com';

/** A browser's authenticator in software: it holds keys and knows its owner. */
class Authenticator {
  private constructor(
    private readonly cdp: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async of(page: Page): Promise<Authenticator> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Authenticator(cdp, authenticatorId);
  }

  /** Whether it finds that it is its owner who asks. */
  async knowsOwner(isUserVerified: boolean): Promise<void> {
    await this.cdp.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }
}

/** Whatever the list says of a passkey. */
function row(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

async function add(page: Page, name: string): Promise<void> {
  await link(page, 'Add a passkey').click();
  await field(page, 'Name').fill(name);
  await button(page, 'Create passkey').click();
}

test.describe('Where passkeys work', () => {
  // Browsers make passkeys for names, never for an IP address.
  test.use({ publicUrl: 'http://localhost:PORT' });

  test('A customer adds a passkey, signs in with it, renames and removes it; each answer counts once (K1–K3, K6)', async ({
    page,
    administrator,
    installation,
    allowConsole,
  }) => {
    await Authenticator.of(page);
    await grant(administrator, [await contactNamed(administrator, 'Billy Fox')]);
    await page.goto(await installation.invitation(BILLY));
    await activate(page, PASSWORD);
    await visit(page, '/my/security');
    await expect(page.getByRole('heading', { name: 'Passkeys', exact: true })).toBeVisible();
    await expect(page.getByText('You have no passkeys yet')).toBeVisible();
    await add(page, 'Work laptop');
    await expect(page).toHaveURL(/\/my\/security\?notice=passkey-added$/);
    await expect(row(page, 'Work laptop')).toContainText('Never');
    const added = await installation.mailTo(BILLY, /^Passkey added/);
    expect(added.text).toContain('“Work laptop”');

    await visit(page, '/my');
    await logOut(page);
    await page.goto('/login?next=/my/invoices');
    const finishing = page.waitForRequest(/\/login\/passkey\/finish/);
    await button(page, 'Use a passkey').click();
    await expect(page).toHaveURL(/\/my\/invoices$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Invoices & Bills', exact: true })).toBeVisible();
    await page.waitForLoadState();
    const finish = await finishing;
    const { cookie } = await finish.allHeaders();
    expect(cookie).toContain('portico-passkey=');
    expect(finish.url()).not.toContain('credential');
    const replayed = await fetch(`${installation.url}/login/passkey/finish`, {
      method: 'POST',
      headers: { origin: installation.publicUrl, cookie: cookie!, 'content-type': 'application/x-www-form-urlencoded' },
      body: finish.postData()!,
    });
    expect(replayed.status).toBe(422);
    expect(await replayed.json()).toMatchObject({ problem: expect.stringContaining('Try once more') });
    expect(replayed.headers.getSetCookie().join()).not.toContain('portico=');

    await visit(page, '/my/security');
    await expect(row(page, 'Work laptop')).not.toContainText('Never');
    await link(page, 'Work laptop').click();
    await field(page, 'Name').fill('Old laptop');
    await button(page, 'Rename').click();
    await expect(row(page, 'Old laptop')).toBeVisible();
    await link(page, 'Old laptop').click();
    await button(page, 'Remove').click();
    await expect(page.getByText('You have no passkeys yet')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'The passkey is removed' })).toBeVisible();
    await installation.mailTo(BILLY, /^Passkey removed/);

    allowConsole(status(422));
    await visit(page, '/my');
    await logOut(page);
    await page.goto('/login');
    await button(page, 'Use a passkey').click();
    await expect(page.getByRole('alert')).toContainText('This passkey was not accepted');
    await logIn(page, BILLY, PASSWORD);
    await expect(page).toHaveURL(/\/my$/);
  });

  test('Staff sign in with theirs; a name that is taken and a device that has one already are told apart', async ({
    page,
    allowConsole,
  }) => {
    const authenticator = await Authenticator.of(page);
    await page.goto('/login');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await visit(page, '/staff/security');
    await add(page, 'Key');
    await expect(row(page, 'Key')).toBeVisible();
    allowConsole(status(422));
    await add(page, 'KEY');
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/Another passkey of yours has this name/);
    await expect(field(page, 'Name')).toHaveValue('KEY');
    await field(page, 'Name').fill('Second');
    await button(page, 'Create passkey').click();
    await expect(page.getByRole('alert')).toContainText('This device has a passkey for your login already');
    await expect(field(page, 'Name')).not.toHaveAttribute('aria-invalid');

    await page.goto('/staff');
    await logOut(page);
    await page.goto('/login?next=/staff/contacts');
    await authenticator.knowsOwner(false);
    await button(page, 'Use a passkey').click();
    await expect(page.getByRole('alert')).toContainText('No passkey was used');
    await authenticator.knowsOwner(true);
    await button(page, 'Use a passkey').click();
    await expect(page).toHaveURL(/\/staff\/contacts$/);
  });

  test('The pages look right and break no rule', async ({ page }) => {
    await Authenticator.of(page);
    await page.goto('/login');
    await expect(button(page, 'Use a passkey')).toBeVisible();
    await looks(page, 'login-with-passkey');
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await visit(page, '/staff/security');
    await looks(page, 'security-without-passkeys');
    await link(page, 'Add a passkey').click();
    await expect(button(page, 'Create passkey')).toBeVisible();
    await looks(page, 'passkey-new');
    await field(page, 'Name').fill('Work laptop');
    await button(page, 'Create passkey').click();
    await expect(row(page, 'Work laptop')).toBeVisible();
    await looks(page, 'security-with-passkey');
    await link(page, 'Work laptop').click();
    await expect(button(page, 'Remove')).toBeVisible();
    await looks(page, 'passkey');
  });

  test('Without scripts nothing is offered that would not work', async ({ visitor }) => {
    const page = await visitor({ javaScriptEnabled: false });
    await page.goto('/login');
    await expect(button(page, 'Use a passkey')).toHaveCount(0);
    await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await page.goto('/staff/security/passkeys/new');
    await expect(page.getByText('This browser cannot make a passkey here')).toBeVisible();
    await expect(button(page, 'Create passkey')).toHaveCount(0);
  });
});

test('At an IP address passkeys are not offered', async ({ page, allowConsole }) => {
  await page.goto('/login');
  await expect(page.locator('form[data-passkey]')).toHaveCount(0);
  await logIn(page, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await visit(page, '/staff/security');
  await expect(page.getByRole('heading', { name: 'Login', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Passkeys', exact: true })).toHaveCount(0);
  allowConsole(status(404));
  await page.goto('/staff/security/passkeys/new');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found', exact: true })).toBeVisible();
});
