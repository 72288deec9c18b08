import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemoryControl } from '../engine/control/api/memory-control.ts';
import { openTestControl } from '../engine/control/api/test-control.ts';
import { serveApi, testToken } from '../engine/control/api/test-server.ts';
import { buildEditor, chromiumPath, launch, openPage } from './test-page.ts';

// On a developer's machine without Chromium this is left out; where changes are judged it must run.
const isLeftOut = chromiumPath === undefined && process.env.CI === undefined;
const name = isLeftOut ? 'the page (left out: no Chromium; install one, or name it in CHROMIUM_PATH)' : 'the page';

let editor: Awaited<ReturnType<typeof buildEditor>>;
let browser: Browser;
let control: MemoryControl;
let closeControl: () => Promise<void>;
let api: Awaited<ReturnType<typeof serveApi>>;
let page: Page;
let wrong: string[];

const signIn = async (token = testToken) => {
  await page.getByLabel('API token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
};
const open = async (path: string) => {
  await page.goto(api.base + path);
  await signIn();
};
const kebab = (title: string) => page.getByRole('button', { name: `More actions for ${title}`, exact: true });
const item = (label: string) =>
  page.getByRole('menuitem', { name: label }).or(page.getByRole('menuitemcheckbox', { name: label }));
const row = (text: string) => page.getByRole('main').getByRole('row').filter({ hasText: text });
/** Everything that axe finds, as rule and place. */
const violations = async () => {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

describe.skipIf(isLeftOut)(name, () => {
  beforeAll(async () => {
    editor = await buildEditor();
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    editor?.remove();
  });
  beforeEach(async () => {
    ({ control, close: closeControl } = await openTestControl());
    api = await serveApi(control, { editorDir: editor.dir });
    ({ page, wrong } = await openPage(browser));
  });
  afterEach(async () => {
    await page.context().close();
    await api.close();
    await closeControl();
    // Chromium itself reports refused sign-ins and an absent engine; anything else is ours.
    expect(
      wrong.filter(
        (text) => !/Failed to load resource: (the server responded with a status of 401|net::ERR_)/.test(text),
      ),
    ).toEqual([]);
  });

  it('asks for the token, says when it is wrong, and keeps it out of the address', async () => {
    await page.goto(`${api.base}/services`);
    await signIn('wrong');
    await page.getByRole('alert').getByText('The API token is wrong.').waitFor();
    expect(await page.getByLabel('API token').inputValue()).toBe('wrong');
    await signIn();
    await row('Tools').first().waitFor();
    expect(page.url()).toBe(`${api.base}/services`);
    expect(await page.evaluate(() => [JSON.stringify(localStorage), document.cookie])).toEqual(['{}', '']);
    await page.reload();
    await row('Tools').first().waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API token').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it('shows one row per thing, with state, port and where a switch comes from', async () => {
    control.states.set('warehouse', {
      state: 'failed',
      host: '127.0.0.1',
      port: 8084,
      reason: 'Port 8084 is in use by another process.',
    });
    await open('/');
    await row('Hello').first().waitFor();
    expect(await row('warehouse').first().getByRole('img').getAttribute('aria-label')).toBe(
      'Port 8084 is in use by another process.',
    );
    expect(await row('Port 8084 is in use').isVisible()).toBe(true);
    expect(await row(':8080').textContent()).toContain('Hello');
    expect(await row('Place an order').textContent()).toMatch(/POST\/orders.*inherited from server\/orders/);
    expect(await row('delete-order').getByRole('img').getAttribute('aria-label')).toBe('Not active');
    await page.getByRole('button', { name: 'Operations of Orders' }).click();
    expect(await row('Place an order').count()).toBe(0);
    await page.getByRole('searchbox').fill('stock');
    expect(await row('Hello').count()).toBe(0);
    await row('/stock/{sku}').waitFor();
  });

  it('switches log and capture with the mouse, at once', async () => {
    await open('/servers');
    await kebab('Hello').click();
    await item('Enable Log').click();
    await expect.poll(() => control.node('server/hello')?.log.own).toBe(true);
    await row('Say hello').getByText('Log is on, set here').waitFor({ state: 'attached' });
    await row('hello').first().getByText('Log is on, set here').waitFor({ state: 'attached' });
    await page.getByRole('status').getByText('Log of Hello is enabled.').waitFor({ state: 'attached' });
    await kebab('Hello').click();
    await item('Disable Log').click();
    await expect.poll(() => control.node('server/hello')?.log.own).toBe(false);
    await kebab('Say hello').click();
    await item('Enable Capture').click();
    await expect.poll(() => control.node('server/hello/get-hello')?.capture.effective).toBe(true);
  });

  it('switches with the keyboard alone', async () => {
    await open('/servers');
    await kebab('Place an order').focus();
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(await focused()).toMatch(/^Enable Log/);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toMatch(/^Download Logs/);
    await page.keyboard.press('Home');
    await page.keyboard.press('l');
    expect(await focused()).toBe('Log All Actions');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'More actions for Place an order',
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => control.node('server/orders/post-order/label')?.log.own).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => item('Log All Actions').getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Tab');
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('draws an operation and logs one of its actions', async () => {
    await open('/servers');
    await page.getByRole('link', { name: 'Place an order' }).click();
    expect(page.url()).toBe(`${api.base}/servers/orders/post-order`);
    await page.getByRole('heading', { name: 'Place an order' }).waitFor();
    for (const title of [
      'Add up',
      'Does the credit cover it?',
      'Refuse',
      'Reserve the goods',
      'For every line',
      'Label',
      'Announce the order',
      'Tell the log',
    ]) {
      await kebab(title).waitFor();
    }
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(5);
    await kebab('Label').click();
    expect(await item('Log This Action').getAttribute('aria-checked')).toBe('false');
    await item('Log This Action').click();
    await expect.poll(() => control.node('server/orders/post-order/label')?.log.effective).toBe(true);
    await kebab('Label').press('Enter');
    expect(await item('Log This Action').getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Enter');
    await expect.poll(() => control.node('server/orders/post-order/label')?.log.effective).toBe(false);
    await page.goBack();
    await row('Place an order').waitFor();
  });

  it('brings what the keyboard reaches into view', async () => {
    await page.setViewportSize({ width: 800, height: 420 });
    await open('/servers/orders/post-order');
    await kebab('Add up').focus();
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if (
        (await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ===
        'More actions for Announce the order'
      )
        break;
    }
    await expect.poll(async () => ((await kebab('Announce the order').boundingBox())?.y ?? 9999) < 400).toBe(true);
  });

  it('shows what another changed, and a switch that was refused', async () => {
    await open('/servers');
    await row('Hello').first().waitFor();
    await control.changeNode('server/hello', { capture: true }, 'somebody else');
    await row('hello').first().getByText('Capture is on, set here').waitFor({ state: 'attached' });
    await page.route('**/api/nodes/server/hello', (route) =>
      route.fulfill({ status: 507, contentType: 'application/problem+json', body: '{"detail":"No space is left."}' }),
    );
    await kebab('Hello').click();
    await item('Enable Log').click();
    await page.getByRole('alert').getByText('Enable Log failed for Hello: No space is left.').waitFor();
    await page.unroute('**/api/nodes/server/hello');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => control.node('server/hello')?.log.own).toBe(true);
    wrong.splice(0, wrong.length, ...wrong.filter((text) => !text.includes('507')));
  });

  it('says when the engine is away, and goes on when it is back', async () => {
    await open('/servers');
    await row('Hello').first().waitFor();
    const { port } = api;
    await api.close();
    await page.getByText('The engine is away.').waitFor();
    expect(await row('Hello').first().isVisible()).toBe(true);
    api = await serveApi(control, { editorDir: editor.dir }, port);
    await page.getByText('The engine is away.').waitFor({ state: 'detached' });
    await page.getByText('Engine connected').waitFor();
    const before = api;
    await before.close();
    api = await serveApi(control, { editorDir: editor.dir, token: 'another' }, port);
    await page.getByRole('alert').getByText('The API token is wrong.').waitFor();
  });

  it('downloads and clears the logs, and asks before it clears', async () => {
    control.logs.write('user', '2026-11-21 04:36:22.123 [info]  Test: Hello\n', {
      debug: 0,
      info: 1,
      warning: 0,
      error: 0,
    });
    control.logs.write('usage', '2026-11-21 04:36:22.124 [info]  GET /hello 200\n', {
      debug: 0,
      info: 1,
      warning: 0,
      error: 0,
    });
    await open('/servers');
    const downloaded = async (start: () => Promise<void>) => {
      const [download] = await Promise.all([page.waitForEvent('download'), start()]);
      return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8').split('\n').length - 1];
    };
    expect(await downloaded(() => page.getByRole('button', { name: 'Download Logs' }).click())).toEqual(['all.log', 2]);
    await kebab('Say hello').click();
    expect(await downloaded(() => item('Download Logs').click())).toEqual(['user.log', 1]);

    await page.getByRole('button', { name: 'Clear Logs' }).click();
    const dialog = page.getByRole('dialog', { name: 'Clear the logs?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Clear Logs' }).click();
    await page.keyboard.press('Escape');
    expect(await dialog.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Clear Logs');
    expect(control.records.filter(({ event }) => event === 'logs.cleared')).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Clear Logs' }).click();
    await page.getByRole('status').getByText('The logs are cleared.').waitFor({ state: 'attached' });
    expect(control.records.filter(({ event }) => event === 'logs.cleared')).toHaveLength(1);
    expect(readFileSync(join(control.logsDir, 'user.log'), 'utf8')).toBe('');
  });

  it('opens what an address names, and says so when there is nothing', async () => {
    await open('/services/tools/shout');
    await kebab('up').waitFor();
    await page.goto(`${api.base}/servers/orders/nothing`);
    await page.getByRole('heading', { name: 'There is no operation nothing here' }).waitFor();
    await page.goto(`${api.base}/nowhere/at/all/or/so`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.getByRole('link', { name: 'Services' }).click();
    await row('Tools').first().waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'has nothing for axe to find, %s',
    async (theme) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(api.base);
      await signIn('wrong');
      await page.getByRole('alert').getByText('The API token is wrong.').waitFor();
      expect(await violations()).toEqual([]);
      await signIn();
      for (const width of [1440, 800]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${api.base}/servers`);
        await kebab('Place an order').click();
        expect(await violations()).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Clear Logs' }).click();
        expect(await violations()).toEqual([]);
        await page.goto(`${api.base}/services`);
        await row('Tools').first().waitFor();
        expect(await violations()).toEqual([]);
        await page.goto(`${api.base}/servers/orders/post-order`);
        await kebab('Label').waitFor();
        expect(await violations()).toEqual([]);
        await page.goto(`${api.base}/nowhere`);
        await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
        expect(await violations()).toEqual([]);
      }
    },
    90_000,
  );

  it('changes its theme when told to, and remembers it', async () => {
    await open('/servers');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('button', { name: 'Theme' }).click();
    await expect.poll(ground).not.toBe(light);
    await page.reload();
    await row('Hello').first().waitFor();
    expect(await ground()).not.toBe(light);
  });
});
