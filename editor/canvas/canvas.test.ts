import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Operation, Server } from '../../engine/document/types.ts';
import { step } from '../../engine/import/autoflow/build-for-test.ts';
import { outline } from '../graph/edits/operation-for-test.ts';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const set = (id: string, more = {}) => ({ id, action: 'variable/set', input: { value: id }, ...more });
const steps = (...actions: unknown[]) => ({ $do: { actions } });
const branch = {
  id: 'if',
  action: 'conditional/if',
  title: 'Is it so?',
  input: {
    conditions: [
      { condition: { $ref: ['request', 'query', 'so'] }, value: steps(set('d')) },
      { condition: true, value: steps() },
    ],
  },
};
const http = (id: string, actions: unknown[]) => ({
  id,
  method: 'GET',
  path: `/${id}`,
  title: id,
  workflow: { actions },
});
const servers = [
  {
    id: 'shop',
    operations: [
      http('main', [set('a', { title: 'First' }), set('b', { title: 'Second' }), branch, set('c', { title: 'Last' })]),
      http('other', [set('x', { title: 'Elsewhere' })]),
      http('empty', []),
      http(
        'big',
        Array.from({ length: 50 }, (_, group) => ({
          id: `g${group}`,
          action: 'conditional/try',
          title: `Group ${group}`,
          input: { value: steps(...Array.from({ length: 19 }, (_, at) => set(`g${group}s${at}`))) },
        })),
      ),
    ],
  },
];

let editor: TestEditor;

/** The node of an action on the canvas. */
const node = (title: string): Locator =>
  editor.page.locator('.canvas').getByRole('group', { name: new RegExp(`^${title}(,|$)`) });
const focused = () => editor.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
const press = async (...keys: string[]) => {
  for (const key of keys) await editor.page.keyboard.press(key);
};

/** Presses a key and waits until it has led where it should. */
const go = async (key: string, to: RegExp) => {
  await press(key);
  await expect.poll(focused).toMatch(to);
};
/** Presses a key and waits until what has the focus is another, or is folded or unfolded. */
const goOn = async (key: string) => {
  const state = () =>
    editor.page.evaluate(() => `${document.activeElement?.textContent} ${document.activeElement?.ariaExpanded}`);
  const before = await state();
  await press(key);
  await expect.poll(state).not.toBe(before);
};

/** Ids of the actions as they are edited, what is nested in brackets, without empty lists; of what is live while nothing differs. */
async function order(id = 'main'): Promise<string> {
  const draft = await editor.engine.api('/api/drafts/servers/shop');
  const answer = draft.ok ? draft : await editor.engine.api('/api/servers/shop');
  const { operations } = (await answer.json()) as Server;
  return outline(operations.find((one) => one.id === id) as Operation)
    .replaceAll(' | )', ')')
    .replaceAll('( | ', '(');
}
const isOrder = (expected: string, id?: string) => expect.poll(() => order(id)).toBe(expected);

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error('Nothing is drawn there.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Carries something to a point by the mouse, slowly enough to be seen. */
async function carry(from: Locator, to: { x: number; y: number }): Promise<void> {
  const { mouse } = editor.page;
  // The head of a node: in its middle a container has other nodes.
  const box = (await from.boundingBox()) as { x: number; y: number };
  await mouse.move(box.x + 60, box.y + 14);
  await mouse.down();
  await mouse.move(box.x + 70, box.y + 24, { steps: 3 });
  await mouse.move(to.x, to.y, { steps: 6 });
  await editor.page.locator('.drop-mark').waitFor();
  await mouse.up();
}

const below = async (title: string) => {
  const box = (await node(title).boundingBox()) as { x: number; y: number; width: number; height: number };
  return { x: box.x + box.width / 2, y: box.y + box.height + 18 };
};

describe.skipIf(isLeftOut)(inBrowser('the canvas'), () => {
  beforeAll(async () => {
    editor = await TestEditor.open('/servers/shop/main', { servers });
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await editor.saved();
    await editor.engine.api('/api/drafts/servers/shop', { method: 'DELETE', headers: { 'if-match': '*' } });
    await editor.goto('/servers/shop/main');
    await node('Last').waitFor();
  });

  it('takes actions from the palette onto an edge and into an empty lane', async () => {
    const { page } = editor;
    const search = page.getByRole('searchbox', { name: 'Search actions' });
    await search.fill('upcase');
    const entry = page.getByRole('region', { name: 'Palette' }).getByRole('button', { name: 'string/upcase' });
    await carry(entry, await below('First'));
    await isOrder('a upcase b if(d) c');
    const lane = page.getByRole('button', { name: 'Add an action to Else of Is it so?' });
    await carry(entry, await middle(lane));
    await isOrder('a upcase b if(d | upcase-2) c');
    expect(await page.getByRole('region', { name: 'Palette' }).getByText('Recently used').count()).toBe(0);
    await search.fill('');
    await page.getByRole('list', { name: 'Recently used' }).getByRole('button', { name: 'string/upcase' }).click();
    await isOrder('a upcase b if(d | upcase-2 upcase-3) c');
  });

  it('changes order and nesting by dragging, and puts back what is let go far away', async () => {
    const { page } = editor;
    await carry(node('First'), await below('Second'));
    await isOrder('b a if(d) c');
    await carry(node('First'), await below('d'));
    await isOrder('b if(d a) c');
    const before = (await node('Last').boundingBox()) as { x: number; y: number };
    await page.mouse.move(before.x + 60, before.y + 14);
    await page.mouse.down();
    await page.mouse.move(before.x - 200, before.y - 200, { steps: 5 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.locator('.carried').waitFor({ state: 'detached' });
    await isOrder('b if(d a) c');
  });

  it('adds by the + of an edge, with the keyboard in the list', async () => {
    const { page } = editor;
    await page.getByRole('button', { name: 'Add an action after First' }).click();
    const picker = page.getByRole('dialog', { name: 'Add an action' });
    await picker.getByRole('searchbox').fill('wait');
    await picker.getByRole('list', { name: 'Found actions' }).getByRole('button', { name: 'flow/wait' }).waitFor();
    await press('ArrowDown');
    await picker.locator('.entry:focus').waitFor();
    await press('Enter');
    await picker.waitFor({ state: 'detached' });
    await expect.poll(() => order()).toMatch(/^a wait\S* b /);
    await expect.poll(focused).toMatch(/^Wait|^wait/);
  });

  it('does everything by keyboard: goes, adds, moves, nests, renames, disables, deletes', async () => {
    const { page } = editor;
    await node('First').focus();
    await go('Home', /^Request/);
    await go('ArrowDown', /^First/);
    await go('ArrowDown', /^Second/);
    await press('Alt+ArrowUp');
    await isOrder('b a if(d) c');
    await expect.poll(focused).toMatch(/^Second/);
    await press('Alt+ArrowDown');
    await isOrder('a b if(d) c');
    await expect.poll(focused).toMatch(/^Second/);
    await go('ArrowDown', /^Is it so/);
    await go('ArrowDown', /^Last/);
    await press('Alt+ArrowRight');
    await isOrder('a b if(d c)');
    await press('Alt+ArrowLeft');
    await isOrder('a b if(d) c');
    await expect.poll(focused).toMatch(/^Last/);
    await press('F2');
    await page.getByRole('textbox', { name: 'New title of c' }).fill('Very last');
    await press('Enter');
    await node('Very last').waitFor();
    await expect.poll(focused).toMatch(/^Very last/);
    await press('d');
    await expect.poll(() => node('Very last').getAttribute('aria-label')).toContain('disabled');
    await press('Control+d');
    await isOrder('a b if(d) c c-2');
    await press('Delete');
    await isOrder('a b if(d) c');
    await expect.poll(focused).toMatch(/^Response/);
    await go('/', /^Search actions/);
    await page.keyboard.type('set variable');
    const found = page.getByRole('region', { name: 'Palette' }).getByRole('list', { name: 'Found actions' });
    await expect.poll(() => found.getByRole('button').first().textContent()).toContain('variable/set');
    await press('Enter');
    await isOrder('a b if(d) c set');
    await expect.poll(focused).toMatch(/^Set/i);
    await go('ArrowUp', /^Very last/);
    await go('ArrowUp', /^Is it so/);
    await go('Enter', /^d,/);
    await go('Escape', /^Is it so/);
  });

  it('wraps, deletes several at once and takes it back', async () => {
    const { page } = editor;
    await node('First').click();
    await node('Second').click({ modifiers: ['Shift'] });
    await press('.');
    await editor.item('Wrap In…').press('ArrowRight');
    await editor.item('Try').click();
    await isOrder('try(a b) if(d) c');
    await press('Control+z');
    await isOrder('a b if(d) c');
    await node('First').click();
    await node('Last').click({ modifiers: ['Control'] });
    await editor.kebab('Last').click();
    await editor.item('Delete').click();
    await isOrder('b if(d)');
    await page.getByRole('status').getByText('Deleted 2 actions.').waitFor();
    await page.getByRole('group', { name: 'Notice' }).getByRole('button', { name: 'Undo' }).click();
    await isOrder('a b if(d) c');
  });

  it('copies to another operation through the clipboard of the system, and takes what API AutoFlow copied', async () => {
    const { page } = editor;
    await node('First').click();
    await node('Is it so\\?')
      .locator('.node-head')
      .click({ modifiers: ['Shift'] });
    await press('Control+c');
    await editor.goto('/servers/shop/other');
    await node('Elsewhere').click();
    await press('Control+v');
    await isOrder('x a if(d)', 'other');
    await page.evaluate(
      (text) => {
        const data = new DataTransfer();
        data.setData('text/plain', text);
        document.body.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      },
      JSON.stringify(step('string/join', { array: [], delimiter: ' ' })),
    );
    await expect.poll(() => order('other')).toMatch(/^x a if\(d\) join/);
    await node('Elsewhere').click();
    await press('Control+x');
    await expect.poll(() => order('other')).toMatch(/^a if\(d\) join/);
  });

  it('chooses by a box that Shift draws, and opens the menu of all that is chosen by the right button', async () => {
    const { page } = editor;
    const [first, second] = [await node('First').boundingBox(), await node('Second').boundingBox()];
    if (first === null || second === null) throw new Error('The nodes are not drawn.');
    await page.keyboard.down('Shift');
    await page.mouse.move(first.x - 30, first.y - 10);
    await page.mouse.down();
    await page.mouse.move(second.x + 40, second.y + 20, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect.poll(() => node('Second').getAttribute('aria-current')).toBe('true');
    await expect.poll(() => node('First').getAttribute('aria-current')).toBe('true');
    await node('Second').click({ button: 'right' });
    await page.getByRole('menu', { name: 'More actions for 2 actions' }).waitFor();
    await editor.item('Disable').click();
    await expect.poll(() => node('First').getAttribute('aria-label')).toContain('disabled');
    await expect.poll(() => node('Second').getAttribute('aria-label')).toContain('disabled');
    await node('Last').click({ button: 'right' });
    await editor.item('Log This Action').click();
    await node('Last').getByText('Log is on, set here').waitFor({ state: 'attached' });
  });

  it('makes chosen actions an operation of a service', async () => {
    const { page } = editor;
    await node('Second').click();
    await editor.kebab('Second').click();
    await editor.item('Extract To Service…').click();
    const dialog = page.getByRole('dialog', { name: 'Extract To Service' });
    await dialog.getByLabel('Service').fill('parts');
    await dialog.getByLabel('Operation').fill('no space');
    await press('Enter');
    await dialog.getByRole('alert').getByText('found no space').waitFor();
    await dialog.getByLabel('Operation').fill('second');
    await dialog.getByRole('button', { name: 'Extract' }).click();
    await expect.poll(() => order()).not.toContain(' b ');
    const draft = () => editor.engine.api('/api/drafts/services/parts');
    await expect.poll(async () => (await draft()).status).toBe(200);
    const { operations } = (await (await draft()).json()) as Server;
    expect(operations.map((operation) => outline(operation))).toEqual(['b']);
  });

  it('keeps the outline in step, which takes the same commands', async () => {
    const { page } = editor;
    await page.getByRole('button', { name: 'Outline' }).click();
    const tree = page.getByRole('tree', { name: 'Outline of main' });
    const row = (title: string) => tree.getByRole('treeitem', { name: new RegExp(`^${title}`) });
    await node('Second').click();
    await expect.poll(() => row('Second').getAttribute('aria-selected')).toBe('true');
    await row('Second').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await goOn(key);
    await expect.poll(() => row('d').getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => node('d').getAttribute('aria-current')).toBe('true');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await goOn(key);
    await row('d').waitFor({ state: 'detached' });
    await row('Last').click();
    await press('Alt+ArrowUp');
    await isOrder('a b c if(d)');
    await row('Second').click({ button: 'right' });
    await editor.item('Delete').click();
    await isOrder('a c if(d)');
    await page.getByRole('button', { name: 'Outline' }).click();
    await tree.waitFor({ state: 'detached' });
  });

  it('finds nodes, folds containers, and says what an empty operation does', async () => {
    const { page } = editor;
    await node('First').focus();
    await press('Control+f');
    await page.getByRole('textbox', { name: 'Find On Canvas' }).fill('variable/set');
    await page.getByText('4 found').waitFor();
    await press('Enter');
    await page.getByText('1 of 4').waitFor();
    await press('Enter');
    await page.getByText('2 of 4').waitFor();
    await expect.poll(() => node('Second').getAttribute('aria-current')).toBe('true');
    await press('Escape');
    await page.getByRole('button', { name: 'Fold Is it so?' }).click();
    await expect.poll(() => node('d').count()).toBe(0);
    await node('Is it so\\?').getByText('1 step inside').waitFor();
    await editor.goto('/servers/shop/empty');
    await page.getByText('This operation answers 200 with no body.').waitFor();
    await page.locator('.canvas-empty').getByRole('button', { name: 'Add an Action' }).click();
    await expect.poll(focused).toBe('Search actions');
  });

  it('brings into sight what a browser scrolls to', async () => {
    const { page } = editor;
    await page.setViewportSize({ width: 1440, height: 420 });
    await editor.kebab('Last').click();
    await editor.item('Duplicate').waitFor();
    await press('Escape');
    const isSeen = async () => {
      const box = await node('Last').boundingBox();
      return box !== null && box.y > 0 && box.y + box.height < 420;
    };
    await expect.poll(isSeen).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('draws of a thousand actions only what is seen, and goes to the others', async () => {
    const { page } = editor;
    await editor.goto('/servers/shop/big');
    await node('g0s0').waitFor();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBeLessThan(40);
    await node('Group 0').focus();
    await press('End');
    await expect.poll(focused).toMatch(/^Response/);
    await expect.poll(() => page.locator('.react-flow__node').count()).toBeLessThan(40);
    await go('ArrowUp', /^Group 49/);
    await press('Control+d');
    await node('Group 49').last().waitFor();
    await expect.poll(() => order('big')).toMatch(/ g49-2\(/);
  });

  it('passes axe in light and dark, also with menu, picker and outline open', async () => {
    const { page } = editor;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await editor.goto('/servers/shop/main');
      await node('Last').click();
      const outlineButton = page.getByRole('button', { name: 'Outline' });
      if ((await outlineButton.getAttribute('aria-pressed')) === 'false') await outlineButton.click();
      await page.getByRole('tree', { name: 'Outline of main' }).waitFor();
      expect(await editor.violations('.workbench')).toEqual([]);
      await node('Last').focus();
      await press('.');
      await editor.item('Duplicate').waitFor();
      expect(await editor.violations('main')).toEqual([]);
      await press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      // The menu gives the focus back a moment later.
      await expect.poll(focused).toMatch(/Last/);
      await page.getByRole('button', { name: 'Add an action after Last' }).press('Enter');
      await page.getByRole('dialog', { name: 'Add an action' }).waitFor();
      expect(await editor.violations('main')).toEqual([]);
      await press('Escape');
      await page.getByRole('button', { name: 'About Last' }).press('Enter');
      await page.getByRole('dialog', { name: 'About Last' }).waitFor();
      expect(await editor.violations('main')).toEqual([]);
    }
    // Whether a service is there has to be asked; browsers print it when the answer is no.
    expect(editor.unexpected(404)).toEqual([]);
  });
});
