import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../test/support/free-port.ts';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const openapi = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1.0.0' },
  paths: {
    '/pets': { get: { operationId: 'listPets', summary: 'List the pets' }, post: { summary: 'Add a pet' } },
    '/pets/{id}': { get: {} },
  },
};

describe.skipIf(isLeftOut)(inBrowser('creating'), () => {
  let editor: TestEditor;
  let dialog: Locator;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers', {
      servers: [{ id: 'taken', title: 'Taken', port: 8080, active: false, operations: [] }],
      files: { 'apis/pets.json': JSON.stringify({ id: 'pets', title: 'Pets', openapi }) },
    });
    dialog = editor.page.getByRole('dialog');
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  const draft = async (name: string) => (await editor.engine.api(`/api/drafts/${name}`)).json();
  const create = (what: string) => dialog.getByRole('button', { name: `Create ${what}`, exact: true }).click();
  const field = (label: string) => dialog.getByRole('textbox', { name: label, exact: true });

  it('makes a server with the keyboard alone, with a free port and an id of its title', async () => {
    const { page } = editor;
    await page
      .getByRole('main')
      .getByRole('button', { name: /^New Server/ })
      .click();
    await field('Title').waitFor();
    await editor.type('Hello World');
    await expect.poll(() => field('Id').inputValue()).toBe('hello-world');
    await dialog.getByText(/is free on this machine/).waitFor();
    await expect.poll(async () => Number(await field('Port').inputValue())).toBeGreaterThan(8080);
    expect(await editor.violations()).toEqual([]);
    const port = await freePort();
    await field('Port').fill(String(port));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/servers/hello-world');
    await expect
      .poll(() => draft('servers/hello-world'))
      .toEqual({
        schema: 1,
        id: 'hello-world',
        type: 'http',
        title: 'Hello World',
        active: true,
        port,
        host: '127.0.0.1',
        operations: [],
      });

    await page.getByRole('complementary').getByRole('button', { name: 'New Operation…' }).click();
    await field('Path').waitFor();
    await editor.type('/hello/{name}');
    await expect.poll(() => field('Id').inputValue()).toBe('get-hello-name');
    expect(await editor.violations()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/servers/hello-world/get-hello-name');
    await page.getByText('Nothing happens here yet').waitFor();
    await page.getByText('Saved as draft').waitFor();

    await editor.engine.api('/api/deploy', { method: 'POST', json: { resources: ['server/hello-world'] } });
    await expect.poll(() => fetch(`http://127.0.0.1:${port}/hello/you`).then(({ status }) => status)).toBe(200);
  });

  it('says what is taken and what is allowed, at the field, and makes nothing until it is right', async () => {
    const { page } = editor;
    await editor.goto('/servers');
    await page
      .getByRole('main')
      .getByRole('button', { name: /^New Server/ })
      .click();
    await field('Id').fill('taken');
    await dialog.getByText('The id "taken" is already that of another server. Choose another.').waitFor();
    await field('Id').fill('Überall');
    await dialog.getByText(/^The id must be letters, digits, .* found "Überall"\.$/).waitFor();
    await field('Port').fill('80x');
    await create('Server');
    await dialog.getByText('"port" must be a whole number from 0 to 65535, found "80x".').waitFor();
    await expect.poll(() => field('Id').evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await (await editor.engine.api('/api/drafts')).json()).toEqual({ drafts: [] });
  });

  it('makes operations of the paths of the linked API, one by one or all', async () => {
    const { page } = editor;
    await page
      .getByRole('main')
      .getByRole('button', { name: /^New Server/ })
      .click();
    await field('Title').fill('Pet Server');
    await dialog.getByLabel('API', { exact: true }).selectOption({ label: 'Pets' });
    await dialog.getByRole('switch', { name: 'Make an operation for each of its 3 paths and methods' }).click();
    await create('Server');
    await page.waitForURL('**/servers/pet-server');
    await page.getByRole('complementary').getByRole('button', { name: 'New Operation…' }).click();
    await dialog.getByRole('button', { name: 'Create POST /pets', exact: true }).click();
    await dialog.getByRole('button', { name: 'Open post-pets' }).waitFor();
    await dialog.getByRole('button', { name: 'Create All 2' }).click();
    await dialog.getByRole('button', { name: 'Open listPets' }).click();
    await page.waitForURL('**/servers/pet-server/listPets');
    await expect
      .poll(async () => (await draft('servers/pet-server')).operations?.map(({ id }: { id: string }) => id))
      .toEqual(['post-pets', 'listPets', 'get-pets-id']);
  });

  it('makes a service whose operation has typed arguments', async () => {
    const { page } = editor;
    await editor.goto('/services');
    await page
      .getByRole('main')
      .getByRole('button', { name: /^New Service/ })
      .first()
      .click();
    await dialog.getByRole('textbox', { name: 'Title' }).first().fill('Prices');
    const first = dialog.getByRole('region', { name: 'First operation' });
    await first.getByRole('textbox', { name: 'Title' }).fill('Sum');
    const input = first.getByRole('group', { name: 'Input', exact: true });
    await input.getByRole('button', { name: 'Add Argument' }).click();
    await input.getByLabel('Name of name').fill('prices');
    await input.getByLabel('Type of prices').selectOption('List');
    await input.getByLabel('Type of the items of prices').selectOption('Number');
    await input.getByLabel('Description of prices').fill('What each costs');
    const output = first.getByRole('group', { name: 'Output', exact: true });
    await output.getByLabel('Type of Output').selectOption('Number');
    await input.getByRole('button', { name: 'Source' }).click();
    await dialog.getByRole('textbox', { name: 'Input schema' }).waitFor();
    expect(await editor.violations()).toEqual([]);
    await create('Service');
    await page.waitForURL('**/services/prices/sum');
    await expect
      .poll(async () => (await draft('services/prices')).operations)
      .toEqual([
        {
          id: 'sum',
          title: 'Sum',
          input: {
            type: 'object',
            properties: { prices: { type: 'array', items: { type: 'number' }, description: 'What each costs' } },
            required: ['prices'],
          },
          output: { type: 'number' },
          workflow: { actions: [] },
        },
      ]);
  });

  it('makes a client', async () => {
    const { page } = editor;
    await editor.goto('/clients');
    await page
      .getByRole('main')
      .getByRole('button', { name: /^New Client/ })
      .first()
      .click();
    await field('Title').fill('Orders');
    await field('Type').fill('postgres');
    await create('Client');
    await page.waitForURL('**/clients/orders');
    await expect
      .poll(() => draft('clients/orders'))
      .toEqual({
        schema: 1,
        id: 'orders',
        type: 'postgres',
        title: 'Orders',
        settings: {},
      });
  });

  it('edits the own fields of a resource as a draft, with what is wrong beside them', async () => {
    const { page } = editor;
    await editor.goto('/servers/taken');
    const form = page.getByRole('region', { name: 'Fields of server/taken' });
    await form.getByLabel('Title').fill('Not taken');
    await form.getByLabel('Port').fill('70000');
    await form.getByText('"port" must be a whole number from 0 to 65535, found 70000.').waitFor();
    await form.getByLabel('Port').fill('8099');
    await form.getByLabel('Other origins (CORS)').selectOption('Those named below');
    await form.getByLabel('Origins', { exact: true }).fill('https://app.example.com\nhttps://other.example.com/');
    await form.getByText(/found "https:\/\/other\.example\.com\/"\. Leave out the last "\/"/).waitFor();
    await form.getByLabel('Origins', { exact: true }).fill('https://app.example.com');
    await form.getByText('Saved as draft').waitFor();
    await expect
      .poll(() => draft('servers/taken'))
      .toMatchObject({
        title: 'Not taken',
        port: 8099,
        cors: { origins: ['https://app.example.com'] },
      });
    expect(await editor.violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await editor.violations()).toEqual([]);
    await form.getByRole('button', { name: 'Undo' }).click();
    await form.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => form.getByLabel('Other origins (CORS)').inputValue()).toBe('none');
    // Whether something is there is asked by asking for it.
    expect(editor.unexpected(404)).toEqual([]);
  });
});
