import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from '../../test/support/engine.ts';
import { inBrowser, isLeftOut } from '../test-editor.ts';
import { launch, openPage } from '../test-page.ts';

describe.skipIf(isLeftOut)(inBrowser('the first run'), () => {
  let engine: TestEngine;
  let browser: Browser;
  beforeAll(async () => {
    [engine, browser] = await Promise.all([
      // Where the port of the example is taken it gets another one.
      TestEngine.start(),
      launch(),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.[Symbol.asyncDispose]();
  });

  it('leads from the administrator over a request and a switch to the record', async () => {
    const { page, wrong } = await openPage(browser);
    await page.goto(engine.control);
    await page.getByLabel('User name').fill('root');
    await page.getByLabel('Password').fill('a password for the test');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    const hint = page.getByRole('complementary', { name: 'The first three steps' });
    await page.waitForURL('**/servers/hello/get-hello');
    const line = (await hint.locator('pre').textContent()) as string;
    const url = /'(http\S+)'/.exec(line)?.[1] as string;
    expect(await (await fetch(url)).json()).toEqual({ message: 'Hello World' });
    await hint.getByRole('heading', { name: /^Send a request.*done$/ }).waitFor();

    await page.getByRole('button', { name: 'More actions for Greet', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Log This Action', exact: true }).click();
    await hint.getByRole('heading', { name: /^Switch on a log.*done$/ }).waitFor();
    await fetch(url);
    await hint.getByRole('heading', { name: /^See it.*done$/ }).waitFor();
    await hint.getByRole('heading', { name: 'That is all it takes' }).waitFor();
    await hint.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'More actions for Greet', exact: true }).waitFor();
    expect(await hint.count()).toBe(0);
    expect(wrong).toEqual([]);
  });
});
