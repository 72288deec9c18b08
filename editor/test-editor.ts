import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type EngineOptions, TestEngine } from '../test/support/engine.ts';
import { chromiumPath, launch, openPage } from './test-page.ts';

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
    const engine = await TestEngine.start({
      ...rest,
      env: { SLUICE_ADMIN_USERNAME: 'root', SLUICE_ADMIN_PASSWORD: password, ...rest.env },
    });
    const browser = await launch();
    const { page, wrong } = await openPage(browser, context);
    const editor = new TestEditor(engine, browser, page, wrong);
    await editor.goto(path);
    await page.getByLabel('User name').fill('root');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Toolbar' }).waitFor();
    wrong.length = 0;
    return editor;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.engine.control + path);
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
  async violations(within?: string): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(
      (selector) => (globalThis as unknown as { axe: typeof axe }).axe.run(selector ?? document),
      within,
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.engine[Symbol.asyncDispose]();
  }
}
