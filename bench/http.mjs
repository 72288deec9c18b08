#!/usr/bin/env node
// Requests per second and CPU time per request of Sluice and of hand-written handlers, side by side. See README.md.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chainServer, helloServer } from './http/projects.mjs';

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

for (const [tool, remedy] of [
  ['wrk', 'apt-get install wrk'],
  ['taskset', 'it comes with util-linux'],
]) {
  try {
    execFileSync('which', [tool]);
  } catch {
    console.error(`bench:http needs ${tool} (${remedy}).`);
    process.exit(2);
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

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

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** CPU milliseconds and resident megabytes of a process group. */
const usage = (group) => {
  let cpu = 0;
  let rss = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(fields[2]) !== group) continue;
      cpu += (Number(fields[11]) + Number(fields[12])) * 10;
      rss += (Number(fields[21]) * 4096) / 1048576;
    } catch {
      // The process ended while we looked.
    }
  }
  return { cpu, rss };
};

const load = (url, forSeconds) => {
  const text = execFileSync(
    'taskset',
    ['-c', '1', 'wrk', '-t1', `-c${values.connections}`, `-d${forSeconds}s`, '--latency', url],
    { encoding: 'utf8' },
  );
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
    count: Number(/(\d+) requests in/.exec(text)?.[1]),
    p99: /^\s+99%\s+(\S+)/m.exec(text)?.[1],
    bad: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
  };
};

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
    load(url, 2);
    const before = usage(child.pid).cpu;
    const result = load(url, seconds);
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

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const of = (name, key) => median((results.get(name) ?? []).map((result) => result[key]));
const base = { rate: of('raw', 'rate'), cpu: of('raw', 'cpu') };
console.log(
  '| server | × raw (requests/s) | × raw (CPU per request) | requests/s | CPU µs | p99 | start ms | idle MB | not 2xx |',
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
