import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';

describe.skipIf(isLeftOut)(inBrowser('the settings'), () => {
  let editor: TestEditor;
  beforeAll(async () => {
    editor = await TestEditor.open('/settings/logs', {
      env: { SLUICE_LOGS_FORMAT: 'json' },
      services: [{ id: 'tools', operations: [] }],
    });
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  const settings = async () =>
    (await editor.engine.api('/api/settings')).json() as Promise<{
      logs: { level: string };
      store: { maxDays: number };
    }>;

  it('are saved together, also from several sections, and can be given up', async () => {
    const { page } = editor;
    await page.getByRole('button', { name: 'debug' }).click();
    await page.getByText('Was info; one of debug, info, warning, error.').waitFor();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Store' }).click();
    await page.getByLabel('Max days').fill('30');
    await page.getByRole('button', { name: 'Save 2 Changes' }).click();
    await page.getByText('Saved 2 changes. In force now.').waitFor();
    expect(await settings()).toMatchObject({ logs: { level: 'debug' }, store: { maxDays: 30 } });
    await page.getByLabel('Max days').fill('31');
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => page.getByLabel('Max days').inputValue()).toBe('30');
  });

  it('say what is allowed at the field that is wrong, and keep what was typed', async () => {
    const { page } = editor;
    await editor.goto('/settings/store');
    await page.getByLabel('Max days').fill('0');
    await page.keyboard.press('Control+s');
    await page.getByText('must be a whole number from 1 to 36500, found 0').first().waitFor();
    expect(await page.getByLabel('Max days').inputValue()).toBe('0');
    expect((await settings()).store.maxDays).toBe(30);
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('show what a variable of the environment holds fast', async () => {
    const { page } = editor;
    await editor.goto('/settings/logs');
    await page.getByText('Set by SLUICE_LOGS_FORMAT.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'plain' }).isDisabled()).toBe(true);
  });

  it('try out redaction with names that are not saved yet', async () => {
    const { page } = editor;
    await editor.goto('/settings/logs');
    const written = page.getByRole('status', { name: 'What would be written' });
    await page.getByLabel('What to redact').fill('{"shoe-size": "42 and a half"}');
    await expect.poll(() => written.textContent()).toContain('42 and a half');
    await page.getByRole('textbox', { name: 'Redacted names' }).fill('shoe-size');
    await page.keyboard.press('Enter');
    await expect.poll(() => written.textContent()).not.toContain('42 and');
    await page.getByRole('button', { name: 'Remove shoe-size' }).click();
    await expect.poll(() => written.textContent()).toContain('42 and');
  });

  it('add, suspend and delete users', async () => {
    const { page } = editor;
    await editor.goto('/settings/users');
    await page.getByRole('button', { name: 'Add User…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a user' });
    await dialog.getByLabel('Name').fill('reader');
    await dialog.getByLabel('Password').fill('short');
    await dialog.getByRole('radio', { name: /viewer/ }).check();
    await dialog.getByRole('button', { name: 'Add User' }).click();
    await dialog.getByText('A password must have 12 to 1024 characters, found 5.').waitFor();
    await dialog.getByLabel('Password').fill('long enough for it');
    await dialog.getByRole('button', { name: 'Add User' }).click();
    await page.getByRole('row', { name: /reader/ }).waitFor();
    await editor.kebab('reader').click();
    await editor.item('Suspend').click();
    await page
      .getByRole('row', { name: /reader/ })
      .getByText('suspended')
      .waitFor();
    await editor.kebab('reader').click();
    await editor.item('Delete…').click();
    await page.getByRole('button', { name: 'Delete User' }).click();
    await expect.poll(() => page.getByRole('row', { name: /reader/ }).count()).toBe(0);
  });

  it('make a token that works, show it once, and end it', async () => {
    const { page } = editor;
    await editor.goto('/settings/tokens');
    await page.getByRole('button', { name: 'Make Token…' }).click();
    await page.getByLabel('Name').fill('build');
    await page.getByRole('dialog').getByRole('button', { name: 'Make Token' }).click();
    const token = (await page.getByRole('dialog', { name: 'The token' }).locator('code').textContent()) as string;
    const status = async () =>
      (await fetch(`${editor.engine.control}/api/servers`, { headers: { authorization: `Bearer ${token}` } })).status;
    await expect.poll(status).toBe(200);
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /build/ }).waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Remove build' }).click();
    await expect.poll(status).toBe(401);
  });

  it('store secrets that nobody can read, and variables that come back after an undo', async () => {
    const { page } = editor;
    await editor.goto('/settings/secrets');
    await page.getByRole('button', { name: 'Add Secret…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('api-key');
    await dialog.getByLabel('Value').fill('not-for-anybody-else');
    await page.getByRole('button', { name: 'Store Secret' }).click();
    await page.getByRole('row', { name: /api-key/ }).waitFor();
    expect(readFileSync(join(editor.engine.data, 'secrets.json'), 'utf8')).not.toContain('not-for-anybody-else');

    await editor.goto('/settings/variables');
    await page.getByRole('button', { name: 'Add Variable…' }).click();
    await dialog.getByLabel('Name').fill('limits');
    await dialog.getByLabel('Value, as JSON').fill('{"most": ');
    await page.getByRole('button', { name: 'Set Variable' }).click();
    await page.getByText('The value is not JSON yet').waitFor();
    await dialog.getByLabel('Value, as JSON').fill('{"most": 10}');
    await page.getByRole('button', { name: 'Set Variable' }).click();
    const variables = async () => (await editor.engine.api('/api/variables')).json();
    await expect.poll(variables).toEqual({ limits: { most: 10 } });
    await editor.kebab('limits').click();
    await editor.item('Delete').click();
    await expect.poll(variables).toEqual({});
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(variables).toEqual({ limits: { most: 10 } });
  });

  it.each(['light', 'dark'] as const)('have nothing for axe to find, %s', async (colorScheme) => {
    await editor.page.emulateMedia({ colorScheme });
    for (const section of ['logs', 'users', 'secrets', 'variables', 'tokens', 'about']) {
      await editor.goto(`/settings/${section}`);
      await editor.page.locator('.card').first().waitFor();
      expect([section, await editor.violations()]).toEqual([section, []]);
    }
  });

  it('left nothing behind on the console', () => expect(editor.unexpected(400, 422)).toEqual([]));
});
