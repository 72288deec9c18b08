import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchActions, wordsOf } from '../../actions/docs/search.ts';
import { searchPage } from '../../actions/docs/search-page.ts';
import { actionById } from '../../actions/index.ts';
import type { ActionDefinition } from '../../actions/kit/index.ts';
import { findChromium } from '../support/chromium.ts';

const executablePath = findChromium();
// As for the editor: where changes are judged it must run.
const isLeftOut = executablePath === undefined && process.env.CI === undefined;

describe.skipIf(isLeftOut)('the page of all actions', () => {
  const shown = ['array/chunk', 'array/take', 'conditional/if', 'file/read', 'string/split'];
  let folder: string;
  let address: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
    const file = join(folder, 'index.html');
    writeFileSync(file, searchPage(shown.map((id) => actionById.get(id) as ActionDefinition)));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const foundOn = (page: Page) => page.locator('details:visible').evaluateAll((all) => all.map(({ id }) => id));
  const addressOf = (page: Page) => page.evaluate(() => location.href);
  const focusOn = (page: Page) => page.evaluate(() => document.activeElement?.closest('[id]')?.id);

  it('finds actions by their words and fields, and says how many', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    expect(await foundOn(page)).toEqual(shown);
    const box = page.getByRole('searchbox');
    await box.fill('ARRAY  count');
    expect(await foundOn(page)).toEqual(['array/take', 'array/chunk']);
    expect(await page.getByRole('status').textContent()).toBe('2 actions');
    expect(await page.getByRole('heading', { name: 'string' }).isVisible()).toBe(false);
    await box.fill('encoding');
    expect(await foundOn(page)).toEqual(['file/read']);
    expect(await page.getByRole('status').textContent()).toBe('1 action');
    await box.fill('array blockchain');
    expect(await page.getByRole('status').textContent()).toBe('No action speaks of "blockchain". Try another word.');
    await box.fill('chunk tokenize');
    expect(await page.getByRole('status').textContent()).toBe(
      'No action speaks of all these words at once. Try fewer.',
    );
    await box.fill('');
    expect(await foundOn(page)).toEqual(shown);
    await page.close();
  });

  it('finds what the command line finds, in the same order', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const library = shown.map((id) => actionById.get(id) as ActionDefinition);
    for (const query of [
      'a',
      'array',
      'take',
      'items',
      'if',
      'file',
      'e',
      'split string',
      'tokenize',
      'load',
      '/',
      '-',
    ]) {
      await page.getByRole('searchbox').fill(query);
      expect(await foundOn(page), query).toEqual(searchActions(library, wordsOf(query)).map(({ id }) => id));
    }
    await page.close();
  });

  it('is used with the keyboard alone', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    await page.keyboard.press('/');
    await page.keyboard.type('array');
    await page.keyboard.press('ArrowDown');
    const [first, second] = await foundOn(page);
    expect(await focusOn(page)).toBe(first);
    await page.keyboard.press('ArrowDown');
    expect(await focusOn(page)).toBe(second);
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open]').evaluateAll((all) => all.map(({ id }) => id))).toEqual([second]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focusOn(page)).toBe('search');
    await page.keyboard.press('Escape');
    expect(await foundOn(page)).toEqual(shown);
    await page.close();
  });

  it('keeps what is looked for in its address', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    await page.getByRole('searchbox').fill('100% "<b>"');
    expect(await addressOf(page)).toBe(`${address}?q=100%25%20%22%3Cb%3E%22`);
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('100% "<b>"');
    await page.goto(`${address}?q=chunk`);
    expect(await foundOn(page)).toEqual(['array/chunk']);
    await page.keyboard.press('Escape');
    expect(await addressOf(page)).toBe(address);
    await page.close();
  });

  it('leads to its categories', async () => {
    const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
    await page.goto(address);
    await page.getByRole('link', { name: 'string' }).click();
    expect(await page.getByRole('heading', { name: 'string' }).isVisible()).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.close();
  });

  it.each([400, 1280])(
    'fits into a window of %d pixels, with nothing that has the focus under the search box',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 400 } });
      await page.goto(address);
      await page.evaluate(() => {
        for (const action of document.querySelectorAll('details')) action.open = true;
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await page.locator('summary').last().focus();
      for (const _ of shown.slice(1)) {
        await page.keyboard.press('Shift+Tab');
        const hidden = await page.evaluate(() => {
          const bottom = document.querySelector('search')?.getBoundingClientRect().bottom ?? 0;
          return bottom - (document.activeElement?.getBoundingClientRect().top ?? 0);
        });
        expect(hidden).toBeLessThan(1);
      }
      await page.close();
    },
  );

  it('opens the action that its address names', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}#conditional/if`);
    expect(await page.locator('details[open]').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'conditional/if',
    ]);
    await page.goto(`${address}#string/split`);
    expect(await page.locator('[id="string/split"] h3').isVisible()).toBe(true);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('is fit for everybody in %s colours', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    await page.goto(`${address}#conditional/if`);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document));
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
    await page.close();
  });

  it('is the whole list without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address);
    expect(await page.locator('details:visible').count()).toBe(shown.length);
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
    await context.close();
  });
});
