import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';

/** An operation that performs one action on the body of its request and answers what it gives, or the code it fails with. */
const performing = (action: string, more: object = {}) => ({
  id: action.replace('/', '.'),
  method: 'POST',
  path: `/${action}`,
  workflow: {
    actions: [
      {
        id: 'perform',
        action,
        input: Object.fromEntries((inputs[action] ?? []).map((name) => [name, { $ref: ['request', 'body', name] }])),
        ...more,
      },
    ],
    output: { body: { gave: { $ref: ['variables', 'output'] } } },
  },
  onError: {
    actions: [],
    output: { status: 422, body: { code: { $ref: ['error', 'code'] }, message: { $ref: ['error', 'message'] } } },
  },
});

const inputs: { [action: string]: string[] } = {
  'server/start': ['serverReference'],
  'server/stop': ['serverReference'],
  'config/create-timer': ['timer-name', 'interval', 'flow-id', 'input', 'running'],
  'config/update-timer': ['timer-id', 'interval', 'flow-id', 'input'],
  'config/start-timer': ['timer-id'],
  'config/stop-timer': ['timer-id'],
  'config/get-timer': ['timer-id'],
  'config/delete-timer': ['timer-id'],
  'config/get-client': ['clientReference'],
  'config/get-server': ['serverReference'],
  'system/command': ['command', 'timeout', 'details'],
  'system/get-os-variable': ['name', 'default'],
  'hash-table/set-data': ['key', 'value'],
  'hash-table/get-data': ['key'],
};

const main = (...actions: string[]) => ({ id: 'main', operations: actions.map((action) => performing(action)) });

interface Answer {
  gave?: unknown;
  code?: string;
  message?: string;
}

/** Performs an action through the server `main`. */
const caller =
  (base: string) =>
  async (action: string, input: object = {}): Promise<Answer> => {
    const answer = await fetch(`${base}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return (await answer.json()) as Answer;
  };

interface AuditLine {
  event: string;
  user?: string;
  node?: string;
  message: string;
}

/** The audit records of an event, once there are so many. */
const audited = (engine: TestEngine, event: string, count = 1): Promise<AuditLine[]> => {
  const read = () => {
    const folder = join(engine.data, 'audit');
    const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
    return lines.filter((line) => line.includes(`"${event}"`)).map((line) => JSON.parse(line) as AuditLine);
  };
  return until(
    () => (read().length >= count ? read() : undefined),
    10_000,
    () => `${count} audit records ${event}`,
  );
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const idle = { method: 'GET', path: '/', workflow: { actions: [], output: { body: 'there' } } };

describe('servers', () => {
  test('are stopped and started as by a person, and the traces name the node that did it', async () => {
    await using engine = await TestEngine.start({
      servers: [main('server/start', 'server/stop'), { id: 'other', operations: [{ id: 'get', ...idle }] }],
    });
    const call = caller(await engine.url('main'));
    const other = await engine.url('other');
    const stopped = await call('server/stop', { serverReference: 'server/other' });
    expect(stopped.gave).toMatchObject({ id: 'other', state: 'stopped' });
    await expect(fetch(other)).rejects.toThrow();
    const file = () => JSON.parse(readFileSync(join(engine.data, 'servers/other.json'), 'utf8'));
    expect(file().active).toBe(false);

    const started = await call('server/start', { serverReference: 'other' });
    const { host, port } = started.gave as { host: string; port: number };
    expect(started.gave).toMatchObject({ id: 'other', state: 'listening', host: '127.0.0.1' });
    expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('there');
    expect(file().active).toBe(true);

    const by = 'server/main/server.stop/perform';
    expect(await audited(engine, 'server.stop')).toMatchObject([{ user: by, node: 'server/other' }]);
    expect(await audited(engine, 'server.start')).toMatchObject([{ user: by.replace('stop', 'start') }]);
    const history = (await (await engine.api('/api/history')).json()) as { items?: unknown };
    expect(JSON.stringify(history)).toContain(by);
  });

  test('that cannot start say why, and one that is not there is told of', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    await using engine = await TestEngine.start({
      servers: [main('server/start'), { id: 'late', port, active: false, operations: [{ id: 'get', ...idle }] }],
    });
    const call = caller(await engine.url('main'));
    const failed = await call('server/start', { serverReference: 'server/late' });
    expect(failed.code).toBe('server-failed');
    expect(failed.message).toContain(`Port ${port}`);
    expect((await call('server/start', { serverReference: 'server/none' })).code).toBe('server-unknown');
    occupant.close();
  });

  test('that stop themselves answer first', async () => {
    await using engine = await TestEngine.start({ servers: [main('server/stop', 'server/stop-all')] });
    const base = await engine.url('main');
    const answer = await caller(base)('server/stop', { serverReference: 'server/main' });
    expect(answer.gave).toMatchObject({ id: 'main', state: 'stopped' });
    await expect(fetch(base, { method: 'POST' })).rejects.toThrow();

    await engine.api('/api/servers/main/start', { method: 'POST' });
    const again = await caller(await engine.url('main'))('server/stop-all');
    expect(again.gave).toMatchObject([{ id: 'main', state: 'stopped' }]);
    expect(await engine.stop()).toBe(0);
  });

  test('are left alone by an engine that stops, and the run that asked ends', async () => {
    const slow = performing('server/start');
    slow.workflow.actions.unshift({ id: 'wait', action: 'thread/sleep', input: { duration: 400 } } as never);
    await using engine = await TestEngine.start({
      servers: [
        { id: 'main', operations: [slow] },
        { id: 'other', active: false, operations: [{ id: 'get', ...idle }] },
      ],
    });
    const answer = caller(await engine.url('main'))('server/start', { serverReference: 'server/other' });
    await until(
      async () => ((await engine.health()).workers.some(({ waiting }) => waiting > 0) ? true : undefined),
      5_000,
      () => 'the run',
    );
    const code = engine.stop();
    expect((await answer).code).toBe('engine-unavailable');
    expect(await code).toBe(0);
  });
});

describe('timers', () => {
  const tick = (more: object[] = []) => ({
    id: 'tools',
    operations: [
      { id: 'tick', log: true, workflow: { actions: more, output: { $ref: ['input'] } } },
      { id: 'tock', workflow: { actions: [] } },
    ],
  });
  const timerActions = [
    'config/create-timer',
    'config/update-timer',
    'config/start-timer',
    'config/stop-timer',
    'config/get-timer',
    'config/delete-timer',
  ];
  const start = (more: object[] = []) =>
    TestEngine.start({
      servers: [main(...timerActions)],
      services: [tick(more)],
      env: { SLUICE_WORKERS: '2', SLUICE_LOGS_FORMAT: 'json', SLUICE_LOGS_CAPTURE_ALL: 'true' },
    });
  const runsOf = async (engine: TestEngine, operation: string, count: number) =>
    (await engine.lines('usage', new RegExp(`"event":"run","node":"service/tools/${operation}"`), count)).map(
      (line) => JSON.parse(line) as { time: string; ms: number; worker: string; run: string },
    );

  test('run an operation once per interval, in one worker each time, until they are stopped', async () => {
    await using engine = await start();
    const call = caller(await engine.url('main'));
    const input = { 'timer-name': 'beat', interval: 100, 'flow-id': 'service/tools/tick', input: { n: 1 } };
    const begun = Date.now();
    expect((await call('config/create-timer', input)).gave).toBe('beat');
    const runs = await runsOf(engine, 'tick', 6);
    expect(runs.length).toBeLessThanOrEqual(Math.floor((Date.now() - begun) / 100));
    expect(new Set(runs.map(({ worker }) => worker)).size).toBe(2);
    expect(engine.log('user')).toContain('"output":{"n":1}');

    const stored = await until(
      async () => {
        const answer = await engine.api('/api/runs?service=tools&operation=tick&state=succeeded');
        const { runs: ended } = (await answer.json()) as { runs: { trigger: string }[] };
        return ended[0];
      },
      10_000,
      () => 'a captured run of the timer',
    );
    expect(stored.trigger).toBe('timer');

    expect((await call('config/stop-timer', { 'timer-id': 'beat' })).gave).toMatchObject({ running: false });
    const last = (await runsOf(engine, 'tick', 1)).length;
    await call('config/create-timer', { 'timer-name': 'other', interval: 100, 'flow-id': 'service/tools/tock' });
    await runsOf(engine, 'tock', 4);
    // One may have been under way when the timer was stopped.
    expect((await runsOf(engine, 'tick', 1)).length).toBeLessThanOrEqual(last + 1);
    expect(await engine.stop()).toBe(0);
  });

  test('leave out what comes while the last run goes on', async () => {
    await using engine = await start([{ id: 'wait', action: 'thread/sleep', input: { duration: 250 } }]);
    const call = caller(await engine.url('main'));
    await call('config/create-timer', { 'timer-name': 'slow', interval: 100, 'flow-id': 'service/tools/tick' });
    const runs = (await runsOf(engine, 'tick', 3)).map(({ time, ms }) => ({ end: Date.parse(time), ms }));
    for (const [index, { end, ms }] of runs.entries())
      expect(end - ms).toBeGreaterThanOrEqual((runs[index - 1]?.end ?? 0) - 5);
  });

  test('are made, read, changed and removed by their id, each with a trace', async () => {
    await using engine = await start();
    const call = caller(await engine.url('main'));
    const timer = { id: 't', intervalMs: 60_000, operation: 'service/tools/tick', input: null, running: false };
    const given = { 'timer-name': 't', interval: 60_000, 'flow-id': 'service/tools/tick', running: false };
    expect((await call('config/create-timer', given)).gave).toBe('t');
    expect((await call('config/get-timer', { 'timer-id': 't' })).gave).toEqual(timer);
    expect((await call('config/start-timer', { 'timer-id': 't' })).gave).toEqual({ ...timer, running: true });
    const changed = { 'timer-id': 't', interval: 30_000, input: [1], 'flow-id': 'service/tools/tock' };
    expect((await call('config/update-timer', changed)).gave).toEqual({
      id: 't',
      intervalMs: 30_000,
      operation: 'service/tools/tock',
      input: [1],
      running: true,
    });
    expect((await call('config/delete-timer', { 'timer-id': 't' })).gave).toBe(true);
    expect((await call('config/delete-timer', { 'timer-id': 't' })).gave).toBe(false);
    for (const action of ['config/get-timer', 'config/start-timer', 'config/update-timer'])
      expect((await call(action, { 'timer-id': 't' })).code).toBe('timer-unknown');
    expect(await audited(engine, 'timer.set', 3)).toHaveLength(3);
    expect(await audited(engine, 'timer.deleted')).toMatchObject([{ user: 'server/main/config.delete-timer/perform' }]);
  });

  test('that make no sense are refused', async () => {
    await using engine = await start();
    const call = caller(await engine.url('main'));
    const good = { 'timer-name': 't', interval: 60_000, 'flow-id': 'service/tools/tick' };
    for (const bad of [
      { 'flow-id': 'service/tools/none' },
      { 'flow-id': 'server/main/config.get-timer' },
      { 'timer-name': '' },
      { 'timer-name': 'x'.repeat(201) },
      { input: 'x'.repeat(70_000) },
    ])
      expect((await call('config/create-timer', { ...good, ...bad })).code, JSON.stringify(bad).slice(0, 80)).toBe(
        'timer-invalid',
      );
  });
});

describe('command lines', () => {
  const environment = { APP_STAGE: 'test', SLUICE_RESTRICTED_COMMANDS: 'true', OTHER_VARIABLE: 'hidden' };

  test('are forbidden unless the settings say otherwise, and leave no trace then', async () => {
    await using engine = await TestEngine.start({ servers: [main('system/command')] });
    const call = caller(await engine.url('main'));
    expect(await call('system/command', { command: 'echo hello' })).toMatchObject({ code: 'command-forbidden' });
    expect(await engine.stop()).toBe(0);
    const folder = join(engine.data, 'audit');
    expect(
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .join(''),
    ).not.toContain('command.run');
  });

  test('run in the folder of files with little around them, and are audited without secrets', async () => {
    await using engine = await TestEngine.start({ servers: [main('system/command')], env: environment });
    await engine.api('/api/secrets/key', { method: 'PUT', json: { value: 'hunter2-hunter2' } });
    const call = caller(await engine.url('main'));
    expect((await call('system/command', { command: 'echo "$APP_STAGE"; pwd' })).gave).toBe(
      `test\n${join(engine.data, 'files')}`,
    );
    const env = (await call('system/command', { command: 'env' })).gave as string;
    expect(env).toMatch(/^PATH=/m);
    expect(env).not.toMatch(/SLUICE|OTHER_VARIABLE/);
    expect((await call('system/command', { command: 'echo out; echo err >&2; exit 3', details: true })).gave).toEqual({
      status: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect((await call('system/command', { command: 'exit 3' })).code).toBe('command-failed');
    expect((await call('system/command', { command: 'yes' })).code).toBe('too-large');
    await call('system/command', { command: 'echo hunter2-hunter2' });
    const records = await audited(engine, 'command.run', 6);
    expect(records[0]).toMatchObject({ user: 'server/main/system.command/perform' });
    expect(records[0]?.message).toContain('pwd');
    expect(JSON.stringify(records)).not.toContain('hunter2');
  });

  test('end with everything that they started', async () => {
    const limited = { ...performing('system/command', { timeoutMs: 300 }), id: 'limited', path: '/limited' };
    await using engine = await TestEngine.start({
      servers: [{ id: 'main', operations: [performing('system/command'), limited] }],
      env: environment,
    });
    const call = caller(await engine.url('main'));
    const pidOf = (file: string) => Number(readFileSync(join(engine.data, 'files', file), 'utf8'));
    const gone = (file: string) =>
      until(
        () => !isAlive(pidOf(file)),
        5_000,
        () => `the end of process ${file}`,
      );
    const lasting = (file: string) => `sleep 1000 & echo $! > ${file}; wait`;

    expect((await call('system/command', { command: lasting('slow'), timeout: 300 })).code).toBe('timeout');
    await gone('slow');
    expect((await call('limited', { command: lasting('limited') })).code).toBe('timeout');
    await gone('limited');
    expect((await call('system/command', { command: 'sleep 1000 & echo $! > left; echo done' })).gave).toBe('done');
    await gone('left');
  });

  test.each(['worker', 'engine'])('end when the %s is killed', async (who) => {
    await using engine = await TestEngine.start({
      servers: [main('system/command')],
      env: { ...environment, SLUICE_WORKERS: '1' },
    });
    const call = caller(await engine.url('main'));
    const pids = () => readFileSync(join(engine.data, 'files/both'), 'utf8').trim().split(' ').map(Number);
    const command = 'sleep 1000 & echo $$ $! > making; mv making both; wait';
    const answer = call('system/command', { command, timeout: 60_000 }).catch(() => 'none');
    await until(
      () => existsSync(join(engine.data, 'files/both')),
      10_000,
      () => 'the command',
    );
    expect(pids().map(isAlive)).toEqual([true, true]);
    if (who === 'engine') await engine.stop('SIGKILL');
    else process.kill((await engine.workerPids())[0] as number, 'SIGKILL');
    expect(await answer).toBe('none');
    await until(
      () => !pids().some(isAlive),
      5_000,
      () => `the end of ${pids()}`,
    );
  });
});

describe('what workflows see of the engine', () => {
  test('documents, with secrets as references, and a few variables', async () => {
    const file = JSON.stringify({
      schema: 1,
      id: 'mail',
      type: 'smtp',
      settings: { password: { $secret: 'mail' } },
    });
    await using engine = await TestEngine.start({
      servers: [
        main(
          'config/get-client',
          'config/get-server',
          'config/get-apis',
          'system/get-os-variable',
          'system/product-info',
        ),
      ],
      files: { 'clients/mail.json': file },
      env: { APP_STAGE: 'test' },
    });
    await engine.api('/api/secrets/mail', { method: 'PUT', json: { value: 'hunter2-hunter2' } });
    const call = caller(await engine.url('main'));
    expect((await call('config/get-client', { clientReference: 'client/mail' })).gave).toMatchObject({
      settings: { password: { $secret: 'mail' } },
    });
    expect((await call('config/get-server', { serverReference: 'server/main' })).gave).toMatchObject({ id: 'main' });
    expect((await call('config/get-server', { serverReference: 'server/none' })).code).toBe('server-unknown');
    expect((await call('config/get-apis')).gave).toEqual([]);
    expect((await call('system/get-os-variable', { name: 'APP_STAGE' })).gave).toBe('test');
    expect((await call('system/get-os-variable', { name: 'SLUICE_API_TOKEN', default: 'none' })).gave).toBe('none');
    const { version } = await engine.health();
    expect((await call('system/product-info')).gave).toEqual({ name: 'Sluice', version });
  });

  test('what other runs left in memory, also after a deploy', async () => {
    await using engine = await TestEngine.start({ servers: [main('hash-table/set-data', 'hash-table/get-data')] });
    const call = caller(await engine.url('main'));
    await call('hash-table/set-data', { key: 'k', value: { n: 1 } });
    await engine.api('/api/services/new', { method: 'PUT', json: { schema: 1, id: 'new', operations: [] } });
    await engine.api('/api/settings', { method: 'PATCH', json: { outgoing: { private: false } } });
    expect((await call('hash-table/get-data', { key: 'k' })).gave).toEqual({ n: 1 });
  });

  test('no engine under `sluice run`', async () => {
    const operation = performing('config/get-timer', { input: { 'timer-id': 't' } });
    const data = makeDataFolder({
      services: [{ id: 'tools', operations: [{ ...operation, id: 'op', method: undefined, path: undefined }] }],
    });
    const program = fileURLToPath(new URL('../../dist/engine/main.js', import.meta.url));
    const child = spawn(process.execPath, [program, 'run', 'service/tools/op', '--data', data]);
    expect(JSON.parse(await text(child.stdout))).toMatchObject({ body: { code: 'engine-unavailable' } });
  });
});
