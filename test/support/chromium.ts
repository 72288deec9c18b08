import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Where Debian, Fedora and others put it, after what the environment names; last what Playwright has fetched. */
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  chromium.executablePath(),
];

/** The Chromium that browser tests drive; undefined when there is none. */
export const findChromium = (): string | undefined => places.find((path) => path && existsSync(path));
