import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRecords } from './records.ts';
import { findRuns, readRun } from './runs.ts';
import { openSpool } from './spool.ts';

// What only shows in a process of its own: that it is killed, or has no disk left.

const root = mkdtempSync(join(tmpdir(), 'sluice-store-process-'));
const module = join(root, 'spool.mjs');
beforeAll(async () => {
  const input = fileURLToPath(new URL('./spool.ts', import.meta.url));
  await build({
    input,
    platform: 'node',
    output: { file: module, format: 'esm', codeSplitting: false },
    logLevel: 'silent',
  });
});
const mounted: string[] = [];
afterAll(() => {
  for (const dir of mounted) execFileSync('umount', ['-l', dir]);
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;
const freshDir = () => join(root, String(folders++), 'store');

const prelude = (dir: string, first: number) => `
  import { openSpool } from ${JSON.stringify(module)};
  import fs from 'node:fs';
  import { setTimeout as delay } from 'node:timers/promises';
  const dir = ${JSON.stringify(dir)};
  const say = (text) => fs.writeSync(3, text + '\\n');
  const none = { debug: 0, info: 0, warning: 0, error: 0 };
  const notices = [];
  const spool = await openSpool({ dir, maxBytes: 2 ** 30, maxDays: 14, minFreeBytes: 0, segmentBytes: 60_000, report: (notice) => notices.push(notice) });
  let number = ${first};
  const line = (level, padding) => '{"id":"w1-' + number++ + '","time":"' + new Date().toISOString() + '","level":"' + level + '","kind":"system","event":"log","message":"' + padding + '"}\\n';
  const put = (count, level = 'info', padding = '') => {
    let text = '';
    for (let i = 0; i < count; i++) text += line(level, padding);
    spool.records(Buffer.from(text), { ...none, [level]: count });
  };
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const base32 = (value, length) => { let text = ''; for (; text.length < length; value = Math.floor(value / 32)) text = digits[value % 32] + text; return text; };
  const capture = (padding = '') => {
    const time = Date.now();
    const id = base32(time, 10) + base32(Math.floor(Math.random() * 2 ** 40), 16);
    const head = { id, node: 'server/a/b', operation: 'b', type: 'http', state: 'succeeded', status: 200, begin: new Date(time).toISOString(), ms: 0, version: null, trigger: 'request', error: null, replayOf: null, parent: null, trace: null, worker: 'w1', capture: null };
    spool.capture(Buffer.from(JSON.stringify(head) + '\\n' + JSON.stringify([{ in: null, node: 'server/a/b', run: id, begin: head.begin, ms: 0, input: padding, output: null, error: null }])));
    return id;
  };
`;

interface Child {
  process: ChildProcess;
  /** What it said on descriptor 3. */
  said: string[];
  stderr: () => string;
  exit: Promise<number | null>;
}

let children = 0;
const run = (dir: string, program: string, first = 0): Child => {
  const path = `${module}.${children++}.stderr`;
  const errors = openSync(path, 'w+');
  const child = spawn(process.execPath, ['--input-type=module', '-e', prelude(dir, first) + program], {
    stdio: ['ignore', 'ignore', errors, 'pipe'],
  });
  closeSync(errors);
  const said: string[] = [];
  let rest = '';
  (child.stdio[3] as NodeJS.ReadableStream).on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    said.push(...lines);
  });
  return {
    process: child,
    said,
    stderr: () => readFileSync(path, 'utf8'),
    exit: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
};
const until = async (what: () => boolean) => {
  for (const end = Date.now() + 20_000; Date.now() < end; await delay(5)) if (what()) return;
  expect(what.toString()).toBe('true in time');
};
const fits = () => true;
const idsIn = async (dir: string): Promise<number[]> => {
  const ids: number[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await findRecords(dir, { limit: 100_000, fits, withinMs: 60_000, ...(cursor && { cursor }) });
    ids.push(...page.lines.map((line) => Number(line.slice('{"id":"w1-'.length, line.indexOf('"', 10)))));
    cursor = page.cursor;
  } while (cursor !== null);
  return ids.reverse();
};

const checkLines = (dir: string) => {
  for (const day of readdirSync(dir)) {
    for (const name of readdirSync(join(dir, day))) {
      const text = readFileSync(join(dir, day, name), 'utf8');
      expect(text === '' || text.endsWith('\n')).toBe(true);
      for (const line of text.split('\n').slice(0, -1)) JSON.parse(line);
    }
  }
};

describe('a process that is killed', () => {
  it.concurrent.each([1, 2])(
    'has on disk all that it was told is there; what was torn is cut off, and nothing is lost or doubled (%i)',
    async (lane) => {
      const dir = freshDir();
      const toldRuns: string[] = [];
      const told = new Set<number>();
      let next = 0;
      for (let round = 0; round < 25; round++) {
        const child = run(
          dir,
          `
          for (;;) {
            const begin = number;
            put(1 + number % 40, number % 5 === 0 ? 'error' : 'info', 'x'.repeat(number % 400));
            const id = number % 3 === 0 ? capture('y'.repeat(number % 30_000)) : '';
            await spool.written();
            say(begin + ' ' + number + ' ' + id);
          }`,
          next,
        );
        await until(() => child.said.length >= 1 + ((lane * 17 + round * 37) % 60));
        await delay((round * 13) % 7);
        child.process.kill('SIGKILL');
        await child.exit;
        expect(child.stderr()).toBe('');
        for (const line of child.said) {
          const [begin, end, id] = line.split(' ');
          for (let i = Number(begin); i < Number(end); i++) told.add(i);
          if (id) toldRuns.push(id);
        }
        const found = await idsIn(dir);
        const there = new Set(found);
        expect(there.size).toBe(found.length);
        expect([...told].filter((number) => !there.has(number))).toEqual([]);
        expect(found).toEqual([...found].sort((a, b) => a - b));
        next = Math.max(...found) + 1;
      }
      const { runs } = await findRuns(dir, { limit: 100_000, fits, withinMs: 60_000 });
      expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(toldRuns));
      for (const id of toldRuns) expect((await readRun(dir, id))?.spans).toHaveLength(1);
      const spool = await openSpool({ dir, maxBytes: 2 ** 30, maxDays: 14, minFreeBytes: 0, report: () => {} });
      await spool.close();
      checkLines(dir);
    },
    180_000,
  );

  it('ends by itself when it has nothing else to do', async () => {
    const child = run(freshDir(), 'put(1); capture(); await spool.written();');
    expect(await child.exit).toBe(0);
  });
});

describe('a disk that is full', () => {
  const mount = (bytes: string) => {
    const dir = join(root, String(folders++), 'disk');
    mkdirSync(dir, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', dir], { stdio: 'ignore' });
    mounted.push(dir);
    return dir;
  };
  let mayMount = process.env.CI === 'true';
  try {
    const dir = mount('64k');
    execFileSync('umount', [dir]);
    mounted.pop();
    mayMount = true;
  } catch {
    // Only root may.
  }

  it.skipIf(!mayMount)('keeps records and captures until there is room again, and tears no line', async () => {
    const disk = mount('1m');
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(700_000));
    const dir = join(disk, 'store');
    const child = run(
      dir,
      `
      const ids = [];
      for (let i = 0; i < 60; i++) { put(100, 'info', 'x'.repeat(50)); ids.push(capture('y'.repeat(5000))); await delay(2); }
      await delay(500);
      say(JSON.stringify(spool.health()));
      while (fs.existsSync(dir + '/../ballast')) await delay(20);
      await spool.close();
      say(JSON.stringify([spool.health(), notices, ids]));`,
    );
    await until(() => child.said.length > 0);
    const full = JSON.parse(child.said[0] as string);
    expect(full).toMatchObject({ writable: false, lastError: expect.stringContaining('ENOSPC') });
    expect(full.backlog).toBeGreaterThan(300_000);
    execFileSync('mount', ['-o', 'remount,size=16m', disk]);
    rmSync(join(disk, 'ballast'));
    expect(await child.exit).toBe(0);
    expect(child.stderr()).toBe('');
    const [health, notices, ids] = JSON.parse(child.said[1] as string);
    const none = { debug: 0, info: 0, warning: 0, error: 0 };
    expect(health).toMatchObject({ writable: true, dropped: none, droppedCaptures: 0, backlog: 0 });
    expect(notices.map(({ event }: { event: string }) => event)).toEqual(['store.failed', 'store.recovered']);
    expect(await idsIn(dir)).toHaveLength(6000);
    const { runs } = await findRuns(dir, { limit: 1000, fits });
    expect(runs.map(({ id }) => id).reverse()).toEqual(ids);
    for (const id of ids) expect((await readRun(dir, id))?.spans).toHaveLength(1);
    checkLines(dir);
  });

  it.skipIf(!mayMount)(
    'counts exactly what it drops, closes in time although it stays full, and tears no line',
    async () => {
      const disk = mount('1m');
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(600_000));
      const dir = join(disk, 'store');
      const child = run(
        dir,
        `
      const wide = 'x'.repeat(1000);
      const given = { ...none };
      let captures = 0;
      for (let i = 0; i < 40_000; i += 20) {
        const level = ['debug', 'info', 'warning', 'error', 'debug'][i % 5 === 0 ? (i / 20) % 5 : 0];
        put(20, level, wide);
        given[level] += 20;
        if (i % 4000 === 0) { capture(wide); captures++; }
        if (i % 400 === 0) await delay(1);
      }
      const begin = Date.now();
      await spool.close();
      say(JSON.stringify([spool.health(), given, captures, Date.now() - begin]));`,
      );
      expect(await child.exit).toBe(0);
      expect(child.stderr()).toBe('');
      const [health, given, captures, ms] = JSON.parse(child.said[0] as string);
      expect(ms).toBeLessThan(15_000);
      expect(health.backlog).toBe(0);
      const found = { debug: 0, info: 0, warning: 0, error: 0 };
      const { lines } = await findRecords(dir, { limit: 100_000, fits, withinMs: 60_000 });
      for (const line of lines) found[JSON.parse(line).level as keyof typeof found]++;
      const { runs } = await findRuns(dir, { limit: 1000, fits, withinMs: 60_000 });
      expect(runs.length + health.droppedCaptures).toBe(captures);
      for (const level of ['debug', 'info', 'warning', 'error'] as const) {
        expect(found[level] + health.dropped[level]).toBe(given[level]);
      }
      for (const day of readdirSync(dir)) {
        for (const name of readdirSync(join(dir, day))) {
          const text = readFileSync(join(dir, day, name), 'utf8');
          expect(text === '' || text.endsWith('\n')).toBe(true);
          for (const line of text.split('\n').slice(0, -1)) JSON.parse(line);
        }
      }
    },
  );
});
