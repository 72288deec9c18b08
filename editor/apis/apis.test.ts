import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFile } from '../import/drop-file-for-test.ts';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const yaml = `openapi: 3.1.0
info:
  title: Zoo
  version: 2.0.0
paths:
  /animals/{id}:
    get:
      operationId: getAnimal
      responses:
        "200": { description: It }
`;

describe.skipIf(isLeftOut)(inBrowser('the APIs'), () => {
  let editor: TestEditor;
  let dialog: Locator;
  beforeAll(async () => {
    editor = await TestEditor.open('/apis');
    dialog = editor.page.getByRole('dialog');
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  const openapi = async (id: string) => (await (await editor.engine.api(`/api/drafts/apis/${id}`)).json()).openapi;

  it('are made of a file that is dropped', async () => {
    const { page } = editor;
    await page.getByRole('main').getByRole('button', { name: 'New API', exact: true }).click();
    await dialog.getByRole('button', { name: 'A file' }).click();
    await dropFile(dialog.getByText(/Drop an OpenAPI/), 'odd.yaml', 'openapi: 3.1.0\ninfo: [');
    await dialog.getByText(/^odd\.yaml: Line \d+, column \d+: /).waitFor();
    await dropFile(dialog.getByText(/Drop an OpenAPI/), 'old.json', '{"swagger": "2.0"}');
    await dialog.getByText(/^old\.json: This is Swagger, of the version "2\.0"\./).waitFor();
    await dropFile(dialog.getByText(/Drop an OpenAPI/), 'zoo.yaml', yaml);
    await dialog.getByText('OpenAPI 3.1.0, 1 path').waitFor();
    await expect.poll(() => dialog.getByLabel('Id', { exact: true }).inputValue()).toBe('zoo');
    await dialog.getByRole('button', { name: 'Create API' }).click();
    await page.waitForURL('**/apis/zoo');
    await page.getByRole('button', { name: /^GET \/animals/ }).waitFor();
    await expect
      .poll(() => openapi('zoo'))
      .toMatchObject({ paths: { '/animals/{id}': { get: { operationId: 'getAnimal' } } } });
  });

  it('are edited as a form', async () => {
    const { page } = editor;
    const main = page.getByRole('main');
    await main.getByRole('button', { name: /^GET \/animals/ }).click();
    await main.getByRole('button', { name: 'Describe {id}' }).click();
    await main.getByLabel('Type of id').selectOption('Whole number');
    await main.getByRole('switch', { name: 'Request body' }).click();
    await main.getByRole('button', { name: 'Add Member To Schema of the body' }).click();
    await main.getByLabel('Add a response').selectOption('404 Not there');
    await main.getByLabel('New path').fill('animals');
    await main.getByRole('button', { name: 'Add Path' }).click();
    await main.getByText('The path must start with "/", found "animals".').waitFor();
    await main.getByLabel('New path').fill('/animals');
    await page.keyboard.press('Enter');
    await main.getByLabel('Summary').fill('All of them');
    await main.getByText('Saved as draft').waitFor();
    expect(await editor.violations()).toEqual([]);
    await expect
      .poll(async () => (await openapi('zoo')).paths)
      .toEqual({
        '/animals/{id}': {
          get: {
            operationId: 'getAnimal',
            responses: { '200': { description: 'It' }, '404': { description: 'Not there' } },
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
                },
              },
            },
          },
        },
        '/animals': { get: { summary: 'All of them', responses: { '200': { description: 'OK' } } } },
      });
  });

  it('are edited as their source, and undone there too', async () => {
    const { page } = editor;
    await page.getByRole('button', { name: 'YAML' }).click();
    // Before the code editor is loaded, a plain field stands in its place.
    const source = page.locator('.cm-content').and(page.getByRole('textbox', { name: 'OpenAPI document as YAML' }));
    await source.filter({ hasText: 'All of them' }).waitFor();
    await source.click();
    await page.keyboard.press('Control+Home');
    await editor.type('x-note: [');
    await page.getByText(/^Line \d+, .*The draft has what could be read last\./).waitFor();
    expect(await openapi('zoo')).not.toHaveProperty('x-note');
    expect(await editor.violations()).toEqual([]);
    await page.keyboard.type('1]\n');
    await page.getByText('The text can be read.').waitFor();
    await expect.poll(async () => (await openapi('zoo'))['x-note']).toEqual([1]);
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await page.getByRole('textbox', { name: 'OpenAPI document as JSON' }).filter({ hasText: '"x-note"' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: /as JSON/ }).textContent()).not.toContain('x-note');
    await expect.poll(async () => 'x-note' in (await openapi('zoo'))).toBe(false);
  });

  it('are listed with what uses them; a used one cannot be deleted, another one comes back by Undo', async () => {
    const { page } = editor;
    await editor.engine.api('/api/deploy', { method: 'POST', json: {} });
    const server = { id: 'gate', title: 'Gate', type: 'http', active: false, port: 0, api: 'zoo', operations: [] };
    await editor.engine.api('/api/servers', { method: 'POST', json: server });
    await editor.goto('/apis');
    const row = page.getByRole('row').filter({ hasText: 'Zoo' });
    await row.getByRole('link', { name: 'Gate' }).waitFor();
    await expect.poll(() => row.textContent()).toContain('2.0.0');
    await editor.kebab('Zoo').click();
    await expect.poll(() => editor.item('Delete').getAttribute('aria-disabled')).toBe('true');
    await editor.item('Duplicate').click();
    await page.waitForURL('**/apis/zoo-2');
    await editor.goto('/apis');
    await editor.kebab('Zoo (copy)').click();
    await editor.item('Delete').click();
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'copy' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('row').filter({ hasText: 'Zoo (copy)' }).waitFor();
    await editor.kebab('Zoo').click();
    const [download] = await Promise.all([page.waitForEvent('download'), editor.item('Export').click()]);
    expect(download.suggestedFilename()).toBe('zoo.api.json');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await editor.violations()).toEqual([]);
    }
    expect(editor.unexpected(404)).toEqual([]);
  });
});
