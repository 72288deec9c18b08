import { describe, expect, test } from 'vitest';
import type { RunHead, SpanTree, StoredSpan } from '../../store/run-head.ts';
import { useTestApi } from './test-api.ts';
import { recordLine, runHeadOf, storeRecords, storeRun } from './test-store.ts';

const at = useTestApi();

interface Page {
  runs: RunHead[];
  cursor: string | null;
}

/** ULIDs of 2026-11-21T10:00:00Z and the seconds after it. */
const idAt = (second: number, last: string): string => {
  let time = Date.parse('2026-11-21T10:00:00.000Z') + second * 1000;
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(time % 32) + text;
    time = Math.floor(time / 32);
  }
  return `${text}${last.padStart(16, '0')}`;
};

const list = async (query: string): Promise<Page> => {
  const answer = await at.api.call('GET', `/api/runs?${query}`);
  expect([query, answer.status]).toEqual([query, 200]);
  return answer.json<Page & Record<string, unknown>>();
};
const idsOf = ({ runs }: Page): string[] => runs.map(({ id }) => id);

const failed = { name: 'Error', message: 'enough', code: 'raised' };
const usage = (id: string, given: Record<string, unknown> = {}) =>
  recordLine({
    id: `u-${id}`,
    kind: 'usage',
    event: 'run',
    node: 'server/hello/get-hello',
    run: id,
    ms: 5,
    method: 'GET',
    path: '/hello',
    status: 200,
    ...given,
  });

describe('GET /api/runs', () => {
  test('filters runs that were captured and runs that were not', async () => {
    const [captured, plain, service] = [idAt(0, 'A'), idAt(1, 'B'), idAt(2, 'C')];
    const { storeDir } = at.control;
    storeRecords(storeDir, [usage(plain, { time: '2026-11-21T10:00:01.005Z', level: 'warning', status: 404 })]);
    storeRun(storeDir, runHeadOf({ id: captured, state: 'failed', status: 500, error: failed }), [], []);
    storeRun(
      storeDir,
      runHeadOf({
        id: service,
        node: 'service/tools/echo',
        operation: 'echo',
        type: 'service',
        status: null,
        begin: '2026-11-21T10:00:02.000Z',
        ms: 900,
      }),
      [],
      [],
    );
    const cases: [query: string, ids: string[]][] = [
      ['', [service, plain, captured]],
      ['server=hello', [plain, captured]],
      ['service=tools', [service]],
      ['operation=echo', [service]],
      ['type=http', [plain, captured]],
      ['state=failed', [captured]],
      ['status=404', [plain]],
      ['status=5xx', [captured]],
      ['level=warning', [plain, captured]],
      ['level=error', [captured]],
      ['minMs=100', [service]],
      ['q=enough', [captured]],
      // It answered 404, which is no failure of the run.
      [`q=${encodeURIComponent('state:succeeded ms:<100')}`, [plain]],
      ['from=2026-11-21T10:00:01Z&to=2026-11-21T10:00:02Z', [plain]],
      ['limit=1', [service]],
    ];
    for (const [query, ids] of cases) expect([query, idsOf(await list(query))]).toEqual([query, ids]);
  });

  test('begins with those under way, also when they fill several pages', async () => {
    const ids = [0, 1, 2, 3, 4].map((second) => idAt(second, 'R'));
    at.control.running = ids.map((id, i) =>
      runHeadOf({ id, state: 'running', status: null, ms: null, begin: `2026-11-21T10:00:0${i}.000Z` }),
    );
    const ended = idAt(0, 'E');
    storeRecords(at.control.storeDir, [usage(ended)]);
    const got: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 10; pages++) {
      const page: Page = await list(`limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      expect(page.runs.length).toBeLessThanOrEqual(2);
      got.push(...idsOf(page));
      ({ cursor } = page);
    }
    expect(got).toEqual([...ids.reverse(), ended]);
    expect(idsOf(await list('state=running&minMs=1'))).toEqual(ids);
    expect(idsOf(await list('state=succeeded'))).toEqual([ended]);
  });

  test.each([
    ['cursor=x', 'cursor'],
    ['cursor=running.x', 'cursor'],
    ['status=6xx', 'status'],
    ['state=done', 'state'],
    ['q=method:GET', 'q'],
  ])('refuses %s', async (query, field) => {
    storeRecords(at.control.storeDir, [usage(idAt(0, 'E'))]);
    const answer = await at.api.call('GET', `/api/runs?${query}`);
    expect([answer.status, answer.json().field]).toEqual([400, field]);
    if (field === 'status') expect(answer.json().detail).toMatch(/, found "6xx"\.$/);
  });
});

describe('GET /api/runs/:id', () => {
  const span = (given: Partial<StoredSpan>): StoredSpan => ({
    in: null,
    node: 'server/hello/get-hello',
    begin: '2026-11-21T10:00:00.000Z',
    ms: 5,
    input: {},
    output: null,
    error: null,
    ...given,
  });

  interface Detail extends RunHead {
    spans: SpanTree[];
    runs: RunHead[];
    records: { id: string }[];
    recordsComplete: boolean;
  }
  const read = async (id: string): Promise<Detail> => {
    const answer = await at.api.call('GET', `/api/runs/${id}`);
    expect([id, answer.status]).toEqual([id, 200]);
    return answer.json<Detail & Record<string, unknown>>();
  };

  test('gives spans, the runs it called, and the records of all of them', async () => {
    const [id, child] = [idAt(0, 'A'), idAt(0, 'B')];
    const { storeDir } = at.control;
    const capture = { reason: 'switch', spans: 3, partial: false, leftOut: 0 } as const;
    const called = runHeadOf({
      id: child,
      node: 'service/tools/echo',
      operation: 'echo',
      type: 'service',
      parent: id,
      trigger: 'call',
      status: null,
    });
    storeRun(
      storeDir,
      runHeadOf({ id, capture }),
      [called],
      [
        span({ run: id }),
        span({ in: 0, node: 'server/hello/get-hello/call', iteration: 1 }),
        span({ in: 1, node: 'service/tools/echo', run: child, output: { a: 1 } }),
      ],
    );
    storeRecords(storeDir, [
      recordLine({ id: '1', run: id }),
      recordLine({ id: '2', run: idAt(0, 'X') }),
      recordLine({ id: '3', node: 'service/tools/echo', run: child }),
      recordLine({ id: '4', value: `,"run":"${id}"` }),
      usage(id),
    ]);
    const detail = await read(id);
    expect(detail.records.map((record) => record.id)).toEqual(['1', '3', `u-${id}`]);
    expect([detail.recordsComplete, detail.runs.map((run) => run.id)]).toEqual([true, [child]]);
    expect(detail.spans.map((root) => [root.node, root.children[0]?.children[0]?.output])).toEqual([
      ['server/hello/get-hello', { a: 1 }],
    ]);
  });

  test('gives the head and the records of a run that was not captured, or is under way', async () => {
    const [ended, running] = [idAt(0, 'A'), idAt(1, 'B')];
    storeRecords(at.control.storeDir, [
      recordLine({ id: '1', run: ended }),
      usage(ended),
      recordLine({ id: '2', run: running, time: '2026-11-21T10:00:01.000Z' }),
    ]);
    at.control.running = [
      runHeadOf({ id: running, state: 'running', status: null, ms: null, begin: '2026-11-21T10:00:01.000Z' }),
    ];
    const first = await read(ended);
    expect([first.state, first.spans, first.records.map(({ id }) => id)]).toEqual([
      'succeeded',
      [],
      ['1', `u-${ended}`],
    ]);
    const second = await read(running);
    expect([second.state, second.spans, second.records.map(({ id }) => id)]).toEqual(['running', [], ['2']]);
  });

  test('without a capture, finds the runs it called by their trace, and their records', async () => {
    const [id, child, other] = [idAt(0, 'A'), idAt(0, 'B'), idAt(0, 'C')];
    const trace = { trace: 'a'.repeat(32) };
    const called = { node: 'service/tools/echo', run: child, ...trace, span: 'b'.repeat(16), parent: 'a'.repeat(16) };
    storeRecords(at.control.storeDir, [
      recordLine({ id: '0', kind: 'system', event: 'server.started', time: '2026-11-21T09:00:00.000Z' }),
      recordLine({ id: '1', event: 'begin', ...called }),
      recordLine({ id: '2', run: other, node: 'service/tools/echo', trace: 'f'.repeat(32) }),
      recordLine({ id: '3', event: 'end', level: 'error', ...called, error: failed, ms: 2.5 }),
      usage(id, { ...trace, span: 'a'.repeat(16) }),
    ]);
    const detail = await read(id);
    expect(detail.records.map((record) => record.id)).toEqual(['1', '3', `u-${id}`]);
    expect(detail.recordsComplete).toBe(true);
    const head = { id: child, node: 'service/tools/echo', operation: 'echo', type: 'service', parent: id };
    expect(detail.runs).toMatchObject([
      { ...head, state: 'failed', ms: 2.5, error: failed, trigger: 'call', capture: null, status: null },
    ]);
    expect(await read(child)).toMatchObject({ ...head, state: 'failed', records: [{ id: '1' }, { id: '3' }] });
  });

  test('tells that the records are not known to be complete', async () => {
    const { storeDir } = at.control;
    const [kept, lost, cleared, running] = [idAt(0, 'A'), idAt(1, 'B'), idAt(-7200, 'C'), idAt(2, 'D')];
    const isComplete = async (id: string) => (await read(id)).recordsComplete;
    const begin = '2026-11-21T08:00:00.000Z';
    // The logs were cleared after it; captured runs stay.
    storeRun(storeDir, runHeadOf({ id: cleared, begin }), [], []);
    expect(await isComplete(cleared)).toBe(false);
    storeRecords(storeDir, [
      recordLine({ id: '0', kind: 'audit', event: 'logs.cleared', time: '2026-11-21T09:00:00.000Z' }),
      usage(kept),
      recordLine({ id: '1', run: lost }),
    ]);
    const capture = { reason: 'switch', spans: 1, partial: false, leftOut: 0 } as const;
    for (const id of [kept, lost]) storeRun(storeDir, runHeadOf({ id, capture }), [], []);
    at.control.running = [runHeadOf({ id: running, state: 'running', status: null, ms: null })];
    expect([await isComplete(cleared), await isComplete(kept)]).toEqual([false, true]);
    // Its usage record is missing, which is no sign where none are written.
    expect([await isComplete(lost), await isComplete(running)]).toEqual([false, false]);
    const changed = await at.api.call('PUT', '/api/settings', { json: { logs: { usage: false } } });
    expect(changed.status).toBe(200);
    expect(await isComplete(lost)).toBe(true);
  });

  test('does not know others', async () => {
    for (const id of [idAt(9, 'Z'), 'x', '__proto__', '..%2f..%2fsettings'])
      expect((await at.api.call('GET', `/api/runs/${id}`)).status).toBe(404);
  });
});
