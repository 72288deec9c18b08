#!/usr/bin/env node
// Requests per second and CPU time per request of Sluice and of hand-written handlers, side by side. See README.md.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chainServer, helloServer } from './http/projects.mjs';
import { cpuMsOf, freePort, load, makeScratch, median, requirePrograms, sleep, statOf } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '64' },
    only: { type: 'string' },
    usage: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

requirePrograms('bench:http');
const scratch = makeScratch();

const script = (name) => async (port) => ({ command: ['node', join(here, 'http', name)], env: { PORT: String(port) } });
const sluice =
  (name, document, extra = {}) =>
  async (port) => {
    const data = join(scratch, `${name}-${port}`);
    mkdirSync(join(data, 'servers'), { recursive: true });
    writeFileSync(join(data, 'servers', `${document.id}.json`), JSON.stringify({ ...document, port }));
    return {
      command: ['node', join(here, '../dist/engine/main.js'), 'start', '--data', data],
      env: {
        SLUICE_PORT: String(await freePort()),
        SLUICE_LOGS_USAGE: String(values.usage),
        SLUICE_LOGS_STDOUT: 'false',
        ...extra,
      },
    };
  };

const contestants = [
  { name: 'raw', path: '/hello?name=x', expect: '"Hello x"', make: script('raw.mjs') },
  { name: 'express5', path: '/hello?name=x', expect: '"Hello x"', make: script('express.mjs') },
  { name: 'sluice hello', path: '/hello?name=x', expect: '"Hello x"', make: sluice('hello', helloServer) },
  { name: 'sluice chain of 10', path: '/chain?name=x', expect: 'x', make: sluice('chain', chainServer) },
].filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));

/** CPU milliseconds and resident megabytes of a process group. */
const usage = (group) => {
  let cpu = 0;
  let rss = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(pid);
    if (fields === null || Number(fields[2]) !== group) continue;
    cpu += cpuMsOf(fields);
    rss += (Number(fields[21]) * 4096) / 1048576;
  }
  return { cpu, rss };
};

const loadFor = (url, forSeconds) => load({ url, seconds: forSeconds, connections: values.connections });

async function measure(contestant) {
  const port = await freePort();
  const { command, env } = await contestant.make(port);
  const begun = performance.now();
  const child = spawn('taskset', ['-c', '0', ...command], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const url = `http://127.0.0.1:${port}${contestant.path}`;
  try {
    for (;;) {
      const body = await fetch(url).then(
        (answer) => answer.text(),
        () => '',
      );
      if (body.includes(contestant.expect)) break;
      if (performance.now() - begun > 20_000) throw new Error(`${contestant.name} never answered: ${body}`);
      await sleep(4);
    }
    const startMs = performance.now() - begun;
    await sleep(1500);
    const idle = usage(child.pid).rss;
    await loadFor(url, 2);
    const before = usage(child.pid).cpu;
    const result = await loadFor(url, seconds);
    const after = usage(child.pid).cpu;
    return { ...result, startMs, idle, cpu: ((after - before) * 1000) / result.count };
  } finally {
    process.kill(-child.pid, 'SIGKILL');
    await sleep(200);
  }
}

const results = new Map(contestants.map(({ name }) => [name, []]));
for (let round = 1; round <= rounds; round++) {
  for (const contestant of contestants) {
    const result = await measure(contestant);
    results.get(contestant.name).push(result);
    console.error(
      `round ${round}  ${contestant.name.padEnd(20)} ${Math.round(result.rate)} requests/s  ${result.cpu.toFixed(1)} µs CPU  start ${Math.round(result.startMs)} ms`,
    );
  }
}

const of = (name, key) => median((results.get(name) ?? []).map((result) => result[key]));
const base = { rate: of('raw', 'rate'), cpu: of('raw', 'cpu') };
console.log(
  '| server | × raw (requests/s) | × raw (CPU per request) | requests/s | CPU µs | p99 | start ms | idle MB | failed |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const { name } of contestants) {
  const rate = of(name, 'rate');
  const cpu = of(name, 'cpu');
  const bad = Math.max(...results.get(name).map((result) => result.bad));
  console.log(
    `| ${name} | ${(rate / base.rate).toFixed(2)} | ${(base.cpu / cpu).toFixed(2)} | ${Math.round(rate)} | ${cpu.toFixed(1)} | ${results.get(name).at(-1).p99} | ${Math.round(of(name, 'startMs'))} | ${Math.round(of(name, 'idle'))} | ${bad} |`,
  );
}
