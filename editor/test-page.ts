import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { vi } from 'vitest';
import { findChromium } from '../test/support/chromium.ts';

// A browser beside other work may be slow; a test that waits for what is seen ends as soon as it is.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

/** Where Chromium is; undefined when this machine has none. */
export const chromiumPath = findChromium();

/** Starts Chromium so that it talks to nobody but the pages it is told to open. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      '--disable-quic',
    ],
  });

/** A page in a fresh profile, and all that goes wrong in it: console errors, CSP violations, failed requests. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return { page, wrong };
}

/**
 * Everything that axe finds, as rule and place; on the whole page, or in what selectors name. What passes is not gathered:
 * that takes as long as the search itself.
 */
export async function violationsOn(page: Page, within?: string | { include: string[] }): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (where) => (globalThis as unknown as { axe: typeof axe }).axe.run(where ?? document, { reporter: 'no-passes' }),
    within,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
