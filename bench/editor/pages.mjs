// The two pages that are compared: the editor with a started engine, and React Flow alone.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { sleep } from '../measure.mjs';
import { bigServer } from './operation.mjs';

const password = 'only for this bench';

/** Starts an engine with the big operation; gives where its editor is, and how to end it. */
export async function startEditor(program, scratch) {
  const data = join(scratch, 'data');
  mkdirSync(join(data, 'servers'), { recursive: true });
  writeFileSync(join(data, 'servers', 'bench.json'), JSON.stringify(bigServer));
  const child = spawn(process.execPath, [program, 'start', '--data', data], {
    cwd: data,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SLUICE_PORT: '0',
      SLUICE_ADMIN_USERNAME: 'root',
      SLUICE_ADMIN_PASSWORD: password,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  for (const end = Date.now() + 20_000; !/^ready$/m.test(said); await sleep(20)) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`The engine did not start:\n${said}`);
  }
  const origin = /editor +(http:\/\/\S+?)\/?$/m.exec(said)[1];
  return { origin, url: `${origin}/servers/bench/big`, stop: () => child.kill('SIGKILL') };
}

/** The cookies of somebody who has signed in. */
export async function signIn(browser, origin) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByLabel('User name').fill('root');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Toolbar' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Builds the page of React Flow alone and serves it, compressed as the editor is. */
export async function serveStress(scratch) {
  const outDir = join(scratch, 'stress');
  const root = join(import.meta.dirname, 'stress');
  await build({ configFile: false, root, plugins: [react()], logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = http.createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url.slice(1);
    try {
      const body = gzipSync(readFileSync(join(outDir, name)));
      response
        .writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain', 'content-encoding': 'gzip' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}
