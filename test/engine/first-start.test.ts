import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';

describe('a first start', () => {
  test('creates the example, says where it is, and the curl line works', async () => {
    await using engine = await TestEngine.start();
    const line = await engine.says(/curl '(http:\S+)'/);
    const answer = await fetch(line[1] as string);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('{"message":"Hello World"}');
    expect(answer.headers.get('sluice-run')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

    const run = answer.headers.get('sluice-run') as string;
    const [begin, end] = await engine.lines('user', new RegExp(run), 2);
    expect(begin).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[info\] {2}server\/hello\/get-hello begin \{.*"query":\{"name":"World"\}.*\} run=/,
    );
    expect(end).toMatch(
      /server\/hello\/get-hello end [\d.]+ms \{"status":200,"headers":\{\},"body":\{"message":"Hello World"\}\} run=/,
    );
    const [usage] = await engine.lines('usage', new RegExp(run));
    expect(usage).toMatch(
      /\[info\] {2}GET \/hello 200 [\d.]+ms 0B in 25B out server\/hello\/get-hello run=\S+ 127\.0\.0\.1$/,
    );
    expect(await engine.stop()).toBe(0);
  });

  test('takes the next free port when 8080 is taken', async () => {
    const taken = net.createServer();
    await new Promise<void>((resolve) => {
      taken.once('error', () => resolve());
      taken.listen(8080, '127.0.0.1', () => resolve());
    });
    try {
      await using engine = await TestEngine.start();
      const port = Number(/curl 'http:\/\/127\.0\.0\.1:(\d+)/.exec(engine.stderr)?.[1]);
      expect(port).toBeGreaterThan(8080);
    } finally {
      taken.close();
    }
  });

  test('a second engine on the same data folder is refused and says who has it', async () => {
    await using engine = await TestEngine.start();
    await using second = TestEngine.spawn({ data: engine.data });
    expect((await second.exit).code).toBe(1);
    expect(second.stderr).toContain(String(engine.child.pid));
    expect((await engine.health()).status).toBe('ok');
  });

  test.each([
    ['an unknown setting', ['--settings', 'bad.json'], /logs\.levle/],
    ['a port that is no port', ['--port', '70000'], /port/],
    ['an unknown flag', ['--dta', 'x'], /--dta/],
  ])('%s is one clear line and no stack', async (_, args, names) => {
    const data = mkdtempSync(join(tmpdir(), 'sluice-test-'));
    try {
      await promisify(execFile)('sh', ['-c', `echo '{"logs":{"levle":"info"}}' > ${data}/bad.json`]);
      await using engine = TestEngine.spawn({ data, args });
      expect((await engine.exit).code).toBeGreaterThan(0);
      expect(engine.stderr).toMatch(names);
      expect(engine.stderr).not.toMatch(/\n {4}at /);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });

  test('a data folder that is a file, or may not be written, is refused with the reason', async () => {
    for (const [place, names] of [
      ['/etc/hostname', /hostname/],
      ['/etc/hostname/below', /hostname/],
    ] as const) {
      await using engine = TestEngine.spawn({ env: { SLUICE_DATA_DIR: place }, args: [], noData: true });
      expect((await engine.exit).code).toBe(1);
      expect(engine.stderr).toMatch(names);
      expect(engine.stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  test.each([
    ['SLUICE_LOGS_REDACT_PATTERNS', '["(a+"]', /logs\.redact\.patterns/],
    ['SLUICE_OUTGOING_DENY', '["http://x"]', /outgoing\.deny/],
  ])('%s that cannot be used stops the start with one line', async (name, value, names) => {
    await using engine = TestEngine.spawn({ env: { [name]: value } });
    expect((await engine.exit).code).toBe(1);
    expect(engine.stderr).toMatch(names);
    expect(engine.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('files that may hold data are for their owner only', async () => {
    await using engine = await TestEngine.start();
    await engine.stop();
    for (const name of ['', ...readdirSync(engine.data, { recursive: true, encoding: 'utf8' })]) {
      const info = statSync(join(engine.data, name), { throwIfNoEntry: false });
      // The folder itself was the test's own to make.
      if (info && name !== '' && !name.endsWith('.lock')) expect([name, info.mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('a taken port is a state of that server, and it recovers by itself', async () => {
    const taken = net.createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as net.AddressInfo).port)),
    );
    const operations = [
      { id: 'ping', method: 'GET', path: '/ping', workflow: { actions: [], output: { body: 'pong' } } },
    ];
    await using engine = await TestEngine.start({
      servers: [
        { id: 'one', port, operations },
        { id: 'two', operations },
      ],
    });
    const { servers, status } = await engine.health();
    expect(status).toBe('degraded');
    expect(servers.one).toMatchObject({ state: 'failed', reason: expect.stringContaining(`Port ${port}`) });
    expect(await (await fetch(`${await engine.url('two')}/ping`)).text()).toBe('pong');
    await new Promise((resolve) => taken.close(resolve));
    await until(
      async () => (await engine.health()).servers.one?.state === 'listening',
      15_000,
      () => 'the freed port to be used',
    );
    expect(await (await fetch(`http://127.0.0.1:${port}/ping`)).text()).toBe('pong');
  });
});

test('clearing the logs empties them, and the audit trail says who did it', async () => {
  await using engine = await TestEngine.start();
  await fetch((await engine.says(/curl '(http:\S+)'/))[1] as string);
  await engine.lines('user', /get-hello end/);
  expect((await engine.api('/api/logs', { method: 'DELETE' })).status).toBe(204);
  expect(engine.log('user')).toBe('');
  const refused = await fetch(`${engine.control}/api/health`, { headers: { authorization: 'Bearer mistyped-4711' } });
  expect(refused.status).toBe(401);
  await engine.stop();
  const [name] = readdirSync(join(engine.data, 'audit'));
  const records = readFileSync(join(engine.data, 'audit', name as string), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records.map(({ event, kind }) => [event, kind])).toEqual([
    ['logs.cleared', 'audit'],
    [expect.stringContaining('refused'), 'security'],
  ]);
  expect(JSON.stringify(records)).not.toContain('4711');
  expect(statSync(join(engine.data, 'audit', name as string)).mode & 0o777).toBe(0o600);
});
