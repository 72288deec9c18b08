// Makes the pictures of docs/editor.md again: `npm run screenshots`, after a build. It starts an engine of its own on free
// ports with a data folder of its own, and drives a Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { orders, servers, services } from './project.mjs';

const built = process.env.TEST_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
const images = process.env.SCREENSHOTS ?? fileURLToPath(new URL('../images', import.meta.url));
const themes = (process.env.THEMES ?? 'light').split(',');
const [width, height] = (process.env.SIZE ?? '1440x900').split('x').map(Number);
const only = process.argv.slice(2);
const password = 'only for these pictures';

const folder = mkdtempSync(join(tmpdir(), 'sluice-pictures-'));
for (const [kind, documents] of Object.entries({ servers, services })) {
  mkdirSync(join(folder, kind));
  for (const document of documents)
    writeFileSync(join(folder, kind, `${document.id}.json`), JSON.stringify(document, null, 2));
}

const engine = spawn(process.execPath, [join(built, 'engine/main.js'), 'start', '--data', folder], {
  cwd: folder,
  env: { ...process.env, SLUICE_PORT: '0', SLUICE_ADMIN_USERNAME: 'root', SLUICE_ADMIN_PASSWORD: password },
  stdio: ['ignore', 'ignore', 'pipe'],
});
let said = '';
engine.stderr.on('data', (chunk) => {
  said += chunk;
});
const says = async (pattern) => {
  for (let tries = 0; tries < 200; tries++) {
    const match = pattern.exec(said);
    if (match !== null) return match;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The engine did not say ${pattern}:\n${said}`);
};

/** The pictures, each with what a person does before it is taken. */
const pictures = {
  servers: {
    path: '/servers/orders',
    async before(page) {
      await page.getByText('/orders/{id}').first().waitFor();
    },
  },
  'server-menu': {
    path: '/servers/orders',
    async before(page) {
      await page.getByRole('button', { name: 'More actions for Orders', exact: true }).click();
    },
  },
  canvas: {
    path: '/servers/orders/post-order?node=total',
    async before(page) {
      await page.getByText('Reserve each line').waitFor();
    },
  },
  simulation: {
    path: '/servers/orders/post-order',
    async before(page) {
      await page.getByRole('tab', { name: /Simulation/ }).click();
      await page.getByRole('complementary').getByText('out of stock').first().click();
      await page
        .getByRole('button', { name: /^Simulate/ })
        .first()
        .click();
      await page
        .getByText(/Simulation failed/)
        .first()
        .waitFor();
    },
  },
  replay: {
    path: '/servers/orders/post-order',
    async before(page) {
      await page.getByRole('tab', { name: /Replay/ }).click();
      await page
        .getByText(/failed/)
        .first()
        .waitFor();
    },
  },
  logs: {
    path: '/servers/orders/post-order',
    async before(page) {
      await page.getByRole('tab', { name: 'Logs' }).click();
      await page.waitForTimeout(500);
    },
  },
  'command-palette': {
    path: '/servers/orders/post-order',
    async before(page) {
      await page.getByText('Reserve each line').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Command palette' }).fill('log');
    },
  },
  shortcuts: {
    path: '/servers/orders/post-order',
    async before(page) {
      await page.getByText('Reserve each line').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  'new-server': {
    path: '/servers',
    async before(page) {
      await page
        .getByRole('button', { name: /New Server/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  services: { path: '/services/tools' },
  apis: { path: '/apis' },
  clients: { path: '/clients' },
  'settings-logs': {
    path: '/settings/logs',
    async before(page) {
      await page.getByText('Minimum level').first().waitFor();
    },
  },
  history: { path: '/history' },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  await says(/^ready$/m);
  const base = (await says(/editor +(http:\/\/\S+?)\/?$/m))[1];
  const shop = (await says(/orders on (http:\/\/\S+)/))[1];
  mkdirSync(images, { recursive: true });
  for (const body of orders)
    await fetch(`${shop}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (const theme of themes) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(String(error)));
    await page.goto(base);
    await page.getByLabel('User name').fill('root');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Toolbar' }).waitFor();
    for (const [name, { path, before }] of Object.entries(pictures)) {
      if (only.length > 0 && !only.includes(name)) continue;
      await page.goto(base + path);
      await page.getByRole('main').waitFor();
      try {
        await before?.(page);
      } catch (thrown) {
        console.error(`${name}: ${thrown.message.split('\n')[0]}`);
        process.exitCode = 1;
      }
      await page.waitForTimeout(400);
      const file = join(images, theme === 'light' ? `${name}.png` : `${name}-${theme}.png`);
      await page.screenshot({ path: file });
      console.log(file);
    }
    await context.close();
  }
} finally {
  await browser.close();
  engine.kill('SIGTERM');
  await new Promise((resolve) => engine.once('close', resolve));
  rmSync(folder, { recursive: true, force: true });
}
