import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NodeAnswer } from '../../engine/control/control.ts';
import { TestEngine, until } from '../support/engine.ts';

const greet = (id: string, word: string) => ({
  id,
  method: 'GET',
  path: `/${id}`,
  workflow: {
    actions: [
      {
        id: 'greet',
        action: 'string/join',
        input: { array: [word, { $ref: ['request', 'query', 'name'] }], delimiter: ' ' },
      },
      {
        id: 'say',
        action: 'system/log',
        input: { level: 'debug', label: 'Said', value: { $ref: ['variables', 'output'] } },
      },
    ],
    output: { body: { message: { $ref: ['variables', 'output'] } } },
  },
});

/** Sends requests one after the other until told to stop; gives the names it got answers for. */
function traffic(base: string) {
  const answered: string[] = [];
  let running = true;
  const done = (async () => {
    for (let i = 0; running; i++) {
      const answer = await fetch(`${base}/hi?name=n${i}.`);
      expect(await answer.json()).toEqual({ message: `Hi n${i}.` });
      answered.push(`n${i}.`);
    }
  })();
  const stop = async () => {
    running = false;
    await done;
  };
  return { answered, stop };
}

describe('switches', () => {
  test('log of an action goes on and off while requests flow, and nothing is lost or doubled', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [greet('hi', 'Hi')] }] });
    const base = await engine.url('web');
    const node = '/api/nodes/server/web/hi/greet';
    const flow = traffic(base);
    await until(
      () => flow.answered.length > 50,
      10_000,
      () => 'traffic',
    );

    const on = await engine.api(node, { method: 'PATCH', json: { log: true } });
    expect(await on.json()).toMatchObject({ log: { own: true, effective: true, from: 'server/web/hi/greet' } });
    const first = flow.answered.length;
    await until(
      () => flow.answered.length > first + 200,
      10_000,
      () => 'traffic',
    );
    const last = flow.answered.length;
    const off = await engine.api(node, { method: 'PATCH', json: { log: false } });
    expect(await off.json()).toMatchObject({ log: { own: false, effective: false, from: null } });
    const after = flow.answered.length;
    await until(
      () => flow.answered.length > after + 50,
      10_000,
      () => 'traffic',
    );
    await flow.stop();
    expect(await engine.stop()).toBe(0);

    const lines = engine
      .log('user')
      .split('\n')
      .filter((line) => line.includes('server/web/hi/greet'));
    // The request in flight at the moment of the switch may be on either side of it.
    for (const name of flow.answered.slice(first + 1, last)) {
      expect(lines.filter((line) => line.includes(`greet begin`) && line.includes(`"${name}"`))).toHaveLength(1);
      expect(lines.filter((line) => line.includes(`greet end`) && line.includes(`Hi ${name}`))).toHaveLength(1);
    }
    for (const name of flow.answered.slice(after + 1)) expect(lines.some((line) => line.includes(name))).toBe(false);
  });

  test('survive a restart, and a server covers its operations', async () => {
    const options = { servers: [{ id: 'web', operations: [greet('hi', 'Hi'), greet('ho', 'Ho')] }] };
    await using engine = await TestEngine.start(options);
    await engine.api('/api/nodes/server/web', { method: 'PATCH', json: { log: true, logLevel: 'debug' } });
    await engine.stop();
    await using again = await TestEngine.start({ data: engine.data });
    expect(await (await again.api('/api/nodes/server/web/ho')).json()).toMatchObject({
      log: { own: null, effective: true, from: 'server/web' },
      logLevel: { own: null, effective: 'debug', from: 'server/web' },
    });
    await fetch(`${await again.url('web')}/ho?name=x`);
    await again.lines('user', /server\/web\/ho begin/);
    await again.lines('user', /\[debug\] {2}Said: Ho x/);
    const audits = await again.lines('usage', /server\/web/);
    expect(audits.join('\n')).toMatch(/Set log to true, logLevel to "debug" at server\/web user=api-token/);
  });

  test('below the minimum level nothing is written, and a failed run is always written', async () => {
    const failing = {
      ...greet('bad', 'Bad'),
      workflow: { actions: [{ id: 'stop', action: 'scope/raise', input: { message: 'enough\nof this' } }] },
    };
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [greet('hi', 'Hi'), failing] }] });
    const base = await engine.url('web');
    await fetch(`${base}/hi?name=quiet`);
    const answer = await fetch(`${base}/bad`);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = await answer.json();
    expect(problem).toMatchObject({ status: 500, run: answer.headers.get('sluice-run') });
    expect(JSON.stringify(problem)).not.toMatch(/at .*\.js/);
    const [line] = await engine.lines('user', /server\/web\/bad/);
    expect(line).toMatch(/\[error\] .*server\/web\/bad end .*enough\\n ?of this/i);
    await engine.stop();
    expect(engine.log('user')).not.toContain('quiet');
    expect(engine.log('usage')).toContain('GET /hi 200');
    expect(engine.log('usage')).toMatch(/\[error\] {2}GET \/bad 500/);
  });

  test('documents changed by hand are picked up; a bad one leaves the last good version serving', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [greet('hi', 'Hi')] }] });
    const base = await engine.url('web');
    const file = join(engine.data, 'servers/web.json');
    const port = Number(new URL(base).port);
    const write = (operations: unknown[]) =>
      writeFileSync(file, JSON.stringify({ schema: 1, id: 'web', type: 'http', host: '127.0.0.1', port, operations }));
    write([greet('hi', 'Ahoy')]);
    await until(
      async () => (await (await fetch(`${base}/hi?name=x`)).text()).includes('Ahoy x'),
      10_000,
      () => 'the new version',
    );
    writeFileSync(file, '{"schema": 1, "id": "web", ');
    await engine.lines('usage', /\[error\] {2}servers\/web\.json/);
    expect(await (await fetch(`${base}/hi?name=x`)).json()).toEqual({ message: 'Ahoy x' });
    expect((await engine.health()).faults.join()).toContain('servers/web.json');
    write([greet('hi', 'Back')]);
    await until(
      async () => (await (await fetch(`${base}/hi?name=x`)).text()).includes('Back x'),
      10_000,
      () => 'the mended version',
    );
    expect((await engine.health()).faults).toEqual([]);
  });
});

/** GET /<id>?n=…&ms=…: waits for so long, and fails when told to. */
const tell = (id: string) => ({
  id,
  method: 'GET',
  path: `/${id}`,
  workflow: {
    actions: [
      {
        id: 'name',
        action: 'string/join',
        input: { array: ['n', { $ref: ['request', 'query', 'n'] }], delimiter: '' },
      },
      {
        id: 'each',
        action: 'iteration/map',
        input: {
          array: [1, 2, 3],
          foreach: {
            $do: {
              actions: [
                { id: 'step', action: 'string/join', input: { array: ['a', 'b'], delimiter: '' }, output: null },
              ],
            },
          },
          scope: 'item',
        },
        output: null,
      },
      {
        id: 'maybe',
        action: 'conditional/if',
        input: {
          conditions: [
            {
              condition: { $op: 'equal', of: [{ $ref: ['request', 'query', 'fail'] }, 'yes'] },
              value: { $do: { actions: [{ id: 'stop', action: 'scope/raise', input: { message: 'as told' } }] } },
            },
          ],
        },
        output: null,
      },
    ],
    output: { body: { said: { $ref: ['variables', 'output'] } } },
  },
});

describe('bounded switches', () => {
  const web = { servers: [{ id: 'web', operations: [tell('a'), tell('b')] }] };
  const set = async (engine: TestEngine, node: string, change: unknown) => {
    const answer = await engine.api(`/api/nodes/${node}`, { method: 'PATCH', json: change });
    expect(await answer.json()).toMatchObject({ address: node });
    expect(answer.status).toBe(200);
  };
  const state = async (engine: TestEngine, node: string) =>
    (await (await engine.api(`/api/nodes/${node}`)).json()) as NodeAnswer;
  const lines = (engine: TestEngine, part: string) =>
    engine
      .log('user')
      .split('\n')
      .filter((line) => line.includes(part));
  const stored = (engine: TestEngine) => JSON.parse(readFileSync(join(engine.data, 'switches.json'), 'utf8'));

  test('times: the first runs are written, without gaps, and then the switch is gone', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    await set(engine, 'server/web', { log: { on: true, times: 5 } });
    expect((await state(engine, 'server/web')).log).toMatchObject({ from: 'server/web', left: 5 });
    for (let i = 0; i < 9; i++) await fetch(`${base}/${i % 2 === 0 ? 'a' : 'b'}?n=${i}`);
    await engine.lines('usage', /The log switch of server\/web ended after the 5 runs/);
    await until(
      async () => (await state(engine, 'server/web')).log.own === null,
      5_000,
      () => 'the switch to be gone',
    );
    expect((await state(engine, 'server/web/a')).log).toEqual({ own: null, effective: false, from: null, left: null });
    await until(
      () => Object.keys(stored(engine)).length === 0,
      5_000,
      () => 'switches.json to be empty',
    );
    await engine.stop();
    const begins = lines(engine, ' begin ');
    expect(begins.map((line) => /"n":"(\d)"/.exec(line)?.[1])).toEqual(['0', '1', '2', '3', '4']);
    expect(lines(engine, ' end ')).toHaveLength(5);
  });

  test('set again, a switch counts from the start', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    const twice = { log: { on: true, times: 2 } };
    await set(engine, 'server/web/a', twice);
    await fetch(`${base}/a?n=1`);
    await set(engine, 'server/web/a', twice);
    for (const n of [2, 3, 4]) await fetch(`${base}/a?n=${n}`);
    await engine.lines('usage', /switch of server\/web\/a ended/);
    await set(engine, 'server/web/a', twice);
    for (const n of [5, 6, 7]) await fetch(`${base}/a?n=${n}`);
    await engine.lines('usage', /switch of server\/web\/a ended/, 2);
    await engine.stop();
    expect(lines(engine, 'web/a begin').map((line) => /"n":"(\d)"/.exec(line)?.[1])).toEqual(['1', '2', '3', '5', '6']);
  });

  test('an action counts runs, not executions', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    await set(engine, 'server/web/a/step', { log: { on: true, times: 2 } });
    for (const n of [1, 2, 3]) await fetch(`${base}/a?n=${n}`);
    await engine.lines('usage', /switch of server\/web\/a\/step ended after the 2 runs/);
    await engine.stop();
    expect(lines(engine, 'step begin')).toHaveLength(6);
    expect(lines(engine, 'step end')).toHaveLength(6);
  });

  test('until: it ends at its time, and is gone', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    const end = Date.now() + 1_500;
    await set(engine, 'server/web/a', { log: { on: true, until: new Date(end).toISOString() } });
    await fetch(`${base}/a?n=1`);
    await engine.lines('usage', /switch of server\/web\/a ended at its time/);
    expect(Date.now()).toBeGreaterThanOrEqual(end);
    await until(
      async () => (await state(engine, 'server/web/a')).log.effective === false,
      5_000,
      () => 'the switch to be off',
    );
    await fetch(`${base}/a?n=2`);
    await until(
      () => Object.keys(stored(engine)).length === 0,
      5_000,
      () => 'switches.json to be empty',
    );
    await engine.stop();
    expect(lines(engine, 'web/a begin')).toHaveLength(1);
  });

  test('sample: the trace id decides, the same for every node', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    await set(engine, 'server/web', { log: { on: true, sample: 0.25 } });
    await set(engine, 'server/web/a/name', { log: { on: true, sample: 0.25 } });
    const traces = ['00', '40', '80', 'bf', 'c0', 'ff'].map((first) => `aaaaaaaaaaaaaaaaaa${first}${'0'.repeat(12)}`);
    for (const trace of traces) {
      const headers = { traceparent: `00-${trace}-00000000000000aa-01` };
      await fetch(`${base}/a?n=${trace.slice(18, 20)}`, { headers });
    }
    await engine.stop();
    expect(lines(engine, 'web/a begin').map((line) => /"n":"(..)"/.exec(line)?.[1])).toEqual(['c0', 'ff']);
    expect(lines(engine, 'name end').map((line) => /"n(..)"/.exec(line)?.[1])).toEqual(['c0', 'ff']);
  });

  test('when: conditions of the begin and of the end, and what a failing one does', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    await set(engine, 'server/web', { log: { on: true, when: 'request.query.n = "2"' } });
    await set(engine, 'server/web/b', { log: { on: true, when: 'output.body.said = "n3"' } });
    await set(engine, 'server/web/a/step', { log: { on: true, when: 'item.index = 1 and request.header.x = "y"' } });
    await set(engine, 'server/web/a/name', { log: { on: true, when: 'request.query.n + 1 > 1' } });
    for (const path of ['a', 'b']) {
      for (const n of [1, 2, 3]) await fetch(`${base}/${path}?n=${n}`, { headers: { x: n === 3 ? 'y' : 'n' } });
    }
    await engine.lines('usage', /\[warning\].*condition of the log switch of server\/web\/a\/name failed/);
    await engine.stop();
    expect(lines(engine, 'web/a begin').map((line) => /"n":"(.)"/.exec(line)?.[1])).toEqual(['2']);
    expect(lines(engine, 'web/b begin').map((line) => /"n":"(.)"/.exec(line)?.[1])).toEqual(['2', '3']);
    expect(lines(engine, 'web/b end')).toHaveLength(2);
    expect(lines(engine, 'step begin')).toHaveLength(1);
    expect(lines(engine, 'step end')).toHaveLength(1);
    expect(lines(engine, 'name begin')).toEqual([]);
    expect(engine.log('usage').match(/condition of the log switch/g)).toHaveLength(1);
  });

  test('errorsOnly: what failed is written with its begin, and only that counts', async () => {
    await using engine = await TestEngine.start({ ...web, env: { SLUICE_LOGS_FORMAT: 'json' } });
    const base = await engine.url('web');
    await set(engine, 'server/web', { log: { on: true, errorsOnly: true, times: 2 } });
    await set(engine, 'server/web/a/maybe', { log: { on: true, errorsOnly: true } });
    for (const [n, fail] of ['no', 'yes', 'no', 'yes', 'yes'].entries()) await fetch(`${base}/a?n=${n}&fail=${fail}`);
    await engine.lines('usage', /switch of server\/web ended after the 2 runs/);
    await engine.stop();
    const records = engine
      .log('user')
      .split('\n')
      .filter((line) => line !== '')
      .map(
        (line) =>
          JSON.parse(line) as {
            event: string;
            node: string;
            time: string;
            run: string;
            input?: { query: { n: string } };
          },
      );
    const runs = records.filter(({ node }) => node === 'server/web/a');
    expect(runs.map(({ event, input }) => input?.query.n ?? event)).toEqual(['1', 'end', '3', 'end', 'end']);
    expect(records.filter(({ node }) => node === 'server/web/a/maybe').map(({ event }) => event)).toEqual([
      'begin',
      'end',
      'begin',
      'end',
      'begin',
      'end',
    ]);
    for (const { event, node, run, time } of runs) {
      if (event !== 'begin') continue;
      const inner = records.filter((record) => record.run === run && record.node !== node);
      expect(inner.every((record) => record.time >= time)).toBe(true);
    }
  });

  test('two workers together write exactly as many runs as asked for', async () => {
    await using engine = await TestEngine.start({ ...web, env: { SLUICE_WORKERS: '2' } });
    const base = await engine.url('web');
    await set(engine, 'server/web', { log: { on: true, times: 50 } });
    let sent = 0;
    const ended = () => engine.log('usage').includes('ended after the 50 runs');
    const one = async () => {
      while (!ended() && sent < 5_000)
        await (await fetch(`${base}/a?n=${sent++}`, { headers: { connection: 'close' } })).text();
    };
    await Promise.all(Array.from({ length: 8 }, one));
    await engine.lines('usage', /switch of server\/web ended after the 50 runs/);
    await engine.stop();
    const begins = lines(engine, 'web/a begin');
    expect(begins).toHaveLength(50);
    expect(lines(engine, 'web/a end')).toHaveLength(50);
  });

  test('of two workers, one that gets no requests does not keep what the other one needs', async () => {
    // One connection is one worker.
    const onOne = (base: string) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const { hostname, port } = new URL(base);
      const ask = (n: number) =>
        new Promise<void>((resolve, reject) => {
          const request = get({ agent, hostname, port, path: `/a?n=${n}` }, (answer) =>
            answer.resume().on('end', resolve),
          );
          request.on('error', reject);
        });
      return { ask, close: () => agent.destroy() };
    };
    const options = { env: { SLUICE_WORKERS: '2' } };
    await using engine = await TestEngine.start({ ...web, ...options });
    await set(engine, 'server/web', { log: { on: true, times: 40 } });
    const first = onOne(await engine.url('web'));
    for (let n = 0; n < 8; n++) await first.ask(n);
    first.close();
    await engine.stop();
    expect(lines(engine, 'web/a begin')).toHaveLength(8);

    await using again = await TestEngine.start({ data: engine.data, ...options });
    // What the workers held and had not used was given back at the stop.
    expect((await state(again, 'server/web')).log.left).toBe(32);
    const later = onOne(await again.url('web'));
    for (let n = 8; n < 5_000 && !again.log('usage').includes('after the 40 runs'); n++) await later.ask(n);
    later.close();
    await again.lines('usage', /switch of server\/web ended after the 40 runs/);
    await again.stop();
    expect(lines(again, 'web/a begin')).toHaveLength(40);
  });

  test('no run too many when workers are killed under load', async () => {
    await using engine = await TestEngine.start({ ...web, env: { SLUICE_WORKERS: '2' } });
    const base = await engine.url('web');
    await set(engine, 'server/web', { log: { on: true, times: 400 } });
    const ended = () => engine.log('usage').includes('The log switch of server/web ended');
    let sent = 0;
    const one = async () => {
      while (!ended() && sent < 20_000)
        await fetch(`${base}/a?n=${sent++}`, { headers: { connection: 'close' } }).then(
          (answer) => answer.text(),
          () => {},
        );
    };
    const load = Array.from({ length: 4 }, one);
    await engine.lines('user', /web\/a begin/, 60);
    const [first] = await engine.workerPids();
    if (first !== undefined) process.kill(first, 'SIGKILL');
    await Promise.all(load);
    await engine.stop();
    const begins = lines(engine, 'web/a begin').length;
    expect(begins).toBeLessThanOrEqual(400);
    expect(begins).toBeGreaterThan(60);
  });

  test('a stop keeps the count, in switches set while running and in documents', async () => {
    const counted = { on: true, times: 3 };
    const servers = [{ id: 'web', operations: [tell('a'), { ...tell('b'), log: counted }] }];
    await using engine = await TestEngine.start({ servers });
    const base = await engine.url('web');
    await set(engine, 'server/web/a', { log: counted });
    for (const path of ['a', 'b']) for (const n of [1, 2]) await fetch(`${base}/${path}?n=${n}`);
    await engine.stop();
    await using again = await TestEngine.start({ data: engine.data });
    for (const path of ['a', 'b']) expect((await state(again, `server/web/${path}`)).log).toMatchObject({ left: 1 });
    const later = await again.url('web');
    for (const path of ['a', 'b']) for (const n of [3, 4]) await fetch(`${later}/${path}?n=${n}`);
    await again.lines('usage', /switch of server\/web\/b ended/);
    await again.stop();
    await using third = await TestEngine.start({ data: engine.data });
    expect((await state(third, 'server/web/a')).log).toMatchObject({ own: null, effective: false });
    expect((await state(third, 'server/web/b')).log).toEqual({ own: counted, effective: false, from: null, left: 0 });
    await fetch(`${await third.url('web')}/b?n=5`);
    await third.stop();
    for (const path of ['a', 'b']) {
      const begins = lines(third, `web/${path} begin`);
      expect(begins.map((line) => /"n":"(.)"/.exec(line)?.[1])).toEqual(['1', '2', '3']);
    }
  });

  test('kill -9 of the engine: what it had counted half a second before still counts', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    await set(engine, 'server/web/a', { log: { on: true, times: 6 } });
    for (const n of [1, 2, 3]) await fetch(`${base}/a?n=${n}`);
    await engine.lines('user', /web\/a end/, 3);
    const counts = join(engine.data, '.switch-uses.json');
    await until(
      () => existsSync(counts) && /: 3$/m.test(readFileSync(counts, 'utf8')),
      5_000,
      () => 'the count on disk',
    );
    await engine.stop('SIGKILL');
    await using again = await TestEngine.start({ data: engine.data });
    expect((await state(again, 'server/web/a')).log.left).toBe(3);
    const later = await again.url('web');
    for (const n of [4, 5, 6, 7, 8]) await fetch(`${later}/a?n=${n}`);
    await again.lines('usage', /switch of server\/web\/a ended after the 6 runs/);
    await again.stop();
    expect(lines(again, 'web/a begin')).toHaveLength(6);
  });

  test('written into switches.json by hand, switches come into force; a damaged file changes nothing', async () => {
    await using engine = await TestEngine.start(web);
    const file = join(engine.data, 'switches.json');
    const own = async () => (await state(engine, 'server/web/a')).log.own;
    writeFileSync(file, JSON.stringify({ 'server/web/a': { log: { on: true, times: 2 } } }));
    const base = await engine.url('web');
    await until(
      async () => (await fetch(`${base}/a?n=1`)).ok && engine.log('usage').includes('web/a ended after the 2 runs'),
      10_000,
      () => 'its end',
    );
    // What is saved at the same moment wins; right after, a change by hand is noticed.
    await until(
      () => Object.keys(stored(engine)).length === 0,
      5_000,
      () => 'switches.json to be empty',
    );
    writeFileSync(file, JSON.stringify({ 'server/web/a': { log: { on: true, times: 2_000 } } }));
    await until(
      async () => (await own()) !== null,
      10_000,
      () => 'the switch',
    );
    writeFileSync(file, '{"server/web/a": {');
    await engine.lines('usage', /\[warning\].*switches\.json.*stay as they were/);
    expect(await own()).toEqual({ on: true, times: 2_000 });
    writeFileSync(file, '{}');
    await until(
      async () => (await own()) === null,
      10_000,
      () => 'the switch to be gone',
    );
  });

  test('kill -9 of a worker: what it held counts as used, so that no run too many is written', async () => {
    await using engine = await TestEngine.start(web);
    const base = await engine.url('web');
    await set(engine, 'server/web/a', { log: { on: true, times: 4 } });
    await fetch(`${base}/a?n=1`);
    await engine.lines('user', /web\/a begin/);
    for (const pid of await engine.workerPids()) process.kill(pid, 'SIGKILL');
    await engine.lines('usage', /switch of server\/web\/a ended before .* 4 runs .*not known/);
    await until(
      async () => (await fetch(`${base}/a?n=2`).catch(() => null))?.ok,
      5_000,
      () => 'a new worker',
    );
    await engine.stop();
    expect(lines(engine, 'web/a begin')).toHaveLength(1);
  });
});
