import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const ref = (...path: (string | number)[]) => ({ $ref: path });
const upcase = (id: string, string: unknown, more: object = {}) => ({
  id,
  action: 'string/upcase',
  input: { string },
  ...more,
});

const order = {
  id: 'order',
  method: 'POST',
  path: '/orders/{id}',
  workflow: {
    actions: [
      upcase('name', ref('request', 'query', 'name'), { output: ['variables', 'name'] }),
      {
        id: 'lines',
        title: 'Each line',
        action: 'iteration/map',
        input: {
          array: ref('request', 'body', 'lines'),
          scope: 'line',
          foreach: { $do: { actions: [upcase('sku', ref('line', 'value', 'sku'))] } },
        },
        output: ['variables', 'lines'],
      },
      {
        id: 'call',
        action: 'service/operation',
        input: { serviceOperationReference: 'service/tools/echo', input: { text: ref('variables', 'name') } },
        output: ['variables', 'echo'],
      },
    ],
    output: { status: 200, body: { id: ref('request', 'path', 'id'), lines: ref('variables', 'lines') } },
  },
  simulations: [
    { id: 'good', input: { path: { id: '7' }, query: { name: 'ann' }, body: { lines: [{ sku: 'a' }, { sku: 'b' }] } } },
    {
      id: 'bad',
      input: { path: { id: '8' }, query: { name: 'bob' }, body: { lines: [{ sku: 'a' }, { sku: 5 }, { sku: 'c' }] } },
    },
  ],
};
const write = {
  id: 'write',
  method: 'GET',
  path: '/write',
  workflow: {
    actions: [{ id: 'save', title: 'Save it', action: 'file/write', input: { path: 'out.txt', content: 'x' } }],
  },
};
const echo = {
  id: 'echo',
  input: { type: 'object', properties: { text: { type: 'string' }, times: { type: 'integer' } }, required: ['text'] },
  workflow: { actions: [upcase('up', ref('input', 'text'))], output: ref('variables', 'output') },
};

describe.skipIf(isLeftOut)(inBrowser('simulations, traces and replays'), () => {
  let editor: TestEditor;
  let page: Page;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers/shop/order', {
      servers: [{ id: 'shop', title: 'Shop', operations: [order, write] }],
      services: [{ id: 'tools', title: 'Tools', operations: [echo] }],
    });
    ({ page } = editor);
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  const banner = (): Locator => page.getByRole('region', { name: 'Run on the canvas' });
  const tab = (name: string): Locator => page.getByRole('tab', { name, exact: true });
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const trace = (name: string): Locator =>
    page.getByRole('tabpanel', { name: 'Trace' }).getByRole('region', { name, exact: true });
  const stored = (name: string): Locator =>
    page.getByRole('region', { name: 'Stored inputs' }).getByRole('button', { name }).first();
  const goTo = async (path: string): Promise<void> => {
    await editor.goto(path);
    await button('Simulate').waitFor();
  };

  it('shows a run that succeeded, and makes a test of it that can fail', async () => {
    await tab('Simulation').click();
    await page.keyboard.press('Control+Enter');
    await banner().getByText('Simulation succeeded').waitFor();
    await expect.poll(() => trace('Output').textContent()).toMatch(/lines.*"A".*"B"/);

    await button('Save As Expected').click();
    const expected = page.getByRole('region', { name: 'Expected output' });
    await expected.getByText('passed', { exact: true }).waitFor();
    await page.getByLabel(/^id( needed)?$/).fill('9');
    await button('Run').click();
    await expected.getByText('failed', { exact: true }).waitFor();
    await banner().getByText('Test failed: 1 difference').waitFor();
    await banner().getByRole('button', { name: 'Show Differences' }).click();
    await expect.poll(() => expected.getByRole('row', { name: /body\.id/ }).textContent()).toBe('body.id"7""9"');
    await page.getByLabel('Ignored paths').fill('body.id');
    await expected.getByText('passed', { exact: true }).waitFor();
    // Notices lie over what a later test clicks.
    for (const notice of await page.getByRole('button', { name: 'Dismiss' }).all()) await notice.click();
    expect(await editor.violations()).toEqual([]);
  });

  it('shows where a run failed, item by item', async () => {
    await stored('bad').click();
    await button('Run').click();
    await banner()
      .getByText(/^Simulation failed at sku, item 2 of 3, after/)
      .waitFor();
    await banner().getByRole('button', { name: 'sku' }).click();
    await trace('Error').getByText('input-invalid').waitFor();
    await expect.poll(() => trace('Input').textContent()).toContain('5');

    const items = page.getByRole('tabpanel', { name: 'Trace' }).getByRole('group', { name: 'Items of Each line' });
    await items.getByRole('button', { name: 'Previous Item' }).click();
    await trace('Output').getByText('"A"').waitFor();
    await items.getByRole('button', { name: 'Item 3, not reached' }).click();
    await page.getByText('The run did not reach this step.').waitFor();
    await items.getByRole('button', { name: 'Next Failed Item' }).click();
    await page.getByRole('button', { name: 'All Data' }).click();
    await trace('All Data').getByText('"BOB"', { exact: true }).waitFor();
    expect(await editor.violations()).toEqual([]);
  });

  it('runs all that are stored, and tells how many tests passed', async () => {
    await button('Run All').click();
    await page.getByText('1 of 1 test passed').waitFor();
    await banner()
      .getByText(/^Simulation failed/)
      .waitFor();
  });

  it('runs as far as a step', async () => {
    await stored('good').click();
    await page.locator('[data-id="server/shop/order/name"]').hover();
    await editor.kebab('name').click();
    await editor.item('Run To Here').click();
    await banner()
      .getByText(/^Simulation succeeded as far as name/)
      .waitFor();
    await tab('Replay').click();
    const tree = page.getByRole('tree', { name: 'What ran' });
    await expect.poll(() => tree.getByRole('treeitem').count()).toBe(2);
  });

  it('opens a request that failed, shows what it called, and keeps it as a simulation', async () => {
    const address = await editor.engine.url('shop');
    const ask = (lines: object[], headers: Record<string, string> = {}) =>
      fetch(`${address}/orders/3?name=zoe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ lines }),
      });
    expect((await ask([{ sku: 1 }])).status).toBe(500);
    expect((await ask([{ sku: 'q' }])).status).toBe(200);
    expect((await ask([{ sku: 2 }], { authorization: 'Bearer abcdefgh12345678' })).status).toBe(500);
    await button('Failed').click();
    const rows = page.getByRole('region', { name: 'Latest runs' }).getByRole('listitem');
    const use = async (label: string): Promise<Locator> => {
      await button('Use This Run').click();
      return editor.item(label);
    };
    // The one with a redacted header cannot be repeated as it was.
    await rows.nth(1).waitFor();
    await rows
      .first()
      .getByRole('button', { name: /failed.*500.*captured/ })
      .click();
    await banner().waitFor();
    const runIn = (url: URL) => url.searchParams.get('run');
    await page.waitForURL((url) => runIn(url) !== null);
    const newest = runIn(new URL(page.url()));
    const replay = await use('Replay Against Current Version');
    expect(await replay.getAttribute('aria-disabled')).toBe('true');
    expect(await replay.getAttribute('title')).toMatch(/^The capture lacks header\.authorization \(redacted\)/);
    await page.keyboard.press('Escape');

    await rows
      .nth(1)
      .getByRole('button', { name: /failed.*500.*captured/ })
      .click();
    await rows.nth(1).locator('[aria-current]').waitFor();
    await page.waitForURL((url) => ![null, newest].includes(runIn(url)));
    const link = page.url();
    expect(runIn(new URL(link))).toMatch(/^[0-9A-Z]{26}$/);
    await (await use('Replay Against Current Version')).click();
    await banner()
      .getByText(/^Simulation failed at sku, item 1 of 1/)
      .waitFor();

    // A link leads there again.
    await page.goto(link);
    await banner()
      .getByText(/^Run failed at sku, item 1 of 1/)
      .waitFor();
    await (await use('Save As Simulation')).click();
    await stored('Run of').waitFor();
    await expect.poll(() => page.getByLabel('Value of name', { exact: true }).inputValue()).toBe('zoe');
    await button('Run').click();
    await banner()
      .getByText(/^Simulation failed at sku/)
      .waitFor();
  });

  it('says of a run without a capture that there is nothing, and enables it', async () => {
    await tab('Replay').click();
    await page
      .getByRole('region', { name: 'Latest runs' })
      .getByRole('button', { name: /succeeded.*200/ })
      .click();
    await banner()
      .getByText(/^Run succeeded/)
      .waitFor();
    await button('Enable Capture').click();
    await page.getByText('Capture is enabled: later runs have their steps.').waitFor();
    expect(await editor.violations()).toEqual([]);
  });

  it('goes through what ran with the keyboard, into the operation that was called', async () => {
    await goTo('/servers/shop/order');
    await button('Simulate').click();
    await banner().getByText('Simulation succeeded').waitFor();
    await tab('Replay').click();
    const tree = page.getByRole('tree', { name: 'What ran' });
    await tree.focus();
    const rows = () => tree.getByRole('treeitem').count();
    const go = async (key: string) => {
      const active = () => tree.getAttribute('aria-activedescendant');
      const before = await active();
      await page.keyboard.press(key);
      await expect.poll(active).not.toBe(before);
    };
    await go('ArrowDown');
    await go('ArrowDown');
    await expect.poll(rows).toBeGreaterThan(6);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(rows).toBe(6);
    for (let n = 0; n < 3; n++) await go('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/services\/tools\/echo\?node=up$/);
    await trace('Output').getByText('"ANN"').waitFor();
  });

  it('asks for the input of a service as its schema has it', async () => {
    await tab('Simulation').click();
    await page.getByText('text is missing.').waitFor();
    await page.getByLabel(/^times/).fill('two');
    await page.getByText('times must be a number, found "two".').waitFor();
    await page.getByLabel(/^times/).fill('2');
    await page.getByLabel(/^text/).fill('hello');
    await button('Run').click();
    await banner().getByText('Simulation succeeded').waitFor();
    await trace('Output').getByText('"HELLO"').waitFor();
  });

  it('asks before it acts on the outside world, and mocks instead', async () => {
    await goTo('/servers/shop/write');
    await button('Simulate').click();
    const dialog = page.getByRole('dialog', { name: 'This simulation acts on the outside world' });
    await dialog.getByRole('button', { name: 'Mock Save it' }).click();
    expect(await editor.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Run It' }).click();
    await banner().getByText('Simulation succeeded').waitFor();
    expect(existsSync(join(editor.engine.data, 'files/out.txt'))).toBe(false);
    expect(editor.wrong).toEqual([]);
  });
});
