import { describe, expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';

/* What a switch writes, for each place that can have one: what the table of docs/logging.md says, record by record. */

const join = (id: string, more: object = {}) => ({
  id,
  action: 'string/join',
  input: { array: ['a', 'b'], delimiter: '' },
  output: null,
  ...more,
});
const raise = (id: string, more: object = {}) => ({
  id,
  action: 'scope/raise',
  input: { message: 'as told' },
  ...more,
});
const steps = (...actions: object[]) => ({ $do: { actions } });

const service = {
  id: 'tools',
  operations: [{ id: 'echo', workflow: { actions: [join('in-service')], output: { $ref: ['input'] } } }],
};
const server = {
  id: 'web',
  onError: { actions: [join('in-server-handler')], output: { status: 500, body: {} } },
  operations: [
    {
      id: 'all',
      method: 'GET',
      path: '/all',
      workflow: {
        actions: [
          join('plain'),
          {
            id: 'choose',
            action: 'conditional/if',
            input: { conditions: [{ condition: true, value: steps(join('in-if')) }] },
            output: null,
          },
          {
            id: 'map',
            action: 'iteration/map',
            input: { array: [1, 2], scope: 'item', foreach: steps(join('in-map')) },
            output: null,
          },
          {
            id: 'filter',
            action: 'iteration/filter',
            input: { array: [1, 2, 3], scope: 'item', foreach: steps(join('in-filter')) },
            output: null,
          },
          {
            id: 'call',
            action: 'service/operation',
            input: { serviceOperationReference: 'service/tools/echo', input: { a: 1 } },
            output: null,
          },
          {
            id: 'try',
            action: 'conditional/try',
            input: {
              value: steps(raise('again', { retry: { attempts: 2, backoffMs: 1 } })),
              onError: steps(join('in-try')),
            },
            output: null,
          },
          join('off', { enabled: false }),
          join('last'),
        ],
        output: { body: 'all' },
      },
    },
    { id: 'bad', method: 'GET', path: '/bad', workflow: { actions: [raise('stop')], output: {} } },
    {
      id: 'handled',
      method: 'GET',
      path: '/handled',
      workflow: { actions: [raise('stop')], output: {} },
      onError: { actions: [join('in-handler')], output: { status: 200, body: 'handled' } },
    },
    { id: 'quiet', method: 'GET', path: '/quiet', workflow: { actions: [join('plain')], output: { body: 'quiet' } } },
  ],
};

/** How often each node is executed by one request of each operation. */
const executions: { [address: string]: number } = {
  'server/web/all': 1,
  'server/web/all/plain': 1,
  'server/web/all/choose': 1,
  'server/web/all/in-if': 1,
  'server/web/all/map': 1,
  'server/web/all/in-map': 2,
  'server/web/all/filter': 1,
  'server/web/all/in-filter': 3,
  'server/web/all/call': 1,
  'server/web/all/try': 1,
  'server/web/all/again': 2,
  'server/web/all/in-try': 1,
  'server/web/all/off': 0,
  'server/web/all/last': 1,
  'server/web/bad': 1,
  'server/web/bad/stop': 1,
  'server/web/bad/in-server-handler': 1,
  'server/web/handled': 1,
  'server/web/handled/stop': 1,
  'server/web/handled/in-handler': 1,
  'server/web/quiet': 1,
  'server/web/quiet/plain': 1,
  'service/tools/echo': 1,
  'service/tools/echo/in-service': 1,
};
/** Runs that fail, whether or not a handler answers: their end is written even where no switch is on. */
const failingRuns = ['server/web/bad', 'server/web/handled'];
/** The end of these is an error. */
const failing = new Set([...failingRuns, 'server/web/all/again', 'server/web/bad/stop', 'server/web/handled/stop']);

/** The nodes that a switch at an address covers. */
const covered = (address: string): string[] => {
  const depth = address.split('/').length;
  return Object.keys(executions).filter(
    (node) => node === address || (depth === 2 && node.startsWith(`${address}/`) && node.split('/').length === 3),
  );
};

interface Written {
  node: string;
  event: string;
  level: string;
  run: string;
  iteration?: number;
  attempt?: number;
}

/** Asks each operation once. */
const askAll = async (engine: TestEngine) => {
  const base = await engine.url('web');
  for (const [path, status] of [
    ['all', 200],
    ['bad', 500],
    ['handled', 200],
    ['quiet', 200],
  ] as const)
    expect([path, (await fetch(`${base}/${path}`)).status]).toEqual([path, status]);
};

const recordsOf = (engine: TestEngine): Written[] =>
  engine
    .log('user')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Written);

/** `begin` and `end` of each node, counted. */
const tally = (records: readonly Written[]): { [what: string]: number } => {
  const counts: { [what: string]: number } = {};
  for (const { node, event, level } of records) {
    const what = `${node} ${event} ${level}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
};

const expectedOf = (addresses: readonly string[]): { [what: string]: number } => {
  const counts: { [what: string]: number } = {};
  const nodes = new Set(addresses.flatMap(covered));
  for (const node of nodes) {
    const count = executions[node] as number;
    if (count === 0) continue;
    counts[`${node} begin info`] = count;
    counts[`${node} end ${failing.has(node) ? 'error' : 'info'}`] = count;
  }
  for (const node of failingRuns) counts[`${node} end error`] = 1;
  return counts;
};

const env = { SLUICE_LOGS_FORMAT: 'json', SLUICE_LOGS_STDOUT: 'false' };
const places = ['server/web', 'service/tools', ...Object.keys(executions)];

/** A copy of a document in which the node at an address has more keys. */
const withKeys = <T>(document: T, id: string, keys: object): T =>
  JSON.parse(JSON.stringify(document), (_, value) =>
    value !== null && typeof value === 'object' && value.id === id ? { ...value, ...keys } : value,
  ) as T;

describe('a log switch', () => {
  test('at each place, set while running, writes its node and no other', async () => {
    await using engine = await TestEngine.start({ servers: [server], services: [service], env });
    const expected: { [place: string]: unknown } = {};
    const found: { [place: string]: unknown } = {};
    let seen = 0;
    for (const place of places) {
      const node = `/api/nodes/${place}`;
      expect((await engine.api(node, { method: 'PATCH', json: { log: true } })).status).toBe(200);
      await askAll(engine);
      expect((await engine.api(node, { method: 'PATCH', json: { log: null } })).status).toBe(200);
      expected[place] = expectedOf([place]);
      const records = await until(
        () => {
          const later = recordsOf(engine).slice(seen);
          const wanted = Object.values(expectedOf([place])).reduce((sum, count) => sum + count, 0);
          return later.length >= wanted ? later : null;
        },
        10_000,
        () => `the records of ${place}`,
      );
      seen += records.length;
      found[place] = tally(records);
    }
    await engine.stop();
    expect(recordsOf(engine)).toHaveLength(seen);
    expect(found).toEqual(expected);
  }, 60_000);

  // Each engine start has one action of each kind on: ids are unique in their operation, and none is in another's way.
  test.each([
    ['of servers and services', ['server/web', 'service/tools']],
    ['of operations', ['server/web/all', 'server/web/handled', 'service/tools/echo']],
    [
      'of actions',
      Object.keys(executions).filter(
        (node) => node.split('/').length === 4 && !node.endsWith('/plain') && !node.endsWith('/stop'),
      ),
    ],
  ])('in the document, %s, writes the same', async (_what, addresses) => {
    let [web, tools] = [server as object, service as object];
    for (const address of addresses) {
      const id = address.split('/').at(-1) as string;
      if (address.startsWith('server/')) web = withKeys(web, id, { log: true });
      else tools = withKeys(tools, id, { log: true });
    }
    await using engine = await TestEngine.start({
      servers: [web as typeof server],
      services: [tools as typeof service],
      env,
    });
    await askAll(engine);
    await engine.stop();
    expect(tally(recordsOf(engine))).toEqual(expectedOf(addresses));
  });

  test('of all actions of an operation at once, and records say which iteration and attempt', async () => {
    await using engine = await TestEngine.start({ servers: [server], services: [service], env });
    const all = 'server/web/all';
    expect((await engine.api(`/api/nodes/${all}`, { method: 'PATCH', json: { logActions: true } })).status).toBe(200);
    await askAll(engine);
    await engine.stop();
    const records = recordsOf(engine);
    expect(tally(records)).toEqual(expectedOf(Object.keys(executions).filter((node) => node.startsWith(`${all}/`))));
    const of = (id: string, key: 'iteration' | 'attempt') =>
      records.filter(({ node }) => node === `${all}/${id}`).map((record) => `${record.event} ${record[key]}`);
    expect(of('in-map', 'iteration')).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1']);
    expect(of('in-filter', 'iteration')).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
    expect(of('again', 'attempt')).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
    // One run wrote all of them.
    expect(new Set(records.filter(({ node }) => node.startsWith(`${all}/`)).map(({ run }) => run)).size).toBe(1);
  });

  test('that is off at a node does not take away what is on above it', async () => {
    const web = withKeys({ ...server, log: true }, 'quiet', { log: false });
    await using engine = await TestEngine.start({ servers: [web], services: [service], env });
    await askAll(engine);
    await engine.stop();
    expect(tally(recordsOf(engine))).toEqual(expectedOf(['server/web']));
  });

  test('with bounds writes as many in the document as while running, at operation and action', async () => {
    /** Of the requests 1, 2, 3 and 4, of which 2 fails, so many are written. */
    const cases: [what: string, log: unknown, count: number][] = [
      ['true', true, 4],
      ['future', { on: true, until: '2999-01-01T00:00:00Z' }, 4],
      ['past', { on: true, until: '2001-01-01T00:00:00Z' }, 0],
      ['times', { on: true, times: 2 }, 2],
      ['all', { on: true, sample: 1 }, 4],
      ['none', { on: true, sample: 0 }, 0],
      ['when', { on: true, when: 'request.query.n in ["1", "3"]' }, 2],
      ['errors', { on: true, errorsOnly: true }, 1],
      ['several', { on: true, times: 2, when: 'request.query.n != "1"' }, 2],
      ['off', { on: false }, 0],
      ['false', false, 0],
    ];
    const failsAtTwo = {
      id: 'act',
      action: 'conditional/if',
      input: {
        conditions: [
          { condition: { $op: 'equal', of: [{ $ref: ['request', 'query', 'n'] }, '2'] }, value: steps(raise('stop')) },
        ],
      },
      output: null,
    };
    const operation = (id: string, own: object, ofAction: object) => ({
      id,
      method: 'GET',
      path: `/${id}`,
      workflow: { actions: [{ ...failsAtTwo, ...ofAction }], output: { body: 'op' } },
      ...own,
    });
    const operations = cases.flatMap(([what, log]) => [
      operation(`${what}-op`, { log }, {}),
      operation(`${what}-act`, {}, { log }),
      operation(`${what}-run`, {}, {}),
    ]);
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations }], env });
    const base = await engine.url('web');
    const ask = async (id: string) => {
      for (const n of [1, 2, 3, 4]) expect((await fetch(`${base}/${id}?n=${n}`)).status).toBe(n === 2 ? 500 : 200);
    };
    const expected: { [what: string]: number } = {};
    for (const [what, log, count] of cases) {
      await ask(`${what}-op`);
      await ask(`${what}-act`);
      const run = `server/web/${what}-run`;
      for (const address of [run, `${run}/act`]) {
        const answer = await engine.api(`/api/nodes/${address}`, { method: 'PATCH', json: { log } });
        // A bound in time that is over is refused where somebody sets it now; in a document it has simply ended.
        expect([what, answer.status]).toEqual([what, what === 'past' ? 422 : 200]);
        await ask(`${what}-run`);
        await engine.api(`/api/nodes/${address}`, { method: 'PATCH', json: { log: null } });
      }
      if (count === 0) continue;
      for (const node of [`server/web/${what}-op`, `server/web/${what}-act/act`, run, `${run}/act`])
        expected[`${node} begin info`] = count;
    }
    await engine.stop();
    expect(tally(recordsOf(engine).filter(({ event }) => event === 'begin'))).toEqual(expected);
  });
});
