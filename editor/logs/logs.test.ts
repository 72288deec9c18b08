import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const levels = ['debug', 'info', 'warning', 'error'] as const;
const servers = [
  {
    id: 'web',
    title: 'Web',
    operations: [
      {
        id: 'say',
        title: 'Say something',
        method: 'GET',
        path: '/say',
        logLevel: 'debug',
        capture: true,
        workflow: {
          actions: levels.map((level) => ({
            id: level,
            action: 'system/log',
            title: `Say at ${level}`,
            input: { level, label: level, value: { $ref: ['request', 'query', 'q'] } },
          })),
          output: { body: 'said' },
        },
      },
      {
        id: 'flood',
        method: 'GET',
        path: '/flood',
        workflow: {
          actions: [
            {
              id: 'many',
              action: 'iteration/for-each',
              input: {
                array: Array.from({ length: 200 }, (_, i) => i),
                foreach: { $do: { actions: [{ id: 'drop', action: 'system/log', input: { value: 'drop' } }] } },
              },
            },
          ],
        },
      },
    ],
  },
];

let editor: TestEditor;
let page: Page;
let base: string;

const list = () => page.getByRole('log');
const record = (text: string) => list().getByRole('article').filter({ hasText: text });
const say = (q: string) => fetch(`${base}/say?q=${q}`);
const live = () => page.getByRole('tabpanel', { name: 'Logs' }).getByRole('status').getByText('Live', { exact: true });
const openMenu = async (text: string) => {
  await record(text).last().hover();
  await record(text)
    .last()
    .getByRole('button', { name: /^More actions for log at \d\d:\d\d:\d\d\.\d{3}$/ })
    .click();
};

describe.skipIf(isLeftOut)(inBrowser('the Logs panel'), () => {
  beforeAll(async () => {
    editor = await TestEditor.open('/servers/web', {
      servers,
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    ({ page } = editor);
    base = await editor.engine.url('web');
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await editor.goto('/servers/web');
    await live().waitFor();
  });
  afterEach(() => {
    expect(
      editor.wrong.splice(0).filter((text) => !/status of (400|404|409)|ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(text)),
    ).toEqual([]);
  });

  it('has what was written before, and what is written now', async () => {
    await say('first');
    await record('info: first').waitFor();
    await page.reload();
    await record('info: first').waitFor();
    await say('second');
    await record('error: second').waitFor();
    const texts = await list().getByRole('article').allTextContents();
    const place = (text: string) => texts.findIndex((each) => each.includes(text));
    expect(place('info: first')).toBeLessThan(place('info: second'));
  });

  it('shows the levels and the words that are asked for, and says what is wrong with a query', async () => {
    await say('third');
    await record('error: third').waitFor();
    await page.getByRole('button', { name: 'debug', exact: true }).click();
    await page.getByRole('button', { name: 'info', exact: true }).click();
    await record('error: third').waitFor();
    await record('info: third').waitFor({ state: 'detached' });
    const filter = page.getByRole('textbox', { name: 'Filter records' });
    await filter.fill('label:warning third');
    await record('error: third').waitFor({ state: 'detached' });
    await record('warning: third').waitFor();
    await say('fourth');
    await say('third-again');
    await record('warning: third-again').waitFor();
    expect(await record('warning: fourth').count()).toBe(0);
    await filter.fill('label:(');
    await page
      .getByRole('alert')
      .getByText(/column/)
      .waitFor();
    await filter.fill('nothing-like-this');
    await page.getByRole('heading', { name: 'No record fits' }).waitFor();
  });

  it('pauses and counts, and goes on', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await say('while-paused');
    await page.getByText(/^\d+ new$/).waitFor();
    expect(await record('info: while-paused').count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await record('info: while-paused').waitFor();
  });

  it('holds still while somebody reads, and counts what is new', async () => {
    for (let i = 0; i < 12; i++) await say(`line-${i}`);
    await record('info: line-11').waitFor();
    await list().evaluate((element) => element.scrollTo({ top: 0 }));
    await page.getByRole('button', { name: 'To The Newest' }).waitFor();
    await say('below');
    await page.getByRole('button', { name: /^\d+ new$/ }).click();
    await record('error: below').waitFor();
    await expect
      .poll(() =>
        list().evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight),
      )
      .toBeLessThan(24);
  });

  it('unfolds a record, and holds what comes meanwhile', async () => {
    await say('unfold');
    await record('info: unfold').getByRole('button', { expanded: false }).first().click();
    await record('info: unfold').getByRole('link', { name: 'server/web/say/info' }).waitFor();
    await record('info: unfold').getByRole('tree').waitFor();
    expect(await editor.violations()).toEqual([]);
    await say('meanwhile');
    await page.getByRole('button', { name: /^\d+ new$/ }).click();
    await record('info: meanwhile').waitFor();
  });

  it('leads from a record to its source and to its run, copies it and finds more of its kind', async () => {
    await say('origin');
    await openMenu('info: origin');
    await editor.item('Copy').click();
    await expect
      .poll(async () => JSON.parse(await page.evaluate(() => navigator.clipboard.readText())))
      .toMatchObject({ label: 'info', value: 'origin', node: 'server/web/say/info' });
    await openMenu('info: origin');
    await editor.item('Filter By This').click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Filter records' }).inputValue())
      .toBe('node:server/web/say/info event:log label:info');
    await record('error: origin').waitFor({ state: 'detached' });
    await record('info: origin').waitFor();
    const { records } = await (await editor.engine.api('/api/logs?q=origin&limit=1')).json();
    await openMenu('info: origin');
    await editor.item('Open Run').click();
    await page.waitForURL(`**/servers/web/say?run=${records[0].run}*`);
    await editor.goto('/servers/web');
    await record('info: origin').waitFor();
    await openMenu('info: origin');
    await editor.item('Navigate To Source').click();
    await page.waitForURL(/\/servers\/web\/say\?node=info$/);
    await editor.kebab('Say at info').waitFor();
  });

  it('replays a run that was captured', async () => {
    await say('replayed');
    await openMenu('info: replayed');
    await editor.item('Replay Run').click();
    await page.getByRole('heading', { name: 'Say something' }).waitFor();
    await editor.engine.lines('user', /info: replayed/, 2);
  });

  it('survives a flood, and says what it left out', async () => {
    await Promise.all(Array.from({ length: 10 }, () => fetch(`${base}/flood`)));
    await list()
      .getByText(/records are not shown: too many came at once/)
      .first()
      .waitFor();
    expect(await list().getByRole('article').count()).toBeLessThan(2001);
    await say('afterwards');
    await record('error: afterwards').waitFor();
  });

  it('leaves no stream behind', async () => {
    // What was ended is listed; what is still open is not.
    const ended = () =>
      page.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/stream')).length,
      );
    expect(await ended()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await list().waitFor({ state: 'detached' });
    await expect.poll(ended).toBe(1);
  });

  it('downloads the logs, and asks before it clears them', async () => {
    await say('to-clear');
    await record('info: to-clear').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download Logs' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^sluice-all-.*\.zip$/);
    expect(readFileSync(await download.path(), 'latin1')).toMatch(/^PK/);
    await page.getByRole('button', { name: 'Clear Logs' }).click();
    const dialog = page.getByRole('dialog', { name: 'Clear the logs?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Clear Logs');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Clear Logs' }).click();
    await page.getByRole('heading', { name: 'No records yet' }).waitFor();
    await expect.poll(() => editor.engine.log('user')).toBe('');
    await say('anew');
    await record('info: anew').waitFor();
  });

  it('goes on where it was when the engine comes back', async () => {
    await page.context().setOffline(true);
    await say('while-away');
    await page.context().setOffline(false);
    await record('error: while-away').waitFor();
    await live().waitFor();
  });

  it.each(['light', 'dark'] as const)('has nothing for axe to find, %s', async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    await say('axe');
    await record('error: axe').waitFor();
    await openMenu('error: axe');
    expect(await editor.violations()).toEqual([]);
  });
});
