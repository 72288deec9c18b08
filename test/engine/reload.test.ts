import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';

const version = (n: number) => ({
  id: 'web',
  type: 'http',
  active: true,
  host: '127.0.0.1',
  operations: [
    {
      id: 'get',
      method: 'GET',
      path: '/v/{id}',
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
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = http.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** Clients on kept-alive connections; each answer or failure is noted. */
function clients(count: number, base: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: count });
  const answers: number[][] = [];
  const failures: string[] = [];
  let running = true;
  const ask = () =>
    new Promise<void>((resolve) => {
      http
        .get(`${base}/v/1`, { agent }, (answer) => {
          let text = '';
          answer.on('data', (chunk) => {
            text += chunk;
          });
          answer.on('end', () => {
            if (answer.statusCode === 200) answers.push(JSON.parse(text));
            else failures.push(`${answer.statusCode} ${text}`);
            resolve();
          });
        })
        .on('error', (error) => {
          failures.push(error.message);
          resolve();
        });
    });
  const done = Promise.all(
    Array.from({ length: count }, async () => {
      while (running) await ask();
    }),
  );
  const stop = async () => {
    running = false;
    await done;
    agent.destroy();
  };
  return { answers, failures, stop };
}

describe('changes while requests flow', () => {
  test('fifteen new versions: no request fails, every answer is wholly of one version, and versions only go forward', async () => {
    await using engine = await TestEngine.start({ servers: [version(0)] });
    const base = await engine.url('web');
    const port = Number(new URL(base).port);
    const load = clients(16, base);
    const file = join(engine.data, 'servers/web.json');
    for (let n = 1; n <= 15; n++) {
      writeFileSync(`${file}.new`, JSON.stringify({ ...version(n), port }));
      renameSync(`${file}.new`, file);
      await until(
        () => load.answers.at(-1)?.[0] === n,
        10_000,
        () => `version ${n}; failures: ${load.failures.slice(0, 3)}`,
      );
    }
    await load.stop();
    expect(load.failures).toEqual([]);
    for (const [one, two] of load.answers) expect(one).toBe(two);
    expect(new Set(load.answers.map(([one]) => one)).size).toBe(16);
  });

  test('a server moves to another port without refusing a request that is under way', async () => {
    await using engine = await TestEngine.start({ servers: [version(0)] });
    const base = await engine.url('web');
    const free = await freePort();
    const load = clients(4, base);
    await until(
      () => load.answers.length > 20,
      5_000,
      () => 'traffic',
    );
    writeFileSync(join(engine.data, 'servers/web.json'), JSON.stringify({ ...version(1), port: free }));
    await until(
      async () => (await fetch(`http://127.0.0.1:${free}/v/1`).catch(() => null))?.ok,
      10_000,
      () => 'the new port',
    );
    await until(
      () => load.failures.length > 0,
      10_000,
      () => 'the old port to close',
    );
    await load.stop();
    // Connections that had been closed are refused; no answer was cut off.
    for (const failure of load.failures) expect(failure).toMatch(/ECONNREFUSED|ECONNRESET|socket hang up/);
    expect(load.answers.every(([one, two]) => one === two)).toBe(true);
  });

  test('a server that is stopped and started again by its document', async () => {
    await using engine = await TestEngine.start({ servers: [{ ...version(0), port: await freePort() }] });
    const base = await engine.url('web');
    const patch = (active: boolean) => engine.api('/api/nodes/server/web', { method: 'PATCH', json: { active } });
    expect(await (await patch(false)).json()).toMatchObject({ active: false, server: { state: 'stopped' } });
    await until(
      async () => (await fetch(`${base}/v/1`).catch(() => null)) === null,
      5_000,
      () => 'the port to close',
    );
    expect(await (await patch(true)).json()).toMatchObject({ active: true });
    expect((await fetch(`${await engine.url('web')}/v/1`)).status).toBe(200);
  });

  test('a server that is added, renamed and removed by its file', async () => {
    await using engine = await TestEngine.start({ servers: [version(0)] });
    const port = await freePort();
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/v/1`).then(
        async (answer) => (await answer.json())[0],
        () => null,
      );
    const put = (id: string, n: number) =>
      writeFileSync(join(engine.data, `servers/${id}.json`), JSON.stringify({ ...version(n), id, port }));
    put('added', 1);
    await until(
      async () => (await answers()) === 1,
      10_000,
      () => 'the added server to listen',
    );
    rmSync(join(engine.data, 'servers/added.json'));
    put('renamed', 2);
    await until(
      async () => (await answers()) === 2,
      15_000,
      () => 'the renamed server to listen',
    );
    rmSync(join(engine.data, 'servers/renamed.json'));
    await until(
      async () => (await answers()) === null,
      10_000,
      () => 'the removed server to be gone',
    );
    expect((await engine.api('/readyz')).status).toBe(200);
  });

  test('a pipe in place of a document holds up nothing', async () => {
    await using engine = await TestEngine.start({ servers: [version(0)] });
    const base = await engine.url('web');
    const file = join(engine.data, 'servers/web.json');
    rmSync(file);
    execFileSync('mkfifo', [file]);
    await engine.lines('usage', /servers\/web\.json/);
    expect((await fetch(`${engine.control}/healthz`)).status).toBe(200);
    expect((await fetch(`${base}/v/1`)).status).toBe(200);
    expect(await engine.stop()).toBe(0);
  });
});
