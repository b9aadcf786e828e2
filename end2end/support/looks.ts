import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const FOLDER = path.join(import.meta.dirname, '../test-results/shots');
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

/** No rule of WCAG 2.2 AA is broken on the page as it is. */
export async function axe(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().withTags(LEVELS).analyze();
  expect(passes.length, 'rules that were checked').toBeGreaterThan(0);
  const told = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.slice(0, 5).map((node) => `${node.html.slice(0, 200)} — ${node.failureSummary ?? ''}`),
  }));
  expect(told, `accessibility of ${page.url()}`).toEqual([]);
}

/** Pictures of the page, wide and narrow, light and dark; at 390 px nothing may stick out at the side. */
export async function shots(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const [width, size] of Object.entries({ 1280: WIDE, 390: NARROW })) {
    await page.setViewportSize(size);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: path.join(FOLDER, `${name}-${width}-${scheme}.png`), fullPage: true });
    }
    await fits(page, name);
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

/** Pictures, and no broken rule: wide and light, narrow and dark. */
export async function looks(page: Page, name: string): Promise<void> {
  await shots(page, name);
  await axe(page);
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await axe(page);
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

/** Nobody has to scroll sideways. */
export async function fits(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => {
    const root = document.scrollingElement!;
    const widest = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 3)
      .map((element) => `${element.tagName}.${element.className}`);
    return root.scrollWidth > root.clientWidth ? { by: root.scrollWidth - root.clientWidth, widest } : undefined;
  });
  expect(overflow, `${name} is wider than its window`).toBeUndefined();
}
