import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

describe.skipIf(isLeftOut)(inBrowser('a draft that is not in order'), () => {
  let editor: TestEditor;
  beforeAll(async () => {
    editor = await TestEditor.open('/servers', { servers: [{ id: 'web', title: 'Web shop', operations: [] }] });
  }, 60_000);
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('is named, and what is live is shown instead, until it is discarded', async () => {
    const { page, engine } = editor;
    const evil = { schema: 1, id: 'web', type: 'http', title: { x: 1 }, operations: 7 };
    expect((await engine.api('/api/drafts/servers/web', { method: 'PUT', json: evil })).status).toBe(201);
    const banner = page.getByText('The draft of server/web cannot be shown: the title of web is not a text.');
    await banner.waitFor();
    await page.getByRole('main').getByText('Web shop').first().waitFor();
    await page.reload();
    await banner.waitFor();
    await page.getByRole('button', { name: 'Discard Draft' }).click();
    await banner.waitFor({ state: 'detached' });
    expect(await (await engine.api('/api/drafts')).json()).toEqual({ drafts: [] });
    expect(editor.wrong).toEqual([]);
  });
});
