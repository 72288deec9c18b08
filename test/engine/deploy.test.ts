import { existsSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';

const version = (n: number, extra: object = {}) => ({
  schema: 1,
  id: 'web',
  type: 'http',
  active: true,
  host: '127.0.0.1',
  port: 0,
  operations: [
    {
      id: 'get',
      method: 'GET',
      path: '/v',
      workflow: {
        actions: [
          { id: 'one', action: 'variable/set', input: { value: n }, output: ['variables', 'one'] },
          { id: 'wait', action: 'thread/sleep', input: { duration: 1 } },
          { id: 'two', action: 'variable/set', input: { value: n }, output: ['variables', 'two'] },
        ],
        output: { body: [{ $ref: ['variables', 'one'] }, { $ref: ['variables', 'two'] }] },
      },
    },
  ],
  ...extra,
});

interface Problem {
  detail: string;
  field?: string;
  errors?: { resource?: string; pointer: string; detail: string }[];
  current?: string | null;
  conflicts?: string[];
}
/** A request on a connection of its own; its status. */
const fresh = (port: number | undefined) =>
  new Promise<number | undefined>((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: '/v', agent: false }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject);
  });
const problemOf = async (answer: Response, status: number): Promise<Problem> => {
  expect(answer.status).toBe(status);
  return (await answer.json()) as Problem;
};

describe('a deploy', () => {
  test('fails no request: each answer is wholly old or new, and new once the deploy was answered', async () => {
    await using engine = await TestEngine.start({ servers: [version(0)] });
    const base = await engine.url('web');
    const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
    const failures: string[] = [];
    const sockets = new Set<number>();
    let live = 0;
    let next = 0;
    let answered = 0;
    let running = true;
    const ask = () =>
      new Promise<void>((resolve) => {
        const least = live;
        const fail = (what: string) => {
          failures.push(what);
          resolve();
        };
        http
          .get(`${base}/v`, { agent }, (answer) => {
            sockets.add(answer.socket.localPort ?? 0);
            let text = '';
            answer.on('data', (chunk) => {
              text += chunk;
            });
            answer.on('end', () => {
              if (answer.statusCode !== 200) return fail(`${answer.statusCode} ${text}`);
              const [one, two] = JSON.parse(text) as [number, number];
              if (one !== two || one < least || one > next) return fail(`${text} between ${least} and ${next}`);
              answered++;
              resolve();
            });
          })
          .on('error', (error) => fail(error.message));
      });
    const clients = Array.from({ length: 16 }, async () => {
      while (running) await ask();
    });
    for (let n = 1; n <= 50; n++) {
      next = n;
      await engine.api('/api/drafts/servers/web', { method: 'PUT', json: version(n) });
      const answer = await engine.api('/api/deploy', { method: 'POST', json: { resources: ['server/web'] } });
      expect(await answer.json()).toEqual({ deployed: ['server/web'], revision: expect.any(Number), warnings: [] });
      live = n;
      const before = answered;
      await until(
        () => answered > before || failures.length > 0,
        5000,
        () => 'another answer',
      );
    }
    running = false;
    await Promise.all(clients);
    agent.destroy();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
    // Not one connection was lost.
    expect(sockets.size).toBeLessThanOrEqual(16);
  });

  test('is all or nothing: one draft that is not in order keeps the others back', async () => {
    await using engine = await TestEngine.start({ servers: [version(1)] });
    const base = await engine.url('web');
    await engine.api('/api/drafts/servers/web', { method: 'PUT', json: version(2) });
    const wrong = { id: 'tools', operations: [{ id: 'a', workflow: { actions: [{ id: 'x' }] } }] };
    const saved = await engine.api('/api/drafts/services/tools', { method: 'PUT', json: wrong });
    expect(((await saved.json()) as { faults: { pointer: string }[] }).faults[0]?.pointer).toBe(
      '/operations/0/workflow/actions/0',
    );
    const problem = await problemOf(await engine.api('/api/deploy', { method: 'POST' }), 422);
    expect(problem.errors).toEqual([
      {
        resource: 'service/tools',
        pointer: '/operations/0/workflow/actions/0',
        detail: 'Item 1 of "actions" must have the key "action", found nothing.',
      },
    ]);
    expect(await (await fetch(`${base}/v`)).json()).toEqual([1, 1]);
    expect(readdirSync(join(engine.data, 'services'))).toEqual([]);
  });

  test('is tried in a worker first: what cannot be compiled is refused with its place', async () => {
    await using engine = await TestEngine.start();
    const service = (schema: object) => ({
      id: 'tools',
      operations: [{ id: 'echo', input: schema, workflow: { actions: [], output: { $ref: ['input'] } } }],
    });
    const answer = await engine.api('/api/services', { method: 'POST', json: service({ type: 'nonsense' }) });
    const problem = await problemOf(answer, 422);
    expect(problem.errors).toEqual([
      { resource: 'service/tools', pointer: '/operations/0', detail: expect.stringMatching(/schema/i) },
    ]);
    expect((await engine.api('/api/services', { method: 'POST', json: service({ type: 'object' }) })).status).toBe(201);
  });

  test('of something that was changed meanwhile is refused, and nothing is lost', async () => {
    await using engine = await TestEngine.start({ servers: [version(1)] });
    await engine.api('/api/drafts/servers/web', { method: 'PUT', json: version(2) });
    await engine.api('/api/servers/web', { method: 'PUT', json: version(3) });
    const listed = (await (await engine.api('/api/drafts')).json()) as { drafts: { outdated: boolean; diff: [] }[] };
    expect(listed.drafts).toMatchObject([{ resource: 'server/web', outdated: true, kind: 'changed' }]);
    const refused = await problemOf(await engine.api('/api/deploy', { method: 'POST' }), 409);
    expect(refused.conflicts).toEqual(['server/web']);
    const draft = (await (await engine.api('/api/drafts/servers/web')).json()) as object;
    expect(draft).toEqual(version(2));
    // What both were made from, for whoever brings them together.
    await engine.api('/api/servers/web', { method: 'PUT', json: version(4) });
    const base = await engine.api('/api/drafts/servers/web/base');
    expect(await base.json()).toEqual(version(1));
    expect((await engine.api('/api/drafts/servers/other/base')).status).toBe(404);
    expect((await engine.api('/api/deploy', { method: 'POST', json: { force: true } })).status).toBe(200);
    expect(await (await engine.api('/api/servers/web')).json()).toEqual(version(2));
  });
});

describe('two clients of one resource', () => {
  test('the second gets 412 with both versions, and loses nothing', async () => {
    await using engine = await TestEngine.start({ servers: [version(1)] });
    const etag = (await engine.api('/api/servers/web')).headers.get('etag') as string;
    const put = (n: number) =>
      engine.api('/api/servers/web', { method: 'PUT', headers: { 'if-match': etag }, json: version(n) });
    const answers = await Promise.all([put(2), put(3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [won, lost] = answers[0].status === 200 ? answers : answers.toReversed();
    const problem = await problemOf(lost as Response, 412);
    expect(`"${problem.current}"`).toBe((won as Response).headers.get('etag'));
    expect((await engine.api('/api/servers/web')).headers.get('etag')).toBe(`"${problem.current}"`);
    const removed = await engine.api('/api/servers/web', { method: 'DELETE', headers: { 'if-match': etag } });
    expect(removed.status).toBe(412);
  });
});

describe('kill -9 during saves', () => {
  test('leaves every file old or new, and the history whole', { timeout: 120_000 }, async () => {
    const padding = 'x'.repeat(40_000);
    const body = (n: number) => version(n, { title: `${n}`, description: padding });
    const first = await TestEngine.start({ servers: [body(0)] });
    const { data } = first;
    let kills = 0;
    let engine = first;
    let sent = 0;
    let acknowledged = 0;
    while (sent < 200) {
      const before = acknowledged;
      const until = sent + 5 + (kills % 11);
      while (sent < until) {
        const n = ++sent;
        await engine.api('/api/servers/web', { method: 'PUT', json: body(n) });
        acknowledged = n;
      }
      // One more is on its way when the process dies.
      const last = engine.api('/api/servers/web', { method: 'PUT', json: body(++sent) }).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, (kills % 16) * 0.5));
      engine.child.kill('SIGKILL');
      await engine.exit;
      await last;
      kills++;
      const text = readFileSync(join(data, 'servers/web.json'), 'utf8');
      const found = JSON.parse(text) as { title: string; description: string };
      expect(found.description).toBe(padding);
      expect(Number(found.title)).toBeGreaterThanOrEqual(acknowledged);
      expect(acknowledged).toBeGreaterThan(before);
      engine = await TestEngine.start({ data });
      expect(existsSync(join(data, 'history/.pending.json'))).toBe(false);
      const live = (await (await engine.api('/api/servers/web')).json()) as { title: string };
      expect(Number(live.title)).toBeGreaterThanOrEqual(acknowledged);
      const history = (await (await engine.api('/api/history?limit=1000')).json()) as {
        revisions: { revision: number }[];
      };
      const numbers = history.revisions.map(({ revision }) => revision);
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => numbers.length - index));
      sent = Math.max(sent, Number(live.title));
    }
    await engine[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    expect(kills).toBeGreaterThan(10);
  });
});

describe('servers', () => {
  test('are started and stopped over the API, also for the next start', async () => {
    await using engine = await TestEngine.start({ servers: [version(1, { active: false })] });
    const started = await engine.api('/api/servers/web/start', { method: 'POST' });
    const { server } = (await started.json()) as { server: { state: string; port: number } };
    expect(server.state).toBe('listening');
    expect(await (await fetch(`http://127.0.0.1:${server.port}/v`)).json()).toEqual([1, 1]);
    expect(JSON.parse(readFileSync(join(engine.data, 'servers/web.json'), 'utf8')).active).toBe(true);
    const stopped = await engine.api('/api/servers/web/stop', { method: 'POST' });
    expect(((await stopped.json()) as { server: { state: string } }).server.state).toBe('stopped');
    await expect(fresh(server.port)).rejects.toThrow('ECONNREFUSED');
    expect((await engine.api('/api/servers/none/start', { method: 'POST' })).status).toBe(404);
  });

  test('whose port is taken say so with 409', async () => {
    const taken = http.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    await using engine = await TestEngine.start({ servers: [version(1, { active: false, port })] });
    const problem = await problemOf(await engine.api('/api/servers/web/start', { method: 'POST' }), 409);
    expect(problem.detail).toContain(`Port ${port} on 127.0.0.1 is taken`);
    taken.close();
  });

  test('made over the API answer as soon as the call did', async () => {
    await using engine = await TestEngine.start();
    const made = await engine.api('/api/servers', { method: 'POST', json: version(7) });
    expect(made.status).toBe(201);
    const { servers } = await engine.health();
    expect(await (await fetch(`http://127.0.0.1:${servers.web?.port}/v`)).json()).toEqual([7, 7]);
    expect((await engine.api('/api/servers/web', { method: 'DELETE' })).status).toBe(204);
    await expect(fresh(servers.web?.port)).rejects.toThrow('ECONNREFUSED');
  });
});
