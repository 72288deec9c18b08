import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';

const sleepy = (ms: number) => ({
  id: 'sleepy',
  method: 'GET',
  path: '/sleepy',
  workflow: {
    actions: [
      { id: 'first', action: 'thread/sleep', input: { duration: 5 } },
      { id: 'nap', action: 'thread/sleep', input: { duration: ms } },
    ],
    output: { body: 'slept' },
  },
});
const ping = { id: 'ping', method: 'GET', path: '/ping', workflow: { actions: [], output: { body: 'pong' } } };
const answers = (base: string) =>
  fetch(`${base}/ping`, { signal: AbortSignal.timeout(500) }).then(
    (answer) => answer.ok,
    () => false,
  );
const hasEnded = (pid: number): boolean => {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks for /healthz all the time; gives the slowest answer in milliseconds. */
function watchHealth(engine: TestEngine) {
  let slowest = 0;
  let running = true;
  const done = (async () => {
    while (running) {
      const begun = performance.now();
      const answer = await fetch(`${engine.control}/healthz`);
      expect(answer.status).toBe(200);
      slowest = Math.max(slowest, performance.now() - begun);
      await wait(20);
    }
  })();
  return async () => {
    running = false;
    await done;
    return slowest;
  };
}

describe('processes', () => {
  test('a killed worker is replaced, its port stays open, and the runs it was in are recorded with their node', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [ping, sleepy(20_000)] }] });
    const base = await engine.url('web');
    const naps = Array.from({ length: 5 }, () =>
      fetch(`${base}/sleepy`).then(
        () => 'answered',
        () => 'reset',
      ),
    );
    const pid = await until(
      async () => {
        const [worker] = (await engine.health()).workers;
        return worker?.waiting === 5 ? worker.pid : null;
      },
      10_000,
      () => 'five runs to wait',
    );
    const health = watchHealth(engine);
    process.kill(pid, 'SIGKILL');
    expect(await Promise.all(naps)).toEqual(Array(5).fill('reset'));
    await until(
      () => answers(base),
      3_000,
      () => 'the server to answer again',
    );
    await health();
    const user = await engine.lines('user', /server\/web\/sleepy end/, 5);
    expect(user).toHaveLength(5);
    for (const line of user)
      expect(line).toMatch(/interrupted.*server\/web\/sleepy\/nap|server\/web\/sleepy\/nap.*interrupted/);
    expect(new Set(user.map((line) => /run=(\S+)/.exec(line)?.[1])).size).toBe(5);
    await engine.lines('usage', /was ended by SIGKILL.* 5 runs were interrupted/);
    // Killed from outside: nobody's workflow is to blame.
    expect((await engine.health()).quarantined).toEqual([]);
  });

  test('a stopped worker is replaced and serves again within three seconds, while the control API answers', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [ping] }] });
    const base = await engine.url('web');
    const [pid] = await engine.workerPids();
    const health = watchHealth(engine);
    process.kill(pid as number, 'SIGSTOP');
    const begun = performance.now();
    await until(
      () => answers(base),
      10_000,
      () => 'the server to answer again',
    );
    const took = performance.now() - begun;
    const slowest = await health();
    expect(took).toBeGreaterThan(1000);
    await engine.lines('usage', /did not answer for 2 s/);
    console.info(`serving again after ${Math.round(took)} ms, /healthz at most ${Math.round(slowest)} ms`);
  });

  test('an endless iteration ends by its limits and holds up nobody', async () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    const nested = (depth: number): unknown =>
      depth === 0
        ? 1
        : {
            $do: {
              actions: [
                {
                  id: `map${depth}`,
                  action: 'iteration/map',
                  input: { array: numbers, scope: `s${depth}`, foreach: nested(depth - 1) },
                },
              ],
            },
          };
    const endless = {
      id: 'endless',
      method: 'GET',
      path: '/endless',
      workflow: { actions: [], output: { body: nested(4) } },
    };
    await using engine = await TestEngine.start({
      servers: [{ id: 'web', operations: [ping, endless] }],
      env: { SLUICE_LIMITS_STEPS: '300000' },
    });
    const base = await engine.url('web');
    const [pid] = await engine.workerPids();
    const answer = fetch(`${base}/endless`);
    let pongs = 0;
    const pending = answer.then(() => true);
    while (!(await Promise.race([pending, wait(5).then(() => false)]))) if (await answers(base)) pongs++;
    expect(pongs).toBeGreaterThan(3);
    expect((await answer).status).toBe(500);
    expect(await (await answer).json()).toMatchObject({ detail: expect.stringContaining('limits.steps') });
    expect(await engine.workerPids()).toEqual([pid]);
    await engine.lines('user', /server\/web\/endless end .*limits\.steps/);
  });

  test('regular expressions and expression bombs end by themselves', async () => {
    const expression = (id: string, text: string) => ({
      id,
      method: 'GET',
      path: `/${id}`,
      workflow: { actions: [], output: { body: { $jsonata: text } } },
    });
    const operations = [
      ping,
      expression('regex', `$match("${'a'.repeat(40)}!", /^(a+)+$/)`),
      expression('tail', '($f := function($n) { $f($n + 1) }; $f(0))'),
      expression('deep', '($f := function($n) { 1 + $f($n + 1) }; $f(0))'),
      expression('pad', '$pad("x", 200000000)'),
      expression('range', '$sum([1..9999999].($ * 2))'),
      expression('double', '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("xxxxxxxx", 60))'),
    ];
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations }] });
    const base = await engine.url('web');
    const [pid] = await engine.workerPids();
    for (const { id } of operations) {
      const answer = await fetch(`${base}/${id}`, { signal: AbortSignal.timeout(10_000) });
      expect([id, answer.status]).toEqual([id, id === 'ping' || id === 'regex' ? 200 : 500]);
    }
    expect(await engine.workerPids()).toEqual([pid]);
  });

  test('SIGTERM lets running requests finish and loses no record; idle connections do not hold it up', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [ping, sleepy(700)] }] });
    const base = await engine.url('web');
    await answers(base);
    const naps = Array.from({ length: 50 }, () => fetch(`${base}/sleepy`));
    await until(
      async () => (await engine.health()).workers[0]?.waiting === 50,
      10_000,
      () => 'fifty runs to wait',
    );
    const exit = engine.stop();
    for (const nap of naps) expect(await (await nap).text()).toBe('slept');
    expect(await exit).toBe(0);
    const usage = engine
      .log('usage')
      .split('\n')
      .filter((line) => line.includes('GET /sleepy 200'));
    expect(usage).toHaveLength(50);
  });

  test('workers end when the control process vanishes, and the data folder is free again', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [ping] }] });
    const [pid] = await engine.workerPids();
    engine.child.kill('SIGKILL');
    await engine.exit;
    await until(
      () => hasEnded(pid as number),
      2_000,
      () => 'the worker to end',
    );
    await using again = await TestEngine.start({ data: engine.data });
    expect(await answers(await again.url('web'))).toBe(true);
  });

  test('workers end with the control process even while a thread waits for a file', async () => {
    // What a network drive that hangs does to a read, from within: a thread that nothing wakes.
    const preload = `
      import { readFile } from 'node:fs';
      import { isMainThread } from 'node:worker_threads';
      if (process.env.SLUICE_WORKER_NAME && isMainThread) readFile('pipe', () => {});`;
    const data = makeDataFolder({ servers: [{ id: 'web', operations: [ping] }] });
    execFileSync('mkfifo', [join(data, 'pipe')]);
    await using engine = await TestEngine.start({
      data,
      env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(preload)}` },
    });
    const base = await engine.url('web');
    const [pid] = await engine.workerPids();
    expect(await answers(base)).toBe(true);
    engine.child.kill('SIGKILL');
    try {
      await until(
        () => hasEnded(pid as number),
        1_000,
        () => 'the worker to end',
      );
    } finally {
      if (!hasEnded(pid as number)) process.kill(pid as number, 'SIGKILL');
      rmSync(data, { recursive: true, force: true });
    }
    await expect(fetch(`${base}/ping`)).rejects.toThrow();
  });

  test('several workers share a port and all get every change', async () => {
    await using engine = await TestEngine.start({
      servers: [{ id: 'web', operations: [ping] }],
      env: { SLUICE_WORKERS: '2' },
    });
    const base = await engine.url('web');
    const pids = await engine.workerPids();
    expect(new Set(pids).size).toBe(2);
    await engine.api('/api/nodes/server/web/ping', { method: 'PATCH', json: { log: true } });
    await Promise.all(Array.from({ length: 200 }, () => fetch(`${base}/ping`, { headers: { connection: 'close' } })));
    const begins = await engine.lines('user', /ping begin/, 200);
    expect(begins).toHaveLength(200);
    expect(
      execFileSync('ps', ['-o', 'pid=', '--ppid', String(engine.child.pid)], { encoding: 'utf8' })
        .trim()
        .split(/\s+/)
        .map(Number),
    ).toEqual(expect.arrayContaining(pids));
  });

  test('an operation that blocks its worker three times is set aside until it changes; the others go on', async () => {
    // One step that nothing can interrupt: hundreds of expressions in its input, each of them within its limits.
    const count = { $jsonata: 'request.body.many ? $count([1..100000][$ % 3 = 0]) : 0' };
    const search = { id: 'search', action: 'variable/set', input: { value: Array(600).fill(count) } };
    const stuck = {
      id: 'stuck',
      method: 'POST',
      path: '/stuck',
      workflow: { actions: [search], output: { body: 'done' } },
    };
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [ping, stuck] }] });
    const base = await engine.url('web');
    const block = (text = '{"many":true}') =>
      fetch(`${base}/stuck`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }).catch(
        () => null,
      );
    for (let time = 1; time <= 3; time++) {
      expect(await block()).toBeNull();
      await until(
        () => answers(base),
        5_000,
        () => 'the server to answer again',
      );
    }
    const ends = await engine.lines('user', /server\/web\/stuck end .*interrupted/, 3);
    for (const line of ends) expect(line).toContain('server/web/stuck/search');
    await engine.lines('usage', /busy at server\/web\/stuck\/search/, 3);
    expect((await engine.health()).quarantined).toEqual(['server/web/stuck']);
    const refused = await until(
      async () => {
        const answer = await block('{"many":false}');
        return answer?.status === 503 ? answer : null;
      },
      5_000,
      () => 'the operation to be refused',
    );
    expect(await refused.json()).toMatchObject({ status: 503, type: 'urn:sluice:quarantined' });
    expect(await answers(base)).toBe(true);

    const port = Number(new URL(base).port);
    const mended = { ...stuck, workflow: { actions: [], output: { body: 'mended' } } };
    writeFileSync(
      join(engine.data, 'servers/web.json'),
      JSON.stringify({ id: 'web', type: 'http', host: '127.0.0.1', port, operations: [ping, mended] }),
    );
    await until(
      async () => (await block('{}'))?.status === 200,
      10_000,
      () => 'the changed operation to be tried again',
    );
    expect((await engine.health()).quarantined).toEqual([]);
  });
});
