import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

describe.skipIf(isLeftOut)(inBrowser('the command palette'), () => {
  let editor: TestEditor;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers', {
      servers: [
        {
          id: 'web',
          title: 'Web shop',
          operations: [
            {
              id: 'hi',
              method: 'GET',
              path: '/hi',
              workflow: { actions: [{ id: 'greet', action: 'variable/set', input: { value: 1 } }] },
            },
          ],
        },
      ],
    });
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('leads to a node by a few letters, with the keyboard alone', async () => {
    const { page } = editor;
    await page.getByRole('link', { name: 'Say hi' }).or(page.getByText('/hi')).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('gree');
    await page.getByRole('option', { name: /greet/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/servers/web/hi?node=greet');
  });

  it('gives commands, and closes without one', async () => {
    const { page } = editor;
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('dark theme');
    await page.getByRole('option', { name: /Dark Theme/i, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(theme).toBe('dark');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('xyzzy');
    await page.getByText('Nothing has “xyzzy”').waitFor();
    expect(await editor.violations()).toEqual([]);
    await page.getByRole('combobox').fill('hi');
    await page.getByRole('option').first().waitFor();
    expect(await editor.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('stands beside a list of all shortcuts', async () => {
    const { page } = editor;
    await page.getByRole('navigation', { name: 'Toolbar' }).waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
    await dialog.getByText('Find Anything…').waitFor();
    expect(await editor.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(editor.wrong).toEqual([]);
  });
});
