import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const items = Array.from({ length: 130 }, (_, index) => ({ sku: `88-${index}` }));
const operation = {
  id: 'list',
  method: 'GET',
  path: '/list',
  workflow: {
    actions: [{ id: 'make', action: 'variable/set', input: { value: { all: 'these', note: 'x'.repeat(900), items } } }],
    output: { status: 200, body: null },
  },
  simulations: [{ id: 'one', input: {} }],
};

describe.skipIf(isLeftOut)(inBrowser('data as a tree'), () => {
  let editor: TestEditor;
  const tree = () => editor.page.getByRole('tree', { name: 'Field values of make' });
  const row = (name: string | RegExp) => tree().getByRole('treeitem', { name });
  const focused = () => tree().locator(':focus').textContent();

  beforeAll(async () => {
    editor = await TestEditor.open('/servers/shop/list?node=make', {
      servers: [{ id: 'shop', operations: [operation] }],
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    const { page } = editor;
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByRole('main').getByText('Simulation succeeded').waitFor();
    await page.getByRole('button', { name: 'Field Values' }).click();
    await tree().waitFor();
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('goes and folds by keyboard', async () => {
    const { keyboard } = editor.page;
    const isOpen = () => row(/^value/).getAttribute('aria-expanded');
    await row(/^value/).focus();
    await keyboard.press('ArrowLeft');
    await expect.poll(isOpen).toBe('false');
    await keyboard.press('ArrowRight');
    await expect.poll(isOpen).toBe('true');
    await keyboard.press('ArrowRight');
    await expect.poll(focused).toContain('all');
    await keyboard.press('End');
    await expect.poll(focused).toContain('items');
    await keyboard.press('ArrowLeft');
    await expect.poll(focused).toContain('value');
    await keyboard.press('Home');
    await expect.poll(() => tree().locator(':focus').getAttribute('aria-level')).toBe('1');
    expect(await editor.violations('[role="tree"]')).toEqual([]);
  });

  it('shows a hundred of many items at a time, and long texts in part', async () => {
    const { keyboard } = editor.page;
    await row(/^items/).focus();
    await keyboard.press('ArrowRight');
    await row('Show 30 More of 30').focus();
    await keyboard.press('Enter');
    await row(/^129/).waitFor();
    await expect.poll(focused).toContain('99');
    expect((await row(/^note/).textContent())?.length).toBeLessThan(300);
    await tree().getByRole('button', { name: 'Show All 900 Characters' }).click();
    await expect.poll(async () => (await row(/^note/).textContent())?.length).toBeGreaterThan(900);
  });

  it('copies the value and the path of a row', async () => {
    const { page } = editor;
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await row(/^all/).focus();
    await page.keyboard.press('Control+c');
    await page.getByText('Copied the value').waitFor();
    await expect.poll(copied).toBe('these');
    await page.keyboard.press('Control+Shift+C');
    await page.getByText('Copied the path').waitFor();
    await expect.poll(copied).toBe('value.all');
    expect(editor.wrong).toEqual([]);
  });
});
