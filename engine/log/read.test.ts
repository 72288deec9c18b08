import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download, followLogLines, type LogQuery, listLogFiles, parseLogLine, readLogLines } from './read.ts';
import { openLogFiles } from './sinks/files.ts';
import { noLines } from './sinks/levels.ts';
import { localDate, localTime } from './timestamp.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-read-'));
const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  rmSync(root, { recursive: true, force: true });
});

let folders = 0;
const folder = (files: { [name: string]: string | Buffer }) => {
  const dir = join(root, String(folders++));
  mkdirSync(dir);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return dir;
};
const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
};
const noon = Date.parse('2026-11-21T11:00:00.000Z');
const plain = (time: number, rest: string, level = 'info') => `${localTime(time)} [${level}]  ${rest}`;
const json = (time: number, rest: object, level = 'info') =>
  JSON.stringify({ id: 'w-1', time: new Date(time).toISOString(), level, kind: 'application', event: 'log', ...rest });
/** Where a run of numbers that should begin at `from` and go up by one does not; empty when it does. */
const gaps = (numbers: number[], from = 0) =>
  numbers.flatMap((one, i) =>
    one === (i === 0 ? from : (numbers[i - 1] as number) + 1) ? [] : [[numbers[i - 1], one]],
  );
const lines = (...given: string[]) => given.map((line) => `${line}\n`).join('');

describe('parseLogLine', () => {
  it('takes a plain line apart', () => {
    const text = 'server/hello/get-hello/greet end 0.4ms "x [error]  y" run=1';
    expect(parseLogLine(plain(noon + 7, text))).toEqual({ time: noon + 7, level: 'info', text, record: null });
    expect(parseLogLine(plain(noon, '', 'warning'))).toEqual({ time: noon, level: 'warning', text: '', record: null });
  });
  it('takes a JSON line apart', () => {
    const line = json(noon, { value: { level: 'debug' } }, 'error');
    expect(parseLogLine(line)).toMatchObject({ time: noon, level: 'error', record: { value: { level: 'debug' } } });
  });
  it.each([
    '',
    'something',
    '2026-11-21 [info]  x',
    '{"id":"a"}',
    '{"id":"a","time":"2026-11-21T11:00:00.000Z","level":"info"',
    '2026-11-21 12:00:00.000 [fatal]  x',
  ])('%j is none of ours', (line) => expect(parseLogLine(line)).toBeUndefined());
});

describe('listLogFiles', () => {
  it('names every line once, oldest first, and nothing that is not ours', async () => {
    const dir = folder({
      'user-2026-11-20.log.gz': gzipSync('a\n'),
      'user-2026-11-20.10.log.gz': gzipSync('c\n'),
      'user-2026-11-20.2.log': 'b\n',
      'user-2026-11-20.2.log.gz': gzipSync('b\n'),
      'user-2026-11-21.log': 'd\n',
      'usage-2026-11-19.log': 'u\n',
      'usage.log': 'not linked\n',
      'user-x.log': '',
      '.user-2026-11-20.log.gz.tmp': '',
    });
    linkSync(join(dir, 'user-2026-11-21.log'), join(dir, 'user.log'));
    symlinkSync(join(dir, 'user.log'), join(dir, 'user-2026-01-01.log'));
    mkdirSync(join(dir, 'user-2026-01-02.log'));
    expect((await listLogFiles(dir, 'user')).map(({ name, live, compressed }) => [name, live, compressed])).toEqual([
      ['user-2026-11-20.log.gz', false, true],
      ['user-2026-11-20.2.log.gz', false, true],
      ['user-2026-11-20.10.log.gz', false, true],
      ['user-2026-11-21.log', true, false],
    ]);
    expect((await listLogFiles(dir)).map(({ name }) => name).slice(-2)).toEqual(['usage-2026-11-19.log', 'usage.log']);
    expect(await listLogFiles(join(dir, 'missing'))).toEqual([]);
  });
});

describe('readLogLines', () => {
  const day = 86_400_000;
  const make = () => {
    const dir = folder({
      'user-2026-11-19.log.gz': gzipSync(lines(plain(noon - 2 * day, 'old'))),
      'user-2026-11-20.log.gz': gzipSync(
        `${lines(plain(noon - day, 'server/a/b begin'), json(noon - day + 1, { node: 'server/a/b' }, 'error'))}${plain(noon - day + 2, 'torn', 'error')}`,
      ),
      'user-2026-11-21.log': `${lines(plain(noon, 'server/a/bc end'), plain(noon + 1, 'GET / 200 1.0ms 0B in 0B out server/a/b run=1', 'warning'), 'no time', json(noon + 2, { node: 'server/a', value: 'server/a/b' }, 'debug'))}half a li`,
    });
    linkSync(join(dir, 'user-2026-11-21.log'), join(dir, 'user.log'));
    return dir;
  };
  const read = (dir: string, query: Partial<LogQuery> = {}) => collect(readLogLines({ dir, file: 'user', ...query }));

  it('gives all of both formats in order, without the line being written', async () => {
    const all = await read(make());
    expect(all.map((line) => line.slice(-12))).toEqual([
      ' [info]  old',
      'er/a/b begin',
      'server/a/b"}',
      'error]  torn',
      'ver/a/bc end',
      'er/a/b run=1',
      'no time',
      'server/a/b"}',
    ]);
    expect(all.join()).not.toContain('half');
  });

  it('filters by time, level and node', async () => {
    const dir = make();
    expect(await read(dir, { from: noon - day + 1, to: noon })).toHaveLength(3);
    expect((await read(dir, { from: noon + 1 })).map((line) => line.slice(0, 7))).toEqual([
      '2026-11',
      'no time',
      '{"id":"',
    ]);
    expect(await read(dir, { to: noon - 2 * day })).toEqual([plain(noon - 2 * day, 'old')]);
    expect(await read(dir, { level: 'warning' })).toHaveLength(3);
    expect(await read(dir, { level: 'error' })).toHaveLength(2);
    expect((await read(dir, { node: 'server/a/b' })).map((line) => parseLogLine(line)?.time)).toEqual([
      noon - day,
      noon - day + 1,
      noon + 1,
    ]);
    expect(await read(dir, { node: 'server/a' })).toHaveLength(5);
    expect(await read(dir, { node: 'server/x' })).toEqual([]);
  });

  it('finds the beginning of a range in a large file', async () => {
    const count = 60_000;
    const dir = folder({
      'user-2026-11-21.log': lines(
        ...Array.from({ length: count }, (_, i) => plain(noon + i * 100, `line ${i} ${'x'.repeat(i % 90)}`)),
      ),
    });
    linkSync(join(dir, 'user-2026-11-21.log'), join(dir, 'user.log'));
    for (const i of [0, 1, 777, 30_000, 59_999]) {
      const found = await read(dir, { from: noon + i * 100, to: noon + (i + 5) * 100 });
      expect(found.map((line) => / line (\d+) /.exec(line)?.[1])).toEqual(
        Array.from({ length: Math.min(6, count - i) }, (_, k) => String(i + k)),
      );
    }
    expect(await read(dir, { from: noon + count * 100 })).toEqual([]);
  });

  it('stands damaged and foreign content', async () => {
    const packed = gzipSync(lines(...Array.from({ length: 5000 }, (_, i) => plain(noon, `line ${i} ${Math.sin(i)}`))));
    const dir = folder({
      'user-2026-11-18.log.gz': 'no gzip at all',
      'user-2026-11-19.log.gz': packed.subarray(0, packed.length / 2),
      'user-2026-11-20.log': Buffer.from([0, 255, 254, 10, 200, 10]),
      'user.log': lines(plain(noon, 'last')),
    });
    const all = await read(dir);
    expect(all.filter((line) => line.includes(' line ')).length).toBeGreaterThan(500);
    expect(all.at(-1)).toBe(plain(noon, 'last'));
  });

  it('reads on when a file is packed or removed between listing and reading', async () => {
    const dir = folder({
      'user-2026-11-18.log': 'a\n',
      'user-2026-11-19.log': 'b\n',
      'user-2026-11-20.log': 'c\n',
      'user-2026-11-21.log': 'd\n',
    });
    linkSync(join(dir, 'user-2026-11-21.log'), join(dir, 'user.log'));
    const reader = readLogLines({ dir, file: 'user' });
    expect((await reader.next()).value).toBe('a');
    writeFileSync(join(dir, 'user-2026-11-19.log.gz'), gzipSync('b\n'));
    unlinkSync(join(dir, 'user-2026-11-19.log'));
    unlinkSync(join(dir, 'user-2026-11-20.log'));
    writeFileSync(join(dir, 'user-2026-11-22.log'), 'e\n');
    linkSync(join(dir, 'user-2026-11-22.log'), join(dir, 'fresh'));
    renameSync(join(dir, 'fresh'), join(dir, 'user.log'));
    writeFileSync(join(dir, 'user-2026-11-21.log.gz'), gzipSync('d\n'));
    unlinkSync(join(dir, 'user-2026-11-21.log'));
    expect(await collect(reader)).toEqual(['b', 'd']);
  });

  it('reads no further than it is asked', async () => {
    const dir = folder({
      'user-2026-11-20.log': lines(...Array.from({ length: 100_000 }, (_, i) => `line ${i}`)),
      'user.log': 'x\n',
    });
    const reader = readLogLines({ dir, file: 'user' });
    expect((await reader.next()).value).toBe('line 0');
    await reader.return(undefined);
    expect((await reader.next()).done).toBe(true);
  });
});

describe('download', () => {
  const make = () =>
    folder({
      'user-2026-11-20.log.gz': gzipSync(lines(plain(noon - 5, 'one'), json(noon - 3, { label: 'L', value: 'two' }))),
      'user.log': lines(plain(noon, 'three')),
      'usage.log': lines(plain(noon - 4, 'GET /a'), plain(noon + 1, 'GET /b')),
    });

  it('gives one log in one format', async () => {
    const dir = make();
    expect(await text(download({ dir, file: 'user', format: 'plain' }))).toBe(
      lines(plain(noon - 5, 'one'), plain(noon - 3, 'L: two'), plain(noon, 'three')),
    );
    const asJson = (await text(download({ dir, file: 'user', format: 'json' })))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(asJson).toEqual([
      { time: new Date(noon - 5).toISOString(), level: 'info', message: 'one' },
      expect.objectContaining({ id: 'w-1', value: 'two' }),
      { time: new Date(noon).toISOString(), level: 'info', message: 'three' },
    ]);
  });

  it('keeps to a range', async () => {
    const dir = make();
    expect(await text(download({ dir, file: 'user', format: 'plain', from: noon, to: noon }))).toBe(
      lines(plain(noon, 'three')),
    );
    expect(await text(download({ dir: join(dir, 'missing'), file: 'user', format: 'json' }))).toBe('');
  });

  it('as JSON is JSON, whatever lies in the file', async () => {
    const dir = folder({ 'user.log': lines('{"half":', 'words', json(noon, { value: 1 })) });
    const got = lines(...(await text(download({ dir, file: 'user', format: 'json' }))).trimEnd().split('\n'));
    expect(
      got
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ message: '{"half":' }, { message: 'words' }, expect.objectContaining({ value: 1 })]);
  });

  it('as CSV has names, quotes what needs it, and lets nothing be a formula', async () => {
    const record = { label: '=cmd|x!A1', value: { a: '"b",\n' }, ms: -1.5, message: '+1, "two"\nthree' };
    const dir = folder({
      'user.log': lines(json(noon, record), json(noon, { value: -5, label: '@sum' }), plain(noon, '-x')),
    });
    const [head, ...rows] = (await text(download({ dir, file: 'user', format: 'csv' }))).split('\r\n');
    expect(head).toBe(
      'id,time,level,kind,event,node,run,trace,span,parent,version,iteration,attempt,label,value,input,output,error,ms,method,path,status,bytesIn,bytesOut,remote,user,worker,message',
    );
    const time = new Date(noon).toISOString();
    expect(rows).toEqual([
      `w-1,${time},info,application,log,,,,,,,,,'=cmd|x!A1,"{""a"":""\\""b\\"",\\n""}",,,,-1.5,,,,,,,,,"'+1, ""two""\nthree"`,
      `w-1,${time},info,application,log,,,,,,,,,'@sum,-5,,,,,,,,,,,,,`,
      `,${time},info,,,,,,,,,,,,,,,,,,,,,,,,,'-x`,
      '',
    ]);
  });

  describe('with a store', () => {
    const stored = (...batches: string[][]) =>
      async function* ({ from = -Infinity, to = Infinity }: { from?: number; to?: number }) {
        for (const batch of batches)
          yield batch.filter((line) => {
            const time = Date.parse(JSON.parse(line).time);
            return time >= from && time <= to;
          });
      };
    const read = async (options: Omit<Parameters<typeof download>[0], 'file' | 'format'>) =>
      (await text(download({ file: 'user', format: 'json', ...options })))
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).value ?? JSON.parse(line).message);
    const usage = (time: number) => json(time, { value: 'other' }).replace('application', 'usage');
    const dir = () =>
      folder({
        'user.log': lines(
          plain(noon - 9, 'a'),
          plain(noon, 'b'),
          plain(noon - 1, 'c'),
          plain(noon, 'd'),
          plain(noon + 1, 'e'),
          plain(noon - 1, 'f'),
        ),
      });
    const records = stored(
      [usage(noon - 20), usage(noon + 2)],
      [json(noon, { value: 'd' }), json(noon + 1, { value: 'e' })],
      [json(noon - 1, { value: 'f' })],
    );

    it('takes records from it, and from the files the lines before its first one', async () => {
      expect(await read({ dir: dir(), records })).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      expect(await read({ dir: dir(), records, from: noon - 1, to: noon })).toEqual(['b', 'c', 'd', 'f']);
      expect(await read({ dir: dir(), records, to: noon - 2 })).toEqual(['a']);
    });

    it('takes whole records though the files hold them too, once each', async () => {
      const whole = folder({
        'user.log': lines(json(noon, { value: 'x' }), json(noon, { value: 'd' }), json(noon + 1, { value: 'e' })),
      });
      expect(await read({ dir: whole, records })).toEqual(['x', 'd', 'e', 'f']);
    });

    it('goes by time where the first stored record is in no file', async () => {
      const other = folder({ 'user.log': lines(plain(noon - 9, 'a'), plain(noon + 5, 'z')) });
      expect(await read({ dir: other, records })).toEqual(['a', 'd', 'e', 'f']);
      expect(await read({ dir: other, records: stored() })).toEqual(['a', 'z']);
      expect(await read({ dir: folder({}), records })).toEqual(['d', 'e', 'f']);
    });
  });

  it('while the log rotates gives whole lines, each once, in parallel', async () => {
    const dir = folder({});
    const files = await openLogFiles({
      dir,
      rotation: { maxSize: 256 * 1024, maxFiles: 14, maxTotal: 1024 ** 3 },
      stdout: false,
    });
    let number = 0;
    const put = () => {
      const batch = Array.from({ length: 300 }, () => plain(Date.now(), `line ${number++} ${'x'.repeat(60)}`));
      files.write('user', lines(...batch), { ...noLines(), info: 300 });
    };
    for (let i = 0; i < 20; i++) put();
    await files.flush();
    const first = number;
    const writing = setInterval(put, 4);
    const texts = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        await delay(i * 20);
        return text(download({ dir, file: 'user', format: i % 2 ? 'plain' : 'json' }));
      }),
    );
    clearInterval(writing);
    await files.close();
    for (const one of texts) {
      const got = one.trimEnd().split('\n');
      const numbers = got.map((line) => Number(/line (\d+) x{60}("\})?$/.exec(line)?.[1]));
      expect(gaps(numbers)).toEqual([]);
      expect(numbers.length).toBeGreaterThanOrEqual(first);
    }
  });
});

describe('followLogLines', () => {
  it('gives what is added, through rotations and a clear', async () => {
    const dir = folder({});
    const files = await openLogFiles({
      dir,
      rotation: { maxSize: 64 * 1024, maxFiles: 14, maxTotal: 1024 ** 3 },
      stdout: false,
    });
    let number = 0;
    const put = () => {
      const batch = Array.from({ length: 100 }, () => plain(Date.now(), `line ${number++} ${'x'.repeat(60)}`));
      files.write('user', lines(...batch), { ...noLines(), info: 100 });
    };
    put();
    await files.flush();
    const begin = number;
    const ended = new AbortController();
    const got: number[] = [];
    const following = (async () => {
      for await (const line of followLogLines({ dir, file: 'user', signal: ended.signal, pollMs: 20 }))
        got.push(Number(/line (\d+)/.exec(line)?.[1]));
    })();
    await delay(100);
    const until = async (count: number) => {
      for (const end = Date.now() + 8000; got.length < count && Date.now() < end; await delay(10));
    };
    for (let i = 0; i < 60; i++) {
      put();
      await delay(5);
    }
    await until(number - begin);
    expect(gaps(got, begin)).toEqual([]);
    expect(got).toHaveLength(number - begin);
    await files.clear();
    await delay(100);
    put();
    await until(number - begin);
    ended.abort();
    await following;
    await files.close();
    expect(gaps(got, begin)).toEqual([]);
    expect(got).toHaveLength(number - begin);
  });

  it('waits for a log that is not there yet', async () => {
    const dir = folder({});
    const ended = new AbortController();
    const first = followLogLines({ dir, file: 'usage', signal: ended.signal, pollMs: 10 }).next();
    await delay(50);
    writeFileSync(join(dir, 'usage.log'), 'hello\n');
    appendFileSync(join(dir, 'usage.log'), 'again\n');
    expect((await first).value).toBe('hello');
    truncateSync(join(dir, 'usage.log'));
    ended.abort();
  });
});

it('local dates are those of the wall clock', () => {
  expect(localDate(new Date('2026-11-20T23:30:00Z'))).toBe('2026-11-21');
});
