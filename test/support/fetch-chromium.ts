import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findChromium } from './chromium.ts';

const patienceMs = 180_000;

/**
 * Runs once before all tests. Where no Chromium is installed, Playwright's own installer is asked for one, into the cache
 * of the user; when that fails, the browser tests are skipped by name and say so.
 */
export default function setup(): void {
  if (findChromium() !== undefined || process.env.CI !== undefined) return;
  console.info('No Chromium found; asking Playwright for one (CHROMIUM_PATH names another).');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', timeout: patienceMs });
}
