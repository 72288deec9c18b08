import { describe, expect, test } from 'vitest';
import { TestEngine } from '../support/engine.ts';
import { range, sayServer, watchPing } from '../support/log-lines.ts';
import { long } from './long.ts';

/** GET /both/<n>: one line of level debug and one of level warning. */
const bothServer = {
  id: 'both',
  operations: [
    {
      id: 'both',
      method: 'GET',
      path: '/both/{n}',
      workflow: {
        actions: ['debug', 'warning'].map((level) => ({
          id: level,
          action: 'system/log',
          input: { level, label: 'said', value: { $ref: ['request', 'path', 'n'] } },
        })),
        output: { body: { n: { $ref: ['request', 'path', 'n'] } } },
      },
    },
  ],
};

describe('the level', () => {
  const byNode = (engine: TestEngine, level: string) =>
    engine.api('/api/nodes/server/both/both', { method: 'PATCH', json: { logLevel: level } });
  const bySettings = (engine: TestEngine, level: string) =>
    engine.api('/api/settings', { method: 'PUT', json: { logs: { level } } });

  test('holds for usage records and refused requests too, and refusals say why', async () => {
    await using engine = await TestEngine.start({ servers: [sayServer, { ...bothServer, logLevel: 'warning' }] });
    const [web, both] = [await engine.url(sayServer.id), await engine.url('both')];
    for (const url of [`${both}/both/1`, `${both}/nowhere`, `${web}/nowhere`]) await (await fetch(url)).arrayBuffer();
    await engine.lines('usage', /GET \/nowhere 404 [\d.]+ms .*Nothing answers at this path/, 2);
    expect(engine.log('usage')).not.toMatch(/GET \/both/);
    await bySettings(engine, 'error');
    await (await fetch(`${web}/nowhere/else`)).arrayBuffer();
    await bySettings(engine, 'info');
    await (await fetch(`${web}/nowhere/at/last`)).arrayBuffer();
    await engine.lines('usage', /nowhere\/at\/last/);
    expect(engine.log('usage')).not.toMatch(/nowhere\/else/);
  });

  test.each([
    ['logLevel of a node', byNode, 1],
    ['logs.level in the settings', bySettings, 1],
    ['logs.level in the settings, with two workers', bySettings, 2],
  ])(
    'by %s is in force when the call is answered, flip after flip, and no request is lost',
    async (_what, change, workers) => {
      await using engine = await TestEngine.start({
        servers: [bothServer, sayServer],
        env: { SLUICE_LOGS_STDOUT: 'false', SLUICE_WORKERS: String(workers) },
      });
      const base = await engine.url('both');
      const ping = watchPing(await engine.url('web'));
      let sent = 0;
      let running = true;
      const ask = async () => {
        const n = sent++;
        const answer = await fetch(`${base}/both/${n}`);
        expect(await answer.json()).toEqual({ n: String(n) });
        return n;
      };
      const lane = async () => {
        while (running) await ask();
      };
      const lanes = Promise.all([lane(), lane()]);
      const flips = long ? 100 : 30;
      const expected = new Map<number, boolean>();
      for (const flip of range(0, flips)) {
        const isDebug = flip % 2 === 0;
        expect((await change(engine, isDebug ? 'debug' : 'warning')).status).toBe(200);
        // Begun after the answer: nothing of the former level is left.
        for (let i = 0; i < 5; i++) expected.set(await ask(), isDebug);
      }
      running = false;
      await lanes;
      expect(await ping.stop()).toMatchObject({ failed: [] });
      expect((await engine.health()).replacements).toBe(0);
      expect(await engine.stop()).toBe(0);
      const said = (level: string) =>
        [...engine.log('user').matchAll(/^\S+ \S+ \[(\w+)\] +said: (\d+)$/gm)]
          .filter((match) => match[1] === level)
          .map((match) => Number(match[2]));
      expect(said('warning').sort((a, b) => a - b)).toEqual(range(0, sent));
      const debugged = new Set(said('debug'));
      expect([...expected].filter(([n, isDebug]) => debugged.has(n) !== isDebug)).toEqual([]);
    },
    120_000,
  );
});

describe('an error storm', () => {
  test('in which handlers fail too runs each handler once, and others go on', async () => {
    const fail = (id: string, message: string) => ({ id, action: 'scope/raise', input: { message } });
    const handler = {
      actions: [
        { id: 'note', action: 'system/log', input: { level: 'warning', value: 'handled' } },
        fail('again', 'also'),
      ],
      output: { status: 500, body: {} },
    };
    await using engine = await TestEngine.start({
      servers: [
        {
          id: 'storm',
          onError: handler,
          operations: [
            { id: 'bad', method: 'GET', path: '/bad', workflow: { actions: [fail('first', 'no')], output: {} } },
            {
              id: 'worse',
              method: 'GET',
              path: '/worse',
              workflow: { actions: [fail('first', 'no')], output: {} },
              onError: handler,
            },
          ],
        },
        sayServer,
      ],
      env: { SLUICE_LOGS_STDOUT: 'false', SLUICE_LOGS_FORMAT: 'json' },
    });
    const base = await engine.url('storm');
    const ping = watchPing(await engine.url('web'));
    const requests = long ? 20_000 : 2_000;
    let sent = 0;
    const lane = async () => {
      while (sent < requests) {
        const answer = await fetch(`${base}/${sent++ % 2 === 0 ? 'bad' : 'worse'}`);
        expect(answer.status).toBe(500);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        await answer.text();
      }
    };
    await Promise.all(range(0, 16).map(lane));
    const seen = await ping.stop();
    expect(seen.failed).toEqual([]);
    expect(await engine.health()).toMatchObject({ replacements: 0, quarantined: [], logs: { dropped: { error: 0 } } });
    expect(await engine.stop()).toBe(0);
    const records = (file: 'user' | 'usage') =>
      engine
        .log(file)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { event: string; kind: string; run: string; node: string; value?: unknown });
    const user = records('user');
    const runs = (event: string) => user.filter((record) => record.event === event).map(({ run }) => run);
    expect(runs('log')).toHaveLength(requests);
    expect(new Set(runs('log')).size).toBe(requests);
    const usage = records('usage').filter(({ kind, node }) => kind === 'usage' && node.startsWith('server/storm/'));
    expect(usage).toHaveLength(requests);
    expect(new Set(usage.map(({ run }) => run)).size).toBe(requests);
    const ends = user.filter(({ event, node }) => event === 'end' && node.split('/').length === 3);
    expect(ends).toHaveLength(requests);
  }, 120_000);
});
