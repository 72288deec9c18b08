import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordLine, runHeadOf, storeRecords, storeRun } from '../control/api/test-store.ts';
import { writeLocalAccess } from '../control/auth/local-access.ts';
import { ControlFault } from '../control/control.ts';
import { localTime } from '../log/timestamp.ts';
import type { RunHead } from '../store/run-head.ts';
import type { Io } from './io.ts';
import { type RunsOptions, runs } from './runs.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sluice-runs-'));
  mkdirSync(join(dataDir, 'store'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const none = { state: undefined, from: undefined, to: undefined, limit: undefined, json: false };

async function run(query: string, given: Partial<RunsOptions> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = { out: '', err: '' };
  stdout.on('data', (chunk) => (said.out += chunk));
  stderr.on('data', (chunk) => (said.err += chunk));
  const code = await runs({ ...none, query, dataDir, ...given }, { stdout, stderr } as unknown as Io);
  return { code, out: said.out.split('\n').slice(0, -1), err: said.err };
}

const idOf = (n: number): string => `01M7YRRT80${String(n).padStart(16, '0')}`;
const usage = (n: number, given: Record<string, unknown> = {}): string =>
  recordLine({
    id: `u-${n}`,
    time: `2026-11-21T10:00:0${n}.000Z`,
    kind: 'usage',
    event: 'run',
    node: 'server/hello/get-hello',
    run: idOf(n),
    ms: 1.84,
    method: 'GET',
    path: '/hello',
    status: 200,
    ...given,
  });
const failure = { name: 'Error', message: 'no\nway', code: 'raised', node: 'server/web/bad/check' };

const store = (): void => {
  const dir = join(dataDir, 'store');
  storeRecords(dir, [usage(1), usage(3, { status: 404, level: 'warning' })]);
  storeRun(
    dir,
    runHeadOf({
      id: idOf(2),
      node: 'server/web/bad',
      operation: 'bad',
      state: 'failed',
      status: 500,
      begin: '2026-11-21T10:00:02.000Z',
      ms: 12.5,
      error: failure,
    }),
    [],
    [],
  );
};

describe('sluice runs', () => {
  test('prints a line for each run, the newest at the bottom', async () => {
    store();
    const at = (time: string): string => localTime(Date.parse(time));
    expect(await run('')).toEqual({
      code: 0,
      err: '',
      out: [
        `${at('2026-11-21T10:00:00.998Z')}  succeeded  http  server/hello/get-hello  200   1.8ms  ${idOf(1)}`,
        `${at('2026-11-21T10:00:02.000Z')}  failed     http  server/web/bad          500  12.5ms  ${idOf(2)}  no\\nway (raised) at server/web/bad/check`,
        `${at('2026-11-21T10:00:02.998Z')}  succeeded  http  server/hello/get-hello  404   1.8ms  ${idOf(3)}`,
      ],
    });
  });

  test.each([
    ['status:4xx OR state:failed', {}, [2, 3]],
    ['server:hello', {}, [1, 3]],
    ['', { state: 'failed' }, [2]],
    ['', { limit: '2' }, [2, 3]],
    ['', { limit: '1' }, [3]],
    ['', { from: '2026-11-21T10:00:02Z', to: '2026-11-21T10:00:02.500Z' }, [2]],
    ['', { from: '2026-11-21', to: '2026-11-21' }, [1, 2, 3]],
    ['', { to: '2026-11-20' }, []],
    ['way -hello', {}, [2]],
    ['', { state: 'running' }, []],
  ] as const)('finds "%s" with %o', async (query, given, found) => {
    store();
    const { code, out } = await run(query, { ...given, json: true });
    expect([code, out.map((line) => (JSON.parse(line) as RunHead).id)]).toEqual([0, found.map(idOf)]);
  });

  test('prints nothing where nothing ran', async () => {
    expect(await run('')).toEqual({ code: 0, out: [], err: '' });
    rmSync(join(dataDir, 'store'), { recursive: true });
    expect(await run('', { json: true })).toEqual({ code: 0, out: [], err: '' });
  });

  test.each([
    ['hello stat:failed', {}, /the query is not right\. Column 7: there is no field "stat"/],
    ['', { from: 'yesterday' }, /--from must be a time as in RFC 3339.*, found "yesterday"/],
    ['', { limit: '0' }, /--limit must be a whole number from 1 to 10000, found "0"/],
    ['', { limit: 'many' }, /found "many"/],
  ] as const)('refuses "%s" with %o', async (query, given, message) => {
    store();
    const { code, out, err } = await run(query, given);
    expect([code, out]).toEqual([2, []]);
    expect(err).toMatch(message);
  });

  test('says that there is no data folder', async () => {
    await expect(run('', { dataDir: join(dataDir, 'nowhere') })).rejects.toThrow(ControlFault);
  });

  test('goes on without what an engine that has gone would say', async () => {
    store();
    // Nothing listens on port 1.
    writeLocalAccess(dataDir, { url: 'http://127.0.0.1:1', token: 'x' });
    expect((await run('', { limit: '1' })).out).toHaveLength(1);
  });
});
