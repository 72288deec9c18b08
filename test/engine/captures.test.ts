import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunHead, SpanTree } from '../../engine/store/run-head.ts';
import { TestEngine, until } from '../support/engine.ts';

const set = (id: string, value: unknown = id) => ({ id, action: 'variable/set', input: { value } });
const raise = (id: string) => ({ id, action: 'scope/raise', input: { message: 'No.' } });
const sleep = (id: string, duration: number) => ({ id, action: 'thread/sleep', input: { duration } });

const operation = (id: string, method: string, actions: unknown[], output: unknown = { body: id }) => ({
  id,
  method,
  path: `/${id}`,
  workflow: { actions, output },
});

const web = (...operations: unknown[]) => ({ id: 'web', operations });

interface Run extends RunHead {
  spans: SpanTree[];
  runs: RunHead[];
  records: { event: string; node: string }[];
}

/** The newest runs that fit. */
const runsOf = async (engine: TestEngine, query = ''): Promise<RunHead[]> =>
  ((await (await engine.api(`/api/runs?limit=1000&${query}`)).json()) as { runs: RunHead[] }).runs;

/** The runs that `wanted` lets through, once there are so many: a run is answered before it is stored. */
const atLeast = (
  engine: TestEngine,
  count: number,
  { query = '', wanted = (_: RunHead): boolean => true } = {},
): Promise<RunHead[]> =>
  until(
    async () => {
      const runs = (await runsOf(engine, query)).filter(wanted);
      return runs.length >= count ? runs : undefined;
    },
    10_000,
    () => `${count} runs`,
  );

const isCaptured = ({ capture }: RunHead): boolean => capture !== null;

const captured = (engine: TestEngine, count: number, query = ''): Promise<RunHead[]> =>
  atLeast(engine, count, { query, wanted: isCaptured });

const runOf = async (engine: TestEngine, id: string): Promise<Run> =>
  (await (await engine.api(`/api/runs/${id}`)).json()) as Run;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

const names = (spans: readonly SpanTree[]): string[] =>
  spans.flatMap(({ node, children }) => [node.replace(/^server\/web\//, ''), ...names(children)]);

const switchCapture = (engine: TestEngine, address: string, capture: unknown) =>
  engine.api(`/api/nodes/${address}`, { method: 'PATCH', json: { capture } });

describe('a run that fails', () => {
  it('is kept whole without being asked for: what came in, also what nobody looked at, and every step', async () => {
    await using engine = await TestEngine.start({
      servers: [
        web(operation('bad', 'POST', [set('first', { n: 1 }), raise('no')]), operation('good', 'GET', [set('a')])),
      ],
    });
    const url = await engine.url('web');
    await fetch(`${url}/good`);
    const answer = await fetch(`${url}/bad?q=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-mine': 'yes' },
      body: JSON.stringify({ items: [1, 2, 3] }),
    });
    const id = answer.headers.get('sluice-run') as string;
    const [head] = await captured(engine, 1);
    expect(head).toMatchObject({
      id,
      state: 'failed',
      status: 500,
      type: 'http',
      operation: 'bad',
      trigger: 'request',
    });
    expect(head?.capture).toMatchObject({ reason: 'failed', spans: 3, partial: false, leftOut: 0 });
    const run = await runOf(engine, id);
    expect(names(run.spans)).toEqual(['bad', 'bad/first', 'bad/no']);
    expect(run.spans[0]).toMatchObject({
      input: { method: 'POST', query: { q: '1' }, header: { 'x-mine': 'yes' }, body: { items: [1, 2, 3] } },
      error: { code: 'raised', node: 'server/web/bad/no' },
    });
    expect(run.spans[0]?.children[0]).toMatchObject({ input: { value: { n: 1 } }, output: { n: 1 }, error: null });
    expect(run.records.map(({ event }) => event)).toEqual(['end', 'run']);
    // The good one is in the list too, but nothing was kept of it.
    const [good] = await atLeast(engine, 1, { query: 'state=succeeded' });
    expect(good).toMatchObject({ operation: 'good', capture: null, status: 200 });
  });

  it('is not kept where the settings say so', async () => {
    await using engine = await TestEngine.start({
      servers: [web(operation('bad', 'GET', [raise('no')]), operation('on', 'GET', [raise('no')]))],
      env: { SLUICE_LOGS_CAPTURE_ERRORS: 'false' },
    });
    const url = await engine.url('web');
    await switchCapture(engine, 'server/web/on', true);
    await fetch(`${url}/bad`);
    await fetch(`${url}/on`);
    expect((await captured(engine, 1)).map(({ operation: id }) => id)).toEqual(['on']);
  });

  it('is still there after a restart, and after a clear of the logs', async () => {
    const first = await TestEngine.start({ servers: [web(operation('bad', 'GET', [raise('no')]))] });
    await using _ = first;
    const id = (await fetch(`${await first.url('web')}/bad`)).headers.get('sluice-run') as string;
    expect(await first.stop()).toBe(0);
    await using second = await TestEngine.start({ data: first.data });
    expect((await runOf(second, id)).spans).toHaveLength(1);
    expect((await second.api('/api/logs', { method: 'DELETE' })).status).toBe(204);
    const run = await runOf(second, id);
    expect([run.spans.length, run.records]).toEqual([1, []]);
  });
});

describe('a slow run', () => {
  it('is kept from the threshold on', async () => {
    await using engine = await TestEngine.start({
      servers: [web(operation('slow', 'GET', [sleep('nap', 120)]), operation('quick', 'GET', [set('a')]))],
      env: { SLUICE_LOGS_CAPTURE_SLOW_MS: '100' },
    });
    const url = await engine.url('web');
    await fetch(`${url}/quick`);
    await fetch(`${url}/slow`);
    expect(await captured(engine, 1)).toMatchObject([{ operation: 'slow', capture: { reason: 'slow', spans: 2 } }]);
  });
});

describe('a capture switch', () => {
  it('is in force in every worker from its answer on, and until the answer that ends it', async () => {
    await using engine = await TestEngine.start({
      servers: [web(operation('a', 'GET', [set('x')]))],
      env: { SLUICE_WORKERS: '2' },
    });
    const url = await engine.url('web');
    const call = (count: number) =>
      Promise.all(Array.from({ length: count }, async () => (await fetch(`${url}/a`)).arrayBuffer()));
    await call(20);
    expect((await switchCapture(engine, 'server/web', true)).status).toBe(200);
    await call(50);
    expect((await switchCapture(engine, 'server/web', null)).status).toBe(200);
    await call(20);
    const runs = await atLeast(engine, 90);
    expect(runs).toHaveLength(90);
    expect(runs.filter(isCaptured)).toHaveLength(50);
  });

  it('with a count keeps exactly so many runs', async () => {
    await using engine = await TestEngine.start({
      servers: [web(operation('a', 'GET', [set('x')]))],
      env: { SLUICE_WORKERS: '2' },
    });
    const url = await engine.url('web');
    await switchCapture(engine, 'server/web/a', { on: true, times: 7 });
    for (let i = 0; i < 60; i++) await (await fetch(`${url}/a`)).arrayBuffer();
    expect((await atLeast(engine, 60)).filter(isCaptured)).toHaveLength(7);
    const node = (await (await engine.api('/api/nodes/server/web/a')).json()) as { capture: { effective: unknown } };
    expect(node.capture.effective).toBe(false);
  });

  it('of an action keeps its executions, tries included; of a called operation that run', async () => {
    const flaky = {
      id: 'flaky',
      action: 'conditional/if',
      retry: { attempts: 3 },
      input: { conditions: [{ condition: true, value: { $do: { actions: [raise('no')] } } }] },
    };
    const attempt = {
      id: 'try',
      action: 'conditional/try',
      input: { value: { $do: { actions: [flaky] } }, onError: 1 },
    };
    const call = {
      id: 'call',
      action: 'service/operation',
      input: { serviceOperationReference: 'service/tools/echo', input: { n: 1 } },
    };
    await using engine = await TestEngine.start({
      servers: [web(operation('a', 'GET', [set('x'), attempt]), operation('b', 'GET', [call]))],
      services: [{ id: 'tools', operations: [{ id: 'echo', workflow: { actions: [set('inside')], output: 'out' } }] }],
    });
    const url = await engine.url('web');
    await switchCapture(engine, 'server/web/a/flaky', true);
    await switchCapture(engine, 'service/tools/echo', true);
    await fetch(`${url}/a`);
    const [head] = await captured(engine, 1, 'server=web');
    expect(head?.capture).toMatchObject({ reason: 'switch', partial: true, spans: 3 });
    const run = await runOf(engine, head?.id as string);
    expect(run.spans.map(({ node, attempt: number }) => `${node} ${number}`)).toEqual([
      'server/web/a/flaky 1',
      'server/web/a/flaky 2',
      'server/web/a/flaky 3',
    ]);
    await fetch(`${url}/b`);
    const [child] = await captured(engine, 1, 'service=tools');
    expect(child).toMatchObject({ node: 'service/tools/echo', type: 'service', trigger: 'call', state: 'succeeded' });
    expect(child?.parent).toMatch(/^[0-9A-Z]{26}$/);
    expect((await runOf(engine, child?.id as string)).spans).toMatchObject([
      { node: 'service/tools/echo', input: { n: 1 }, output: 'out', children: [{ node: 'service/tools/echo/inside' }] },
    ]);
  });
});

describe('what a capture holds', () => {
  it('secrets as references, and in no file what they are', async () => {
    const value = 'corr3ct-h0rse/battery+staple';
    await using engine = await TestEngine.start({
      servers: [
        web(
          operation('a', 'GET', [
            set('whole', { $secret: 'key' }),
            set('part', { $template: 'key={{variables.output}}' }),
            set('inside', { $jsonata: '{"deep": [$base64encode(variables.output)]}' }),
          ]),
        ),
      ],
    });
    await engine.api('/api/secrets/key', { method: 'PUT', json: { value } });
    await switchCapture(engine, 'server/web', true);
    await engine.api('/api/nodes/server/web/a', { method: 'PATCH', json: { log: true, logActions: true } });
    await fetch(`${await engine.url('web')}/a`);
    const [head] = await captured(engine, 1);
    const run = await runOf(engine, head?.id as string);
    expect(run.spans[0]?.children[0]).toMatchObject({
      input: { value: { $secret: 'key' } },
      output: { $secret: 'key' },
    });
    expect(run.spans[0]?.children[1]?.output).toMatch(/^key=\[redacted:[0-9a-f]{4}\]$/);
    expect(await engine.stop()).toBe(0);
    for (const path of filesBelow(engine.data)) {
      const bytes = readFileSync(path);
      for (const form of [value, Buffer.from(value).toString('base64'), encodeURIComponent(value)])
        expect(bytes.includes(form), `${path} holds ${form}`).toBe(false);
    }
  });

  it('large values cut, with what they were, while others are served', async () => {
    await using engine = await TestEngine.start({
      servers: [
        web(
          operation('large', 'POST', [set('x', { $ref: ['request', 'body'] })]),
          operation('other', 'GET', [set('y')]),
        ),
      ],
      env: { SLUICE_LIMITS_REQUEST_BYTES: '64m' },
    });
    const url = await engine.url('web');
    await switchCapture(engine, 'server/web/large', true);
    const post = (type: string, body: string | Uint8Array) =>
      fetch(`${url}/large`, { method: 'POST', headers: { 'content-type': type }, body: body as string });
    const sent = [
      post('application/octet-stream', new Uint8Array(20_000_000)),
      post('text/plain', 'x'.repeat(30_000_000)),
      post('application/json', `[${'1,'.repeat(1_000_000)}1]`),
    ];
    for (let i = 0; i < 50; i++) expect((await fetch(`${url}/other`)).status).toBe(200);
    for (const answer of sent) expect((await answer).status).toBe(200);
    const heads = await captured(engine, 3);
    const bodies = await Promise.all(
      heads.map(async ({ id }) => ((await runOf(engine, id)).spans[0]?.input as { body?: unknown } | undefined)?.body),
    );
    const texts = bodies.map((body) => JSON.stringify(body).slice(0, 60)).sort();
    expect(texts[0]).toMatch(/^"\[(Buffer|Uint8Array) 20000000 bytes/);
    expect(texts[1]).toMatch(/^\{"\$cut":\{"bytes":30000000,/);
    expect(texts[2]).toMatch(/^\{"\$cut":\{"items":1000001,/);
    // On disk each value takes at most what it may.
    const stored = filesBelow(join(engine.data, 'store')).reduce((sum, path) => sum + statSync(path).size, 0);
    expect(stored).toBeLessThan(20_000_000);
  });

  it('outlines of what found no room, with nothing of a secret that would have been cut in two', async () => {
    const value = Array.from({ length: 20 }, (_, i) => `S3cret-${i}-${'abcdefghij'[i % 10]}`).join('.');
    const pad = { $jsonata: '$pad("", 5000, "x")' };
    await using engine = await TestEngine.start({
      servers: [
        web(
          operation('bad', 'GET', [
            set('key', { key: { $secret: 'long' }, short: 'kept' }),
            ...Array.from({ length: 8 }, (_, i) => set(`pad${i}`, pad)),
            raise('no'),
          ]),
        ),
      ],
      env: { SLUICE_LOGS_CAPTURE_MEMORY: '40k' },
    });
    await engine.api('/api/secrets/long', { method: 'PUT', json: { value } });
    await fetch(`${await engine.url('web')}/bad`);
    const [head] = await captured(engine, 1);
    expect(head?.capture?.leftOut).toBeGreaterThan(0);
    const key = (await runOf(engine, head?.id as string)).spans[0]?.children[0];
    expect(key).toMatchObject({
      leftOut: ['input', 'output'],
      input: { value: { key: `… (cut, ${value.length} characters)`, short: 'kept' } },
    });
    expect(await engine.stop()).toBe(0);
    for (const path of filesBelow(engine.data))
      expect(readFileSync(path).includes(value.slice(0, 20)), `${path} holds a piece`).toBe(false);
  });

  it('a large body that nobody read as what came, not as what it would have been', async () => {
    await using engine = await TestEngine.start({ servers: [web(operation('bad', 'POST', [raise('no')]))] });
    const base = await engine.url('web');
    const post = (count: number) =>
      fetch(`${base}/bad`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(Array.from({ length: count }, (_, i) => i)),
      });
    await post(3);
    await post(60_000);
    const bodies = await Promise.all(
      (await captured(engine, 2)).map(
        async ({ id }) => ((await runOf(engine, id)).spans[0]?.input as { body?: unknown } | undefined)?.body,
      ),
    );
    expect(bodies[1]).toEqual([0, 1, 2]);
    expect(bodies[0]).toMatch(/^\[Buffer \d{6} bytes/);
  });

  it('a simulation, where the call asks for it', async () => {
    await using engine = await TestEngine.start({ servers: [web(operation('a', 'GET', [set('x')]))] });
    const simulate = async (more: object) =>
      (await (
        await engine.api('/api/simulate', { method: 'POST', json: { address: 'server/web/a', input: {}, ...more } })
      ).json()) as { run: string };
    await simulate({});
    const { run } = await simulate({ store: true });
    const heads = await captured(engine, 1);
    expect(heads.map(({ id, trigger, capture }) => [id, trigger, capture?.reason])).toEqual([
      [run, 'simulation', 'asked'],
    ]);
  });
});

describe('a run that is under way', () => {
  it('is listed as running, then as what it became', async () => {
    await using engine = await TestEngine.start({ servers: [web(operation('wait', 'GET', [sleep('nap', 20_000)]))] });
    const url = await engine.url('web');
    const answer = fetch(`${url}/wait`).catch(() => null);
    const [head] = await until(
      async () => {
        const running = await runsOf(engine, 'state=running');
        return running.length > 0 ? running : undefined;
      },
      10_000,
      () => 'a running run',
    );
    expect(head).toMatchObject({ node: 'server/web/wait', state: 'running', ms: null, status: null });
    expect(await runOf(engine, head?.id as string)).toMatchObject({ state: 'running', spans: [] });
    for (const pid of await engine.workerPids()) process.kill(pid, 'SIGKILL');
    await answer;
    const ended = await until(
      async () => (await runsOf(engine, 'state=interrupted'))[0],
      10_000,
      () => 'the run to be recorded as interrupted',
    );
    expect(ended).toMatchObject({ id: head?.id, error: { code: 'interrupted', node: 'server/web/wait/nap' } });
  });
});
