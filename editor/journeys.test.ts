import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../test/support/free-port.ts';
import { inBrowser, isLeftOut, TestEditor } from './test-editor.ts';

let editor: TestEditor;
afterEach(() => editor?.[Symbol.asyncDispose]());

/** The actions in the palette, once what was typed has left only this one. */
async function foundInPalette(id: string): Promise<Locator> {
  const list = editor.page
    .getByRole('region', { name: 'Palette' })
    .getByRole('list', { name: 'Found actions' })
    .getByRole('button');
  await expect.poll(() => list.first().textContent()).toContain(id);
  return list.first();
}

/** The middle of the steps' line between two nodes of the canvas. */
async function between(above: Locator, below: Locator): Promise<{ x: number; y: number }> {
  const [a, b] = [await above.boundingBox(), await below.boundingBox()];
  if (a === null || b === null) throw new Error('One of the two is not on the canvas.');
  return { x: a.x + a.width / 2, y: (a.y + a.height + b.y) / 2 };
}

const textOf = async (url: string): Promise<string> => {
  const answer = await fetch(url).catch(() => null);
  return answer === null ? 'no answer' : answer.text();
};

describe.skipIf(isLeftOut)(inBrowser('from nothing to an API that answers and is logged'), () => {
  it('with the mouse alone, but for the words', async () => {
    editor = await TestEditor.open('/servers', { files: { 'services/.keep': '' } });
    const { page, engine } = editor;
    const main = page.getByRole('main');
    const dialog = page.getByRole('dialog');
    await main
      .getByRole('button', { name: /^New Server/ })
      .first()
      .click();
    await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill('Greeter');
    // What the dialog proposes may be taken meanwhile by an engine beside this one.
    const port = await freePort();
    await dialog.getByRole('textbox', { name: 'Port', exact: true }).fill(String(port));
    await dialog.getByRole('button', { name: 'Create Server', exact: true }).click();
    await page.waitForURL('**/servers/greeter');
    await editor.kebab('Greeter').click();
    await editor.item('New Operation…').click();
    await dialog.getByRole('textbox', { name: 'Path', exact: true }).fill('/hello');
    await dialog.getByRole('button', { name: 'Create Operation', exact: true }).click();
    await page.waitForURL('**/servers/greeter/get-hello');

    const canvas = page.locator('.canvas');
    const start = canvas.getByRole('group', { name: /^Request/ });
    const end = canvas.getByRole('group', { name: /^Response/ });
    await start.waitFor();
    await page.getByRole('searchbox', { name: 'Search actions' }).fill('string/join');
    await end.waitFor();
    const entry = await foundInPalette('string/join');
    const from = (await entry.boundingBox()) as { x: number; y: number };
    const to = await between(start, end);
    await page.mouse.move(from.x + 20, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.mouse.up();
    const node = canvas.getByRole('group', { name: /^join/ });
    await node.waitFor();
    await node.click();

    const panel = page.getByRole('complementary', { name: 'Panel' });
    const add = panel.getByRole('button', { name: 'Add an item to array' });
    await add.click();
    await panel.getByRole('textbox', { name: 'array[0]', exact: true }).fill('Hello');
    await add.click();
    await panel.getByRole('button', { name: 'Kind of array[1]: Literal' }).click();
    await editor.item('JSONata').click();
    await panel.getByRole('textbox', { name: 'array[1]', exact: true }).fill('request.query.name');
    await panel.getByRole('textbox', { name: 'delimiter', exact: true }).fill(' ');
    await end.click();
    await panel.getByRole('button', { name: 'Kind of body: Literal' }).click();
    await editor.item('Reference').click();
    await page.getByRole('treeitem', { name: 'variables.output', exact: true }).click();
    await page.getByText('Saved as draft').waitFor();

    const url = `http://127.0.0.1:${port}/hello?name=World`;
    expect(await textOf(url)).toBe('no answer');
    await main.getByRole('button', { name: /^Deploy/ }).click();
    await dialog.getByRole('button', { name: /^Deploy/ }).click();
    await expect.poll(() => textOf(url), { timeout: 30_000 }).toBe('Hello World');

    await editor.kebab('join').click();
    await editor.item('Log This Action').click();
    await expect
      .poll(async () => (await (await engine.api('/api/nodes/server/greeter/get-hello/join')).json()).log.own)
      .toBe(true);
    expect(await textOf(url)).toBe('Hello World');
    await panel.getByRole('tab', { name: 'Logs' }).click();
    await panel
      .getByText(/join end/)
      .first()
      .waitFor();
    await engine.lines('user', /\[info\] {2}server\/greeter\/get-hello\/join end \S+ "Hello World"/);
    expect(editor.unexpected(404)).toEqual([]);
  });

  it('with the keyboard alone', async () => {
    editor = await TestEditor.open('/servers', { files: { 'services/.keep': '' } });
    const { page, engine } = editor;
    const { keyboard } = page;
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
        return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
      });
    /** Goes on with Tab until what has the focus is called so. */
    const tabTo = async (name: RegExp, key = 'Tab') => {
      const passed: string[] = [];
      for (let tries = 0; tries < 80; tries++) {
        const now = await focused();
        if (name.test(now)) return;
        passed.push(now);
        await keyboard.press(key);
      }
      throw new Error(`${name} was not reached; the focus went over ${passed.join(' | ')}`);
    };
    await page
      .getByRole('button', { name: /^New Server/ })
      .first()
      .waitFor();
    await keyboard.press('n');
    await page.getByRole('dialog').waitFor();
    await editor.type('Greeter');
    await tabTo(/^Port$/);
    const port = await freePort();
    await keyboard.press('Control+a');
    await keyboard.type(String(port));
    await keyboard.press('Enter');
    await page.waitForURL('**/servers/greeter');
    await tabTo(/^New Operation…/);
    await keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Path', exact: true }).waitFor();
    await editor.type('/hello');
    await keyboard.press('Enter');
    await page.waitForURL('**/servers/greeter/get-hello');

    await page.getByText('Nothing happens here yet').waitFor();
    await keyboard.press('/');
    await tabTo(/Search actions/);
    await keyboard.type('string/join');
    await foundInPalette('string/join');
    await keyboard.press('Enter');
    const canvas = page.locator('.canvas');
    await canvas.getByRole('group', { name: /^join/ }).waitFor();
    await page.waitForURL('**/get-hello?node=join');
    await tabTo(/^Add an item to array/);
    await keyboard.press('Enter');
    await tabTo(/^array\[0\]$/);
    await keyboard.type('Hello');
    await tabTo(/^Add an item to array/, 'Shift+Tab');
    await keyboard.press('Enter');
    await tabTo(/^Kind of array\[1\]/);
    await keyboard.press('Enter');
    await editor.pressInMenu('3');
    // What is typed while the code editor is loaded would be typed into two fields.
    await page
      .locator('.cm-content')
      .and(page.getByRole('textbox', { name: 'array[1]', exact: true }))
      .waitFor();
    await tabTo(/^array\[1\]$/);
    await keyboard.type('request.query.name');
    await keyboard.press('Escape');
    await tabTo(/^delimiter$/);
    await keyboard.type(' ');
    await keyboard.press('F6');
    await page.locator('.canvas :focus, .canvas:focus').first().waitFor();
    await keyboard.press('End');
    await page.waitForURL('**/get-hello?node=end');
    await keyboard.press('F6');
    await tabTo(/^Kind of body/);
    await keyboard.press('Enter');
    await editor.pressInMenu('2');
    await page.getByRole('tree').waitFor();
    await editor.type('variables output');
    await page.getByRole('treeitem', { name: 'variables.output', exact: true }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'body: variables.output' }).waitFor();
    await page.getByText('Saved as draft').waitFor();
    await keyboard.press('Control+s');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Deploy/, disabled: false })
      .waitFor();
    await tabTo(/^Deploy/);
    await keyboard.press('Enter');
    const url = `http://127.0.0.1:${port}/hello?name=World`;
    await expect.poll(() => textOf(url), { timeout: 30_000 }).toBe('Hello World');

    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('F6');
    await tabTo(/^Response/);
    await page
      .locator('.canvas')
      .getByRole('group', { name: /^Response/ })
      .waitFor();
    await keyboard.press('ArrowUp');
    await page.waitForURL('**/get-hello?node=join');
    await tabTo(/^Log This Action/);
    await keyboard.press('Space');
    await expect
      .poll(async () => (await (await engine.api('/api/nodes/server/greeter/get-hello/join')).json()).log.own)
      .toBe(true);
    expect(editor.unexpected(404)).toEqual([]);
  });
});
