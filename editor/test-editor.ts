import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type EngineOptions, TestEngine } from '../test/support/engine.ts';
import { chromiumPath, launch, openPage, violationsOn } from './test-page.ts';

// On a developer's machine without Chromium these are left out; where changes are judged they must run.
export const isLeftOut = chromiumPath === undefined && process.env.CI === undefined;

/** The name of a test that needs a browser, saying how to have it where it is left out. */
export const inBrowser = (name: string): string =>
  isLeftOut ? `${name} (left out: no Chromium; install one, or name it in CHROMIUM_PATH)` : name;

const password = 'a password for the test';

/** The built editor in Chromium, signed in to a started engine of its own. */
export class TestEditor {
  private constructor(
    readonly engine: TestEngine,
    readonly browser: Browser,
    readonly page: Page,
    /** Console errors, violations of the page's policy, and failed requests so far. */
    readonly wrong: string[],
  ) {}

  /** Starts an engine with the given documents and opens a path of its editor. */
  static async open(
    path: string,
    options: EngineOptions & { context?: BrowserContextOptions } = {},
  ): Promise<TestEditor> {
    const { context, ...rest } = options;
    const starting = TestEngine.start({
      ...rest,
      env: { SLUICE_ADMIN_USERNAME: 'root', SLUICE_ADMIN_PASSWORD: password, ...rest.env },
    });
    const launching = launch();
    try {
      const [engine, browser] = await Promise.all([starting, launching]);
      const { page, wrong } = await openPage(browser, context);
      // The form for it has tests of its own.
      const answer = await page.request.post(`${engine.control}/api/session`, { data: { username: 'root', password } });
      if (!answer.ok()) throw new Error(`Could not sign in: ${answer.status()} ${await answer.text()}`);
      const editor = new TestEditor(engine, browser, page, wrong);
      await editor.goto(path);
      await page.getByRole('navigation', { name: 'Toolbar' }).waitFor();
      return editor;
    } catch (thrown) {
      await Promise.allSettled([
        starting.then((engine) => engine[Symbol.asyncDispose]()),
        launching.then((browser) => browser.close()),
      ]);
      throw thrown;
    }
  }

  /** Opens a path, once what was edited is saved: else the next page may begin with less, and be refused when it saves. */
  async goto(path: string): Promise<void> {
    await this.saved();
    await this.page.goto(this.engine.control + path);
  }

  /** Waits for an edit that is on its way to the engine. */
  async saved(): Promise<void> {
    await this.page.locator('.draft-words', { hasText: 'Saving' }).first().waitFor({ state: 'detached' });
  }

  /** Types into the field that has got the focus by itself. */
  async type(text: string): Promise<void> {
    await this.page.locator(':is(input, textarea, [contenteditable="true"]):focus').waitFor();
    await this.page.keyboard.type(text);
  }

  /** Presses a key in the menu that has just been opened. */
  async pressInMenu(key: string): Promise<void> {
    await this.page.locator('[role="menu"]:focus-within').last().waitFor();
    await this.page.keyboard.press(key);
  }

  /** The kebab button of what has this title. */
  kebab(title: string): Locator {
    return this.page.getByRole('button', { name: `More actions for ${title}`, exact: true });
  }

  /** An entry of the open menu. */
  item(label: string): Locator {
    const { page } = this;
    return page
      .getByRole('menuitem', { name: label, exact: true })
      .or(page.getByRole('menuitemcheckbox', { name: label, exact: true }));
  }

  /** Everything that axe finds, as rule and place; on the whole page, or in what a selector names. */
  violations(within?: string): Promise<string[]> {
    return violationsOn(this.page, within);
  }

  /** What went wrong so far, but for refusals with these status codes, which Chromium tells of though the editor expects them. */
  unexpected(...statuses: number[]): string[] {
    return this.wrong.filter(
      (text) => !statuses.some((status) => text.includes(`responded with a status of ${status} `)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.engine[Symbol.asyncDispose]();
  }
}
