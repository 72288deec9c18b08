import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../../test-editor.ts';

const order = {
  id: 'post-order',
  method: 'POST',
  path: '/orders',
  workflow: {
    actions: [
      {
        id: 'label',
        action: 'string/join',
        input: { array: ['a', 'b'], delimiter: { $jsonata: 'request.query.sep' } },
        output: ['variables', 'label'],
      },
      {
        id: 'greet',
        action: 'string/join',
        input: { array: ['x'], delimiter: { $template: 'Dear {{variables.label}}' } },
      },
    ],
    output: { status: 200, body: null },
  },
  simulations: [
    { id: 'one', input: { query: { sep: '-' }, body: { items: [{ sku: '88-1', 'list-price': 3 }, { sku: '88-2' }] } } },
  ],
};

describe.skipIf(isLeftOut)(inBrowser('code fields'), () => {
  let editor: TestEditor;
  // Before the code editor is loaded, a plain field stands in its place, which completes nothing.
  const field = () => editor.page.locator('.cm-content').and(editor.page.getByRole('textbox', { name: 'delimiter' }));
  const suggestion = (name: string | RegExp) => editor.page.getByRole('option', { name });
  const preview = () => editor.page.getByRole('status', { name: 'Preview' });
  /** Puts the cursor behind everything and types. */
  const add = async (text: string) => {
    await field().focus();
    await editor.page.keyboard.press('Control+End');
    await editor.type(text);
  };

  beforeAll(async () => {
    editor = await TestEditor.open('/servers/shop/post-order?node=label', {
      servers: [{ id: 'shop', operations: [order] }],
    });
    await field().waitFor();
    await editor.page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await editor.page.getByRole('main').getByText('Simulation succeeded').waitFor();
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('shows what an expression gives for the last run', async () => {
    await expect.poll(() => preview().textContent()).toBe('"-"');
  });

  it('completes keys that the last run really had, by keyboard', async () => {
    const { page } = editor;
    await add(' & request.body.it');
    await suggestion(/^items/).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('[0].');
    await suggestion(/list-price/).waitFor();
    expect(await editor.violations('.code-field')).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await suggestion(/list-price/)
      .and(page.locator('[aria-selected="true"]'))
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => field().textContent()).toBe('request.query.sep & request.body.items[0].`list-price`');
    await expect.poll(() => preview().textContent()).toBe('"-3"');
  });

  it('completes functions, and says what they take', async () => {
    const { page } = editor;
    await add(' & $substringB');
    await suggestion(/substringBefore/).waitFor();
    expect(await page.getByText('What stands before the first occurrence').textContent()).toContain(
      '(text, chars) → text',
    );
    await page.keyboard.press('Escape');
    await suggestion(/substringBefore/).waitFor({ state: 'detached' });
    await page.keyboard.type('ef');
    await suggestion(/substringBefore/).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('x');
    await expect.poll(() => field().textContent()).toContain('$substringBefore(x)');
  });

  it('says while one types what is wrong and where, and that the engine would fail', async () => {
    await field().fill('$sum(request.body');
    await editor.page.getByText('At character 18: Expected ")" before end of expression.', { exact: true }).waitFor();
    await expect.poll(() => field().getAttribute('aria-invalid')).toBe('true');
    const described = await field().getAttribute('aria-describedby');
    await expect.poll(() => editor.page.locator(`[id="${described}"]`).textContent()).toContain('At character 18');
    await field().fill('request.query.sep + 1');
    await editor.page.getByText('The left side of "+" must be a number, found "-"').waitFor();
    await expect.poll(() => field().getAttribute('aria-invalid')).toBeNull();
  });

  it('ends an expression that never ends, and goes on', async () => {
    await field().fill('($f := function($n) { $f($n + 1) }; $f(1))');
    await editor.page.getByText('it ran longer than 500 ms').waitFor();
    await field().fill('$count(request.body.items)');
    await expect.poll(() => preview().textContent()).toBe('2');
  });

  it('is taken back with the document, and left with Tab', async () => {
    const { page } = editor;
    await field().focus();
    await expect.poll(() => field().textContent()).toBe('$count(request.body.items)');
    await page.keyboard.press('Control+z');
    await expect.poll(() => field().textContent()).not.toBe('$count(request.body.items)');
    await page.keyboard.press('Tab');
    await expect.poll(() => field().evaluate((element) => element === document.activeElement)).toBe(false);
  });

  it('completes and checks the expressions of a template only', async () => {
    await editor.goto('/servers/shop/post-order?node=greet');
    await field().waitFor();
    await add(' of request. {{');
    await suggestion(/^request/).waitFor();
    await editor.page.keyboard.type('request.');
    await suggestion(/^query/).waitFor();
    await editor.page.keyboard.press('Escape');
    await field().fill('{"a": 1} {{request.query.');
    await expect.poll(() => field().getAttribute('aria-invalid')).toBe('true');
    await field().fill('{"a": 1} {{request.method}}');
    await expect.poll(() => field().getAttribute('aria-invalid')).toBeNull();
  });

  it('keeps the policy of the page, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await editor.page.emulateMedia({ colorScheme });
      expect(await editor.violations('.tabpanel')).toEqual([]);
    }
    expect(editor.wrong).toEqual([]);
  });
});
