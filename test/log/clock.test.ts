import { rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';
import { brokenLines, datedFiles, idsIn, idsOnDisk, range, say, sayServer, textOnDisk } from '../support/log-lines.ts';
import { wrongClock } from '../support/preload.ts';
import { removeFolder } from '../support/removed-folder.ts';

/** How long a file may go on after its day: it is looked at once a second. */
const lookMs = 1_400;

test('a clock that is set, midnight and both changes of summer time: nothing overwritten, lost or doubled', async () => {
  const data = makeDataFolder({ servers: [sayServer] });
  const dir = join(data, 'logs');
  const clock = `${data}.clock`;
  /** Sets the clock to this time, and lets the engine's look at it pass. */
  const set = async (time: string) => {
    writeFileSync(clock, String(Date.parse(time) - Date.now()));
    await wait(lookMs);
  };
  let next = 0;
  let files = 0;
  /** Days that files were begun for since the last time. */
  const rotations = () => {
    const before = files;
    // A file that is just being packed is there twice.
    files = new Set(datedFiles(dir).map((name) => name.replace('.gz', ''))).size;
    return files - before;
  };
  /** Waits for a file of a day: a machine that is busy may rotate a moment later. */
  const begun = (day: string) =>
    until(
      () => datedFiles(dir).some((name) => name.includes(day)),
      10_000,
      () => `a file of ${day}`,
    );
  try {
    writeFileSync(clock, String(Date.parse('2026-03-28T22:00:00+01:00') - Date.now()));
    await using engine = await TestEngine.start({
      data,
      env: {
        ...wrongClock(clock),
        TZ: 'Europe/Berlin',
        SLUICE_LOGS_STDOUT: 'false',
        SLUICE_LOGS_ROTATION_MAX_FILES: '3650d',
      },
    });
    const base = await engine.url('web');
    const speak = () => {
      next += 10;
      return say(base, range(next - 10, next));
    };
    await speak();
    rotations();

    // Midnight, also with nothing to write.
    await set('2026-03-28T23:59:59+01:00');
    await wait(lookMs);
    expect([...new Set(datedFiles(dir).map((name) => name.replace('.gz', '')))]).toEqual([
      'user-2026-03-28.log',
      'user-2026-03-29.log',
    ]);
    await speak();
    rotations();

    // From 2 to 3 o'clock: the same day.
    await set('2026-03-29T01:59:59.500+01:00');
    await speak();
    await set('2026-03-29T03:00:05+02:00');
    await speak();
    expect(rotations()).toBe(0);

    // An hour back within the day, and over midnight.
    await set('2026-03-29T02:00:05+02:00');
    await speak();
    expect(rotations()).toBe(0);
    await set('2026-03-28T23:30:00+01:00');
    await speak();
    expect(rotations()).toBeLessThanOrEqual(1);

    // A day and an hour ahead, and back again.
    await set('2026-03-30T00:30:00+02:00');
    await speak();
    await begun('2026-03-30');
    expect(rotations()).toBeLessThanOrEqual(1);
    await set('2026-03-29T00:30:00+01:00');
    await speak();
    expect(rotations()).toBeLessThanOrEqual(1);

    // From 3 to 2 o'clock: the hour that comes twice is one day's.
    await set('2026-10-25T02:59:59.500+02:00');
    await speak();
    await begun('2026-10-25');
    expect(rotations()).toBeLessThanOrEqual(1);
    await set('2026-10-25T02:00:05+01:00');
    await speak();
    expect(rotations()).toBe(0);

    const answer = await engine.api('/api/logs/download?file=user');
    expect(answer.status).toBe(200);
    expect(idsIn(await answer.text()).sort((a, b) => a - b)).toEqual(range(0, next));
    expect((await engine.health()).replacements).toBe(0);
    expect(await engine.stop()).toBe(0);

    expect(idsOnDisk(dir)).toEqual(range(0, next));
    expect(brokenLines(textOnDisk(dir))).toEqual([]);
    const days = new Set(datedFiles(dir).map((name) => name.slice(5, 15)));
    expect([...days]).toEqual(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-25']);
    // What is in a file was written in this order.
    const live = idsIn(await readFile(join(dir, 'user.log'), 'utf8'));
    expect(live).toEqual([...live].sort((a, b) => a - b));
    expect(live.at(-1)).toBe(next - 1);
  } finally {
    rmSync(clock, { force: true });
    removeFolder(data);
  }
}, 60_000);
