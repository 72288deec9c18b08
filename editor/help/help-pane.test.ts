import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const operation = {
  id: 'greet',
  method: 'GET',
  path: '/greet',
  workflow: {
    actions: [{ id: 'join', action: 'string/join', input: { array: ['kept'], delimiter: '+' } }],
    output: null,
  },
};

describe.skipIf(isLeftOut)(inBrowser('help'), () => {
  let editor: TestEditor;
  const help = (title: string) => editor.page.getByRole('article', { name: `Help for ${title}` });

  beforeAll(async () => {
    editor = await TestEditor.open('/servers/shop/greet', { servers: [{ id: 'shop', operations: [operation] }] });
    await editor.page.getByRole('tab', { name: 'Help' }).click();
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('says what one does first, and leads to the shortcuts', async () => {
    const { page } = editor;
    await page.getByRole('heading', { name: 'What one does first' }).waitFor();
    await page.getByRole('button', { name: 'Show Shortcuts' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('documents the chosen action, and follows links to others and back', async () => {
    const { page } = editor;
    await editor.goto('/servers/shop/greet?node=join');
    await page.getByRole('tab', { name: 'Help' }).click();
    await help('Join').getByText('Joins the items of an array to one text').waitFor();
    expect(await editor.violations('.tabpanel')).toEqual([]);
    await help('Join').getByRole('button', { name: 'data/json/encode' }).click();
    const back = page.getByRole('button', { name: 'Back To string/join' });
    await back.waitFor();
    await help('Join').waitFor({ state: 'detached' });
    await page.getByRole('article', { name: /^Help for/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Insert Example' }).count()).toBe(0);
    await back.click();
    await help('Join').waitFor();
  });

  it('fills an example into the chosen action, and takes it back', async () => {
    const { page } = editor;
    await page.getByRole('button', { name: 'Insert Example' }).first().click();
    await page.getByText('Inserted an example into join').waitFor();
    /** That of the draft; null where nothing differs from what is live. */
    const delimiter = async (): Promise<string | null> => {
      const answer = await editor.engine.api('/api/drafts/servers/shop');
      if (!answer.ok) return null;
      const { operations } = (await answer.json()) as { operations: [typeof operation] };
      return operations[0].workflow.actions[0]?.input.delimiter ?? null;
    };
    await expect.poll(delimiter).toBe('=');
    await page.getByRole('group', { name: 'Notice' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await delimiter()) ?? '+').toBe('+');
    expect(editor.wrong).toEqual([]);
  });
});
