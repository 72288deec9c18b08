import { mkdirSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';
import {
  brokenLines,
  droppedBy,
  idsIn,
  idsOnDisk,
  missing,
  range,
  say,
  sayServer,
  Talker,
  textOnDisk,
  watchPing,
} from '../support/log-lines.ts';
import { removeFolder } from '../support/removed-folder.ts';
import { mayMount, mountSmallDisk } from '../support/small-disk.ts';

const quiet = {
  SLUICE_LOGS_STDOUT: 'false',
  SLUICE_LOGS_LEVEL: 'debug',
  // The small disks have less than that in all, so predecessors would go at once.
  SLUICE_LOGS_ROTATION_MIN_FREE: '0',
};
const none = { debug: 0, info: 0, warning: 0, error: 0 };

/** The engine's own word on its log files. */
const logsOf = async (engine: TestEngine) => (await engine.health()).logs;

describe('a full disk', () => {
  test.skipIf(!mayMount)(
    'holds no request up; what waits is written when there is room again',
    async () => {
      const data = makeDataFolder({ servers: [sayServer] });
      try {
        using disk = mountSmallDisk(join(data, 'logs'), '1m');
        await using engine = await TestEngine.start({ data, env: quiet });
        const base = await engine.url('web');
        const ping = watchPing(base);
        const talker = new Talker(base, { perSecond: 4_000, perRequest: 50, padding: 100 });
        const full = await until(
          async () => {
            const logs = await logsOf(engine);
            return !logs.writable && logs.backlog > 1_000_000 ? logs : null;
          },
          20_000,
          () => 'the disk to be full',
        );
        expect(full.lastError).toContain('ENOSPC');
        expect((await engine.health()).problems.join()).toMatch(/log files cannot be written: ENOSPC/);
        disk.remount('size=64m');
        await until(
          async () => (await logsOf(engine)).writable,
          5_000,
          () => 'the log files to be written again',
        );
        await talker.stop();
        expect(talker.failures).toEqual([]);
        expect(await ping.stop()).toMatchObject({ failed: [] });
        await engine.lines('usage', /(user|usage)\.log can be written again, after: ENOSPC/);
        expect(await droppedBy(engine)).toEqual(none);
        expect(await engine.stop()).toBe(0);
        expect(idsOnDisk(disk.dir)).toEqual(range(0, talker.following));
        expect(brokenLines(textOnDisk(disk.dir))).toEqual([]);
      } finally {
        removeFolder(data);
      }
    },
    60_000,
  );

  test.skipIf(!mayMount)(
    'that stays full costs debug first and no error, counted to the line',
    async () => {
      const data = makeDataFolder({ servers: [sayServer] });
      try {
        using disk = mountSmallDisk(join(data, 'logs'), '1m');
        await using engine = await TestEngine.start({ data, env: quiet });
        const base = await engine.url('web');
        const ping = watchPing(base);
        const sent = { debug: 0, info: 0, warning: 0, error: 0 };
        let next = 0;
        // 1 KB a line: 80 MB of debug and 3 MB of the rest.
        const round = async () => {
          for (const [level, count] of [
            ['debug', 400],
            ['info', 5],
            ['warning', 5],
            ['error', 5],
          ] as const) {
            await say(base, range(next, next + count), level, 1_000);
            next += count;
            sent[level] += count;
          }
        };
        for (let i = 0; i < 200; i++) await round();
        const full = await engine.health();
        expect(full.logs.writable).toBe(false);
        const before = await droppedBy(engine);
        expect(before.debug).toBeGreaterThan(10_000);
        expect(before).toMatchObject({ info: 0, warning: 0, error: 0 });
        disk.remount('size=200m');
        await until(
          async () => {
            const { logs, workers } = await engine.health();
            return logs.writable && logs.backlog === 0 && workers.every(({ state }) => state === 'up');
          },
          20_000,
          () => 'everything to be written',
        );
        await engine.lines(
          'usage',
          /had no room for records and dropped \d+ debug|Dropped for lack of room: \d+ debug/,
        );
        expect(await ping.stop()).toMatchObject({ failed: [] });
        const dropped = await droppedBy(engine);
        expect(await engine.stop()).toBe(0);
        const text = textOnDisk(disk.dir);
        const written = (level: string) =>
          idsIn(
            text
              .split('\n')
              .filter((line) => line.includes(`[${level}] `))
              .join('\n'),
          );
        for (const level of ['debug', 'info', 'warning', 'error'] as const)
          expect([level, written(level).length + dropped[level]]).toEqual([level, sent[level]]);
        expect(brokenLines(text)).toEqual([]);
      } finally {
        removeFolder(data);
      }
    },
    90_000,
  );
});

describe('a folder that cannot be written', () => {
  test.skipIf(!mayMount)('at the start: lines go to standard error, health says so, and it mends itself', async () => {
    const data = makeDataFolder({ servers: [sayServer] });
    try {
      using disk = mountSmallDisk(join(data, 'logs'), '1m');
      disk.remount('ro');
      await using engine = await TestEngine.start({ data, env: quiet });
      const base = await engine.url('web');
      await say(base, range(0, 20));
      await until(
        () => idsIn(engine.stderr).length === 20,
        5_000,
        () => `20 lines in:\n${engine.stderr}`,
      );
      expect(await engine.health()).toMatchObject({ status: 'degraded', logs: { writable: false } });
      expect((await droppedBy(engine)).info).toBeGreaterThanOrEqual(20);
      expect(engine.stderr).toMatch(
        /user\.log in \S+ cannot be written: EROFS.*Records go to standard error meanwhile/,
      );
      disk.remount('rw');
      await until(
        async () => (await logsOf(engine)).writable,
        5_000,
        () => 'the folder to be writable',
      );
      await say(base, range(20, 40));
      expect(await engine.stop()).toBe(0);
      expect(idsOnDisk(disk.dir)).toEqual(range(20, 40));
      expect(textOnDisk(disk.dir, 'usage')).toMatch(/can be written again.*Only on standard error: \d+ /);
    } finally {
      removeFolder(data);
    }
  });

  test.skipIf(!mayMount)(
    'read-only for a while: what does not reach the files is on standard error, each line once',
    async () => {
      const data = makeDataFolder({ servers: [sayServer] });
      try {
        using disk = mountSmallDisk(join(data, 'logs'), '64m');
        await using engine = await TestEngine.start({ data, env: { ...quiet, SLUICE_LOGS_ROTATION_MAX_SIZE: '1m' } });
        const base = await engine.url('web');
        await say(base, range(0, 100));
        await engine.lines('user', /"id":99,/);
        // What is open for writing keeps a file system from becoming read-only; what is mounted over it does not mind.
        const cover = mountSmallDisk(disk.dir, '64k');
        cover.remount('ro');
        const talker = new Talker(base, { from: 100, perSecond: 2_000, perRequest: 20, padding: 100 });
        await until(
          async () => !(await logsOf(engine)).writable,
          5_000,
          () => 'health to say that the folder cannot be written',
        );
        await wait(500);
        expect((await engine.health()).status).toBe('degraded');
        cover[Symbol.dispose]();
        await until(
          async () => (await logsOf(engine)).writable,
          5_000,
          () => 'the files to be written again',
        );
        await talker.stop();
        expect(talker.failures).toEqual([]);
        expect(await engine.stop()).toBe(0);
        const found = [...idsOnDisk(disk.dir), ...idsIn(engine.stderr)].sort((a, b) => a - b);
        expect(idsIn(engine.stderr).length).toBeGreaterThan(0);
        expect(found).toEqual(range(0, talker.following));
      } finally {
        removeFolder(data);
      }
    },
  );
});

describe('what others do to the files under load', () => {
  /** Gives the ids that are nowhere although they were acknowledged later than the deed, and what else was seen. */
  const provoke = async (deed: (dir: string) => void) => {
    const data = makeDataFolder({ servers: [sayServer] });
    const dir = join(data, 'logs');
    try {
      await using engine = await TestEngine.start({ data, env: quiet });
      const talker = new Talker(await engine.url('web'), { perSecond: 3_000, perRequest: 30 });
      await until(
        () => talker.acknowledged.length > 50,
        10_000,
        () => 'lines to flow',
      );
      const sentBefore = talker.following;
      deed(dir);
      // With both its names again.
      await until(
        () => statSync(join(dir, 'user.log'), { throwIfNoEntry: false })?.nlink === 2,
        // The promise is two seconds; the rest is for a machine that has other things to do.
        6_000,
        () => 'a new user.log',
      );
      await wait(300);
      await talker.stop();
      expect(talker.failures).toEqual([]);
      expect(await logsOf(engine)).toMatchObject({ writable: true, dropped: none });
      expect(await engine.stop()).toBe(0);
      expect(textOnDisk(dir, 'usage')).toMatch(/user\.log was (moved|removed) by somebody else/);
      const folders = [dir, `${dir}.old`].filter((folder) => statSync(folder, { throwIfNoEntry: false }));
      const found = folders.flatMap((folder) => idsOnDisk(folder));
      expect(new Set(found).size).toBe(found.length);
      return { sentBefore, lost: missing(talker.ids, found) };
    } finally {
      rmSync(`${dir}.old`, { recursive: true, force: true });
      removeFolder(data);
    }
  };

  test.each([
    ['the folder moved', (dir: string) => renameSync(dir, `${dir}.old`), 'none'],
    ['the live file moved', (dir: string) => renameSync(join(dir, 'user.log'), join(dir, 'taken.txt')), 'none'],
    ['the live name removed', (dir: string) => unlinkSync(join(dir, 'user.log')), 'none'],
    ['the folder removed', (dir: string) => rmSync(dir, { recursive: true }), 'older'],
    [
      'the folder removed and another one in its place',
      (dir: string) => {
        rmSync(dir, { recursive: true });
        mkdirSync(dir, { mode: 0o755 });
      },
      'older',
    ],
  ])('%s: the log is there again, and later lines are not lost', async (_what, deed, lost) => {
    const seen = await provoke(deed);
    expect(lost === 'none' ? seen.lost : seen.lost.filter((id) => id >= seen.sentBefore)).toEqual([]);
  });
});
