import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

const web = (text: string) => ({
  schema: 1,
  id: 'web',
  type: 'http',
  active: true,
  host: '127.0.0.1',
  port: 0,
  operations: [{ id: 'hi', method: 'GET', path: '/hi', workflow: { actions: [], output: { body: text } } }],
});

describe.skipIf(isLeftOut)(inBrowser('the history'), () => {
  let editor: TestEditor;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers', { servers: [web('first')] });
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  const answer = async () => (await fetch(`${await editor.engine.url('web')}/hi`)).text();

  it('shows what a change changed, and goes back and forward', async () => {
    const { page, engine } = editor;
    await engine.api('/api/servers/web', { method: 'PUT', json: web('second') });
    await engine.api('/api/servers/web', { method: 'PUT', json: web('third') });
    expect(await answer()).toBe('third');
    await editor.goto('/history');
    const revisions = page.getByRole('navigation', { name: 'Revisions' }).getByRole('link');
    const newest = page.getByRole('article', { name: /Revision/ });
    await newest.getByText('operations › 0 › workflow › output › body').waitFor();
    await expect.poll(() => newest.locator('pre').allTextContents()).toEqual(['"second"', '"third"']);
    await revisions.nth(1).waitFor();
    const count = await revisions.count();

    await revisions.nth(1).click();
    await expect.poll(() => newest.locator('pre').allTextContents()).toEqual(['"first"', '"second"']);
    await page.getByRole('button', { name: 'Restore Project To This Revision…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Restore The Project To Revision \d+$/ });
    await expect
      .poll(() => dialog.getByRole('listitem').allInnerTexts())
      .toEqual([expect.stringContaining('server/web')]);
    expect(await answer()).toBe('third');
    expect(await editor.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore Project' }).click();
    await expect.poll(answer).toBe('second');
    await expect.poll(() => revisions.count()).toBe(count + 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(answer).toBe('third');
    expect(await editor.violations()).toEqual([]);
    expect(editor.wrong).toEqual([]);
  });
});
