import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';

const program = fileURLToPath(new URL('../../dist/engine/main.js', import.meta.url));
const value = 'Zq7 "x"/+é-of-the-suite';
const key = 'a passphrase for the suite, long enough';

/** Every way in which the value could turn up. */
const forms = (text: string): string[] => {
  const bytes = Buffer.from(text);
  const escaped = JSON.stringify(text).slice(1, -1);
  return [
    text,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    encodeURIComponent(text),
    bytes.toString('base64').slice(0, -3),
    bytes.toString('base64url').slice(0, -3),
    bytes.toString('hex'),
  ];
};

const textsBelow = (folder: string): [file: string, text: string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file, readFileSync(file, 'utf8')]);

const expectNowhere = (texts: Iterable<[where: string, text: string]>, secret = value): void => {
  for (const [where, text] of texts)
    for (const form of forms(secret)) expect(text.includes(form), `${form} in ${where}`).toBe(false);
};

/** Runs a command as a shell would. */
function sluice(args: string[], { stdin = '', env = {} }: { stdin?: string; env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: '/', env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(stdin);
  });
}

const secret = { $secret: 'token' };
const operation = (id: string, actions: object[], output: unknown = { body: 'done' }) => ({
  id,
  method: 'GET',
  path: `/${id}`,
  log: true,
  workflow: { actions, output },
});
const servers = (target: string) => [
  {
    id: 'web',
    operations: [
      operation('send', [
        {
          id: 'ask',
          action: 'http/request',
          log: true,
          input: { method: 'get', url: target, header: { 'x-plain': secret } },
        },
      ]),
      operation('say', [
        { id: 'plain', action: 'system/log', log: true, input: { label: 'Plain', value: secret } },
        {
          id: 'inside',
          action: 'system/log',
          input: {
            value: { list: [{ note: { $template: 'a {{global.prefix}} b' } }, secret], [value.slice(0, 3)]: 1 },
          },
        },
        {
          id: 'joined',
          action: 'string/join',
          log: true,
          input: { array: ['before', secret, 'after'], delimiter: '' },
        },
      ]),
      operation('odd-url', [
        { id: 'url', action: 'string/join', input: { array: ['http://127.0.0.1:1/', secret], delimiter: '' } },
        { id: 'ask', action: 'http/request', log: true, input: { method: 'get', url: secret, stopOnError: true } },
      ]),
      operation('late', [
        { id: 'keep', action: 'string/join', input: { array: ['kept ', secret], delimiter: '' } },
        {
          id: 'wait',
          action: 'http/request',
          input: { method: 'get', url: `${target}held` },
          output: ['variables', 'answer'],
        },
        { id: 'tell', action: 'system/log', input: { label: 'Late', value: { $ref: ['variables', 'output'] } } },
      ]),
      operation('fail', [
        { id: 'text', action: 'string/join', input: { array: ['It is ', secret], delimiter: '' } },
        { id: 'stop', action: 'scope/raise', input: { message: { $ref: ['variables', 'output'] } } },
      ]),
    ],
  },
];

describe('a secret', () => {
  test('is used everywhere and found nowhere but where it was sent', async () => {
    const received: IncomingHttpHeaders[] = [];
    let held: (() => void) | undefined;
    const target = createServer((request, response) => {
      if (request.url === '/held') held = () => response.end('released');
      else {
        received.push(request.headers);
        response.end('ok');
      }
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const settings = makeDataFolder({ files: { 'settings.json': '{}' } });
    try {
      const { port } = target.address() as AddressInfo;
      await using engine = await TestEngine.start({
        servers: servers(`http://127.0.0.1:${port}/`),
        args: ['--settings', join(settings, 'settings.json')],
        env: { SLUICE_SECRET_KEY: key },
      });
      const answers: [string, string][] = [];
      const call = async (path: string, init: Parameters<TestEngine['api']>[1] = {}) => {
        const answer = await engine.api(path, init);
        answers.push([`${init.method ?? 'GET'} ${path}`, await answer.text()]);
        return answer.status;
      };
      const base = await engine.url('web');
      const visit = async (path: string) => {
        const answer = await fetch(`${base}${path}`);
        answers.push([path, await answer.text()]);
        return answer.status;
      };
      // Not stored yet: the run fails and says what is missing.
      expect(await visit('/say')).toBe(500);
      await engine.lines('user', /secret-unknown/);
      expect(engine.log('user')).toContain('\\"token\\" cannot be used'.replaceAll('\\', ''));

      const ascii = 'Zq7-ascii-of-the-suite';
      expect(await call('/api/secrets/token', { method: 'PUT', json: { value: ascii } })).toBe(201);
      expect(await visit('/send')).toBe(200);
      expect(received.map((headers) => headers['x-plain'])).toEqual([ascii]);
      expect(await call('/api/secrets/token', { method: 'PUT', json: { value } })).toBe(204);
      expect(await visit('/say')).toBe(200);
      expect(await visit('/fail')).toBe(500);
      expect(await visit('/odd-url')).toBe(500);
      // A line end makes it no value of a header, which the failure is about.
      expect(await call('/api/secrets/token', { method: 'PUT', json: { value: `${value}\n` } })).toBe(204);
      expect(await visit('/send')).toBe(500);
      expect(await visit(`/nowhere?${encodeURIComponent(value)}`)).toBe(404);

      // A run that began with a value writes it after that was replaced.
      const late = visit('/late');
      const release = await until(
        () => held,
        10_000,
        () => 'the held request',
      );
      expect(await call('/api/secrets/token', { method: 'PUT', json: { value: 'another-value-of-the-suite' } })).toBe(
        204,
      );
      release();
      expect(await late).toBe(200);
      const [told] = await engine.lines('user', /Late: /);
      expect(told).toMatch(/Late: kept \[redacted:[0-9a-f]{4}\]/);

      const webhook = { id: 'ops', url: 'https://127.0.0.1:1/', events: ['run.failed'], secret };
      expect(await call('/api/settings', { method: 'PUT', json: { webhooks: [webhook] } })).toBe(200);
      expect(await call('/api/settings', { method: 'PUT', json: { logs: { format: 'json' } } })).toBe(200);
      expect(await visit('/say')).toBe(200);
      expect(await visit('/fail')).toBe(500);
      for (const id of ['say', 'fail'])
        expect(await call('/api/simulate', { method: 'POST', json: { address: `server/web/${id}`, input: {} } })).toBe(
          200,
        );
      for (const path of [
        '/api/secrets',
        '/api/secrets/token',
        '/api/project',
        '/api/settings',
        '/api/settings/keys',
        '/api/servers',
        '/api/history',
        '/api/health',
        '/api/logs/download?file=all',
      ])
        expect(await call(path), path).toBe(200);
      expect(await call('/api/secrets/token', { method: 'DELETE' })).toBe(409);
      expect(await call('/api/secrets/token', { method: 'PUT', json: { value: [value] } })).toBe(400);
      await engine.lines('usage', /settings\.changed/);
      expect(await engine.stop()).toBe(0);

      expect(engine.log('user')).toMatch(/\[redacted:[0-9a-f]{4}\]/);
      for (const each of [value, ascii, 'another-value-of-the-suite'])
        expectNowhere(
          [
            ...answers,
            ...textsBelow(engine.data),
            ...textsBelow(settings),
            ['standard output', engine.stdout],
            ['standard error', engine.stderr],
          ],
          each,
        );
      expect(JSON.parse(readFileSync(join(engine.data, 'secrets.json'), 'utf8')).secrets).toHaveProperty('token');
    } finally {
      target.close();
      rmSync(settings, { recursive: true, force: true });
    }
  });

  test('is kept whatever kills the engine while secrets are stored', async () => {
    await using engine = await TestEngine.start({ env: { SLUICE_SECRET_KEY: key } });
    const acknowledged = new Map<number, number>();
    let begun = 0;
    const flood = Array.from({ length: 50 }, async (_, i) => {
      begun++;
      const answer = await engine.api(`/api/secrets/s${i % 10}`, { method: 'PUT', json: { value: `value ${i}` } });
      if (answer.ok) acknowledged.set(i % 10, i);
      if (acknowledged.size === 5) engine.child.kill('SIGKILL');
    });
    await Promise.allSettled(flood);
    await engine.exit;
    expect(begun).toBe(50);
    await using again = await TestEngine.start({ data: engine.data, env: { SLUICE_SECRET_KEY: key } });
    const listed = (await (await again.api('/api/secrets')).json()) as { name: string; readable: boolean }[];
    expect(listed.every(({ readable }) => readable)).toBe(true);
    for (const name of acknowledged.keys()) expect(listed.map((each) => each.name)).toContain(`s${name}`);
    expect((await again.health()).problems).toEqual([]);
  });

  test('cannot be read with another key, and nothing is written over; with the right one all is as it was', async () => {
    const data = makeDataFolder({ servers: servers('http://127.0.0.1:1/') });
    try {
      const put = (engine: TestEngine) => engine.api('/api/secrets/token', { method: 'PUT', json: { value } });
      {
        await using engine = await TestEngine.start({ data, env: { SLUICE_SECRET_KEY: key } });
        expect((await put(engine)).status).toBe(201);
        expect(await engine.stop()).toBe(0);
      }
      const before = readFileSync(join(data, 'secrets.json'));
      for (const SLUICE_SECRET_KEY of ['another passphrase of the suite', '']) {
        await using engine = await TestEngine.start({ data, env: { SLUICE_SECRET_KEY } });
        const health = await engine.health();
        expect([health.status, health.problems.join()]).toEqual(['degraded', expect.stringContaining('secrets.json')]);
        expect((await put(engine)).status).toBe(409);
        expect((await engine.api('/api/secrets/token', { method: 'DELETE' })).status).toBe(409);
        expect(await (await engine.api('/api/secrets')).json()).toMatchObject([{ name: 'token', readable: false }]);
        expect((await fetch(`${await engine.url('web')}/say`)).status).toBe(500);
        await engine.lines('user', /secret "token" cannot be used/);
        expect(await engine.stop()).toBe(0);
        expect(readFileSync(join(data, 'secrets.json'))).toEqual(before);
      }
      const short = TestEngine.spawn({ data, env: { SLUICE_SECRET_KEY: 'too short' } });
      expect((await short.exit).code).toBe(1);
      expect(short.stderr.trim()).toMatch(/^sluice: SLUICE_SECRET_KEY must be [^\n]*$/);
      await using engine = await TestEngine.start({ data, env: { SLUICE_SECRET_KEY: key } });
      expect((await fetch(`${await engine.url('web')}/say`)).status).toBe(200);
      expect((await engine.health()).problems).toEqual([]);
    } finally {
      rmSync(data, { recursive: true, force: true });
      rmSync(`${data}.key`, { force: true });
    }
  });
});

describe('sluice secrets', () => {
  test('with a running engine and without one: value from standard input, never shown', async () => {
    const home = makeDataFolder({ files: { 'data/.keep': '' } });
    const data = join(home, 'data');
    try {
      const outputs: string[] = [];
      const run = async (args: string[], stdin = '') => {
        const done = await sluice(['secrets', ...args, '--data', data], { stdin });
        outputs.push(done.stdout, done.stderr);
        return done;
      };
      for (const isRunning of [false, true]) {
        const engine = isRunning ? await TestEngine.start({ data }) : null;
        try {
          expect(await run(['set', 'token'], `${value}\n`)).toMatchObject({ code: 0, stdout: '' });
          expect(await run(['set', 'short'], 'abc')).toMatchObject({
            code: 0,
            stderr: expect.stringMatching(/^Stored the secret short\.\n.*so short/),
          });
          expect((await run(['set', 'token'], '\n')).code).toBe(1);
          expect((await run(['set', 'token'], `${value}\n`)).stderr).toBe('Replaced the secret token.\n');
          expect((await run(['set', 'not a name'], value)).code).toBe(2);
          expect((await run(['list'])).stdout).toMatch(/^short +\S+\ntoken +\S+\n$/);
          const listed = JSON.parse((await run(['list', '--json'])).stdout) as object[];
          expect(listed).toMatchObject([
            { name: 'short', redacted: false },
            { name: 'token', redacted: true },
          ]);
          expect((await run(['remove', 'shrot'])).stderr).toContain('Did you mean "short"?');
          expect(await run(['remove', 'short'])).toMatchObject({ code: 0, stderr: 'Removed the secret short.\n' });
          expect((await run(['list'])).stdout).toMatch(/^token +\S+\n$/);
        } finally {
          await engine?.stop();
        }
      }
      expectNowhere([['the outputs', outputs.join('\n')], ...textsBelow(home)]);
      expect(statSync(`${data}.key`).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

describe('sluice secrets remove', () => {
  test.each([true, false])('says where the secret is still named, with a running engine: %s', async (isRunning) => {
    const data = makeDataFolder({
      servers: [{ id: 'web', operations: [operation('say', [], { body: { $secret: 'token' } })] }],
    });
    try {
      const run = (args: string[], stdin = '') => sluice(['secrets', ...args, '--data', data], { stdin });
      expect((await run(['set', 'token'], value)).code).toBe(0);
      const engine = isRunning ? await TestEngine.start({ data }) : null;
      try {
        const { code, stderr } = await run(['remove', 'token']);
        expect(code).toBe(0);
        expect(stderr).toMatch(
          /^Removed the secret token\. It is still named here, .*:\n {2}server\/web\/say \/operations\/0\/\S+\n$/,
        );
        expect((await run(['list'])).stdout).toBe('');
      } finally {
        await engine?.stop();
      }
    } finally {
      rmSync(data, { recursive: true, force: true });
      rmSync(`${data}.key`, { force: true });
    }
  });
});

describe('variables', () => {
  test('changed under load are in force in every worker when the call is answered', async () => {
    await using engine = await TestEngine.start({
      servers: [
        {
          id: 'web',
          operations: [{ ...operation('read', [], { body: { n: { $ref: ['global', 'n'] } } }), log: false }],
        },
      ],
      env: { SLUICE_WORKERS: '2' },
      files: { 'variables.json': '{"n": 0}' },
    });
    const base = await engine.url('web');
    await until(
      async () => (await engine.health()).workers.filter(({ state }) => state === 'up').length === 2,
      10_000,
      () => 'two workers',
    );
    let [least, answered, running] = [0, 0, true];
    const visitors = Array.from({ length: 8 }, async () => {
      while (running) {
        const atLeast = least;
        const { n } = (await (await fetch(`${base}/read`)).json()) as { n: number };
        expect(n).toBeGreaterThanOrEqual(atLeast);
        answered++;
      }
    });
    for (let n = 1; n <= 30; n++) {
      expect((await engine.api('/api/variables/n', { method: 'PUT', json: n })).status).toBe(200);
      least = n;
    }
    running = false;
    await Promise.all(visitors);
    expect(answered).toBeGreaterThan(30);
  });

  test('are set by command and by hand while the engine runs', async () => {
    const data = makeDataFolder({
      servers: [{ id: 'web', operations: [operation('read', [], { body: { all: { $ref: ['global'] } } })] }],
    });
    try {
      await using engine = await TestEngine.start({ data });
      const base = await engine.url('web');
      const all = async () => ((await (await fetch(`${base}/read`)).json()) as { all: unknown }).all;
      const run = (args: string[], stdin = '') => sluice(['variables', ...args, '--data', data], { stdin });
      expect(await run(['set', 'greeting', 'Hello'])).toMatchObject({
        code: 0,
        stderr: 'Stored the variable greeting.\n',
      });
      expect((await run(['set', 'limits'], '{"daily": 100}\n')).code).toBe(0);
      expect(await all()).toEqual({ greeting: 'Hello', limits: { daily: 100 } });
      expect((await run(['get', 'limits'])).stdout).toBe('{\n  "daily": 100\n}\n');
      expect((await run(['list'])).stdout).toBe('greeting "Hello"\nlimits {"daily":100}\n');
      expect((await run(['get', 'greting'])).stderr).toContain('Did you mean "greeting"?');
      const broken = await run(['set', 'limits', '{"daily": ']);
      expect(broken).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('column 11: found the end of the value; allowed is a value.'),
      });
      expect(broken.stderr).not.toMatch(/file/);
      expect((await run(['set', 'not a name', '1'])).code).toBe(2);
      expect(await run(['set', 'limits', '-5'])).toMatchObject({
        code: 0,
        stderr: 'Replaced the variable limits.\n',
      });
      expect((await run(['get', 'limits'])).stdout).toBe('-5\n');
      expect((await run(['remove', 'limits'])).stderr).toBe('Removed the variable limits.\n');
      writeFileSync(join(data, 'variables.json'), '{"greeting": "By hand"}');
      await until(
        async () => JSON.stringify(await all()) === '{"greeting":"By hand"}',
        10_000,
        () => 'the edit by hand',
      );
      expect(await engine.stop()).toBe(0);
      expect((await run(['set', 'offline', 'true'])).code).toBe(0);
      expect(JSON.parse(readFileSync(join(data, 'variables.json'), 'utf8'))).toEqual({
        greeting: 'By hand',
        offline: true,
      });
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
});

describe('settings', () => {
  test('are in force when the call is answered, without a restart', async () => {
    const env = { APP_VISIBLE: 'yes', OTHER_VISIBLE: 'also' };
    await using engine = await TestEngine.start({
      servers: [
        {
          id: 'web',
          operations: [
            operation('say', [{ id: 'debug', action: 'system/log', input: { level: 'debug', value: 'quiet words' } }], {
              body: { env: { $ref: ['env'] } },
            }),
            operation('ask', [
              {
                id: 'self',
                action: 'http/request',
                input: { url: 'http://127.0.0.1:1/', method: 'get', stopOnError: true },
              },
            ]),
          ],
        },
      ],
      env,
    });
    const base = await engine.url('web');
    const visit = async () => (await (await fetch(`${base}/say`)).json()) as unknown;
    expect(await visit()).toEqual({ env: { APP_VISIBLE: 'yes' } });
    const put = async (json: unknown) => (await engine.api('/api/settings', { method: 'PUT', json })).status;
    expect(
      await put({
        logs: { level: 'debug', redact: { names: [], patterns: ['qu..t w[a-z]+'] } },
        env: { expose: ['OTHER_*'] },
      }),
    ).toBe(200);
    expect(await visit()).toEqual({ env: { OTHER_VISIBLE: 'also' } });
    await fetch(`${base}/ask`);
    await engine.lines('user', /ask end .*\(request-failed\)/);
    expect(await put({ outgoing: { private: false } })).toBe(200);
    await fetch(`${base}/ask`);
    await engine.lines('user', /ask end .*\(request-forbidden\)/);
    expect(await put({ outgoing: { private: null } })).toBe(200);
    const [line] = await engine.lines('user', /\[debug\]/);
    expect(line).toMatch(/\[redacted:[0-9a-f]{4}\]/);
    expect(await put({ logs: { level: 'error' } })).toBe(200);
    await visit();
    expect(await put({ logs: { level: 'info', format: 'json' } })).toBe(200);
    await visit();
    await engine.lines('user', /^\{"id".*server\/web\/say/);
    expect(await engine.stop()).toBe(0);
    expect(engine.log('user').match(/\[debug\]/g)).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(engine.data, 'settings.json'), 'utf8'))).toEqual({
      logs: { level: 'info', redact: { patterns: ['qu..t w[a-z]+'] }, format: 'json' },
      env: { expose: ['OTHER_*'] },
    });
  });

  test('that name a secret which is not stored stop the start with one line', async () => {
    const data = makeDataFolder({
      // Without a project an example is made, which wants a port that other tests want too.
      servers: [{ id: 'empty', operations: [] }],
      files: {
        'settings.json': JSON.stringify({
          otel: { endpoint: 'http://127.0.0.1:1', headers: { 'x-key': { $secret: 'gone' } } },
        }),
      },
    });
    try {
      const engine = TestEngine.spawn({ data });
      expect((await engine.exit).code).toBe(1);
      expect(engine.stderr.trim()).toBe(
        'sluice: settings.json: otel.headers.x-key names the secret "gone", which is not stored. Store it with "sluice secrets set gone", or give the setting another value.',
      );
      mkdirSync(join(data, 'data'), { recursive: true });
      expect(
        (
          await sluice(['secrets', 'set', 'gone', '--data', data, '--settings', join(data, 'settings.json')], {
            stdin: 'here',
          })
        ).code,
      ).toBe(0);
      await using again = await TestEngine.start({ data });
      expect((await again.health()).status).toBe('ok');
    } finally {
      rmSync(data, { recursive: true, force: true });
      rmSync(`${data}.key`, { force: true });
    }
  });
});
