import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answer,
  api,
  configuration,
  event,
  execution,
  ref,
  server,
  step,
} from '../../engine/import/autoflow/build-for-test.ts';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';
import { dropFile } from './drop-file-for-test.ts';

const join = step('string/join', { array: ['Hello', ref('request', 'query', 'name')], delimiter: ' ' });
const autoflow = configuration({
  API: [api({ '/hello': { get: {} }, '/odd': { get: {} } })],
  Server: [
    server([
      event('get', '/hello', execution([join], answer(ref('variables', 'output')))),
      event('get', '/odd', execution([step('no/such-action', {})], answer(null))),
    ]),
  ],
});

describe.skipIf(isLeftOut)(inBrowser('importing'), () => {
  let editor: TestEditor;
  let dialog: Locator;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers', { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    dialog = editor.page.getByRole('dialog');
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('takes a configuration of API AutoFlow that is dropped on a list, and tells what it could not carry over', async () => {
    const { page } = editor;
    await dropFile(page.getByRole('main'), 'shop.json', JSON.stringify(autoflow));
    await dialog.getByRole('heading', { name: 'Imported', exact: true }).waitFor();
    await dialog
      .getByText(/no\/such-action/)
      .first()
      .waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await editor.violations()).toEqual([]);
    }
    await dialog.getByRole('button', { name: 'Copy What could not be carried over' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('no/such-action');
    await dialog.getByRole('region', { name: 'Servers' }).getByRole('link', { name: 'shop' }).click();
    await page.waitForURL('**/servers/shop');
    await editor.goto('/servers/shop/get-hello');
    await page.getByText('string/join').first().waitFor();
  });

  it('refuses a file as a whole, and says where and why', async () => {
    const { page } = editor;
    await editor.goto('/servers');
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Import/ })
      .click();
    await dialog.getByText(/Drop the file here/).waitFor();
    expect(await editor.violations()).toEqual([]);
    await dropFile(dialog.getByText(/Drop the file here/), 'bad.json', '{\n  "sluice": 1,,\n}');
    await dialog.getByText(/^Line 2, column 15: /).waitFor();
    expect(await editor.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Choose Another File…' }).click();
    const faulty = {
      sluice: 1,
      services: [
        { id: 'a b', operations: [] },
        { id: 'ok', operations: {} },
      ],
    };
    await dropFile(dialog.getByText(/Drop the file here/), 'faulty.json', JSON.stringify(faulty));
    const wrong = dialog.getByRole('region', { name: 'What is wrong' });
    await wrong.getByText('/services/1/operations').waitFor();
    expect(await (await editor.engine.api('/api/services')).json()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('replaces what is there and different only when asked to', async () => {
    const { page } = editor;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      editor
        .kebab('shop')
        .click()
        .then(() => editor.item('Export').click()),
    ]);
    const exported = JSON.parse(readFileSync(await file.path(), 'utf8'));
    const title = 'Another title';
    exported.servers[0].title = title;
    await dropFile(page.getByRole('main'), 'shop.json', JSON.stringify(exported));
    await dialog.getByText(/server\/shop is there already, and different\. Nothing was imported\./).waitFor();
    await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
    await dialog.getByText('replaced').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await editor.kebab(title).waitFor();
  });

  it('gives the whole project out as a file that comes in again as it was', async () => {
    const { page } = editor;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Export Project');
    await page.getByRole('option', { name: /^Export Project/, selected: true }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    await dropFile(page.getByRole('main'), 'project.json', readFileSync(await file.path(), 'utf8'));
    await dialog.getByRole('heading', { name: 'Everything was there already' }).waitFor();
    await page.keyboard.press('Escape');
    expect(editor.unexpected(404, 409, 422)).toEqual([]);
  });
});
