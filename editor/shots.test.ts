import { mkdirSync } from 'node:fs';
import { test } from 'vitest';
import { MemoryControl } from '../engine/control/api/memory-control.ts';
import { testServers, testServices } from '../engine/control/api/test-project.ts';
import { serveApi, testToken } from '../engine/control/api/test-server.ts';
import { buildEditor, launch, openPage } from './test-page.ts';

test('shots', async () => {
  mkdirSync('/tmp/shots', { recursive: true });
  const control = new MemoryControl({ servers: testServers(), services: testServices() }, {} as never, '/nowhere');
  control.states.set('warehouse', { state: 'failed', host: '127.0.0.1', port: 8084, reason: 'Port 8084 is in use by another process. Stop that process or choose another port.' });
  const editor = await buildEditor();
  const api = await serveApi(control, { editorDir: editor.dir });
  const browser = await launch();
  const all: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [1440, 800]) {
      const { page, wrong } = await openPage(browser, { colorScheme: scheme, viewport: { width, height: width === 1440 ? 900 : 700 } });
      const shot = (name: string) => page.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png` });
      await page.goto(`${api.base}/servers`);
      await page.getByLabel('API token').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('The API token is wrong').waitFor();
      await shot('sign-in');
      await page.getByLabel('API token').fill(testToken);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'More actions for Hello' }).waitFor();
      await shot('servers');
      await page.getByRole('button', { name: 'More actions for Place an order' }).click();
      await page.waitForTimeout(300);
      await shot('menu');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Clear Logs' }).click();
      await shot('clear');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Services' }).click();
      await shot('services');
      await page.goto(`${api.base}/servers/orders/post-order`);
      await page.getByRole('button', { name: 'More actions for Add up' }).waitFor();
      await page.waitForTimeout(500);
      await shot('canvas');
      await page.getByRole('button', { name: 'More actions for Add up' }).click();
      await shot('canvas-menu');
      await page.keyboard.press('Escape');
      await page.goto(`${api.base}/servers/hello/get-hello`);
      await page.getByRole('button', { name: 'More actions for Greet' }).waitFor();
      await page.waitForTimeout(300);
      await shot('canvas-hello');
      await page.goto(`${api.base}/nothing/here`);
      await page.waitForTimeout(300);
      await shot('unknown');
      await page.goto(`${api.base}/servers`);
      await page.getByRole('button', { name: 'More actions for Hello' }).waitFor();
      await page.route('**/api/**', (route) => (route.request().method() === 'PATCH' ? route.fulfill({ status: 507, body: '{"detail":"No space is left."}' }) : route.abort()));
      await page.getByText('The engine is away').waitFor();
      await page.getByRole('button', { name: 'More actions for Hello' }).click();
      await page.getByRole('menuitem', { name: 'Enable Log' }).click();
      await page.getByRole('alert').getByText('No space').waitFor();
      await shot('away');
      all.push(...wrong);
      await page.context().close();
    }
  }
  console.log(all);
  await browser.close();
  await api.close();
  editor.remove();
}, 120_000);
