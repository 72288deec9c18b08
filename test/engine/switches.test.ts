import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
    expect(audits.join('\n')).toMatch(/node\.changed|log, logLevel changed/);
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
    await engine.lines('usage', /servers\/web\.json/);
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
