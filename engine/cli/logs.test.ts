import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordLine, storeRecords } from '../control/api/test-store.ts';
import { ControlFault } from '../control/control.ts';
import { localTime } from '../log/timestamp.ts';
import type { Io } from './io.ts';
import { type LogsOptions, logs } from './logs.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sluice-logs-'));
  mkdirSync(join(dataDir, 'logs'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const texts = () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = { out: '', err: '' };
  stdout.on('data', (chunk) => (said.out += chunk));
  stderr.on('data', (chunk) => (said.err += chunk));
  return { io: { stdout, stderr } as unknown as Io, said };
};
const none = {
  from: undefined,
  to: undefined,
  level: undefined,
  file: undefined,
  node: undefined,
  follow: false,
  json: false,
};

async function run(query: string, given: Partial<LogsOptions> = {}) {
  const { io, said } = texts();
  const code = await logs({ ...none, query, dataDir, ...given }, io);
  return { code, out: said.out.split('\n').slice(0, -1), err: said.err };
}
const at = (time: string): string => localTime(Date.parse(time));

const stored = [
  recordLine({
    id: 'a-1',
    time: '2026-11-21T10:00:00.000Z',
    node: 'server/hello/get',
    run: 'R',
    label: 'Test',
    value: 'Hello',
  }),
  recordLine({
    id: 'a-2',
    time: '2026-11-21T10:00:01.000Z',
    kind: 'usage',
    event: 'run',
    level: 'error',
    node: 'server/hello/get',
    run: 'R',
    ms: 12.44,
    method: 'GET',
    path: '/hello',
    status: 500,
  }),
];
const oldTime = '2026-11-20T10:00:00.000Z';

describe('sluice logs', () => {
  test('prints stored records as user.log has them, after older lines of the log files', async () => {
    // The second line is in the store too.
    writeFileSync(
      join(dataDir, 'logs/user.log'),
      `${at(oldTime)} [info]  Test: Old\n${at('2026-11-21T10:00:00.000Z')} [info]  Test: Hello\n`,
    );
    storeRecords(join(dataDir, 'store'), stored);
    const { code, out } = await run('');
    expect([code, out]).toEqual([
      0,
      [
        `${at(oldTime)} [info]  Test: Old`,
        `${at('2026-11-21T10:00:00.000Z')} [info]  Test: Hello`,
        `${at('2026-11-21T10:00:01.000Z')} [error]  GET /hello 500 12.4ms server/hello/get run=R`,
      ],
    ]);
  });

  test.each([
    ['test -hello', {}, ['Old']],
    ['ms:>12', {}, ['a-2']],
    ['OLD OR status:5xx', {}, ['Old', 'a-2']],
    ['', { level: 'error' }, ['a-2']],
    ['', { file: 'user' }, ['Old', 'a-1']],
    ['', { file: 'usage' }, ['a-2']],
    ['', { node: 'server/hello' }, ['a-1', 'a-2']],
    ['node:server/hello', { file: 'user' }, ['a-1']],
    ['', { from: '2026-11-21T10:00:00.500Z' }, ['a-2']],
    ['', { from: '2026-11-21' }, ['a-1', 'a-2']],
    ['', { to: '2026-11-20' }, ['Old']],
    ['', { to: '2026-11-21T10:00:00Z' }, ['Old', 'a-1']],
  ] as const)('finds "%s" with %o', async (query, given, found) => {
    writeFileSync(join(dataDir, 'logs/user.log'), `${at(oldTime)} [info]  Test: Old\n`);
    storeRecords(join(dataDir, 'store'), stored);
    const { out } = await run(query, { ...given, json: true });
    const names = out
      .map((line) => JSON.parse(line) as { id?: string; message: string })
      .map(({ id, message }) => id ?? message.slice(6));
    expect(names).toEqual(found);
  });

  test('says where a query goes wrong, and prints nothing', async () => {
    storeRecords(join(dataDir, 'store'), stored);
    const { code, out, err } = await run('hello levle:error');
    expect([code, out]).toEqual([2, []]);
    expect(err).toMatch(/^sluice logs: .*[Cc]olumn 7: there is no field "levle"\. Did you mean "level"\?.*\n$/);
    expect((await run('', { from: 'yesterday' })).err).toMatch(/--from must be a time as in RFC 3339/);
  });

  test('prints nothing where nothing was logged', async () => {
    expect(await run('')).toEqual({ code: 0, out: [], err: '' });
    rmSync(join(dataDir, 'logs'), { recursive: true });
    expect(await run('')).toEqual({ code: 0, out: [], err: '' });
  });

  test('says that there is no data folder', async () => {
    const nowhere = join(dataDir, 'nowhere');
    await expect(run('', { dataDir: nowhere })).rejects.toThrow(
      `There is no data folder ${nowhere}. Name the right one`,
    );
    await expect(run('', { dataDir: nowhere, follow: true })).rejects.toThrow(ControlFault);
  });

  test('with follow, goes on with new records, each once, until a signal', { timeout: 30_000 }, async () => {
    const store = join(dataDir, 'store');
    storeRecords(store, stored);
    const { io, said } = texts();
    const ended = logs({ ...none, query: 'hello', dataDir, follow: true, json: true }, io);
    const ids = () =>
      said.out
        .split('\n')
        .slice(0, -1)
        .map((line) => (JSON.parse(line) as { id: string }).id);
    const until = async (count: number) => {
      for (let i = 0; i < 500 && ids().length < count; i++) await delay(20);
    };
    await until(2);
    for (let n = 0; n < 50; n++) {
      storeRecords(store, [recordLine({ id: `n-${n}`, value: 'hello' }), recordLine({ id: `x-${n}`, value: 'other' })]);
      if (n % 5 === 0) await delay(10);
    }
    storeRecords(store, [recordLine({ id: 'next-day', value: 'hello' })], '2026-11-22');
    await until(53);
    await delay(300);
    process.emit('SIGTERM');
    expect(await ended).toBe(0);
    expect(ids()).toEqual(['a-1', 'a-2', ...Array.from({ length: 50 }, (_, n) => `n-${n}`), 'next-day']);
  });
});
