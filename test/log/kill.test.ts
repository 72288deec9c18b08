import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';
import {
  datedFiles,
  idsIn,
  idsOnDisk,
  missing,
  range,
  say,
  sayServer,
  Talker,
  textOnDisk,
} from '../support/log-lines.ts';
import { removeFolder } from '../support/removed-folder.ts';
import { long } from './long.ts';

/** What kill -9 may cost, in milliseconds before it, as long as the machine lets the process run. */
const lossMs = 200;

/** Asks the control process for a sign of life all the time: what it was kept from, it cannot have written. */
const watchControl = (control: string) => {
  let running = true;
  let slowest = 0;
  const done = (async () => {
    while (running) {
      const begun = performance.now();
      const isThere = await fetch(`${control}/healthz`).then(
        (answer) => answer.text(),
        () => null,
      );
      slowest = Math.max(slowest, performance.now() - begun);
      if (isThere === null) return;
      await wait(10);
    }
  })();
  /** The longest time that an answer took, in milliseconds. */
  return async () => {
    running = false;
    await done;
    return slowest;
  };
};

describe('kill -9', () => {
  test(
    'under 5,000 lines a second loses nothing that was acknowledged 200 ms before, time after time',
    async () => {
      const data = makeDataFolder({ servers: [sayServer] });
      const dir = join(data, 'logs');
      // A start goes on with a file only while it is far from full: so every line stays in one file, in order.
      const env = { SLUICE_LOGS_ROTATION_MAX_SIZE: '512m', SLUICE_LOGS_STDOUT: 'false' };
      const wanted: number[] = [];
      let from = 0;
      try {
        for (let kill = 0; kill < (long ? 50 : 10); kill++) {
          await using engine = await TestEngine.start({ data, env });
          const talker = new Talker(await engine.url('web'), { from, perSecond: 5_000, perRequest: 50 });
          const control = watchControl(engine.control);
          await until(
            () => talker.acknowledged.length > 20,
            10_000,
            () => 'lines to flow',
          );
          await wait(Math.random() * 300);
          const killed = Date.now();
          engine.child.kill('SIGKILL');
          await engine.exit;
          await talker.stop();
          from = talker.following;
          const sureUntil = killed - lossMs - (await control());
          wanted.push(...talker.acknowledged.filter(({ at }) => at < sureUntil).flatMap(({ ids }) => ids));
          const lost = missing(wanted, idsOnDisk(dir));
          expect([kill, lost.length, lost[0], lost.at(-1)]).toEqual([kill, 0, undefined, undefined]);
          // What the kill may have left on another day.
          appendFileSync(join(dir, 'user.log'), '2026-11-21 04:36:22.123 [info]  line: {"id":');
        }
        await using engine = await TestEngine.start({ data, env });
        await say(await engine.url('web'), [from]);
        expect(await engine.stop()).toBe(0);
        expect(wanted.length).toBeGreaterThan(1_000);
        const ids = idsOnDisk(dir);
        expect(ids.at(-1)).toBe(from);
        expect(new Set(ids).size).toBe(ids.length);
        const torn = textOnDisk(dir)
          .split('\n')
          .filter((line) => line.endsWith('line: {"id":'));
        expect(torn).toHaveLength(long ? 50 : 10);
        expect(textOnDisk(dir).endsWith('\n')).toBe(true);
      } finally {
        removeFolder(data);
      }
    },
    long ? 600_000 : 90_000,
  );

  test(
    'while predecessors are packed leaves either the raw file or the whole packed one, each line once',
    async () => {
      const data = makeDataFolder({ servers: [sayServer] });
      const dir = join(data, 'logs');
      const env = { SLUICE_LOGS_ROTATION_MAX_SIZE: '1m', SLUICE_LOGS_STDOUT: 'false' };
      const wanted: number[] = [];
      let from = 0;
      let packing = 0;
      try {
        for (let kill = 0; kill < (long ? 30 : 4); kill++) {
          await using engine = await TestEngine.start({ data, env });
          const talker = new Talker(await engine.url('web'), {
            from,
            perSecond: 8_000,
            perRequest: 100,
            padding: 300,
          });
          const control = watchControl(engine.control);
          // Killed in the middle of packing, if the folder can be caught so; after some rotations otherwise.
          const rotations = datedFiles(dir).length;
          const isPacking = () => readdirSync(dir).some((name) => name.endsWith('.tmp') && name.includes('.gz'));
          const end = performance.now() + 2_500;
          while (performance.now() < end && !(datedFiles(dir).length > rotations && isPacking()))
            await new Promise((resolve) => setImmediate(resolve));
          if (isPacking()) packing++;
          const killed = Date.now();
          engine.child.kill('SIGKILL');
          await engine.exit;
          await talker.stop();
          from = talker.following;
          const sureUntil = killed - lossMs - (await control());
          const sure = talker.acknowledged.filter(({ at }) => at < sureUntil).flatMap(({ ids }) => ids);
          wanted.push(...sure);
          const lost = missing(sure, idsOnDisk(dir));
          expect([kill, lost.length, lost[0], lost.at(-1)], engine.stderr).toEqual([kill, 0, undefined, undefined]);
        }
        await using engine = await TestEngine.start({ data, env });
        await until(
          () => datedFiles(dir).filter((name) => name.endsWith('.log')).length === 1,
          20_000,
          () => `all predecessors to be packed: ${datedFiles(dir)}`,
        );
        expect(await engine.stop()).toBe(0);
        expect(packing).toBeGreaterThan(0);
        expect(wanted.length).toBeGreaterThan(1_000);
        const names = readdirSync(dir);
        expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
        for (const name of names.filter((other) => other.endsWith('.gz'))) {
          expect(names).not.toContain(name.slice(0, -3));
          expect(gunzipSync(readFileSync(join(dir, name))).length).toBeGreaterThan(0);
        }
        const ids = idsOnDisk(dir);
        expect(new Set(ids).size).toBe(ids.length);
        expect(missing(wanted, ids)).toEqual([]);
      } finally {
        removeFolder(data);
      }
    },
    long ? 600_000 : 90_000,
  );

  test('of a worker loses none of the lines that were acknowledged before', async () => {
    await using engine = await TestEngine.start({ servers: [sayServer], env: { SLUICE_LOGS_STDOUT: 'false' } });
    const talker = new Talker(await engine.url('web'), { perSecond: 5_000, perRequest: 50 });
    let last = 0;
    const kills: number[] = [];
    for (const round of range(0, 3)) {
      await until(
        () => talker.acknowledged.length > last + 20,
        20_000,
        () => `lines to flow after ${round} kills`,
      );
      last = talker.acknowledged.length;
      const [pid] = await engine.workerPids();
      kills.push(Date.now());
      process.kill(pid as number, 'SIGKILL');
    }
    await until(
      () => talker.acknowledged.length > last + 20,
      20_000,
      () => 'lines to flow at the end',
    );
    await talker.stop();
    expect(await engine.stop()).toBe(0);
    const ids = idsIn(textOnDisk(join(engine.data, 'logs')));
    const isNearKill = (at: number) => kills.some((kill) => at > kill - lossMs && at < kill + lossMs);
    const wanted = talker.acknowledged.filter(({ at }) => !isNearKill(at)).flatMap((answer) => answer.ids);
    expect(missing(wanted, ids)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
