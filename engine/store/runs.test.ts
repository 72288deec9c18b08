import { mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { noLines } from '../log/sinks/levels.ts';
import { headOfUsage } from './read/usage-head.ts';
import type { RunHead, StoredSpan } from './run-head.ts';
import { CursorFault, findRuns, type RunPage, type RunSearch, readRun } from './runs.ts';
import { openSpool, type Spool } from './spool.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-runs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const freshDir = () => join(root, String(folders++), 'store');

const noon = Date.parse('2026-11-21T12:00:00Z');
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base32 = (value: number, length: number) => {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = digits[rest % 32] + text;
  return text;
};
let number = 0;
const ulid = (time: number) => base32(time, 10) + base32(number++, 16);

interface Given {
  begin: number;
  ms?: number;
  id?: string;
  status?: number | null;
  parent?: string | null;
  type?: string;
  code?: string;
}
const headOf = ({
  begin,
  ms = 5,
  parent = null,
  status = parent === null ? 200 : null,
  type = 'http',
  code,
  ...given
}: Given): RunHead => ({
  id: given.id ?? ulid(begin),
  node: `server/hello/get-hello`,
  operation: 'get-hello',
  type: parent === null ? type : 'service',
  state: code === undefined ? 'succeeded' : 'failed',
  status,
  begin: new Date(begin).toISOString(),
  ms,
  version: 'v1',
  trigger: parent === null ? 'request' : 'call',
  error: code === undefined ? null : { name: 'ActionFailure', message: '"ms":1', code },
  replayOf: null,
  parent,
  trace: null,
  worker: 'w1',
  capture: { reason: 'all', spans: 1, partial: false, leftOut: 0 },
});
let records = 0;
const usageOf = ({ id, node, begin, ms, status }: RunHead, changed = '') =>
  `{"id":"w1-${records++}","time":"${new Date(Date.parse(begin) + (ms ?? 0)).toISOString()}","level":"info","kind":"usage","event":"run","node":"${node}","run":"${id}","version":"v1"${changed},"ms":${ms},"method":"GET","path":"/hello","status":${status ?? 204},"bytesIn":0,"bytesOut":25,"remote":"127.0.0.1","worker":"w1"}`;
const logOf = (time: number, rest = '') =>
  `{"id":"w1-${records++}","time":"${new Date(time).toISOString()}","level":"info","kind":"application","event":"log"${rest}}`;
const spanOf = (run: string | undefined, inside: number | null, node = 'server/hello/get-hello'): StoredSpan => ({
  in: inside,
  node,
  ...(run !== undefined && { run }),
  begin: new Date(noon).toISOString(),
  ms: 1,
  input: { a: 1 },
  output: null,
  error: null,
});
const frame = (head: RunHead, called: RunHead[] = [], spans: StoredSpan[] = [spanOf(head.id, null)]) =>
  Buffer.from([...[head, ...called].map((one) => JSON.stringify(one)), JSON.stringify(spans)].join('\n'));
const open = (dir: string, time: () => number = () => noon, segmentBytes = 4000) =>
  openSpool({ dir, maxBytes: 1024 ** 3, maxDays: 10_000, minFreeBytes: 0, report: () => {}, now: time, segmentBytes });
const put = (spool: Spool, ...lines: string[]) =>
  spool.records(lines.map((line) => `${line}\n`).join(''), { ...noLines(), info: lines.length });

const everything = () => true;
const pagesOf = async (dir: string, search: Partial<RunSearch> & { limit: number }) => {
  const pages: RunPage[] = [];
  for (let cursor: string | null | undefined; cursor !== null; cursor = (pages.at(-1) as RunPage).cursor) {
    pages.push(await findRuns(dir, { fits: everything, withinMs: 60_000, ...search, ...(cursor && { cursor }) }));
    if (pages.length > 10_000) throw new Error('There is no end of pages.');
  }
  return pages;
};
const runsOf = (pages: readonly RunPage[]) => pages.flatMap(({ runs }) => runs);
const endOf = (head: RunHead) => Date.parse(head.begin) + (head.ms ?? 0);

describe('findRuns', () => {
  it('gives every run once, newest first, captured or not, over pages of any size', async () => {
    const run = fc.record({
      kind: fc.constantFrom('captured', 'used', 'captured only', 'with calls'),
      gap: fc.nat(20_000),
      records: fc.nat(5),
      delay: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { maxLength: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.boolean(),
        async (given, limit, isShort) => {
          const dir = freshDir();
          let time = noon;
          const spool = await open(dir, () => time);
          const expected: RunHead[] = [];
          const later: { at: number; write: () => void }[] = [];
          for (const [i, { kind, gap, records, delay }] of given.entries()) {
            // A millisecond apart, so that the order is certain.
            time += 50 + gap;
            const head = headOf({ begin: time - 10, ms: 10, status: i % 3 === 0 ? null : 200 });
            const called = kind === 'with calls' ? [headOf({ begin: time - 9, ms: 5, parent: head.id })] : [];
            for (let j = 0; j < records; j++) put(spool, logOf(time, `,"run":"${head.id}"`));
            // What comes from another worker comes some runs later.
            if (kind !== 'captured only') later.push({ at: i + delay, write: () => put(spool, usageOf(head)) });
            if (kind !== 'used') spool.capture(frame(head, called));
            if (kind === 'used') expected.push(headOfUsage(JSON.parse(usageOf(head))));
            else {
              expected.push(...called);
              expected.push({ ...head, status: head.status ?? (kind === 'captured only' ? null : 204) });
            }
            for (const one of later.filter(({ at }) => at === i)) one.write();
            if (gap % 2 === 0) await spool.written();
          }
          for (const one of later.filter(({ at }) => at >= given.length)) one.write();
          await spool.close();
          const pages = await pagesOf(dir, { limit, ...(isShort && { withinMs: 0 }) });
          const runs = runsOf(pages);
          expect(runs.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
          expect(new Map(runs.map((one) => [one.id, one.state]))).toEqual(
            new Map(expected.map((one) => [one.id, one.state])),
          );
          for (const { runs } of pages) expect(runs.length).toBeLessThanOrEqual(limit);
          rmSync(dir, { recursive: true });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is in order, and takes the status from the usage record where the head has none', async () => {
    const dir = freshDir();
    let time = noon;
    const spool = await open(dir, () => time);
    const expected: RunHead[] = [];
    for (let i = 0; i < 200; i++) {
      time += 1000;
      const head = headOf({ begin: time - 20, ms: 20, status: i % 2 === 0 ? null : 200 });
      const called = headOf({ begin: time - 15, ms: 10, parent: head.id });
      put(spool, usageOf(head));
      if (i % 3 === 0) {
        spool.capture(frame(head, [called]));
        expected.push(called, { ...head, status: head.status ?? 204 });
      } else expected.push(headOfUsage(JSON.parse(usageOf(head))));
      if (i % 10 === 0) await spool.written();
    }
    await spool.close();
    for (const limit of [1, 7, 1000]) {
      const pages = await pagesOf(dir, { limit });
      expect(runsOf(pages)).toEqual(expected.toReversed());
    }
    const from = noon + 50_000;
    const to = noon + 60_000;
    const [page] = await pagesOf(dir, { limit: 1000, from, to });
    expect(page?.runs).toEqual(expected.filter((head) => endOf(head) >= from && endOf(head) <= to).toReversed());
    expect(page).toMatchObject({ cursor: null, scanned: { from, to } });
    const failed = await pagesOf(dir, { limit: 10, fits: ({ parent }) => parent !== null });
    expect(runsOf(failed)).toEqual(expected.filter(({ parent }) => parent !== null).toReversed());
  });

  it('gives a captured run once when what several workers captured arrives out of order by seconds', async () => {
    const dir = freshDir();
    const spool = await open(dir, () => noon, 100);
    const heads: RunHead[] = [];
    for (let i = 0; i < 20; i++) {
      const late = headOf({ begin: noon + i * 20_000 });
      const early = headOf({ begin: noon + i * 20_000 - 5000 });
      heads.push(early, late);
      put(spool, usageOf(early), usageOf(late));
      for (const head of [late, early]) {
        spool.capture(frame(head));
        await spool.written();
      }
    }
    await spool.close();
    for (const limit of [1, 3, 100]) {
      const found = runsOf(await pagesOf(dir, { limit }));
      expect(found.map(({ id }) => id).sort()).toEqual(heads.map(({ id }) => id).sort());
      expect(found.every(({ capture }) => capture !== null)).toBe(true);
    }
  });

  it('is not misled by data that looks like a usage record', async () => {
    const dir = freshDir();
    const spool = await open(dir);
    const head = headOf({ begin: noon });
    const fake = `{"kind":"usage","event":"run","run":"${ulid(noon)}"}`;
    put(spool, logOf(noon, `,"value":${fake}`), usageOf(head), logOf(noon, `,"label":"x","value":[${fake},${fake}]`));
    put(
      spool,
      `{"id":"a","time":"x","level":"info","kind":"usage","event":"run"}`,
      usageOf(head).replace('"run","', '"request","'),
    );
    await spool.close();
    expect(runsOf(await pagesOf(dir, { limit: 10 })).map(({ id }) => id)).toEqual([head.id]);
  });

  it('refuses a cursor of records, and has no runs where there is no store', async () => {
    const cursor = Buffer.from('2026-11-21 1 5').toString('base64url');
    await expect(findRuns(freshDir(), { limit: 1, fits: everything, cursor })).rejects.toThrow(CursorFault);
    const none = { runs: [], cursor: null, scanned: { from: null, to: null } };
    expect(await findRuns(freshDir(), { limit: 1, fits: everything })).toEqual(none);
  });

  it('ends the page when its time is over, and finds what is behind many other records', async () => {
    const dir = freshDir();
    const spool = await open(dir, () => noon, 1024 ** 3);
    const head = headOf({ begin: noon });
    put(spool, usageOf(head));
    for (let i = 0; i < 300; i++) {
      put(
        spool,
        ...Array.from({ length: 30 }, (_, j) => logOf(noon + 10 + i * 30 + j, `,"message":"${'x'.repeat(400)}"`)),
      );
    }
    await spool.close();
    const pages = await pagesOf(dir, { limit: 5, withinMs: 0 });
    expect(pages.length).toBeGreaterThan(5);
    expect(runsOf(pages).map(({ id }) => id)).toEqual([head.id]);
    const times = pages.map(({ scanned }) => scanned.from ?? 0);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });
});

describe('reading', () => {
  it('leaves no file open', async () => {
    const dir = freshDir();
    const spool = await open(dir);
    const heads = Array.from({ length: 50 }, (_, i) => headOf({ begin: noon + i }));
    for (const head of heads) {
      spool.capture(frame(head));
      put(spool, usageOf(head));
    }
    await spool.close();
    await pagesOf(dir, { limit: 3 });
    for (const { id } of heads) await readRun(dir, id);
    const left = readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)];
      } catch {
        return [];
      }
    });
    expect(left.filter((path) => path.startsWith(dir))).toEqual([]);
  });
});

describe('readRun', () => {
  const called = (dir: string) => {
    const head = headOf({ begin: noon - 86_400_000, ms: 86_400_000 });
    const a = headOf({ begin: noon - 40, parent: head.id });
    const b = headOf({ begin: noon - 30, parent: a.id });
    const c = headOf({ begin: noon - 20, parent: head.id });
    // Spans are stored as they end: what is part of another may come first.
    const spans = [
      spanOf(undefined, 2, 'service/s/b/x'),
      spanOf(undefined, 4, 'server/hello/get-hello/first'),
      spanOf(b.id, 3, 'service/s/b'),
      spanOf(a.id, 4, 'service/s/a'),
      spanOf(head.id, null),
      spanOf(c.id, 4, 'service/s/c'),
    ];
    return { dir, head, a, b, c, spans };
  };

  it('gives a captured run as trees, and a run that it called with its part of them', async () => {
    const { dir, head, a, b, c, spans } = called(freshDir());
    const spool = await open(dir);
    for (let i = 0; i < 5; i++) spool.capture(frame(headOf({ begin: noon })));
    spool.capture(frame(head, [a, b, c], spans));
    await spool.close();
    const { in: _, ...own } = spans[4] as StoredSpan;
    const whole = await readRun(dir, head.id);
    expect(whole?.head).toEqual(head);
    expect(whole?.runs).toEqual([a, b, c]);
    expect(whole?.spans).toEqual([{ ...own, children: expect.any(Array) }]);
    const names = (trees: { node: string; children: unknown[] }[]): unknown =>
      trees.map(({ node, children }) => [node, names(children as typeof trees)]);
    expect(names(whole?.spans ?? [])).toEqual([
      [
        'server/hello/get-hello',
        [
          ['server/hello/get-hello/first', []],
          ['service/s/a', [['service/s/b', [['service/s/b/x', []]]]]],
          ['service/s/c', []],
        ],
      ],
    ]);
    const part = await readRun(dir, a.id);
    expect(part?.head).toEqual(a);
    expect(part?.runs).toEqual([b]);
    expect(names(part?.spans ?? [])).toEqual([['service/s/a', [['service/s/b', [['service/s/b/x', []]]]]]]);
    expect(await readRun(dir, c.id)).toMatchObject({ head: c, runs: [], spans: [{ run: c.id, children: [] }] });
  });

  it('knows a run that was not captured by its usage record, and completes a head without status', async () => {
    const dir = freshDir();
    const spool = await open(dir);
    const used = headOf({ begin: noon });
    const captured = headOf({ begin: noon, status: null });
    put(spool, logOf(noon, `,"run":"${used.id}"`), usageOf(captured), usageOf(used));
    spool.capture(frame(captured));
    await spool.close();
    expect(await readRun(dir, used.id)).toEqual({
      head: headOfUsage(JSON.parse(usageOf(used))),
      spans: [],
      runs: [],
      isWhole: false,
    });
    expect(await readRun(dir, captured.id)).toMatchObject({ head: { ...captured, status: 204 }, spans: [{}] });
  });

  it.each([
    '',
    'x',
    '01JD',
    '../../../../etc/passwd00000',
    '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    '01jd0000000000000000000000',
    ulid(noon),
    ulid(0),
    ulid(2 ** 48 - 1),
  ])('is null for a run that is not there, or no run at all: %s', async (id) => {
    const dir = freshDir();
    const spool = await open(dir);
    put(spool, usageOf(headOf({ begin: noon })));
    await spool.close();
    expect(await readRun(dir, id)).toBeNull();
  });

  it('gives the head alone when the body is damaged, gone, or is another', async () => {
    const dir = freshDir();
    const spool = await open(dir, () => noon, 1024 ** 2);
    const heads = [headOf({ begin: noon }), headOf({ begin: noon }), headOf({ begin: noon })] as [
      RunHead,
      RunHead,
      RunHead,
    ];
    for (const head of heads) spool.capture(frame(head));
    await spool.close();
    const folder = join(dir, '2026-11-21');
    const index = (capture: unknown) => {
      const head = headOf({ begin: noon });
      writeFileSync(join(folder, 'runs-0002.jsonl'), `${JSON.stringify({ head, capture })}\n`);
      return head;
    };
    for (const capture of [
      { file: 'captures-0001.jsonl', at: 0, bytes: 100, in: heads[0].id },
      { file: 'captures-0001.jsonl', at: -1, bytes: 100, in: heads[0].id },
      { file: 'captures-0001.jsonl', at: 1e15, bytes: 1e15, in: heads[0].id },
      { file: 'captures-0001.jsonl', at: 'x', bytes: 'y', in: heads[0].id },
      { file: '../../etc/passwd', at: 0, bytes: 10, in: heads[0].id },
      { file: 'runs-0001.jsonl', at: 0, bytes: 10, in: heads[0].id },
      {},
    ]) {
      const head = index(capture);
      expect(await readRun(dir, head.id)).toEqual({ head, spans: [], runs: [], isWhole: false });
    }
    const path = join(folder, 'captures-0001.jsonl');
    truncateSync(path, 300);
    expect(await readRun(dir, heads[2].id)).toEqual({ head: heads[2], spans: [], runs: [], isWhole: false });
    rmSync(path);
    expect(await readRun(dir, heads[0].id)).toEqual({ head: heads[0], spans: [], runs: [], isWhole: false });
  });

  it('makes trees of spans that point anywhere', async () => {
    const dir = freshDir();
    const spool = await open(dir);
    const spans = [3, 0, 1, 2, 4, -1, 99, 0.5, '0', null].map((inside, i) =>
      spanOf(undefined, inside as number, `n${i}`),
    );
    const head = headOf({ begin: noon });
    spool.capture(frame(head, [], spans));
    const deep = headOf({ begin: noon });
    spool.capture(
      frame(
        deep,
        [],
        Array.from({ length: 20_000 }, (_, i) => spanOf(undefined, i === 0 ? null : i - 1)),
      ),
    );
    await spool.close();
    let count = 0;
    const waiting = [...((await readRun(dir, head.id))?.spans ?? [])];
    for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
      count++;
      waiting.push(...tree.children);
    }
    expect(count).toBe(spans.length);
    expect((await readRun(dir, deep.id))?.spans).toHaveLength(1);
  });

  it('finds a run in another day than the one in which it began', async () => {
    const dir = freshDir();
    let time = noon;
    const spool = await open(dir, () => time);
    const head = headOf({ begin: noon, ms: 3 * 86_400_000 });
    const used = headOf({ begin: noon, ms: 2 * 86_400_000 });
    time += 2 * 86_400_000;
    put(spool, usageOf(used));
    await spool.written();
    time += 86_400_000;
    spool.capture(frame(head));
    await spool.close();
    expect((await readRun(dir, head.id))?.spans).toHaveLength(1);
    expect((await readRun(dir, used.id))?.head.id).toBe(used.id);
  });
});

describe('headOfUsage', () => {
  const record = (rest: string) =>
    JSON.parse(`{"id":"w1-1","time":"2026-11-21T12:00:00.500Z","level":"info","kind":"usage","event":"run"${rest}}`);
  it.each([
    [
      ',"node":"server/s/op","run":"R","ms":250.4,"method":"GET","status":200',
      { type: 'http', status: 200, state: 'succeeded', begin: '2026-11-21T12:00:00.250Z', ms: 250.4 },
    ],
    // An interrupted one may not know what it was asked.
    [
      ',"node":"server/s/op","run":"R","error":{"name":"E","message":"m","code":"interrupted"}',
      { type: 'http', state: 'interrupted' },
    ],
    [
      ',"node":"schedule/s/op","run":"R"',
      { type: 'schedule', status: null, state: 'succeeded', begin: '2026-11-21T12:00:00.500Z', ms: null },
    ],
    [
      ',"node":"client/s/op","run":"R","error":{"name":"E","message":"m","code":"cancelled"}',
      { type: 'client', state: 'cancelled' },
    ],
    [
      ',"run":"R","error":{"name":"E","message":"m","code":"interrupted"}',
      { type: '', node: '', operation: '', state: 'interrupted' },
    ],
    [
      ',"node":"server/s/op","run":"R","version":"v","trace":"t","worker":"w","error":{"name":"E","message":"m","code":"constructor"}',
      {
        operation: 'op',
        version: 'v',
        trace: 't',
        worker: 'w',
        state: 'failed',
        trigger: 'request',
        capture: null,
        parent: null,
        replayOf: null,
        error: { name: 'E', message: 'm', code: 'constructor' },
      },
    ],
  ])('%s', (rest, expected) => {
    expect(headOfUsage(record(rest))).toMatchObject({ id: 'R', ...expected });
  });
});
