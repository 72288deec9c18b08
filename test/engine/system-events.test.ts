import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';

const program = fileURLToPath(new URL('../../dist/engine/main.js', import.meta.url));
const service = { id: 'tools', operations: [] };
const json = { SLUICE_LOGS_FORMAT: 'json' };

interface Written {
  level: string;
  kind: string;
  event: string;
  message: string;
  user?: string;
  node?: string;
  prev?: string;
}
const recordsOf = (text: string): Written[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Written]));
const usageOf = (engine: TestEngine) => recordsOf(engine.log('usage'));
const auditOf = (data: string) =>
  readdirSync(join(data, 'audit'))
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => recordsOf(readFileSync(join(data, 'audit', name), 'utf8')));
const written = (engine: TestEngine, event: string, count = 1) =>
  until(
    () => {
      const found = usageOf(engine).filter((record) => record.event === event);
      return found.length >= count ? found : undefined;
    },
    20_000,
    () => `${count} records of ${event} in:\n${engine.log('usage')}`,
  );
const sluice = (...args: string[]) =>
  promisify(execFile)(process.execPath, [program, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

test('whatever happens to the system leaves its record in usage.log', { timeout: 90_000 }, async () => {
  const taken = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as net.AddressInfo;
  const data = makeDataFolder({
    servers: [
      { id: 'web', operations: [] },
      { id: 'late', port, operations: [] },
    ],
    services: [service],
  });
  try {
    await using engine = await TestEngine.start({ data, env: json });
    await written(engine, 'engine.ready');
    expect(await written(engine, 'server.started')).toEqual([
      expect.objectContaining({ level: 'info', kind: 'system', node: 'server/web' }),
    ]);
    expect(await written(engine, 'server.failed')).toEqual([
      expect.objectContaining({
        level: 'error',
        node: 'server/late',
        message: expect.stringMatching(/in use|EADDRINUSE|taken/),
      }),
    ]);

    const [pid] = await engine.workerPids();
    process.kill(pid as number, 'SIGKILL');
    expect(await written(engine, 'worker.replaced')).toEqual([
      expect.objectContaining({ level: 'error', kind: 'system', message: expect.stringContaining('SIGKILL') }),
    ]);

    await fetch(`${engine.control}/api/logs`, { headers: { authorization: 'Bearer wrong' } });
    const [refused] = await written(engine, 'sign-in.refused');
    expect(refused).toMatchObject({ kind: 'security' });

    await engine.api('/api/settings', {
      method: 'PUT',
      json: { logs: { level: 'warning', rotation: { maxFiles: '3d' } } },
    });
    // Audit and security records ignore the level, performance and the rest do not.
    await (await engine.api('/api/logs/download?file=usage&from=1h')).text();
    expect(await written(engine, 'settings.changed')).toEqual([
      expect.objectContaining({
        kind: 'audit',
        user: 'api-token',
        message: 'Changed logs.level from "info" to "warning", logs.rotation.maxFiles from "14d" to "3d"',
      }),
    ]);
    expect(await written(engine, 'logs.downloaded')).toEqual([
      expect.objectContaining({
        kind: 'audit',
        message: expect.stringMatching(/^Downloaded usage\.log as plain, from 20/),
      }),
    ]);
    await engine.api('/api/logs', { method: 'DELETE' });
    expect(await written(engine, 'logs.cleared')).toEqual([
      expect.objectContaining({ kind: 'audit', level: 'warning', user: 'api-token' }),
    ]);
    await engine.api('/api/settings', { method: 'PUT', json: { logs: { level: 'info' } } });
    await written(engine, 'settings.changed');
    expect(await engine.stop()).toBe(0);
    expect(
      usageOf(engine)
        .map(({ event }) => event)
        .slice(-2),
    ).toEqual(['engine.stopping', 'engine.stopped']);
    expect(usageOf(engine).filter(({ event }) => event === 'engine.crashed')).toEqual([]);

    // Clearing the logs and lowering their level have taken nothing out of the trail.
    expect(auditOf(data).map(({ event }) => event)).toEqual([
      'sign-in.refused',
      'settings.changed',
      'logs.downloaded',
      'logs.cleared',
      'settings.changed',
    ]);
    expect(await sluice('audit', 'verify', '--data', data)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^In order: 5 lines are in 1 file\.\nLast hash: [0-9a-f]{64}\n$/),
    });
  } finally {
    taken.close();
    rmSync(data, { recursive: true, force: true });
  }
});

test('a crash of the engine is said at the next start, and the trail goes on', { timeout: 60_000 }, async () => {
  const data = makeDataFolder({ services: [service] });
  try {
    {
      await using engine = await TestEngine.start({ data, env: json });
      await engine.api('/api/logs', { method: 'DELETE' });
      await until(
        () => auditOf(data).length === 1,
        10_000,
        () => 'the audit record',
      );
      engine.child.kill('SIGKILL');
      await engine.exit;
    }
    const [name] = readdirSync(join(data, 'audit')) as [string];
    const path = join(data, 'audit', name);
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"id":"0-9","time":"2026-`);
    {
      await using engine = await TestEngine.start({ data, env: json });
      const [crashed] = await written(engine, 'engine.crashed');
      expect(crashed).toMatchObject({ level: 'error', message: expect.stringMatching(/process \d+, since 20/) });
      expect(await written(engine, 'audit.torn')).toEqual([expect.objectContaining({ level: 'warning' })]);
      await engine.api('/api/logs', { method: 'DELETE' });
      await engine.stop();
    }
    expect(await sluice('audit', 'verify', '--data', data)).toMatchObject({ code: 0 });
    const printed = await sluice('audit', '--data', data, '--from', '1h');
    expect(recordsOf(printed.stdout).map(({ event }) => event)).toEqual(['logs.cleared', 'logs.cleared']);
    expect((await sluice('audit', '--data', data, '--to', '1h')).stdout).toBe('');

    writeFileSync(path, readFileSync(path, 'utf8').replace('api-token', 'someone'));
    expect(await sluice('audit', 'verify', '--data', data)).toEqual({
      code: 1,
      stdout: '',
      stderr: `sluice: ${name}, line 1: its hash is not that of its content. 0 lines are before it in order.\n`,
    });
    await using engine = await TestEngine.start({ data, env: json });
    expect(await written(engine, 'audit.broken')).toEqual([expect.objectContaining({ level: 'error' })]);
    expect(usageOf(engine).filter(({ event }) => event === 'engine.crashed')).toEqual([]);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test.each([
  [['audit', 'verfy'], 2, /There is no "verfy" here\. Did you mean "verify"\?/],
  [['audit', 'verify', '--from', '1h'], 2, /leave out --from and --to/],
  [['audit', '--from', 'noon'], 2, /--from must be a time as in RFC 3339/],
])('sluice %s is refused', async (args, code, message) => {
  const data = makeDataFolder();
  try {
    const answer = await sluice(...args, '--data', data);
    expect([answer.code, answer.stdout]).toEqual([code, '']);
    expect(answer.stderr).toMatch(message);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
