import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemoryControl } from '../engine/control/api/memory-control.ts';
import { openTestControl } from '../engine/control/api/test-control.ts';
import { makeEntrance, type TestEntrance, testPassword } from '../engine/control/api/test-entrance.ts';
import { serveApi } from '../engine/control/api/test-server.ts';
import { createUser } from '../engine/control/auth/changes.ts';
import { builtEditor as editorDir } from '../test/support/engine.ts';
import { inBrowser, isLeftOut } from './test-editor.ts';
import { launch, openPage, violationsOn } from './test-page.ts';

let browser: Browser;
let control: MemoryControl;
let closeControl: () => Promise<void>;
let api: Awaited<ReturnType<typeof serveApi>>;
let page: Page;
let wrong: string[];
/** What Chromium prints of refusals and of an absent engine, where a test brings them about. */
let foreseen: RegExp[];
let entrance: TestEntrance;

const signIn = async (password = testPassword) => {
  await page.getByLabel('User name').fill('root');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};
/** Opens a path for somebody who is signed in already. */
const open = async (path: string, username = 'root') => {
  const answer = await page.request.post(`${api.base}/api/session`, { data: { username, password: testPassword } });
  expect(answer.status()).toBe(200);
  await page.goto(api.base + path);
};
const kebab = (title: string) => page.getByRole('button', { name: `More actions for ${title}`, exact: true });
const item = (label: string) =>
  page.getByRole('menuitem', { name: label }).or(page.getByRole('menuitemcheckbox', { name: label }));
const row = (text: string) => page.getByRole('main').getByRole('row').filter({ hasText: text });
const violations = () => violationsOn(page);
const focusedLabel = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

describe.skipIf(isLeftOut)(inBrowser('the page'), () => {
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    ({ control, close: closeControl } = await openTestControl());
    entrance = makeEntrance(control);
    await entrance.signIn.createFirst('root', testPassword);
    api = await serveApi(control, { editorDir, entrance });
    ({ page, wrong } = await openPage(browser));
    foreseen = [];
  });
  afterEach(async () => {
    await page.context().close();
    await api.close();
    await entrance.close();
    await closeControl();
    expect(wrong.filter((text) => !foreseen.some((pattern) => pattern.test(text)))).toEqual([]);
  });

  it('asks for name and password, says when they are wrong, and keeps them out of address and storage', async () => {
    foreseen = [/status of 401/];
    await page.goto(`${api.base}/services`);
    await signIn('wrong-password');
    await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
    expect(await page.getByLabel('Password').inputValue()).toBe('wrong-password');
    await signIn();
    await row('Tools').first().waitFor();
    expect(page.url()).toBe(`${api.base}/services`);
    const kept = () => page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
    expect(await kept()).not.toMatch(new RegExp(`root|${testPassword}`));
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({
      name: '__Host-sluice',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      domain: '127.0.0.1',
    });
    await page.reload();
    await row('Tools').first().waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('User name').waitFor();
    await expect.poll(() => page.context().cookies()).toEqual([]);
    await page.reload();
    await page.getByLabel('User name').waitFor();
  });

  it('asks again when the session has ended elsewhere, and goes on where it was', async () => {
    foreseen = [/status of 401/];
    await open('/servers/orders/post-order');
    await kebab('Label').waitFor();
    const search = page.getByRole('searchbox', { name: 'Search actions' });
    await search.fill('half a wo');
    const account = entrance.access.users.existing('root');
    await entrance.access.sessions.endOthers(account.id, null);
    await page.getByRole('alert').getByText('The session has ended. Sign in again.').waitFor();
    expect(page.url()).toBe(`${api.base}/servers/orders/post-order`);
    // What was on the screen stays, under the form.
    await signIn();
    await kebab('Label').click();
    expect(await search.inputValue()).toBe('half a wo');
  });

  describe('on the first run', () => {
    let first: TestEntrance;
    beforeEach(async () => {
      await api.close();
      first = makeEntrance(control);
      api = await serveApi(control, { editorDir, entrance: first });
    });
    afterEach(() => first.close());

    it('creates the administrator and signs in', async () => {
      foreseen = [/status of 400/];
      await page.goto(`${api.base}/services`);
      await page.getByRole('heading', { name: 'Create the administrator' }).waitFor();
      const create = page.getByRole('button', { name: 'Create administrator' });
      await page.getByLabel('User name').fill('root');
      await page.getByLabel('Password').fill('short');
      await create.click();
      await page.getByRole('alert').getByText('A password must have 12 to 1024 characters, found 5.').waitFor();
      await page.getByLabel('Password').fill(testPassword);
      await page.getByText('15 characters. Any 12 or more will do').waitFor();
      await create.click();
      await row('Tools').first().waitFor();
      expect(page.url()).toBe(`${api.base}/services`);
      expect(first.access.users.list().map(({ name: one, role }) => [one, role])).toEqual([['root', 'administrator']]);
    });

    it('marks the field that is wrong', async () => {
      foreseen = [/status of 400/];
      await page.goto(api.base);
      await page.getByLabel('User name').fill('not a name');
      await page.getByLabel('Password').fill(testPassword);
      await page.getByRole('button', { name: 'Create administrator' }).click();
      await page.getByRole('alert').getByText('A user name must be').waitFor();
      const marked = () =>
        page.evaluate(() => [...document.querySelectorAll('[aria-invalid="true"]')].map((input) => input.id));
      const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
      expect(await marked()).toEqual([await page.getByLabel('User name').getAttribute('id')]);
      expect(await focused()).toBe((await marked())[0]);
      expect(await violations()).toEqual([]);
      await page.keyboard.type('root');
      await page.getByLabel('Password').fill('short');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('A password must have').waitFor();
      expect(await marked()).toEqual([await page.getByLabel('Password').getAttribute('id')]);
      expect(await focused()).toBe((await marked())[0]);
    });

    it('names no port that the example may not have', async () => {
      await page.goto(api.base);
      await page.getByRole('heading', { name: 'Call the example' }).waitFor();
      expect(await page.locator('.first-steps').textContent()).not.toMatch(/\b\d{4,5}\b/);
    });

    it('asks for the setup secret where others can reach it', async () => {
      foreseen = [/status of 403/];
      Object.assign(control.settings, { publicUrl: 'https://sluice.example.com' });
      const secret = first.signIn.setupSecret() as string;
      await page.goto(api.base);
      await page.getByLabel('User name').fill('root');
      await page.getByLabel('Password').fill(testPassword);
      await page.getByLabel('Setup secret').fill('guessed');
      await page.getByRole('button', { name: 'Create administrator' }).click();
      await page.getByRole('alert').getByText('The setup secret is wrong.').waitFor();
      await page.getByLabel('Setup secret').fill(secret);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/servers/hello/get-hello');
      await page.getByRole('heading', { name: 'Say hello' }).first().waitFor();
    });

    it('shows the sign-in form to who comes too late', async () => {
      foreseen = [/status of 401/];
      await page.goto(api.base);
      await page.getByLabel('User name').fill('late');
      await page.getByLabel('Password').fill(testPassword);
      await first.signIn.createFirst('root', testPassword);
      await page.getByRole('button', { name: 'Create administrator' }).click();
      await page.getByRole('alert').getByText('Somebody else has created the administrator').waitFor();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    });

    it('has nothing for axe to find, light and dark, wide and narrow', async () => {
      Object.assign(control.settings, { publicUrl: 'https://sluice.example.com' });
      await page.goto(api.base);
      await page.getByLabel('Password').fill('short');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1440, 600]) {
          await page.setViewportSize({ width, height: 800 });
          const found = await violations();
          expect({ colorScheme, width, found }).toEqual({ colorScheme, width, found: [] });
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        }
      }
    });
  });

  it('shows one row per thing, with state, port and where a switch comes from', async () => {
    control.states.set('warehouse', {
      state: 'failed',
      host: '127.0.0.1',
      port: 8084,
      reason: 'Port 8084 is in use by another process.',
    });
    await open('/');
    await row('Hello').first().waitFor();
    const stateOf = (text: string) => row(text).first().getByRole('img').getAttribute('aria-label');
    await expect.poll(() => stateOf('warehouse')).toBe('Port 8084 is in use by another process.');
    await row('Port 8084 is in use').waitFor();
    expect(await row(':8080').textContent()).toContain('Hello');
    await expect.poll(() => row('Place an order').textContent()).toMatch(/POST\/orders.*inherited from server\/orders/);
    await expect.poll(() => stateOf('delete-order')).toBe('Not active');
    await page.getByRole('button', { name: 'Operations of Orders' }).click();
    await row('Place an order').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('stock');
    await expect.poll(() => row('Hello').count()).toBe(0);
    await row('/stock/{sku}').waitFor();
  });

  it('switches log and capture with the mouse, at once', async () => {
    await open('/servers');
    await kebab('Hello').click();
    await item('Enable Log').click();
    await expect.poll(() => control.node('server/hello')?.log.own).toBe(true);
    await row('Say hello').getByText('Log is on, set here').waitFor({ state: 'attached' });
    await row('hello').first().getByText('Log is on, set here').waitFor({ state: 'attached' });
    await page.getByRole('status').getByText('Log of Hello is enabled.').waitFor({ state: 'attached' });
    await kebab('Hello').click();
    await item('Disable Log').click();
    await expect.poll(() => control.node('server/hello')?.log.own).toBe(false);
    await kebab('Say hello').click();
    await item('Enable Capture').click();
    await expect.poll(() => control.node('server/hello/get-hello')?.capture.effective).toBe(true);
  });

  it('switches with the keyboard alone', async () => {
    await open('/servers');
    await kebab('Place an order').focus();
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await expect.poll(focused).toBe('Simulate');
    await page.keyboard.press('ArrowUp');
    await expect.poll(focused).toMatch(/^Delete/);
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe('Simulate');
    await page.keyboard.press('l');
    await expect.poll(focused).toMatch(/^Log All Actions/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await expect.poll(focusedLabel).toBe('More actions for Place an order');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('Simulate');
    for (let entries = 0; entries < 3; entries++) {
      const before = await focused();
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).not.toBe(before);
    }
    await expect.poll(focused).toMatch(/^Log All Actions/);
    await page.keyboard.press('Enter');
    await expect.poll(() => control.node('server/orders/post-order/label')?.log.own).toBe(true);
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await expect.poll(focusedLabel).toBe('More actions for Place an order');
    await page.keyboard.press('Enter');
    await expect.poll(() => item('Log All Actions').getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  });

  it('draws an operation and logs one of its actions', async () => {
    await open('/servers');
    await page.getByRole('link', { name: 'Place an order' }).click();
    await page.waitForURL(`${api.base}/servers/orders/post-order`);
    await page.getByRole('heading', { name: 'Place an order' }).waitFor();
    for (const title of [
      'Add up',
      'Does the credit cover it?',
      'Refuse',
      'Reserve the goods',
      'For every line',
      'Label',
      'Announce the order',
      'Tell the log',
    ]) {
      await kebab(title).waitFor();
    }
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(5);
    await kebab('Label').click();
    await expect.poll(() => item('Log This Action').getAttribute('aria-checked')).toBe('false');
    await item('Log This Action').click();
    await expect.poll(() => control.node('server/orders/post-order/label')?.log.effective).toBe(true);
    await kebab('Label').press('Enter');
    await expect.poll(() => item('Log This Action').getAttribute('aria-checked')).toBe('true');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Log This Action/);
    await page.keyboard.press('Enter');
    await expect.poll(() => control.node('server/orders/post-order/label')?.log.effective).toBe(false);
    await page.goBack();
    await row('Place an order').waitFor();
  });

  it('brings what the keyboard reaches into view', async () => {
    await page.setViewportSize({ width: 800, height: 420 });
    await open('/servers/orders/post-order');
    const node = (title: string) => page.locator('.canvas').getByRole('group', { name: new RegExp(`^${title}`) });
    await node('Add up').focus();
    for (let presses = 0; presses < 20 && !/^Announce/.test((await focusedLabel()) ?? ''); presses++) {
      const before = await focusedLabel();
      await page.keyboard.press('ArrowDown');
      await expect.poll(focusedLabel).not.toBe(before);
    }
    expect(await focusedLabel()).toMatch(/^Announce the order/);
    await expect.poll(async () => ((await node('Announce the order').boundingBox())?.y ?? 9999) < 400).toBe(true);
  });

  it('shows what another changed, and a switch that was refused', async () => {
    foreseen = [/status of 507/];
    await open('/servers');
    await row('Hello').first().waitFor();
    await control.changeNode('server/hello', { capture: true }, 'somebody else');
    await row('hello').first().getByText('Capture is on, set here').waitFor({ state: 'attached' });
    await page.route('**/api/nodes/server/hello', (route) =>
      route.fulfill({ status: 507, contentType: 'application/problem+json', body: '{"detail":"No space is left."}' }),
    );
    await kebab('Hello').click();
    await item('Enable Log').click();
    await page.getByRole('alert').getByText('Enable Log failed for Hello: No space is left.').waitFor();
    await page.unroute('**/api/nodes/server/hello');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => control.node('server/hello')?.log.own).toBe(true);
  });

  it('offers no second try of what is forbidden', async () => {
    foreseen = [/status of 403/];
    await open('/servers');
    await page.route('**/api/nodes/server/hello', (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"detail":"Not any more."}' }),
    );
    await kebab('Hello').click();
    await item('Enable Log').click();
    await page.getByRole('alert').getByText('Enable Log failed for Hello: Not any more.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });

  it('lets a viewer read, and says why the rest cannot be done', async () => {
    await createUser(entrance.access, { name: 'guest', password: testPassword, role: 'viewer' });
    await open('/servers', 'guest');
    await kebab('Hello').click();
    const reason = 'This needs the right to operate, which the role viewer does not have.';
    for (const label of ['Enable Log', 'Enable Capture']) {
      expect(await item(label).getAttribute('aria-disabled')).toBe('true');
      expect(await item(label).getAttribute('title')).toBe(reason);
    }
    expect(await violations()).toEqual([]);
    await item('Enable Log').click({ force: true });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download Logs' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^sluice-all-\d{4}-\d\d-\d\d\.zip$/);
    const clear = page.getByRole('button', { name: 'Clear Logs' });
    expect([await clear.getAttribute('aria-disabled'), await clear.getAttribute('title')]).toEqual(['true', reason]);
    await clear.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(control.node('server/hello')?.log.own).toBe(null);
    expect(await page.locator('.toast').count()).toBe(0);
    await page.goto(`${api.base}/servers/orders/post-order`);
    await page.locator('.node-head').filter({ hasText: 'Label' }).first().click();
    await page.getByText('Read only. This needs the right to edit, which the role viewer does not have.').waitFor();
    expect(await page.getByLabel('Title of label', { exact: true }).isEditable()).toBe(false);
    expect(await page.locator('.insp-body :is(input, button, select, textarea):enabled').count()).toBe(0);
    expect(await page.getByRole('searchbox', { name: 'Search actions' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Add an action/ }).count()).toBe(0);
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+d');
    await kebab('Label').click();
    expect(await item('Delete').getAttribute('aria-disabled')).toBe('true');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo', exact: true }).and(page.locator('[aria-disabled="true"]')).waitFor();
  });

  it('says when the engine is away, and goes on when it is back', async () => {
    foreseen = [/net::ERR_/, /status of 401/];
    await open('/servers');
    await row('Hello').first().waitFor();
    const { port } = api;
    await api.close();
    await page.getByText('The engine is away.').waitFor();
    expect(await row('Hello').first().isVisible()).toBe(true);
    api = await serveApi(control, { editorDir, entrance }, port);
    await page.getByText('The engine is away.').waitFor({ state: 'detached' });
    await page.getByText('Engine connected').waitFor();
    const before = api;
    await before.close();
    const fresh = makeEntrance(control);
    api = await serveApi(control, { editorDir, entrance: fresh }, port);
    await page.getByRole('heading', { name: 'Create the administrator' }).waitFor();
    await fresh.close();
  });

  it('opens what an address names, and says so when there is nothing', async () => {
    foreseen = [/status of 404/];
    await open('/services/tools/shout');
    await kebab('up').waitFor();
    await page.goto(`${api.base}/servers/orders/nothing`);
    await page.getByRole('heading', { name: 'There is no operation nothing here' }).waitFor();
    await page.goto(`${api.base}/nowhere/at/all/or/so`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.getByRole('link', { name: 'Services' }).click();
    await row('Tools').first().waitFor();
  });

  it.each(['light', 'dark'] as const)('has nothing for axe to find, %s', async (theme) => {
    foreseen = [/status of 401/];
    const isClean = async (screen: string) => expect([screen, ...(await violations())]).toEqual([screen]);
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(api.base);
    await signIn('wrong-password');
    await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
    await isClean('sign-in');
    await signIn();
    await row('Hello').first().waitFor();
    for (const width of theme === 'light' ? [1440, 800] : [1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${api.base}/servers`);
      await kebab('Place an order').click();
      await item('Enable Log').waitFor();
      await isClean(`menu, ${width}`);
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      // In a narrow window the panel is away until it is wanted.
      if (width < 900) await page.getByRole('button', { name: 'Show Panel' }).click();
      await page.getByRole('button', { name: 'Clear Logs' }).click();
      await page.getByRole('dialog').waitFor();
      await isClean(`dialog, ${width}`);
      await page.goto(`${api.base}/services`);
      await row('Tools').first().waitFor();
      await isClean(`services, ${width}`);
      await page.goto(`${api.base}/servers/orders/post-order`);
      await kebab('Label').waitFor();
      await isClean(`operation, ${width}`);
      await page.goto(`${api.base}/nowhere`);
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
      await isClean(`nothing, ${width}`);
    }
  });

  it('changes its theme when told to, and remembers it', async () => {
    await open('/servers');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await row('Hello').first().waitFor();
    const light = await ground();
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('button', { name: 'Theme' }).click();
    await expect.poll(ground).not.toBe(light);
    await page.reload();
    await row('Hello').first().waitFor();
    await expect.poll(ground).not.toBe(light);
  });
});
