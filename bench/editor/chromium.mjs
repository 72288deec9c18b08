// A Chromium that talks to nobody but the pages it is told to open, and the processor time of all that belongs to the bench.
import { existsSync, readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { cpuMsOf, machineCpu, statOf } from '../measure.mjs';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
];

/** Ends the process with a hint when there is none. */
export function launch() {
  const executablePath = places.find((path) => path && existsSync(path));
  if (executablePath === undefined) {
    console.error('bench:editor needs Chromium (apt-get install chromium, or its path in CHROMIUM_PATH).');
    process.exit(2);
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--disable-gpu',
      '--disable-sync',
      '--disable-extensions',
      '--disable-component-update',
      '--disable-background-networking',
    ],
  });
}

/** Processor milliseconds of the machine, and of this process with everything it has started. */
function cpuNow() {
  const { all } = machineCpu();
  const stats = new Map();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? statOf(name) : null;
    if (fields !== null) stats.set(name, fields);
  }
  const self = String(process.pid);
  const isOurs = (pid) => pid === self || (stats.has(pid) && isOurs(stats.get(pid)[1]));
  let own = 0;
  // With the time of children that have ended.
  for (const [pid, fields] of stats)
    if (isOurs(pid)) own += cpuMsOf(fields) + (Number(fields[13]) + Number(fields[14])) * 10;
  return { all, own };
}

/** Does some work; gives its result, and how many cores others used meanwhile. */
export async function withOthers(work) {
  const [before, since] = [cpuNow(), performance.now()];
  const result = await work();
  const after = cpuNow();
  const others = after.all - before.all - (after.own - before.own);
  return { result, others: Math.max(0, others) / (performance.now() - since) };
}
