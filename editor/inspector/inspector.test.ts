import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const orders = {
  id: 'orders',
  operations: [
    {
      id: 'greet',
      method: 'GET',
      path: '/greet/{id}',
      workflow: {
        actions: [
          { id: 'join', action: 'string/join', input: { array: ['Hello'] } },
          { id: 'wait', action: 'flow/wait', input: { duration: 5 } },
          { id: 'fetch', action: 'http/request', input: { url: 'http://127.0.0.1:9/', method: 'get' } },
          { id: 'hash', action: 'security/hash', input: {} },
          {
            id: 'each',
            action: 'iteration/map',
            input: {
              array: { $ref: ['variables', 'output'] },
              scope: 'line',
              foreach: { $do: { actions: [{ id: 'inner', action: 'string/join', input: { array: [] } }] } },
            },
          },
          {
            id: 'choice',
            action: 'conditional/if',
            input: {
              conditions: [{ condition: { $op: 'equal', of: [1, { $ref: ['variables', 'never'] }] }, value: 'a' }],
            },
          },
        ],
      },
    },
  ],
};

type Draft = { operations: { workflow: { actions: { id: string; [key: string]: unknown }[]; output?: unknown } }[] };

describe.skipIf(isLeftOut)(inBrowser('the inspector'), () => {
  let editor: TestEditor;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers/orders/greet?node=join', { servers: [orders] });
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  beforeEach(() => {
    editor.wrong.length = 0;
  });

  const panel = () => editor.page.getByRole('tabpanel', { name: 'Inspector' });
  const show = async (node: string) => {
    await editor.goto(`/servers/orders/greet?node=${node}`);
    await panel().waitFor();
  };
  const text = (name: string) => panel().getByRole('textbox', { name, exact: true });
  const kindOf = (field: string, kind: string) => panel().getByRole('button', { name: `Kind of ${field}: ${kind}` });
  const draft = async () =>
    (await (await editor.page.request.get(`${editor.engine.control}/api/drafts/servers/orders`)).json()) as Draft;
  /** An action as the engine has it in the draft. */
  const saved = async (id: string) =>
    (await draft()).operations[0]?.workflow.actions.find((action) => action.id === id);

  it('makes a form of the schema; what is typed is in the draft', async () => {
    await show('join');
    await text('array[0]').fill('Good day');
    await panel().getByRole('button', { name: 'Add an item to array' }).click();
    await text('array[1]').fill('World');
    await text('delimiter').fill(', ');
    await expect.poll(() => saved('join')).toMatchObject({ input: { array: ['Good day', 'World'], delimiter: ', ' } });

    // One undo takes back what was typed into one field.
    await editor.page.keyboard.press('Control+z');
    await expect.poll(() => text('delimiter').inputValue()).toBe('');
    await expect.poll(async () => (await saved('join'))?.input).toEqual({ array: ['Good day', 'World'] });
    expect(editor.wrong).toEqual([]);
  });

  it('switches kinds by key, keeps what can be kept, and picks a reference from the tree', async () => {
    await show('join');
    await text('array[0]').fill('Hello');
    await kindOf('array[0]', 'Literal').click();
    await editor.pressInMenu('4');
    await kindOf('array[0]', 'Template').waitFor();
    await expect
      .poll(async () => (await saved('join'))?.input)
      .toMatchObject({ array: [{ $template: 'Hello' }, 'World'] });
    // What is typed next goes into the field.
    await expect
      .poll(() => editor.page.evaluate(() => document.activeElement?.classList.contains('cm-content')))
      .toBe(true);
    await kindOf('array[0]', 'Template').click();
    await editor.item('Literal').click();
    await expect.poll(() => text('array[0]').inputValue()).toBe('Hello');

    await kindOf('array[1]', 'Literal').click();
    await editor.item('Reference').click();
    const tree = editor.page.getByRole('tree', { name: 'Data for array[1]' });
    await tree.getByRole('treeitem', { name: 'request.path', exact: true }).waitFor();
    await editor.type('path id');
    await expect.poll(() => tree.getByRole('treeitem').allInnerTexts()).toHaveLength(3);
    await tree.getByRole('treeitem', { name: 'request.path.id', exact: true }).click();
    await panel().getByRole('button', { name: 'array[1]: request.path.id' }).waitFor();
    await expect
      .poll(async () => (await saved('join'))?.input)
      .toMatchObject({ array: ['Hello', { $ref: ['request', 'path', 'id'] }] });
    expect(editor.wrong).toEqual([]);
  });

  it('keeps a wrong number in its field, says why, and does not write it', async () => {
    await show('wait');
    const field = panel().getByRole('textbox', { name: 'duration', exact: true });
    await field.fill('soon');
    await panel()
      .getByText(/Allowed is a .*number.*found "soon"/)
      .waitFor();
    await editor.page.getByRole('tab', { name: 'Help' }).click();
    await editor.page.getByRole('tab', { name: 'Inspector' }).click();
    await expect.poll(() => field.inputValue()).toBe('soon');
    await field.fill('7');
    await expect.poll(async () => (await saved('wait'))?.input).toEqual({ duration: 7 });
    expect(editor.wrong).toEqual([]);
  });

  it('says where a reference leads to nothing, and edits comparisons', async () => {
    await show('choice');
    await panel().getByText('No step before this one writes variables.never; it is null.').waitFor();
    await panel().getByRole('combobox', { name: 'Operator of conditions[0].condition' }).selectOption('less-than');
    await expect
      .poll(async () => JSON.stringify((await saved('choice'))?.input))
      .toContain('{"$op":"less-than","of":[1,{"$ref":["variables","never"]}]}');
    expect(editor.wrong).toEqual([]);
  });

  it('writes the result elsewhere, sets a timeout, renames, and goes to nested steps', async () => {
    await show('each');
    await panel().getByRole('button', { name: 'Output: variables.output' }).click();
    await editor.type('lines');
    await editor.page.getByRole('option', { name: 'Write to variables.lines' }).click();
    await panel()
      .getByRole('button', { name: /^Settings/ })
      .click();
    await text('timeoutMs').fill('2000');
    await expect.poll(() => saved('each')).toMatchObject({ output: ['variables', 'lines'], timeoutMs: 2000 });
    await panel().getByRole('textbox', { name: 'id', exact: true }).fill('each-line');
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => saved('each-line')).toMatchObject({ timeoutMs: 2000 });
    await panel().getByRole('button', { name: 'Go There, to the steps of foreach' }).click();
    await panel().getByText('server/orders/greet/inner').waitFor();
    expect(editor.wrong).toEqual([]);
  });

  it('takes JSON for a list, and shows what the check of the draft says at its field', async () => {
    await show('join');
    await editor.kebab('field array').click();
    await editor.item('Edit As JSON').click();
    const code = panel().getByRole('textbox', { name: 'array', exact: true });
    await code.fill('["a", ');
    await panel().getByText('This is not JSON yet. It is kept here, not in the draft.').waitFor();
    await code.fill('["a", {"$ref": ["lines", 0]}]');
    await expect.poll(async () => (await saved('join'))?.input).toMatchObject({ array: ['a', { $ref: ['lines', 0] }] });
    await editor.kebab('field array').click();
    await editor.item('Edit As Fields').click();
    await panel()
      .getByText(/There (is|may be) no scope "?lines"?/)
      .waitFor();
    expect(editor.wrong).toEqual([]);
  });

  it('says in the wrong kind of field what is allowed, and adds fields that are not shown', async () => {
    await show('fetch');
    await panel()
      .getByRole('button', { name: /^Add a Field/ })
      .click();
    await editor.type('redirects');
    await editor.page.getByRole('option', { name: /redirects/, selected: true }).waitFor();
    await editor.page.keyboard.press('Enter');
    await text('redirects').fill('9');
    await panel()
      .getByText(/Allowed is a whole number from 0 to 5, found 9/)
      .waitFor();
    expect(await text('redirects').inputValue()).toBe('9');
    expect(editor.wrong).toEqual([]);
  });

  it('fills the response, and takes a secret that it creates', async () => {
    await show('end');
    await panel().getByRole('textbox', { name: 'status', exact: true }).fill('201');
    await kindOf('body', 'Literal').click();
    await editor.item('Secret').click();
    await panel().getByRole('button', { name: 'body', exact: true }).click();
    await editor.type('token');
    await editor.page.getByRole('option', { name: 'Create token…' }).click();
    await editor.page.getByLabel('Value of token').fill('open sesame 1001');
    await editor.page.getByRole('button', { name: 'Create Secret' }).click();
    await expect
      .poll(async () => (await draft()).operations[0]?.workflow.output)
      .toEqual({ status: 201, body: { $secret: 'token' } });
    expect(await editor.page.content()).not.toContain('open sesame');
    expect(editor.wrong).toEqual([]);
  });

  it.each([
    ['light', ['join', 'choice', 'start']],
    ['dark', ['choice', 'end']],
  ] as const)('has nothing that axe finds, %s', async (colorScheme, nodes) => {
    await editor.page.emulateMedia({ colorScheme });
    for (const node of nodes) {
      await show(node);
      expect([node, ...(await editor.violations('aside.panel'))]).toEqual([node]);
    }
  });

  it('has nothing that axe finds in its lists', async () => {
    await show('hash');
    await panel()
      .getByRole('button', { name: /^algorithm/ })
      .click();
    await editor.page.getByRole('listbox').waitFor();
    expect(await editor.violations('[role="dialog"]')).toEqual([]);
  });
});
