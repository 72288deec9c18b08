import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NodeAnswer } from '../../engine/control/control.ts';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const action = (id: string, value: unknown) => ({ id, action: 'system/log', input: { label: id, value } });
const servers = [
  {
    id: 'hello',
    title: 'Hello',
    operations: [
      {
        id: 'get-hello',
        title: 'Say hello',
        method: 'GET',
        path: '/hello/{name}',
        workflow: {
          actions: [{ ...action('say', { $ref: ['request', 'query', 'q'] }), title: 'Say' }],
          output: { body: 'Hello' },
        },
        simulations: [{ id: 'default', input: { path: { name: 'ann' }, query: { q: 'x y' } } }],
      },
      {
        id: 'call',
        title: 'Call a service',
        method: 'POST',
        path: '/call',
        workflow: {
          actions: [
            {
              id: 'echo',
              action: 'service/operation',
              input: { serviceOperationReference: 'service/tools/echo', input: { text: 'ho' } },
            },
          ],
        },
      },
    ],
  },
];
const services = [
  {
    id: 'tools',
    title: 'Tools',
    operations: [
      {
        id: 'echo',
        title: 'Echo',
        workflow: { actions: [{ ...action('note', 'noted'), title: 'Note' }], output: { $ref: ['input', 'text'] } },
      },
    ],
  },
];
const files = {
  'clients/db.json': JSON.stringify({
    schema: 1,
    id: 'db',
    title: 'Orders database',
    type: 'postgres',
    operations: [],
  }),
};

let editor: TestEditor;
let page: Page;

const row = (text: string) => page.getByRole('main').getByRole('row').filter({ hasText: text }).first();
const node = async (address: string): Promise<NodeAnswer> =>
  (await (await editor.engine.api(`/api/nodes/${address}`)).json()) as NodeAnswer;
const choose = async (title: string, label: string) => {
  await editor.kebab(title).click();
  await editor.item(label).click();
};
const call = async (path: string, method = 'GET') => fetch((await editor.engine.url('hello')) + path, { method });
const logOf = (address: string) => async () => (await node(address)).log.own;
const captureOf = (address: string) => async () => (await node(address)).capture.own;

describe.skipIf(isLeftOut)(inBrowser('the lists'), () => {
  beforeAll(async () => {
    editor = await TestEditor.open('/servers', {
      servers,
      services,
      files,
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    ({ page } = editor);
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  beforeEach(() => editor.goto('/servers'));
  afterEach(() => {
    // Chromium tells of every answer that is a refusal; the editor knows what to do with them.
    expect(editor.wrong.splice(0).filter((text) => !/status of (400|404|409|412|422)/.test(text))).toEqual([]);
  });

  it('has every entry in the menus of all kinds, each named like what it does', async () => {
    const labels = async (title: string) => {
      await editor.kebab(title).click();
      await page.getByRole('menu').waitFor();
      const found = await page.evaluate(() =>
        [...document.querySelectorAll('[role="menu"] [role^="menuitem"]')].map(
          (item) => item.querySelector('span:not(.menu-gap, .menu-end)')?.textContent,
        ),
      );
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      return found;
    };
    const record = ['Enable Log', 'Enable Capture', 'Log Level…', 'Open Logs'];
    const others = ['Edit…', 'New Operation…', 'Export', 'Delete'];
    await expect.poll(() => labels('Hello')).toEqual(['Stop', ...record, ...others]);
    await expect
      .poll(() => labels('Say hello'))
      .toEqual([
        'Simulate',
        'Enable Log',
        'Enable Capture',
        'Log All Actions',
        'Log Level…',
        'Open Logs',
        'Edit…',
        'Copy as curl',
        'Duplicate',
        'Delete',
      ]);
    await editor.goto('/services');
    await expect.poll(() => labels('Tools')).toEqual([...record, ...others]);
    expect(await labels('Echo')).not.toContain('Copy as curl');
    await editor.goto('/clients');
    await expect.poll(() => labels('Orders database')).toEqual(['Stop', ...record, ...others]);
  });

  it('starts and stops a server, and its port answers or does not', async () => {
    const base = await editor.engine.url('hello');
    await choose('Hello', 'Stop');
    await row('hello').getByRole('img', { name: 'Stopped' }).waitFor();
    const answers = () =>
      fetch(`${base}/hello/x`).then(
        () => true,
        () => false,
      );
    await expect.poll(answers).toBe(false);
    await choose('Hello', 'Start');
    await row('hello')
      .getByRole('img', { name: /^Listening on/ })
      .waitFor();
    expect((await call('/hello/x')).status).toBe(200);
  });

  it.each([
    ['Hello', 'server/hello', /server\/hello\/get-hello (begin|end)/],
    ['Say hello', 'server/hello/get-hello', /server\/hello\/get-hello (begin|end)/],
  ])('switches the log of %s on and off, and user.log has it', async (title, address, pattern) => {
    await choose(title, 'Enable Log');
    await expect.poll(logOf(address)).toBe(true);
    await row(title).getByText('Log is on, set here').waitFor({ state: 'attached' });
    const before = editor.engine
      .log('user')
      .split('\n')
      .filter((line) => pattern.test(line)).length;
    await call('/hello/ann?q=1');
    await editor.engine.lines('user', pattern, before + 2);
    await choose(title, 'Disable Log');
    await expect.poll(logOf(address)).toBe(false);
  });

  it('switches the log of a service, and of all actions of an operation', async () => {
    await editor.goto('/services');
    await choose('Tools', 'Enable Log');
    await expect.poll(logOf('service/tools')).toBe(true);
    await call('/call', 'POST');
    await editor.engine.lines('user', /service\/tools\/echo begin/);
    await row('Echo').getByText('Log is on, inherited from service/tools').waitFor({ state: 'attached' });
    await choose('Echo', 'Log All Actions');
    await expect.poll(logOf('service/tools/echo/note')).toBe(true);
    await call('/call', 'POST');
    await editor.engine.lines('user', /service\/tools\/echo\/note end/);
    await editor.kebab('Echo').click();
    await expect.poll(() => editor.item('Log All Actions').getAttribute('aria-checked')).toBe('true');
    await editor.item('Log All Actions').click();
    await expect.poll(logOf('service/tools/echo/note')).toBe(false);
    // What the workflow itself says needs no switch.
    await editor.engine.lines('user', /note: noted/);
  });

  it('bounds a switch from the further menu: by Right, by holding, and by resting on it', async () => {
    await editor.kebab('Say hello').press('Enter');
    await editor.item('Enable Log').press('ArrowRight');
    await editor.item('For 15 Minutes').press('Enter');
    await expect
      .poll(async () => (await node('server/hello/get-hello')).log.own)
      .toMatchObject({ on: true, until: expect.stringMatching(/^\d{4}-/) });
    await row('Say hello').getByText('15 min', { exact: true }).waitFor();

    await editor.kebab('Say hello').click();
    // As a finger does, which cannot rest on an entry.
    const capture = editor.item('Enable Capture');
    await capture.dispatchEvent('pointerdown', { button: 0, pointerType: 'touch', bubbles: true });
    await editor.item('For 100 Runs').waitFor();
    await capture.dispatchEvent('pointerup', { button: 0, pointerType: 'touch', bubbles: true });
    await capture.dispatchEvent('click');
    // What was held was not chosen.
    await page.getByRole('menu').first().waitFor();
    expect(await captureOf('server/hello/get-hello')()).toBe(null);
    await editor.item('For 100 Runs').click();
    await expect.poll(captureOf('server/hello/get-hello')).toEqual({ on: true, times: 100 });
    await call('/hello/ann');
    await row('Say hello').getByText('99 of 100', { exact: true }).waitFor();

    for (const [label, expected] of [
      ['1 % Of Runs', { on: true, sample: 0.01 }],
      ['Only Errors', { on: true, errorsOnly: true }],
      ['Until I Turn It Off', true],
      ['Turn Off', false],
    ] as const) {
      await editor.kebab('Hello').click();
      await editor.item('Enable Log').or(editor.item('Disable Log')).hover();
      await editor.item(label).click();
      await expect.poll(logOf('server/hello')).toEqual(expected);
    }
  });

  it('asks for a condition, and keeps what the engine refuses', async () => {
    await editor.kebab('Hello').click();
    await editor.item('Enable Capture').press('ArrowRight');
    await editor.item('Only When…').click();
    const dialog = page.getByRole('dialog', { name: 'Capture Hello only when…' });
    await dialog.locator('.cm-content:focus').waitFor();
    await page.keyboard.type('request.query.q =');
    await dialog.getByRole('button', { name: 'Turn On' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.locator('.cm-content').click();
    await dialog.locator('.cm-content:focus').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(" 'me'");
    await dialog.getByRole('button', { name: 'Turn On' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(captureOf('server/hello')).toEqual({ on: true, when: "request.query.q = 'me'" });
  });

  it('sets the level of a node, and gives the focus back', async () => {
    await choose('Say hello', 'Log Level…');
    const dialog = page.getByRole('dialog', { name: 'Log level of Say hello' });
    await dialog.getByText('It is info, as the settings say.').waitFor();
    await dialog.getByRole('radio', { name: 'debug' }).click();
    await expect.poll(async () => (await node('server/hello/get-hello')).logLevel.own).toBe('debug');
    await dialog.getByText('It is debug, set here.').waitFor();
    expect(await editor.violations()).toEqual([]);
    await dialog.getByRole('radio', { name: 'Inherited' }).click();
    await expect.poll(async () => (await node('server/hello/get-hello')).logLevel.own).toBe(null);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('More actions for Say hello');
  });

  it('copies a curl line that works', async () => {
    await choose('Say hello', 'Copy as curl');
    const base = await editor.engine.url('hello');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`curl '${base}/hello/ann?q=x+y'`);
  });

  it('exports a resource as a file that the import takes', async () => {
    await editor.kebab('Hello').click();
    const [download] = await Promise.all([page.waitForEvent('download'), editor.item('Export').click()]);
    const exported = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(exported.servers[0].id).toBe('hello');
    const answer = await editor.engine.api('/api/project/import', { method: 'POST', json: exported });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('imported')]);
  });

  it('opens the logs of a row, its form and the pane for simulations', async () => {
    await choose('Say hello', 'Open Logs');
    await page.getByRole('log', { name: 'Records of server/hello/get-hello' }).waitFor();
    await page.waitForURL(({ pathname }) => pathname === '/servers/hello/get-hello');
    await editor.goto('/servers');
    await choose('Say hello', 'Simulate');
    await page.getByRole('tab', { name: 'Simulation', selected: true }).waitFor();
    await editor.goto('/servers');
    await choose('Hello', 'Open Logs');
    await page.getByRole('log', { name: 'Records of server/hello', exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Title' }).waitFor();
  });

  it('is walked through by keys; the address bar names what is chosen', async () => {
    await row('hello').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/\/servers\/hello\?operation=get-hello$/);
    await page.getByRole('log', { name: 'Records of server/hello/get-hello' }).waitFor();
    await page.keyboard.press('.');
    await editor.item('Simulate').waitFor();
    await editor.pressInMenu('Tab');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Say hello/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('row', { name: /Say hello/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await page.getByRole('row', { name: /Say hello/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Say hello');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Say hello' }).waitFor();
  });

  it('shows what ran in the last quarter of an hour', async () => {
    for (let i = 0; i < 5; i++) await call('/hello/ann');
    const cell = row('Say hello').locator('.c-rate');
    await expect.poll(async () => Number((await cell.getAttribute('title'))?.split(' ')[0])).toBeGreaterThanOrEqual(5);
    await expect.poll(() => row('Say hello').locator('.c-errors').textContent()).toBe('0.00 %');
    await page.getByRole('searchbox', { name: 'Search servers' }).fill('nothing like it');
    await page.getByRole('heading', { name: 'No server fits “nothing like it”' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search servers' }).fill('');
    await page.getByRole('button', { name: 'Stopped 0' }).click();
    await page.getByRole('heading', { name: 'No server is like that' }).waitFor();
    await page.getByRole('button', { name: 'Stopped 0' }).click();
  });

  it('duplicates and deletes an operation in the draft, and takes it back', async () => {
    await choose('Say hello', 'Duplicate');
    await row('Say hello (copy)').waitFor();
    await editor.kebab('Say hello (copy)').click();
    await expect
      .poll(() => editor.item('Enable Log').getAttribute('title'))
      .toBe('It was never deployed. Deploy it first.');
    await page.keyboard.press('Escape');
    await choose('Say hello (copy)', 'Delete');
    await row('Say hello (copy)').waitFor({ state: 'detached' });
    await choose('Call a service', 'Delete');
    await row('Call a service').waitFor({ state: 'detached' });
    expect((await call('/call', 'POST')).status).not.toBe(404);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
    await row('Call a service').waitFor();
  });

  it('deletes a resource at once, and puts it back', async () => {
    await editor.goto('/clients');
    await choose('Orders database', 'Delete');
    await page.getByRole('heading', { name: 'No clients yet' }).waitFor();
    const status = async () => (await editor.engine.api('/api/clients/db')).status;
    await expect.poll(status).toBe(404);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await row('Orders database').waitFor();
    await expect.poll(status).toBe(200);
    await choose('Orders database', 'Stop');
    await row('db').getByRole('img', { name: 'Not active' }).waitFor();
    await choose('Orders database', 'Start');
    await page
      .getByRole('alert')
      .getByText(/no clients of type "postgres"/)
      .waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).last().click();
  });

  it.each(['light', 'dark'] as const)('has nothing for axe to find, %s', async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    await editor.goto('/clients/db');
    await row('Orders database').waitFor();
    expect(await editor.violations()).toEqual([]);
    await editor.goto('/servers/hello');
    await row('Say hello').waitFor();
    await editor.kebab('Hello').click();
    await editor.item('Enable Log').or(editor.item('Disable Log')).press('ArrowRight');
    await editor.item('For 100 Runs').waitFor();
    expect(await editor.violations()).toEqual([]);
  });
});
