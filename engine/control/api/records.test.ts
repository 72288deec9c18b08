import { describe, expect, test } from 'vitest';
import { useTestApi } from './test-api.ts';
import { recordLine, storeRecords } from './test-store.ts';

const at = useTestApi();

interface Page {
  records: { id: string; [key: string]: unknown }[];
  cursor: string | null;
  scanned: { from: string | null; to: string | null };
}

const find = async (query: string): Promise<string[]> => {
  const answer = await at.api.call('GET', `/api/logs?${query}`);
  expect([query, answer.status]).toEqual([query, 200]);
  return answer.json<Page & Record<string, unknown>>().records.map(({ id }) => id);
};

const lines = [
  {
    id: 'a-1',
    time: '2026-11-21T10:00:00.000Z',
    node: 'server/hello/get-hello',
    run: 'R1',
    label: 'Test',
    value: 'Hello',
  },
  { id: 'a-2', time: '2026-11-21T10:00:01.000Z', node: 'server/hellos/x', level: 'debug', value: { email: 'a@b.c' } },
  {
    id: 'a-3',
    time: '2026-11-21T10:00:02.000Z',
    kind: 'usage',
    event: 'run',
    level: 'warning',
    node: 'server/hello/get-hello',
    run: 'R1',
    ms: 12.5,
    method: 'GET',
    path: '/hello',
    status: 404,
  },
  {
    id: 'a-4',
    time: '2026-11-21T10:00:03.000Z',
    kind: 'audit',
    event: 'logs.cleared',
    level: 'error',
    user: 'ann',
    message: 'The logs were cleared',
  },
] as const;

describe('GET /api/logs', () => {
  test('gives the newest first, filtered', async () => {
    storeRecords(at.control.storeDir, lines.map(recordLine));
    const cases: [query: string, ids: string[]][] = [
      ['', ['a-4', 'a-3', 'a-2', 'a-1']],
      ['limit=2', ['a-4', 'a-3']],
      ['level=warning', ['a-4', 'a-3']],
      ['node=server/hello', ['a-3', 'a-1']],
      ['run=R1', ['a-3', 'a-1']],
      ['kind=audit', ['a-4']],
      ['file=user', ['a-2', 'a-1']],
      ['file=usage', ['a-4', 'a-3']],
      ['from=2026-11-21T10:00:01Z&to=2026-11-21T10:00:02Z', ['a-3', 'a-2']],
      ['from=2026-11-21&to=2026-11-21', ['a-4', 'a-3', 'a-2', 'a-1']],
      ['to=2026-11-20', []],
      ['from=2026-11-22', []],
      [`q=${encodeURIComponent('hello -status:4xx')}`, ['a-2', 'a-1']],
      [`q=${encodeURIComponent('value.email:"A@B.C"')}`, ['a-2']],
      [`q=${encodeURIComponent('ms:>12 OR user:ann')}`, ['a-4', 'a-3']],
    ];
    for (const [query, ids] of cases) expect([query, await find(query)]).toEqual([query, ids]);
  });

  test('goes on by the cursor until every record was given once', async () => {
    const many = Array.from({ length: 257 }, (_, i) => `b-${i}`);
    storeRecords(
      at.control.storeDir,
      many.map((id) => recordLine({ id })),
    );
    const got: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 100; pages++) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = (await at.api.call('GET', `/api/logs?limit=40${query}`)).json<
        Page & Record<string, unknown>
      >();
      got.push(...page.records.map(({ id }) => id));
      ({ cursor } = page);
    }
    expect(got).toEqual(many.reverse());
  });

  test('refuses what is no query, naming the column', async () => {
    for (const [query, detail] of [
      ['a OR', /column 5.*found the end/i],
      ['levle:error', /column 1.*Did you mean "level"/i],
      ['(a', /column 1.*not closed/i],
    ] as const) {
      const answer = await at.api.call('GET', `/api/logs?q=${encodeURIComponent(query)}`);
      expect([answer.status, answer.json().field]).toEqual([400, 'q']);
      expect(answer.json().detail).toMatch(detail);
      // In the middle of a sentence.
      expect(answer.json().detail).toMatch(/^q, column \d+: /);
    }
  });

  test.each([
    ['cursor=nonsense', 'cursor'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['node=hello', 'node'],
    ['kind=all', 'kind'],
    ['from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z', 'from'],
  ])('refuses %s', async (query, field) => {
    storeRecords(at.control.storeDir, [recordLine({ id: 'a-1' })]);
    const answer = await at.api.call('GET', `/api/logs?${query}`);
    expect([answer.status, answer.json().field]).toEqual([400, field]);
  });

  test('leaves out lines that are no JSON, and answers from an empty store', async () => {
    expect(await find('')).toEqual([]);
    const torn = `${recordLine({ id: 'a-2' }).slice(0, -4)}`;
    storeRecords(at.control.storeDir, [recordLine({ id: 'a-1' }), torn, recordLine({ id: 'a-3' })]);
    expect(await find('')).toEqual(['a-3', 'a-1']);
  });
});
