#!/usr/bin/env node
// What logging costs a request, and how many records a second reach their files. See README.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from './log/engine.mjs';
import { available } from './log/loggers.mjs';
import { costs, speeds } from './log/report.mjs';
import { slice } from './log/slice.mjs';
import { variants } from './log/variants.mjs';
import { makeScratch, quietMachine, requirePrograms } from './measure.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '64' },
    only: { type: 'string' },
    patience: { type: 'string', default: '10' },
    lines: { type: 'string', default: '100000' },
    engine: { type: 'string', default: join(import.meta.dirname, '../dist/engine/main.js') },
  },
});
const rounds = Number(values.rounds);
const options = { seconds: Number(values.seconds), connections: Number(values.connections) };
/** Cores that other processes may use during a slice that counts. */
const disturbed = 0.15;
const longestWarmUp = 12;
const patienceMs = Number(values.patience) * 1000;
/** `--only chain,loggers` takes what begins like that. */
const isAsked = (name) => values.only === undefined || values.only.split(',').some((part) => name.startsWith(part));

requirePrograms('bench:log');
const scratch = makeScratch(() => {
  for (const engine of engines) engine.stop();
});

const wanted = variants.filter(({ name }) => isAsked(name));
const chosen = variants.filter((variant) => wanted.some(({ name, base }) => [name, base].includes(variant.name)));
const engines = chosen.map((variant) => new Engine(variant, { program: resolve(values.engine), scratch }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const results = new Map(chosen.map(({ name }) => [name, []]));
const names = isAsked('loggers') ? available : [];
const rates = new Map(names.map((name) => [name, []]));

/** The first seconds belong to the compiler: loads until requests cost no less than in the second before. */
async function warmUp(engine) {
  for (let before = Number.POSITIVE_INFINITY, second = 0; second < longestWarmUp; second++) {
    const { worker } = await slice(engine, { ...options, seconds: 1 });
    if (second >= 2 && worker > before * 0.95) return;
    before = Math.min(before, worker);
  }
}

/**
 * Measures again, twice at most, when somebody else was busy meanwhile; the quietest slice counts. What was lost or failed
 * counts in all of them.
 */
async function undisturbed(engine) {
  let best;
  let lost = 0;
  let bad = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    await quietMachine(patienceMs);
    const result = await slice(engine, options);
    lost += result.lost;
    bad += result.bad;
    best = best === undefined || result.others < best.others ? result : best;
    if (best.others < disturbed) break;
  }
  return { ...best, lost, bad };
}

for (const engine of engines) {
  await engine.start();
  await warmUp(engine);
}
for (let round = 1; round <= rounds; round++) {
  // There and back, so that nobody always comes after the same one.
  for (const engine of round % 2 === 1 ? engines : engines.toReversed()) {
    const result = await undisturbed(engine);
    results.get(engine.variant.name).push(result);
    console.error(
      `round ${round}  ${engine.variant.name.padEnd(18)} ${Math.round(result.rate)} requests/s  worker ${result.worker.toFixed(1)} µs  control ${result.control.toFixed(1)} µs  ${result.lines} records, drained after ${Math.round(result.drainMs)} ms, ${result.lost} lost, rss ${Math.round(result.rss.worker)}+${Math.round(result.rss.control)} MB  p99 ${result.p99}, others ${result.others.toFixed(2)}`,
    );
  }
  for (const name of names) {
    const dir = mkdtempSync(join(scratch, 'logger-'));
    const program = join(import.meta.dirname, 'log/loggers.mjs');
    const text = execFileSync('taskset', ['-c', '0', process.execPath, program, name, values.lines, dir], {
      encoding: 'utf8',
    });
    rates.get(name).push({ rate: Number(text), bytes: bytesPerLine(dir) });
    rmSync(dir, { recursive: true });
  }
}

function bytesPerLine(dir) {
  const bytes = readdirSync(dir)
    .filter((name) => name.endsWith('.log'))
    .reduce((sum, name) => sum + readFileSync(join(dir, name)).length, 0);
  return bytes / Number(values.lines);
}

if (chosen.length > 0) console.log(costs(chosen, results, disturbed));
if (names.length > 0) console.log(`\n${speeds(rates)}`);
