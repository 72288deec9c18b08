import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { noLines } from '../log/sinks/levels.ts';
import { writeCursor } from './read/cursor.ts';
import {
  CursorFault,
  findRecords,
  followRecords,
  type RecordPage,
  type RecordSearch,
  readRecords,
  recordsOfRun,
} from './records.ts';
import { utcDay } from './segments.ts';
import { openSpool } from './spool.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-records-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const freshDir = () => join(root, String(folders++), 'store');

const noon = Date.parse('2026-11-21T12:00:00Z');
let number = 0;
const line = (time: number, rest = '') =>
  `{"id":"main-${number++}","time":"${new Date(time).toISOString()}","level":"info","kind":"system","event":"log"${rest}}`;
const write = (dir: string, day: string, segment: number, lines: readonly string[], torn = '') => {
  mkdirSync(join(dir, day), { recursive: true });
  const name = `records-${String(segment).padStart(4, '0')}.jsonl`;
  writeFileSync(join(dir, day, name), lines.map((one) => `${one}\n`).join('') + torn);
};
const everything = () => true;
const pagesOf = async (dir: string, search: Partial<RecordSearch> & { limit: number }) => {
  const pages: RecordPage[] = [];
  for (let cursor: string | null | undefined; cursor !== null; cursor = (pages.at(-1) as RecordPage).cursor) {
    pages.push(await findRecords(dir, { fits: everything, withinMs: 60_000, ...search, ...(cursor && { cursor }) }));
    if (pages.length > 10_000) throw new Error('There is no end of pages.');
  }
  return pages;
};
const linesOf = (pages: readonly RecordPage[]) => pages.flatMap(({ lines }) => lines);
const oldestFirst = async (dir: string, range = {}) => {
  const lines: string[] = [];
  for await (const some of readRecords(dir, range)) lines.push(...some);
  return lines;
};

describe('findRecords', () => {
  it('pages of any size give every line once, newest first, whatever was appended how', async () => {
    const batches = fc.array(
      fc.record({
        lines: fc.array(fc.record({ padding: fc.nat(300), text: fc.string({ unit: 'grapheme', maxLength: 20 }) }), {
          minLength: 1,
          maxLength: 20,
        }),
        hours: fc.integer({ min: 0, max: 30 }),
        isWaited: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (batches, limit, isShort) => {
        const dir = freshDir();
        let time = noon;
        const spool = await openSpool({
          dir,
          maxBytes: 1024 ** 3,
          maxDays: 1000,
          minFreeBytes: 0,
          report: () => {},
          now: () => time,
          segmentBytes: 1000,
        });
        const written: string[] = [];
        for (const { lines, hours, isWaited } of batches) {
          time += hours * 3_600_000;
          const texts = lines.map(({ padding, text }) =>
            line(time, `,"message":${JSON.stringify(text + 'x'.repeat(padding))}`),
          );
          written.push(...texts);
          spool.records(`${texts.join('\n')}\n`, { ...noLines(), info: texts.length });
          if (isWaited) await spool.written();
        }
        await spool.close();
        // Without time to look, pages are short but come to the end too.
        const pages = await pagesOf(dir, { limit, ...(isShort && { withinMs: 0 }) });
        expect(linesOf(pages)).toEqual([...written].reverse());
        for (const { lines } of pages) expect(lines.length).toBeLessThanOrEqual(limit);
        expect(await oldestFirst(dir)).toEqual(written);
        rmSync(dir, { recursive: true });
      }),
      { numRuns: 40 },
    );
  });

  it('ranges give exactly the records of these times, also out of order by seconds and over segments and days', async () => {
    const dir = freshDir();
    const times: number[] = [];
    const written: { time: number; text: string }[] = [];
    for (let day = 0; day < 3; day++) {
      for (let segment = 1; segment <= 3; segment++) {
        const lines: string[] = [];
        for (let i = 0; i < 3000; i++) {
          const time = noon + day * 86_400_000 + segment * 3_600_000 + i * 1000 + ((i * 7919) % 50) * 1000;
          const text = line(time, `,"message":"${'x'.repeat(100)}"`);
          lines.push(text);
          written.push({ time, text });
          if (i % 500 === 0) times.push(time);
        }
        write(dir, utcDay(noon + day * 86_400_000), segment, lines);
      }
    }
    for (const from of [undefined, ...times.filter((_, i) => i % 7 === 0)]) {
      for (const to of [undefined, ...times.filter((_, i) => i % 11 === 3)]) {
        const expected = written.filter(({ time }) => time >= (from ?? 0) && time <= (to ?? Number.POSITIVE_INFINITY));
        const found = linesOf(await pagesOf(dir, { limit: 5000, from, to }));
        expect(found.length).toBe(expected.length);
        expect(found).toEqual(expected.map(({ text }) => text).reverse());
        expect((await oldestFirst(dir, { from, to })).length).toBe(expected.length);
      }
    }
  });

  it('does not read what cannot match', async () => {
    const dir = freshDir();
    const lines = Array.from({ length: 50_000 }, (_, i) => line(noon + i * 1000, `,"message":"${'x'.repeat(100)}"`));
    // Hours out of order: whoever finds them has read everything.
    lines[0] = line(noon + 20_000_000);
    lines[49_999] = line(noon + 20_010_000);
    write(dir, utcDay(noon), 1, lines);
    const range = { from: noon + 20_000_000, to: noon + 20_010_000 };
    const page = await findRecords(dir, { ...range, limit: 100, fits: everything });
    expect(page).toEqual({ lines: lines.slice(20_000, 20_011).reverse(), cursor: null, scanned: range });
    expect(await oldestFirst(dir, range)).toEqual(lines.slice(20_000, 20_011));
  });

  it('passes over lines that are torn, foreign or longer than any of ours, and takes long ones whole', async () => {
    const dir = freshDir();
    const long = line(noon, `,"message":"${'ö'.repeat(1_500_000)}"`);
    const lines = [
      line(noon),
      'foreign',
      '',
      '{"id":"x"',
      long,
      `{"id":"${'y'.repeat(33 * 1024 * 1024)}"}`,
      line(noon),
    ];
    write(dir, utcDay(noon), 1, lines, '{"id":"torn","time":"');
    const whole = [lines[6], long, lines[0]];
    expect(linesOf(await pagesOf(dir, { limit: 1 }))).toEqual(whole);
    expect(linesOf(await pagesOf(dir, { limit: 100, from: noon, to: noon }))).toEqual(whole);
    expect(await oldestFirst(dir)).toEqual(whole.toReversed());
  });

  it('bytes that are no UTF-8 do not disturb the lines around them', async () => {
    const dir = freshDir();
    const lines = Array.from({ length: 5 }, () => line(noon));
    write(dir, utcDay(noon), 1, lines.slice(0, 3));
    const path = join(dir, utcDay(noon), 'records-0001.jsonl');
    appendFileSync(path, Buffer.from([0xff, 0xfe, 0x22, 0xc3, 0x0a]));
    appendFileSync(
      path,
      lines
        .slice(3)
        .map((one) => `${one}\n`)
        .join(''),
    );
    expect(linesOf(await pagesOf(dir, { limit: 1 }))).toEqual(lines.toReversed());
  });

  it('passes over days and segments that cannot be read, links and other names', async () => {
    const dir = freshDir();
    const own = [line(noon), line(noon + 1)];
    write(dir, '2026-11-20', 1, [own[0] as string]);
    write(dir, '2026-11-21', 2, [own[1] as string]);
    mkdirSync(join(dir, '2026-11-21', 'records-0001.jsonl'));
    symlinkSync(join(dir, '2026-11-21', 'records-0002.jsonl'), join(dir, '2026-11-21', 'records-0003.jsonl'));
    symlinkSync(join(dir, '2026-11-21'), join(dir, '2026-11-22'));
    writeFileSync(join(dir, '2026-11-23'), 'a file');
    write(dir, '2026-11-21', 12345, []);
    expect(linesOf(await pagesOf(dir, { limit: 10 }))).toEqual(own.toReversed());
    expect(await findRecords(join(dir, 'nowhere'), { limit: 1, fits: everything })).toEqual({
      lines: [],
      cursor: null,
      scanned: { from: null, to: null },
    });
  });

  it('says which times were looked at', async () => {
    const dir = freshDir();
    const at = (i: number) => noon + i * 1000;
    const lines = Array.from({ length: 2000 }, (_, i) => line(at(i), `,"message":"${'x'.repeat(500)}"`));
    write(dir, utcDay(noon), 1, lines);
    const first = await findRecords(dir, { limit: 10, fits: everything });
    expect(first.scanned).toEqual({ from: at(1990), to: at(1999) });
    const second = await findRecords(dir, { limit: 10, fits: everything, cursor: first.cursor as string });
    expect(second.scanned).toEqual({ from: at(1980), to: at(1989) });
    const none = await findRecords(dir, { limit: 10, fits: () => false, from: at(-50), to: at(5000) });
    expect(none).toEqual({ lines: [], cursor: null, scanned: { from: at(-50), to: at(5000) } });
    const hurried = await findRecords(dir, { limit: 10, fits: () => false, from: at(-50), to: at(5000), withinMs: 0 });
    expect(hurried.cursor).not.toBeNull();
    expect(hurried.scanned.to).toBe(at(5000));
    expect(hurried.scanned.from).toBeGreaterThan(at(0));
    expect(hurried.scanned.from).toBeLessThan(at(1999));
    expect((await findRecords(dir, { limit: 10, fits: () => false })).scanned).toEqual({ from: at(0), to: at(1999) });
  });

  it('ends the page when its time is over or nobody waits for it, and goes on where it was', async () => {
    const dir = freshDir();
    const lines = Array.from({ length: 400 }, (_, i) => line(noon + i));
    write(dir, utcDay(noon), 1, lines);
    const fits = () => {
      for (const end = performance.now() + 1; performance.now() < end; );
      return true;
    };
    const pages = await pagesOf(dir, { limit: 1000, withinMs: 100, fits });
    expect(pages.length).toBeGreaterThan(2);
    expect(linesOf(pages)).toEqual(lines.toReversed());
    const aborted = await findRecords(dir, { limit: 1000, fits, signal: AbortSignal.abort() });
    expect(aborted.lines.length).toBeLessThanOrEqual(32);
    expect(aborted.cursor).not.toBeNull();
  });

  it('lets others have their turn', async () => {
    const dir = freshDir();
    write(
      dir,
      utcDay(noon),
      1,
      Array.from({ length: 3000 }, (_, i) => line(noon + i)),
    );
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const fits = () => {
      for (const end = performance.now() + 0.1; performance.now() < end; );
      return false;
    };
    await findRecords(dir, { limit: 1, fits });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });

  it('goes on with the next older segment when the one of the cursor is gone', async () => {
    const dir = freshDir();
    const [a, b, c] = [line(noon), line(noon), line(noon)].map((one) => [one, one.replace('log', 'end')]) as [
      string[],
      string[],
      string[],
    ];
    write(dir, '2026-11-20', 1, a);
    write(dir, '2026-11-21', 1, b);
    write(dir, '2026-11-21', 2, c);
    const { lines, cursor } = await findRecords(dir, { limit: 1, fits: everything });
    expect(lines).toEqual([c[1]]);
    rmSync(join(dir, '2026-11-21', 'records-0002.jsonl'));
    const next = await findRecords(dir, { limit: 1, fits: everything, cursor: cursor as string });
    expect(next.lines).toEqual([b[1]]);
    rmSync(join(dir, '2026-11-21'), { recursive: true });
    const last = await findRecords(dir, { limit: 9, fits: everything, cursor: next.cursor as string });
    expect(last).toMatchObject({ lines: a.toReversed(), cursor: null });
    truncateSync(join(dir, '2026-11-20', 'records-0001.jsonl'), 0);
    const late = writeCursor([{ day: '2026-11-20', segment: 1, at: 50 }]);
    expect((await findRecords(dir, { limit: 9, fits: everything, cursor: late })).lines).toEqual([]);
  });

  const good = writeCursor([{ day: '2026-11-21', segment: 1, at: 5 }]);
  it.each([
    '',
    'x',
    '-',
    `${good}=`,
    `${good}A`,
    `${good} `,
    Buffer.from('2026-11-21 1').toString('base64url'),
    Buffer.from('2026-11-21 01 5').toString('base64url'),
    Buffer.from('2026-11-31 1 5').toString('base64url'),
    Buffer.from('2026-11-21 1 -5').toString('base64url'),
    Buffer.from('2026-11-21 1 5\n-').toString('base64url'),
    Buffer.from('../../etc 1 5').toString('base64url'),
    writeCursor([null, null]),
    'A'.repeat(100_000),
  ])('refuses a cursor that no page gave (%#)', async (cursor) => {
    await expect(findRecords(freshDir(), { limit: 1, fits: everything, cursor })).rejects.toThrow(CursorFault);
  });
});

describe('recordsOfRun', () => {
  it('gives the records of one run, oldest first, and none that only speaks of it', async () => {
    const dir = freshDir();
    const id = '01JD0000000000000000000001';
    const own = Array.from({ length: 5 }, (_, i) => line(noon + i, `,"node":"a","run":"${id}"`));
    const foreign = [
      line(noon, `,"value":{"run":"${id}"}`),
      line(noon, `,"message":"\\"run\\":\\"${id}\\""`),
      line(noon, `,"run":"01JD0000000000000000000002","parent":"${id}"`),
      `{"run":"${id}",`,
    ];
    write(dir, '2026-11-21', 1, [...own.slice(0, 2), ...foreign]);
    write(dir, '2026-11-21', 2, own.slice(2));
    expect(await recordsOfRun(dir, id, { from: noon, to: noon + 5 })).toEqual(own);
    const many = Array.from({ length: 10_500 }, (_, i) => line(noon + i, `,"run":"${id}"`));
    write(dir, '2026-11-22', 1, many);
    const found = await recordsOfRun(dir, id, { from: noon, to: noon + 86_400_000 });
    expect(found).toEqual([...own, ...many].slice(0, 10_000));
  });
});

describe('followRecords', () => {
  const followed = (dir: string) => {
    const stop = new AbortController();
    const lines: string[] = [];
    const end = (async () => {
      for await (const some of followRecords(dir, { signal: stop.signal, pollMs: 10 })) lines.push(...some);
    })();
    return {
      lines,
      stop: async () => {
        stop.abort();
        await end;
      },
    };
  };
  const until = async (what: () => boolean) => {
    for (const end = Date.now() + 10_000; Date.now() < end; await delay(10)) if (what()) return;
    expect(what.toString()).toBe('true in time');
  };

  it('gives what is added from now on: over segments, days, clocks set back, a clear and a new start', async () => {
    const dir = freshDir();
    let time = noon;
    const open = () =>
      openSpool({
        dir,
        maxBytes: 1024 ** 3,
        maxDays: 1000,
        minFreeBytes: 0,
        report: () => {},
        now: () => time,
        segmentBytes: 500,
      });
    let spool = await open();
    const put = async (count: number) => {
      const lines = Array.from({ length: count }, () => line(time));
      for (const one of lines) {
        spool.records(`${one}\n`, { ...noLines(), info: 1 });
        if (number % 3 === 0) await spool.written();
      }
      await spool.written();
      return lines;
    };
    await put(10);
    const { lines, stop } = followed(dir);
    await delay(100);
    const expected = await put(30);
    await until(() => lines.length === 30);
    for (const change of [86_400_000, -86_400_000, 2 * 86_400_000]) {
      time += change;
      expected.push(...(await put(10)));
      await until(() => lines.length === expected.length);
    }
    await spool.clear();
    expected.push(...(await put(5)));
    await until(() => lines.length === expected.length);
    await spool.clear();
    await spool.close();
    spool = await open();
    await delay(1500);
    expected.push(...(await put(5)));
    await until(() => lines.length >= expected.length);
    expect(lines).toEqual(expected);
    await stop();
    await spool.close();
  });

  it('waits for a line to be whole, and for a store to be there', async () => {
    const dir = freshDir();
    const before = followed(dir);
    const [a, b, c] = [line(noon), line(noon), line(noon)] as [string, string, string];
    await delay(200);
    write(dir, '2026-11-21', 1, [a], b.slice(0, 20));
    await until(() => before.lines.length === 1);
    const after = followed(dir);
    await delay(200);
    appendFileSync(join(dir, '2026-11-21', 'records-0001.jsonl'), `${b.slice(20)}\n${c}\n`);
    await until(() => before.lines.length === 3 && after.lines.length === 2);
    expect(before.lines).toEqual([a, b, c]);
    expect(after.lines).toEqual([b, c]);
    await before.stop();
    await after.stop();
  });
});
