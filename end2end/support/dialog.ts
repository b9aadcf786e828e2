import { expect, type Locator, type Page } from '@playwright/test';

/** The dialog *Grant portal access*. */
export class GrantDialog {
  readonly root: Locator;
  readonly message: Locator;
  readonly apply: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog', { name: 'Grant portal access', exact: true });
    this.message = this.root.getByRole('textbox', { name: 'Invitation message', exact: true });
    this.apply = this.root.getByRole('button', { name: 'Apply', exact: true });
  }

  /** Opens it by the menu *Action*. */
  static async open(page: Page): Promise<GrantDialog> {
    const dialog = new GrantDialog(page);
    await page.getByRole('button', { name: 'Action', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Grant portal access', exact: true }).click();
    await expect(dialog.root.getByRole('table')).toBeVisible();
    return dialog;
  }

  row(name: string): GrantRow {
    const cell = this.page.getByRole('cell', { name, exact: true });
    return new GrantRow(this.root.getByRole('row').filter({ has: cell }));
  }

  async close(): Promise<void> {
    await this.root.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.root).toBeHidden();
  }
}

/** A contact in the dialog. */
export class GrantRow {
  readonly inPortal: Locator;
  readonly email: Locator;
  readonly grant: Locator;
  readonly reinvite: Locator;
  readonly revoke: Locator;
  readonly undo: Locator;

  constructor(readonly root: Locator) {
    this.inPortal = root.getByRole('checkbox', { name: 'In Portal', exact: true });
    this.email = root.getByRole('textbox', { name: 'Email', exact: true });
    const button = (name: string) => root.getByRole('button', { name, exact: true });
    this.grant = button('Grant Access');
    this.reinvite = button('Re-invite');
    this.revoke = button('Revoke Access');
    this.undo = button('Undo');
  }

  /** The cell of *Latest authentication*. */
  get latest(): Locator {
    return this.root.locator('.grant-auth');
  }

  /** Was granted access and has not claimed it. */
  async isInvited(): Promise<void> {
    await expect(this.inPortal).toBeChecked();
    await expect(this.reinvite).toBeVisible();
    await expect(this.revoke).toBeVisible();
    await expect(this.grant).toHaveCount(0);
  }

  /** Can sign in. */
  async isActive(): Promise<void> {
    await expect(this.inPortal).toBeChecked();
    await expect(this.revoke).toBeVisible();
    await expect(this.reinvite).toHaveCount(0);
  }

  /** Has no access. */
  async isOut(): Promise<void> {
    await expect(this.inPortal).not.toBeChecked();
    await expect(this.grant).toBeVisible();
    await expect(this.revoke).toHaveCount(0);
  }
}
