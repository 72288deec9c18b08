import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Health } from '../../engine/control/control.ts';
import { makeDataFolder, TestEngine, testToken, until } from '../support/engine.ts';
import {
  brokenLines,
  datedFiles,
  droppedBy,
  idsIn,
  idsOnDisk,
  range,
  say,
  sayServer,
  Talker,
  textOnDisk,
  watchPing,
} from '../support/log-lines.ts';
import { slowDisk, tracedDisk } from '../support/preload.ts';
import { removeFolder } from '../support/removed-folder.ts';
import { long } from './long.ts';

const quiet = { SLUICE_LOGS_STDOUT: 'false', SLUICE_LOGS_LEVEL: 'debug' };
const megabyte = 1024 * 1024;

/** Resident memory of the control process and its workers together, in bytes. */
const memoryOf = async (engine: TestEngine): Promise<number> => {
  const pids = [engine.child.pid as number, ...(await engine.workerPids())];
  return pids.reduce((sum, pid) => {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kilobytes) * 1024;
  }, 0);
};

test('what is written is flushed to the disk every second, and at once after an error', async () => {
  const data = makeDataFolder({ servers: [sayServer] });
  const trace = `${data}.trace`;
  try {
    await using engine = await TestEngine.start({ data, env: { ...quiet, ...tracedDisk(join(data, 'logs'), trace) } });
    const base = await engine.url('web');
    const events = () =>
      readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => / flush | write .*line: /.test(line))
        .map((line) => ({
          at: Number.parseInt(line, 10),
          flush: line.includes(' flush '),
          error: /\[error\]/.test(line),
        }));

    const talker = new Talker(base, { perSecond: 1_000, perRequest: 10 });
    await wait(4_000);
    await talker.stop();
    expect(talker.failures).toEqual([]);
    await until(
      () => events().at(-1)?.flush,
      5_000,
      () => 'the last line to be flushed',
    );
    // The longest that a written line had to wait.
    let oldest: number | null = null;
    let longestMs = 0;
    for (const { at, flush } of events()) {
      if (!flush) oldest ??= at;
      else if (oldest !== null) {
        longestMs = Math.max(longestMs, at - oldest);
        oldest = null;
      }
    }
    expect(events().filter(({ flush }) => flush).length).toBeGreaterThanOrEqual(4);
    expect(longestMs).toBeLessThan(2_000);

    // What waits for the second's flush is never there before 500 ms; a slow machine may be late, but not each time.
    let atOnce = 0;
    for (const id of range(0, 5)) {
      const seen = events().length;
      await say(base, [1_000_000 + id], 'error');
      const [write, flush] = await until(
        () => {
          const later = events().slice(seen);
          return later.some((event) => event.flush) ? later : null;
        },
        5_000,
        () => 'the error to be flushed',
      );
      expect([write?.error, flush?.flush]).toEqual([true, true]);
      if ((flush?.at as number) - (write?.at as number) < 300) atOnce++;
      // Nothing is left that could set the next one off.
      await wait(600);
    }
    expect(atOnce).toBeGreaterThanOrEqual(3);
  } finally {
    rmSync(trace, { force: true });
    removeFolder(data);
  }
}, 60_000);

describe('a disk that is too slow', () => {
  test(
    'holds no request up, keeps memory within bounds, costs debug first, and what it costs is counted',
    async () => {
      const data = makeDataFolder({ servers: [sayServer] });
      const flag = join(data, 'slow');
      const seconds = long ? 30 : 6;
      try {
        await using engine = await TestEngine.start({
          data,
          env: { ...quiet, ...slowDisk(join(data, 'logs'), flag, long ? 5 * megabyte : 2 * megabyte) },
        });
        const base = await engine.url('web');
        const sent = { debug: 0, info: 0, warning: 0, error: 0 };
        let next = 0;
        // Of about 250 bytes a line nearly all is debug; the rest is less than the disk can take.
        const round = async () => {
          for (const [level, count] of [
            ['debug', 2_000],
            ['info', 20],
            ['warning', 10],
            ['error', 10],
          ] as const) {
            const ids = range(next, next + count);
            next += count;
            await say(base, ids, level, 150);
            sent[level] += count;
          }
        };
        for (let i = 0; i < 20; i++) await round();
        const before = await memoryOf(engine);
        writeFileSync(flag, '');
        const ping = watchPing(base);
        let most = 0;
        let lanes = 0;
        const end = performance.now() + seconds * 1000;
        const lane = async () => {
          lanes++;
          while (performance.now() < end || (await droppedBy(engine)).debug < 10_000) {
            await round();
            most = Math.max(most, await memoryOf(engine));
          }
        };
        await Promise.all([lane(), lane(), lane()]);
        const seen = await ping.stop();
        expect([lanes, seen.failed]).toEqual([3, []]);
        expect((await engine.health()).workers).toMatchObject([{ state: 'up' }]);
        rmSync(flag);
        await until(
          async () => (await engine.health()).logs.backlog === 0,
          20_000,
          () => 'everything to be written',
        );
        await engine.lines('usage', /dropped \d+ debug|Dropped for lack of room: \d+ debug/);
        const dropped = await droppedBy(engine);
        expect(await engine.stop()).toBe(0);
        // Usage records are of level info too: none of them went either.
        expect(dropped).toMatchObject({ info: 0, warning: 0, error: 0 });
        const text = textOnDisk(join(data, 'logs'));
        expect(brokenLines(text)).toEqual([]);
        const written = { debug: 0, info: 0, warning: 0, error: 0 };
        for (const [, level] of text.matchAll(/^\S+ \S+ \[(\w+)\] +line: /gm)) written[level as 'info']++;
        for (const level of ['debug', 'info', 'warning', 'error'] as const)
          expect([level, written[level] + dropped[level]]).toEqual([level, sent[level]]);
        expect(most - before).toBeLessThan(192 * megabyte);
        console.info(
          `${next} lines in ${seconds} s, ${dropped.debug} dropped, ${Math.round((most - before) / megabyte)} MB more, /ping at most ${Math.round(seen.slowestMs)} ms`,
        );
      } finally {
        removeFolder(data);
      }
    },
    long ? 300_000 : 90_000,
  );
});

test('standard output that nobody reads holds no request up, and all lines are in the file', async () => {
  await using engine = await TestEngine.start({ servers: [sayServer] });
  engine.child.stdout?.removeAllListeners('data');
  engine.child.stdout?.pause();
  const base = await engine.url('web');
  const before = await memoryOf(engine);
  const ping = watchPing(base);
  let most = 0;
  for (let from = 0; from < 60_000; from += 1_000) {
    await say(base, range(from, from + 1_000), 'info', 150);
    most = Math.max(most, await memoryOf(engine));
  }
  expect(await ping.stop()).toMatchObject({ failed: [] });
  const { logs } = await engine.health();
  expect(logs.stdout?.dropped.info).toBeGreaterThan(10_000);
  expect(logs.dropped).toEqual({ debug: 0, info: 0, warning: 0, error: 0 });
  expect(most - before).toBeLessThan(192 * megabyte);
  // The rest of what nobody reads must not keep it from ending.
  const { child } = engine;
  child.kill('SIGTERM');
  await until(
    () => child.exitCode !== null,
    20_000,
    () => 'the process to end',
  );
  expect(child.exitCode).toBe(0);
  child.stdout?.resume();
  expect(idsOnDisk(join(engine.data, 'logs'))).toEqual(range(0, 60_000));
}, 60_000);

const hasPrlimit = (() => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasPrlimit)(
  'no descriptors left at rotations: requests go on, and nothing is lost',
  async () => {
    await using engine = await TestEngine.start({
      servers: [sayServer],
      env: { ...quiet, SLUICE_LOGS_ROTATION_MAX_SIZE: '1m' },
    });
    const base = await engine.url('web');
    await say(base, range(0, 1_000));
    const limit = (files: number) => execFileSync('prlimit', ['--pid', String(engine.child.pid), `--nofile=${files}:`]);
    // Lower than any descriptor that is free or will become so: none can be opened from now on.
    const used = new Set(readdirSync(`/proc/${engine.child.pid}/fd`).map(Number));
    let free = 0;
    while (free < 8 && used.has(free)) free++;
    limit(free);
    const ping = watchPing(base);
    const talker = new Talker(base, { from: 1_000, perSecond: 10_000, perRequest: 100, padding: 200 });
    await engine.says(/user\.log in \S+ cannot be written: EMFILE.*Records are kept in memory/);
    await wait(500);
    limit(1024);
    await until(
      async () => (await engine.health()).logs.writable,
      10_000,
      () => 'the files to be written again',
    );
    await talker.stop();
    expect(talker.failures).toEqual([]);
    expect(await ping.stop()).toMatchObject({ failed: [] });
    await engine.lines('usage', /user\.log can be written again, after: EMFILE/);
    expect(await droppedBy(engine)).toEqual({ debug: 0, info: 0, warning: 0, error: 0 });
    expect(await engine.stop()).toBe(0);
    const dir = join(engine.data, 'logs');
    expect(datedFiles(dir).length).toBeGreaterThan(1);
    expect(idsOnDisk(dir)).toEqual(range(0, talker.following));
    expect(idsIn(engine.stderr)).toEqual([]);
  },
  60_000,
);

const hasScript = (() => {
  try {
    execFileSync('script', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasScript)(
  'a terminal that is stopped stops neither requests nor the log nor the control API',
  async () => {
    const data = makeDataFolder({ servers: [sayServer] });
    const program = fileURLToPath(new URL('../../dist/engine/main.js', import.meta.url));
    // `script` gives it a terminal, and shows on its own output what is printed there.
    const terminal = spawn(
      'script',
      ['-qec', `'${process.execPath}' '${program}' start --data '${data}'`, '/dev/null'],
      {
        env: { ...process.env, SLUICE_PORT: '0', SLUICE_API_TOKEN: testToken },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let shown = '';
    terminal.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    let pid = 0;
    try {
      const found = (pattern: RegExp) =>
        until(
          () => pattern.exec(shown)?.[1],
          20_000,
          () => `${pattern} in:\n${shown}`,
        );
      const base = await found(/web on (http:\S+)/);
      const control = await found(/editor +(http:\S+?)\/?\s/);
      const health = async () => {
        const answer = await fetch(`${control}/api/health`, {
          headers: { authorization: `Bearer ${testToken}` },
          signal: AbortSignal.timeout(10_000),
        });
        return (await answer.json()) as Health;
      };
      pid = (await health()).pid;
      terminal.stdout.pause();
      for (let from = 0; from < 60_000; from += 1_000) await say(base, range(from, from + 1_000), 'info', 150);
      const { logs } = await health();
      expect(logs.stdout?.dropped.info).toBeGreaterThan(10_000);
      expect(logs.dropped).toEqual({ debug: 0, info: 0, warning: 0, error: 0 });
      process.kill(pid, 'SIGTERM');
      await until(
        () => hasEnded(pid),
        20_000,
        () => 'the engine to end',
      );
      expect(idsOnDisk(join(data, 'logs'))).toEqual(range(0, 60_000));
    } finally {
      if (pid !== 0 && !hasEnded(pid)) process.kill(pid, 'SIGKILL');
      terminal.kill('SIGKILL');
      removeFolder(data);
    }
  },
  90_000,
);

/** Ended, or ended and not yet noticed by its parent. */
function hasEnded(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
