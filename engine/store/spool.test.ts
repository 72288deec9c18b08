import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Level } from '../document/types.ts';
import { noLines } from '../log/sinks/levels.ts';
import { readRun } from './runs.ts';
import { utcDay } from './segments.ts';
import { openSpool, type Spool, type SpoolOptions, type StoreNotice } from './spool.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-store-'));
let opened: Spool[] = [];
const notices: StoreNotice[] = [];
let folders = 0;
const freshDir = () => join(root, String(folders++), 'store');
const start = async (dir: string, changed: Partial<SpoolOptions> = {}) => {
  const spool = await openSpool({
    dir,
    maxBytes: 1024 ** 3,
    maxDays: 14,
    minFreeBytes: 0,
    report: (notice) => void notices.push(notice),
    ...changed,
  });
  opened.push(spool);
  return spool;
};
afterEach(async () => {
  await Promise.all(opened.map((spool) => spool.close()));
  opened = [];
  notices.length = 0;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let number = 0;
const line = (level: Level = 'info', padding = 0) =>
  `{"id":"main-${number++}","time":"${new Date().toISOString()}","level":"${level}","kind":"system","event":"log","message":"${'x'.repeat(padding)}"}\n`;
const put = (spool: Spool, count = 1, padding = 0, level: Level = 'info') => {
  let text = '';
  for (let i = 0; i < count; i++) text += line(level, padding);
  spool.records(text, { ...noLines(), [level]: count });
};
const range = (from: number) => Array.from({ length: number - from }, (_, i) => from + i);
const today = utcDay(Date.now());
const namesOf = (dir: string, kind: string, day = today) =>
  existsSync(join(dir, day))
    ? readdirSync(join(dir, day))
        .filter((name) => name.startsWith(kind))
        .sort()
    : [];
const textOf = (dir: string, kind: string, day = today) =>
  namesOf(dir, kind, day)
    .map((name) => readFileSync(join(dir, day, name), 'utf8'))
    .join('');
const numbersOn = (dir: string, day = today) =>
  [...textOf(dir, 'records', day).matchAll(/^\{"id":"main-(\d+)".*\}$/gm)].map((match) => Number(match[1]));
const until = async (what: () => boolean, ms = 10_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await delay(10)) if (what()) return;
  expect(what.toString()).toBe('true in time');
};

let runs = 0;
const ulid = () => `01JD${String(runs++).padStart(22, '0')}`;
const head = (id: string, parent: string | null = null) =>
  JSON.stringify({
    id,
    node: 'server/hello/get-hello',
    operation: 'get-hello',
    type: parent === null ? 'http' : 'service',
    state: 'succeeded',
    status: parent === null ? 200 : null,
    begin: '2024-11-19T00:00:00.000Z',
    ms: 1.5,
    version: null,
    trigger: parent === null ? 'request' : 'call',
    error: null,
    replayOf: null,
    parent,
    trace: null,
    worker: 'w1',
    capture: { reason: 'all', spans: 1, partial: false, leftOut: 0 },
  });
const spans = (id: string, padding = 0) =>
  JSON.stringify([
    {
      in: null,
      node: 'server/hello/get-hello',
      run: id,
      begin: '',
      ms: 1,
      input: 'ö'.repeat(padding),
      output: 1,
      error: null,
    },
  ]);
const frame = (id: string, called: string[] = [], padding = 0) =>
  Buffer.from([head(id), ...called.map((one) => head(one, id)), spans(id, padding)].join('\n'));
const indexOf = (dir: string, day = today) =>
  textOf(dir, 'runs', day)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('writing', () => {
  it('appends records in the order of their arrival, for their owner only', async () => {
    const dir = freshDir();
    const first = number;
    const spool = await start(dir);
    for (let i = 0; i < 50; i++) put(spool, 7);
    await spool.written();
    expect(numbersOn(dir)).toEqual(range(first));
    expect(namesOf(dir, '')).toEqual(['records-0001.jsonl']);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, today)).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, today, 'records-0001.jsonl')).mode & 0o777).toBe(0o600);
    const { bytes, ...health } = spool.health();
    expect(bytes).toBe(textOf(dir, 'records').length);
    expect(health).toEqual({
      writable: true,
      lastError: null,
      dropped: noLines(),
      droppedCaptures: 0,
      days: 1,
      backlog: 0,
    });
  });

  it('writes without being asked, within 200 ms and more', async () => {
    const dir = freshDir();
    const spool = await start(dir);
    put(spool);
    spool.capture(frame(ulid()));
    await until(() => numbersOn(dir).length === 1 && indexOf(dir).length === 1);
    expect(spool.backlog()).toBe(0);
  });

  it('begins a new segment when one is full, and goes on in the last one after a start', async () => {
    const dir = freshDir();
    const first = number;
    for (let i = 0; i < 3; i++) {
      const spool = await start(dir, { segmentBytes: 2000 });
      for (let j = 0; j < 8; j++) {
        put(spool);
        await spool.written();
      }
      await spool.close();
    }
    expect(numbersOn(dir)).toEqual(range(first));
    const names = namesOf(dir, 'records');
    expect(names[0]).toBe('records-0001.jsonl');
    expect(names).toHaveLength(2);
    expect(statSync(join(dir, today, names[0] as string)).size).toBeGreaterThanOrEqual(2000);
    expect(statSync(join(dir, today, names[0] as string)).size).toBeLessThan(2200);
  });

  it('says where the body of a captured run stands, for it and for those that it called', async () => {
    const dir = freshDir();
    const spool = await start(dir, { segmentBytes: 3000 });
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) {
      const id = ulid();
      const called = i % 3 === 0 ? [ulid(), ulid()] : [];
      ids.push(...called, id);
      spool.capture(frame(id, called, i * 10));
      if (i % 4 === 0) await spool.written();
    }
    await spool.flush();
    const index = indexOf(dir);
    expect(index.map((entry) => entry.head.id)).toEqual(ids);
    expect(namesOf(dir, 'captures').length).toBeGreaterThan(2);
    for (const { head: entry, capture } of index) {
      const { file, at, bytes } = capture;
      const body = readFileSync(join(dir, today, file)).subarray(at, at + bytes);
      const parsed = JSON.parse(body.toString());
      expect(parsed.id).toBe(capture.in);
      expect([parsed.id, ...parsed.runs.map(({ id }: { id: string }) => id)]).toContain(entry.id);
      expect(parsed.spans[0].run).toBe(capture.in);
    }
  });

  it('counts a capture that is none', async () => {
    const dir = freshDir();
    const spool = await start(dir);
    for (const bad of ['', '[]', '{"node":1}\n[]', `${head(ulid())}\n`, `${head(ulid())}\n{}`, '\n\n', 'x\n[]']) {
      spool.capture(Buffer.from(bad));
    }
    spool.capture(frame(ulid()));
    await spool.flush();
    expect(spool.health().droppedCaptures).toBe(7);
    expect(indexOf(dir)).toHaveLength(1);
  });

  it('drops the newest captures when more wait than there is room for, and counts them', async () => {
    const dir = freshDir();
    const spool = await start(dir);
    const ids = Array.from({ length: 40 }, ulid);
    for (const id of ids) spool.capture(frame(id, [], 1024 * 512));
    expect(spool.backlog()).toBeLessThanOrEqual(32 * 1024 * 1024);
    await spool.flush();
    const { droppedCaptures } = spool.health();
    expect(droppedCaptures).toBeGreaterThanOrEqual(8);
    expect(indexOf(dir).map((entry) => entry.head.id)).toEqual(ids.slice(0, 40 - droppedCaptures));
  });

  it('takes nothing more once it is closed, and counts that', async () => {
    const dir = freshDir();
    const first = number;
    const spool = await start(dir);
    put(spool, 3);
    await Promise.all([spool.close(), spool.close()]);
    expect(numbersOn(dir)).toEqual(range(first));
    put(spool, 2, 0, 'warning');
    spool.capture(frame(ulid()));
    expect(spool.health()).toMatchObject({ dropped: { ...noLines(), warning: 2 }, droppedCaptures: 1 });
  });

  it('cuts a torn last line off at the start, of each kind', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, today), { recursive: true });
    const whole = line();
    writeFileSync(join(dir, today, 'records-0003.jsonl'), `${whole}{"id":"main-9`);
    writeFileSync(join(dir, today, 'runs-0001.jsonl'), '{"head":');
    writeFileSync(join(dir, today, 'captures-0002.jsonl'), `{}\n${'x'.repeat(200_000)}`);
    const spool = await start(dir);
    expect(readFileSync(join(dir, today, 'records-0003.jsonl'), 'utf8')).toBe(whole);
    expect(readFileSync(join(dir, today, 'runs-0001.jsonl'), 'utf8')).toBe('');
    expect(readFileSync(join(dir, today, 'captures-0002.jsonl'), 'utf8')).toBe('{}\n');
    const id = ulid();
    spool.capture(frame(id));
    await spool.flush();
    expect(indexOf(dir)[0].capture).toMatchObject({ file: 'captures-0002.jsonl', at: 3, in: id });
  });
});

describe('days', () => {
  const day = (days: number) => Date.parse('2026-03-10T12:00:00Z') + days * 86_400_000;

  it('a day has its own folder; a clock that is set back goes on in the older one, in another segment', async () => {
    const dir = freshDir();
    let time = day(0);
    const spool = await start(dir, { now: () => time, maxDays: 30 });
    const first = number;
    for (const at of [day(0), day(1), day(0) + 1000, day(0) - 7_200_000, day(0) - 7_190_000]) {
      time = at;
      put(spool);
      await spool.written();
    }
    expect(numbersOn(dir, '2026-03-10')).toEqual([first, first + 2, first + 3, first + 4]);
    expect(numbersOn(dir, '2026-03-11')).toEqual([first + 1]);
    expect(namesOf(dir, 'records', '2026-03-10')).toEqual(['records-0001.jsonl', 'records-0002.jsonl']);
  });

  it('index and body of a capture stand in the same day', async () => {
    const dir = freshDir();
    let calls = 0;
    const spool = await start(dir, { now: () => day(0) + calls++ * 43_000_000, maxDays: 300 });
    for (let i = 0; i < 6; i++) {
      spool.capture(frame(ulid()));
      await spool.written();
    }
    for (const folder of readdirSync(dir)) {
      for (const { capture } of indexOf(dir, folder)) expect(namesOf(dir, 'captures', folder)).toContain(capture.file);
    }
    expect(readdirSync(dir).reduce((sum, folder) => sum + indexOf(dir, folder).length, 0)).toBe(6);
  });
});

describe('retention', () => {
  const folder = (dir: string, days: number, bytes: number) => {
    const day = utcDay(Date.now() - days * 86_400_000);
    mkdirSync(join(dir, day), { recursive: true });
    for (const kind of ['records', 'captures', 'runs']) {
      writeFileSync(join(dir, day, `${kind}-0001.jsonl`), `${'x'.repeat(bytes / 3 - 1)}\n`);
    }
    return day;
  };

  it('removes days that are too old', async () => {
    const dir = freshDir();
    const days = [20, 16, 14, 3].map((age) => folder(dir, age, 300));
    const spool = await start(dir);
    expect(readdirSync(dir).sort()).toEqual([...days.slice(2), today]);
    expect(spool.health()).toMatchObject({ bytes: 600, days: 3 });
  });

  it('removes the oldest days while there is too much, and as soon as the settings say so', async () => {
    const dir = freshDir();
    const days = [5, 4, 3, 2].map((age) => folder(dir, age, 3000));
    const spool = await start(dir, { maxBytes: 10_000 });
    expect(readdirSync(dir).sort()).toEqual([...days.slice(1), today]);
    spool.use({ maxBytes: 3500, maxDays: 14 });
    // The folder is gone a moment before the store has counted again.
    await until(() => readdirSync(dir).length === 2 && spool.health().bytes === 3000);
    expect(spool.health()).toMatchObject({ bytes: 3000, days: 2 });
    spool.use({ maxBytes: 3500, maxDays: 1 });
    await until(() => readdirSync(dir).length === 1);
  });

  const sized = (dir: string, day: string, kind: string, nth: number, bytes: number, minute: number) => {
    mkdirSync(join(dir, day), { recursive: true });
    const path = join(dir, day, `${kind}-000${nth}.jsonl`);
    writeFileSync(path, `${'x'.repeat(bytes - 1)}\n`);
    const at = Date.parse(`${day}T00:00:00Z`) / 1000 + minute * 60;
    utimesSync(path, at, at);
  };

  it('keeps what is newest of the last day, records and captures together, when the store must become smaller', async () => {
    const dir = freshDir();
    const day = utcDay(Date.now() - 2 * 86_400_000);
    folder(dir, 5, 3000);
    for (let nth = 1; nth <= 4; nth++) {
      sized(dir, day, 'records', nth, 1000, 10 * nth);
      sized(dir, day, 'captures', nth, 2000, 10 * nth + 1);
      sized(dir, day, 'runs', nth, 100, 10 * nth + 1);
    }
    const spool = await start(dir, { maxBytes: 20_000 });
    expect(notices).toEqual([]);
    spool.use({ maxBytes: 6250, maxDays: 14 });
    await until(() => readdirSync(dir).length === 2);
    await until(() => spool.health().bytes <= 6250);
    expect(namesOf(dir, '', day)).toEqual(
      ['captures', 'records', 'runs'].flatMap((kind) => [3, 4].map((nth) => `${kind}-000${nth}.jsonl`)),
    );
    expect(spool.health()).toMatchObject({ bytes: 6200, days: 2 });
    spool.use({ maxBytes: 150, maxDays: 14 });
    await until(() => spool.health().bytes <= 150);
    expect(namesOf(dir, '', day)).toEqual(['runs-0004.jsonl']);
    spool.use({ maxBytes: 50, maxDays: 14 });
    await until(() => readdirSync(dir).length === 1);
    expect(namesOf(dir, 'records')).toEqual(['records-0001.jsonl']);
  });

  it('says once what it removed before its time, and gathers what follows', async () => {
    const dir = freshDir();
    const days = [20, 5, 4, 3].map((age) => folder(dir, age, 3000));
    const spool = await start(dir, { maxBytes: 7000 });
    // What was too old is as it was asked for.
    expect(notices).toEqual([
      {
        level: 'info',
        event: 'store.trimmed',
        message: `The oldest of the store in ${dir} was removed: 3 files of ${days[1]}, 3000 bytes, because the store was larger than store.maxBytes (7000 bytes); raise it to keep more.`,
      },
    ]);
    for (const maxBytes of [4000, 2000]) {
      spool.use({ maxBytes, maxDays: 14 });
      await until(() => spool.health().bytes <= maxBytes);
    }
    expect(notices).toHaveLength(1);
    await spool.close();
    expect(notices.slice(1)).toEqual([
      expect.objectContaining({
        event: 'store.trimmed',
        message: expect.stringContaining(`4 files of 2 days, ${days[2]} to ${days[3]}, 4000 bytes, because`),
      }),
    ]);
  });

  it("removes today's oldest segments when today alone is too much, and never the one that is written", async () => {
    const dir = freshDir();
    const spool = await start(dir, { maxBytes: 200_000, segmentBytes: 20_000 });
    const first = number;
    for (let i = 0; i < 100; i++) {
      put(spool, 10, 400);
      if (i % 10 === 0) spool.capture(frame(ulid(), [], 100));
      await spool.written();
    }
    await until(() => spool.health().bytes <= 220_000);
    const left = numbersOn(dir);
    expect(left).toEqual(range(first).slice(-left.length));
    expect(left.length).toBeGreaterThan(200);
    expect(left.length).toBeLessThan(450);
    expect(namesOf(dir, 'records')[0]).not.toBe('records-0001.jsonl');
    expect(indexOf(dir)).toHaveLength(10);
  });

  it('removes days but not today while the file system has too little room', async () => {
    const dir = freshDir();
    folder(dir, 5, 3000);
    folder(dir, 0, 3000);
    const spool = await start(dir, { minFreeBytes: Number.MAX_SAFE_INTEGER });
    expect(readdirSync(dir)).toEqual([today]);
    expect(spool.health()).toMatchObject({ bytes: 3000, days: 1 });
    expect(notices).toEqual([
      expect.objectContaining({
        event: 'store.trimmed',
        message: expect.stringMatching(/: 3 files of [-\d]+, 3000 bytes, because the file system had less than /),
      }),
    ]);
  });

  it('touches nothing but its own names, and follows no link', async () => {
    const dir = freshDir();
    const outside = join(dir, '..', 'outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'records-0001.jsonl'), 'precious\n');
    const old = folder(dir, 30, 300);
    writeFileSync(join(dir, old, 'notes.txt'), 'mine');
    symlinkSync(join(outside, 'records-0001.jsonl'), join(dir, old, 'records-0002.jsonl'));
    symlinkSync(outside, join(dir, '2020-01-01'));
    mkdirSync(join(dir, '2020-02-30'));
    mkdirSync(join(dir, 'backup'));
    mkdirSync(join(dir, today));
    symlinkSync(join(outside, 'records-0001.jsonl'), join(dir, today, 'records-0001.jsonl'));
    const spool = await start(dir);
    put(spool);
    await spool.flush();
    expect(readdirSync(dir).sort()).toEqual(['2020-01-01', '2020-02-30', old, today, 'backup'].sort());
    expect(readdirSync(join(dir, old)).sort()).toEqual(['notes.txt', 'records-0002.jsonl']);
    expect(readFileSync(join(outside, 'records-0001.jsonl'), 'utf8')).toBe('precious\n');
    expect(namesOf(dir, 'records')).toEqual(['records-0001.jsonl', 'records-0002.jsonl']);
  });
});

describe('clear', () => {
  it('removes the records of all days and leaves captured runs, also while writing', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, '2026-01-05'), { recursive: true });
    writeFileSync(join(dir, '2026-01-05', 'records-0001.jsonl'), line());
    mkdirSync(join(dir, '2026-01-06'), { recursive: true });
    writeFileSync(join(dir, '2026-01-06', 'runs-0001.jsonl'), `{"head":${head(ulid())},"capture":{}}\n`);
    const spool = await start(dir, { maxDays: 100_000 });
    const id = ulid();
    spool.capture(frame(id));
    put(spool, 5000);
    const first = number;
    const cleared = spool.clear();
    put(spool, 100);
    await cleared;
    await spool.flush();
    expect(numbersOn(dir)).toEqual(range(first));
    expect(readdirSync(dir).sort()).toEqual(['2026-01-06', today]);
    expect(namesOf(dir, 'records')).not.toContain('records-0001.jsonl');
    expect(indexOf(dir)).toHaveLength(1);
    expect(spool.health()).toMatchObject({ dropped: noLines(), writable: true });
  });
});

describe('what others do', () => {
  it.each([
    ['removed', (dir: string) => rmSync(dir, { recursive: true })],
    ['moved', (dir: string) => renameSync(dir, `${dir}.away`)],
  ])('a folder that was %s is made again, and nothing more is lost', async (how, harm) => {
    const dir = freshDir();
    const first = number;
    const spool = await start(dir);
    put(spool, 10);
    await spool.flush();
    await delay(1200);
    put(spool, 10);
    await spool.written();
    harm(dir);
    put(spool, 10);
    await until(() => namesOf(dir, 'records').length === 1);
    put(spool, 10);
    await spool.flush();
    // What had been seen to be there went with the folder; the last look may have been just before.
    const kept = numbersOn(dir);
    expect(kept).toEqual(range(first).slice(-kept.length));
    expect(how === 'removed' ? [30, 20] : [10]).toContain(kept.length);
    if (how === 'moved') expect(numbersOn(`${dir}.away`)).toEqual(range(first).slice(0, 30));
    expect(notices).toEqual([
      expect.objectContaining({ level: 'warning', event: 'store.replaced', message: expect.stringContaining(how) }),
    ]);
    expect(spool.health()).toMatchObject({ writable: true, dropped: noLines() });
  });

  it('counts captures that were removed before they could be made safe', async () => {
    const dir = freshDir();
    const spool = await start(dir);
    spool.capture(frame(ulid()));
    spool.capture(frame(ulid()));
    await spool.written();
    rmSync(dir, { recursive: true });
    await until(() => spool.health().droppedCaptures > 0);
    expect(spool.health().droppedCaptures).toBe(2);
  });

  it('a folder that cannot be made: opens, says so once, keeps what it can, and resumes by itself', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, '..'), { recursive: true });
    writeFileSync(dir, 'in the way');
    const first = number;
    const spool = await start(dir);
    expect(spool.health()).toMatchObject({ writable: false, lastError: expect.stringContaining('not a folder') });
    put(spool, 5);
    const id = ulid();
    spool.capture(frame(id));
    await delay(500);
    expect(spool.backlog()).toBeGreaterThan(0);
    rmSync(dir);
    await spool.flush();
    expect(numbersOn(dir)).toEqual(range(first));
    expect((await readRun(dir, id))?.spans).toHaveLength(1);
    expect(notices).toEqual([
      expect.objectContaining({ level: 'error', event: 'store.failed' }),
      expect.objectContaining({
        level: 'info',
        event: 'store.recovered',
        message: expect.stringContaining('Nothing was dropped'),
      }),
    ]);
    expect(spool.health().writable).toBe(true);
  });

  it('drops debug first while it cannot write, and says how many when it can again', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, '..'), { recursive: true });
    writeFileSync(dir, 'in the way');
    const spool = await start(dir);
    put(spool, 10, 1024 * 1024, 'debug');
    await delay(50);
    for (let i = 0; i < 10; i++) put(spool, 1, 1024 * 1024, 'info');
    for (let i = 0; i < 5; i++) put(spool, 1, 1024 * 1024, 'debug');
    for (let i = 0; i < 4; i++) put(spool, 1, 1024 * 1024, 'error');
    // The first batch is on its way and can be dropped no more.
    expect(spool.health().dropped).toEqual({ ...noLines(), debug: 5 });
    rmSync(dir);
    await spool.flush();
    expect([...textOf(dir, 'records').matchAll(/"level":"(\w+)"/g)].map((match) => match[1])).toEqual([
      ...Array(10).fill('debug'),
      ...Array(10).fill('info'),
      ...Array(4).fill('error'),
    ]);
    expect(notices.at(-1)).toMatchObject({
      level: 'warning',
      event: 'store.recovered',
      message: expect.stringContaining('records: 5 debug'),
    });
  });

  it('a day whose folder is a link, or a file, is not written through', async () => {
    const dir = freshDir();
    const outside = join(dir, '..', 'outside');
    mkdirSync(outside, { recursive: true });
    mkdirSync(dir);
    symlinkSync(outside, join(dir, today));
    const spool = await start(dir);
    put(spool);
    await delay(300);
    expect(spool.health().writable).toBe(false);
    expect(readdirSync(outside)).toEqual([]);
    rmSync(join(dir, today));
    await spool.flush();
    expect(numbersOn(dir)).toHaveLength(1);
  });

  it('a segment that somebody cut or wrote into is left, and the next capture is found', async () => {
    const dir = freshDir();
    const spool = await start(dir);
    const lost = ulid();
    spool.capture(frame(lost, [], 100));
    await spool.flush();
    truncateSync(join(dir, today, 'captures-0001.jsonl'), 0);
    await delay(1500);
    const id = ulid();
    spool.capture(frame(id));
    await spool.flush();
    expect(indexOf(dir)[1].capture.file).toBe('captures-0002.jsonl');
    expect((await readRun(dir, id))?.spans).toHaveLength(1);
    expect(await readRun(dir, lost)).toMatchObject({ head: { id: lost }, spans: [] });
  });

  it('a segment that was changed in the future is not gone on with: clocks were set back', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, today), { recursive: true });
    writeFileSync(join(dir, today, 'records-0001.jsonl'), line());
    const later = Date.now() / 1000 + 3600;
    utimesSync(join(dir, today, 'records-0001.jsonl'), later, later);
    const spool = await start(dir);
    put(spool);
    await spool.flush();
    expect(namesOf(dir, 'records')).toEqual(['records-0001.jsonl', 'records-0002.jsonl']);
  });
});
