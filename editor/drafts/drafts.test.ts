import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestEngine, until } from '../../test/support/engine.ts';
import { inBrowser, isLeftOut, TestEditor } from '../test-editor.ts';
import { violationsOn } from '../test-page.ts';

const greeting = (id: string, text: string) => ({ id, action: 'string/upcase', input: { string: text } });
const server = {
  id: 'hello',
  title: 'Hello',
  operations: [
    {
      id: 'get-hello',
      method: 'GET',
      path: '/hello',
      title: 'Say hello',
      workflow: {
        actions: [greeting('first', 'one'), greeting('second', 'two')],
        output: { status: 200, body: { $ref: ['variables', 'output'] } },
      },
    },
  ],
};
const document = { schema: 1, type: 'http', active: true, host: '127.0.0.1', port: 0, ...server };
const place = '/servers/hello/get-hello';
const draftPath = '/api/drafts/servers/hello';

let editor: TestEditor;

const title = (page: Page, id = 'get-hello') => page.getByRole('textbox', { name: `Title of ${id}`, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const isSaved = (page: Page) => page.getByRole('group', { name: 'Draft' }).getByText('Saved as draft').waitFor();
const isLive = (page: Page) => page.getByRole('group', { name: 'Draft' }).getByText('Live').waitFor();

/** The draft's file, as text; null when there is none. */
const draftFile = (): string | null => {
  const file = join(editor.engine.data, 'drafts/servers/hello.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};
const operationIn = (text: string | null) =>
  text === null ? undefined : (JSON.parse(text) as typeof server).operations[0];

/** What axe finds in what stands here for drafts. */
const violations = (tab: Page) => violationsOn(tab, { include: ['.dialog', '.banner', '.draft-tools'] });

/** For what the engine and two pages have to do after each other. */
const patienceMs = 30_000;

/** Another tab of the same browser. */
async function openTab(context: BrowserContext, path = place): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(editor.engine.control + path);
  await title(tab).or(title(tab, 'first')).or(title(tab, 'second')).first().waitFor();
  return tab;
}

describe.skipIf(isLeftOut)('drafts', () => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    editor = await TestEditor.open('/servers', { servers: [structuredClone(server)] });
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());
  // Each test has a browser of its own, signed in already.
  beforeEach(async () => {
    const { engine, browser } = editor;
    if (draftFile() !== null) await engine.api(draftPath, { method: 'DELETE' });
    await engine.api('/api/servers/hello', { method: 'PUT', json: document });
    const storageState = await editor.page.context().storageState();
    context = await browser.newContext({
      storageState,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
    });
    page = await openTab(context);
  });
  afterEach(() => context.close());

  test(inBrowser('an edit is a draft on disk, and live once it is deployed; Undo takes that back'), async () => {
    const { engine } = editor;
    await isLive(page);
    await expect.poll(() => button(page, 'Deploy').getAttribute('title')).toBe('Nothing differs from what is live.');
    await page.close();
    page = await openTab(context, `${place}?node=second`);
    await page.getByLabel('string', { exact: true }).fill('three');
    await isSaved(page);
    await expect.poll(draftFile).toContain('"three"');
    const url = `${await engine.url('hello')}/hello`;
    const said = async () => (await fetch(url)).text();
    await expect.poll(said).toBe('TWO');

    await page.keyboard.press('ControlOrMeta+s');
    const dialog = page.getByRole('dialog', { name: 'Deploy' });
    await dialog.getByText('second: input.string').waitFor();
    expect(await dialog.locator('del').innerText()).toContain('"two"');
    expect(await dialog.locator('ins').innerText()).toContain('"three"');
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('Message, for the history').fill('Count on');
    await page.keyboard.press('Enter');
    await page.getByText(/^Deployed Hello, revision \d+$/).waitFor();
    await expect.poll(said).toBe('THREE');
    await expect.poll(draftFile).toBeNull();
    const { revisions } = (await (await engine.api('/api/history?limit=1')).json()) as {
      revisions: { message: string }[];
    };
    expect(revisions[0]?.message).toBe('Count on');

    await page.getByRole('group', { name: 'Notice' }).getByRole('button', { name: 'Undo' }).click();
    await isSaved(page);
    await expect.poll(said).toBe('TWO');
    await expect.poll(draftFile).toContain('"three"');
  });

  test(inBrowser('50 steps are undone to the very document, and done again'), async () => {
    const { engine } = editor;
    const live = await (await engine.api('/api/servers/hello')).text();
    let middle: string | null = null;
    for (let n = 1; n <= 25; n++) {
      await title(page).fill(`Say hello ${n}`);
      await page.getByRole('textbox', { name: 'timeoutMs' }).fill(`${1000 + n}`);
      if (n !== 10) continue;
      await isSaved(page);
      middle = draftFile();
    }
    await isSaved(page);
    const last = draftFile();
    await page.getByRole('main').locator('h1').click();
    const press = async (keys: string, times: number) => {
      for (let n = 0; n < times; n++) await page.keyboard.press(keys);
    };
    await press('ControlOrMeta+z', 30);
    await isSaved(page);
    await until(
      () => draftFile() === middle,
      patienceMs,
      () => `the draft of step 20, found ${draftFile()}`,
    );
    await press('ControlOrMeta+z', 20);
    await isLive(page);
    await until(
      () => draftFile() === null,
      patienceMs,
      () => 'no draft',
    );
    await expect.poll(() => button(page, 'Undo').getAttribute('title')).toBe('Nothing was edited yet.');
    await expect.poll(() => title(page).inputValue()).toBe('Say hello');
    expect(await (await engine.api('/api/servers/hello')).text()).toBe(live);
    await press('ControlOrMeta+Shift+z', 50);
    await until(
      () => draftFile() === last,
      patienceMs,
      () => `the draft of step 50, found ${draftFile()}`,
    );
  });

  test(
    inBrowser('what two tabs change in different places is brought together; a conflict has two ways out'),
    async () => {
      const other = await openTab(context, `${place}?node=first`);
      await Promise.all([title(page).fill('Greet'), title(other, 'first').fill('Begin')]);
      await until(
        () => {
          const found = operationIn(draftFile());
          return found?.title === 'Greet' && JSON.stringify(found).includes('"title":"Begin"');
        },
        patienceMs,
        () => `both edits in ${draftFile()}`,
      );
      // Each sees what the other did.
      await page.getByRole('main').getByText('Begin').first().waitFor();
      await other.getByRole('heading', { name: 'Greet' }).waitFor();
      await other.goto(editor.engine.control + place);
      await isSaved(other);

      for (const [way, gives] of [
        ['Take Theirs', 'theirs'],
        ['Keep Mine', 'mine'],
      ] as const) {
        // Both begin with the same.
        const same = async () => (await title(other).inputValue()) === (await title(page).inputValue());
        await until(same, patienceMs, () => 'the other tab to follow');
        await isSaved(other);
        // What is typed here cannot be sent until the other tab has saved.
        await page.route(`**${draftPath}`, async (route) => {
          if (route.request().method() !== 'PUT') return route.continue();
          await until(
            () => operationIn(draftFile())?.title === `theirs ${way}`,
            patienceMs,
            () => 'the other tab to save',
          );
          return route.continue();
        });
        await title(page).fill(`mine ${way}`);
        await title(other).fill(`theirs ${way}`);
        await page.getByText('Saved elsewhere first.').waitFor();
        await page.unroute(`**${draftPath}`);
        expect(operationIn(draftFile())?.title).toBe(`theirs ${way}`);
        expect(await title(page).inputValue()).toBe(`mine ${way}`);
        await button(page, 'Compare').click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText(`"theirs ${way}"`).waitFor();
        await dialog.getByText(`"mine ${way}"`).waitFor();
        expect(await violations(page)).toEqual([]);
        await dialog.getByRole('button', { name: way }).click();
        await isSaved(page);
        await expect.poll(() => operationIn(draftFile())?.title).toBe(`${gives} ${way}`);
        if (gives === 'theirs') {
          await button(page, 'Undo').click();
          await until(
            () => operationIn(draftFile())?.title === `mine ${way}`,
            patienceMs,
            () => 'mine to be saved',
          );
        }
      }
    },
  );

  test(inBrowser('what is refused is kept with the reason, and saved once it is allowed'), async () => {
    const detail = 'The draft is larger than this engine takes.';
    await page.route(`**${draftPath}`, (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({ status: 413, contentType: 'application/problem+json', body: JSON.stringify({ detail }) })
        : route.continue(),
    );
    await title(page).fill('Much too long');
    await page.getByText('1 edit is kept in this browser.').waitFor();
    await page.getByText(`The engine did not take it: ${detail}`).waitFor();
    expect(await title(page).inputValue()).toBe('Much too long');
    await page.unroute(`**${draftPath}`);
    await button(page, 'Retry').click();
    await isSaved(page);
    expect(operationIn(draftFile())?.title).toBe('Much too long');
  });

  test(
    inBrowser('an error keeps a draft from being deployed and leads to its place; Discard Draft can be undone'),
    async () => {
      const { engine } = editor;
      const wrong = structuredClone(document) as unknown as { operations: { workflow: { actions: unknown[] } }[] };
      wrong.operations[0]?.workflow.actions.push({ ...greeting('third', 'x'), timeoutMs: 'soon' });
      await engine.api(draftPath, { method: 'PUT', json: wrong });
      // Saved by somebody else, it shows here by itself.
      await isSaved(page);
      await button(page, 'Deploy').click();
      const dialog = page.getByRole('dialog', { name: 'Deploy' });
      await dialog.getByText('1 error must be mended first.').waitFor();
      await dialog.getByRole('button', { name: 'Deploy', exact: true, disabled: true }).waitFor();
      await dialog.getByRole('button', { name: 'Go To third' }).click();
      await title(page, 'third').waitFor();
      await page.waitForURL(({ searchParams }) => searchParams.get('node') === 'third');

      await button(page, 'Discard Draft').click();
      await isLive(page);
      await until(
        () => draftFile() === null,
        patienceMs,
        () => 'no draft',
      );
      await page.getByRole('group', { name: 'Notice' }).getByRole('button', { name: 'Undo' }).click();
      await until(
        () => draftFile()?.includes('"soon"'),
        patienceMs,
        () => 'the draft to be back',
      );
    },
  );

  test(inBrowser('a deploy from elsewhere is told, and merged into the draft'), async () => {
    const { engine } = editor;
    await title(page).fill('Mine');
    await isSaved(page);
    const live = (await (await engine.api('/api/servers/hello')).json()) as typeof server;
    const changed = { ...live, title: 'Hello from elsewhere' };
    await engine.api('/api/servers/hello', { method: 'PUT', json: changed });
    await page.getByText('was deployed elsewhere').waitFor();
    await button(page, 'Merge').click();
    await page.getByText('was deployed elsewhere').waitFor({ state: 'detached' });
    await isSaved(page);
    await expect
      .poll(() => JSON.parse(draftFile() ?? '{}'))
      .toMatchObject({ title: 'Hello from elsewhere', operations: [{ title: 'Mine' }] });
    await page.getByRole('main').locator('h1').click();
    await page.keyboard.press('ControlOrMeta+s');
    await page.getByRole('dialog').getByRole('button', { name: 'Deploy', exact: true }).click();
    await isLive(page);
    expect(await (await engine.api('/api/servers/hello')).json()).toMatchObject({ title: 'Hello from elsewhere' });
  });

  test(
    inBrowser('edits made while the engine is gone are kept, over a closed tab too, and saved when it is back'),
    async () => {
      const { engine } = editor;
      const { port } = new URL(engine.control);
      engine.child.kill('SIGKILL');
      await engine.exit;
      await title(page).fill('Typed meanwhile');
      await page.getByRole('textbox', { name: 'timeoutMs' }).fill('1234');
      await page.getByText('2 edits are kept in this browser.').waitFor();
      expect(await violations(page)).toEqual([]);
      const left = await context.newPage();
      await page.close();
      await using again = await TestEngine.start({ data: engine.data, env: { SLUICE_PORT: port } });
      await left.goto(again.control + place);
      await left.getByText('2 edits of Hello that were kept in this browser are back.').waitFor();
      await isSaved(left);
      await expect.poll(() => title(left).inputValue()).toBe('Typed meanwhile');
      await expect.poll(() => operationIn(draftFile())).toMatchObject({ title: 'Typed meanwhile', timeoutMs: 1234 });

      // The same without closing: they are saved by themselves.
      again.child.kill('SIGKILL');
      await again.exit;
      await title(left).fill('Typed once more');
      await left.getByText('1 edit is kept in this browser.').waitFor();
      await using third = await TestEngine.start({ data: engine.data, env: { SLUICE_PORT: port } });
      await isSaved(left);
      expect(third.data).toBe(engine.data);
      await expect.poll(() => operationIn(draftFile())?.title).toBe('Typed once more');
    },
  );
});
