import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLocalAccess } from '../../engine/control/auth/local-access.ts';
import { type EngineOptions, TestEngine } from '../support/engine.ts';

// With a project of its own it makes no example, which would want a port that other tests want too.
const servers = [{ id: 'empty', operations: [] }];
const start = (options: EngineOptions = {}) => TestEngine.start({ servers, ...options });

const username = 'root';
const password = 'correct-horse-9';

const signIn = (engine: TestEngine, json: object) =>
  fetch(`${engine.control}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
const ask = (engine: TestEngine, path: string, headers: Record<string, string> = {}) =>
  fetch(engine.control + path, { headers });
const auditOf = async (engine: TestEngine) => {
  const day = new Date();
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
  return readFileSync(join(engine.data, 'audit', `audit-${date}.jsonl`), 'utf8');
};

describe('the first run', () => {
  test('on a loopback address asks for the administrator and shows no secret', async () => {
    await using engine = await start({ env: { SLUICE_API_TOKEN: '' } });
    expect(engine.stderr).toMatch(/setup +open the editor to create the administrator/);
    expect(engine.stderr).not.toMatch(/secret|token/i);
    expect((await ask(engine, '/api/servers')).status).toBe(401);
    expect(await (await ask(engine, '/api/session')).json()).toEqual({ user: null, setup: 'open' });
    const both = await Promise.all(['a', 'b'].map((name) => signIn(engine, { username: name, password })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, expect.toSatisfy((status) => status >= 400)]);
    const cookie = cookieOf(both.find(({ status }) => status === 201) as Response);
    expect((await ask(engine, '/api/servers', { cookie })).status).toBe(200);
    expect(await engine.stop()).toBe(0);

    await using again = await start({ data: engine.data, env: { SLUICE_API_TOKEN: '' } });
    expect(again.stderr).not.toMatch(/setup|secret/);
    expect((await ask(again, '/api/servers', { cookie })).status).toBe(200);
    for (const file of ['users.json', 'sessions.json'])
      expect(statSync(join(engine.data, file)).mode & 0o777).toBe(0o600);
  });

  test('on any other address takes the secret that the terminal shows', async () => {
    await using engine = await start({ env: { SLUICE_API_TOKEN: '' }, args: ['--host', '0.0.0.0'] });
    const secret = (await engine.says(/secret +(\S{22,})/))[1] as string;
    expect(await (await ask(engine, '/api/session')).json()).toEqual({ user: null, setup: 'secret' });
    for (const setupSecret of [undefined, '', 'guessed', secret.slice(1)])
      expect(
        (await signIn(engine, { username, password, ...(setupSecret !== undefined && { setupSecret }) })).status,
      ).toBe(403);
    expect((await signIn(engine, { username, password, setupSecret: secret })).status).toBe(201);
    expect((await signIn(engine, { username: 'other', password, setupSecret: secret })).status).toBe(401);
    await engine.stop();
    const audit = await auditOf(engine);
    expect(audit.match(/sign-in\.refused/g)).toHaveLength(5);
    for (const text of [secret, password, 'guessed']) expect(audit + engine.log('usage')).not.toContain(text);
  });

  test('is skipped where the environment names the administrator', async () => {
    const env = { SLUICE_API_TOKEN: '', SLUICE_ADMIN_USERNAME: username, SLUICE_ADMIN_PASSWORD: password };
    await using engine = await start({ env, args: ['--host', '0.0.0.0'] });
    expect(engine.stderr).not.toMatch(/setup|secret/);
    expect((await signIn(engine, { username, password })).status).toBe(200);
    await engine.stop();
    // They are not looked at again: the password may be another one by now.
    await using again = await start({ data: engine.data, env: { ...env, SLUICE_ADMIN_PASSWORD: 'x' } });
    expect((await signIn(again, { username, password })).status).toBe(200);
  });

  test.each([
    [{ SLUICE_ADMIN_USERNAME: username }, /SLUICE_ADMIN_PASSWORD is not set/],
    [{ SLUICE_ADMIN_PASSWORD: password }, /SLUICE_ADMIN_USERNAME is not set/],
    [{ SLUICE_ADMIN_USERNAME: username, SLUICE_ADMIN_PASSWORD: 'too-short' }, /SLUICE_ADMIN_PASSWORD .*12 to 1024/],
    [{ SLUICE_ADMIN_USERNAME: 'a b', SLUICE_ADMIN_PASSWORD: password }, /SLUICE_ADMIN_USERNAME .*found "a b"/],
  ])('does not start with %j', async (env, names) => {
    await using engine = TestEngine.spawn({ servers, env });
    expect((await engine.exit).code).toBe(1);
    expect(engine.stderr).toMatch(names);
    expect(engine.stderr.trim().split('\n')).toHaveLength(1);
    expect(engine.stderr).not.toContain('too-short');
  });

  test('is not open to anybody when the file of users is damaged', async () => {
    await using engine = await start({ files: { 'users.json': '{"schema":1,"users":[' } });
    expect(engine.stderr).toMatch(/sluice: users\.json: Line 1, column \d+/);
    expect(await (await ask(engine, '/api/session')).json()).toEqual({ user: null, setup: null });
    const answer = await signIn(engine, { username, password });
    expect([answer.status, (await answer.json()).detail]).toEqual([
      503,
      expect.stringMatching(/put it back from a backup/),
    ]);
    expect((await engine.api('/api/servers')).status).toBe(200);
    expect(readFileSync(join(engine.data, 'users.json'), 'utf8')).toBe('{"schema":1,"users":[');
  });
});

describe('what ends a right', () => {
  test('ends it at the next request, and a token outlives neither its user nor a restart without one', async () => {
    await using engine = await start();
    const cookie = cookieOf(await signIn(engine, { username, password }));
    const as = (path: string, method: string, json?: object) =>
      fetch(engine.control + path, {
        method,
        headers: { cookie, ...(json && { 'content-type': 'application/json' }) },
        ...(json && { body: JSON.stringify(json) }),
      });
    await as('/api/users', 'POST', { name: 'anna', password, role: 'editor' });
    const anna = cookieOf(await signIn(engine, { username: 'anna', password }));
    const made = await fetch(`${engine.control}/api/tokens`, {
      method: 'POST',
      headers: { cookie: anna, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'ci', rights: ['view'] }),
    });
    const { token } = await made.json();
    const asToken = { authorization: `Bearer ${token}` };
    const statuses = async () => [
      (await ask(engine, '/api/servers', { cookie: anna })).status,
      (await ask(engine, '/api/servers', asToken)).status,
    ];
    expect(await statuses()).toEqual([200, 200]);
    expect((await as('/api/users/anna', 'PATCH', { suspended: true })).status).toBe(200);
    expect(await statuses()).toEqual([401, 401]);
    expect((await as('/api/users/anna', 'PATCH', { suspended: false })).status).toBe(200);
    expect(await statuses()).toEqual([401, 200]);
    expect((await as('/api/users/anna', 'DELETE')).status).toBe(204);
    expect(await statuses()).toEqual([401, 401]);
    expect((await as('/api/session', 'DELETE')).status).toBe(204);
    expect((await ask(engine, '/api/servers', { cookie })).status).toBe(401);
    await engine.stop();
    const written = ['users.json', 'sessions.json', 'tokens.json'].map((file) =>
      readFileSync(join(engine.data, file), 'utf8'),
    );
    for (const text of [password, token, cookie.split('=')[1] as string])
      expect(written.join() + (await auditOf(engine)) + engine.log('usage')).not.toContain(text);
  });
});

describe('guessing', () => {
  test('is stopped after ten tries a minute, for known and unknown users alike', async () => {
    await using engine = await start();
    await signIn(engine, { username, password });
    const answers: Response[] = [];
    for (let i = 0; i < 40; i++)
      answers.push(await signIn(engine, { username: i % 2 ? username : `nobody-${i}`, password: `guess-number-${i}` }));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), ...Array(30).fill(429)]);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    const [known, unknown] = [await answers[1]?.text(), await answers[0]?.text()];
    expect(known).toBe(unknown);
    expect((await signIn(engine, { username, password })).status).toBe(429);
    await engine.stop();
    const audit = await auditOf(engine);
    expect(audit.match(/sign-in\.refused/g)).toHaveLength(11);
    expect(audit).toMatch(/31 more refused from this address/);
    expect(audit).not.toContain('guess-number');
  });
});

describe('whoever may read the data folder', () => {
  test('finds the engine and a token there while it runs', async () => {
    await using engine = await start({ env: { SLUICE_API_TOKEN: '' } });
    const file = join(engine.data, '.control');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const found = await readLocalAccess(engine.data);
    expect(found?.url).toBe(engine.control);
    const answer = await ask(engine, '/api/session', { authorization: `Bearer ${found?.token}` });
    expect(await answer.json()).toMatchObject({ user: { name: 'local', role: 'administrator', kind: 'token' } });
    await engine.stop();
    expect(existsSync(file)).toBe(false);
  });

  test('finds nothing when it was killed, and the token it had is worth nothing any more', async () => {
    await using engine = await start({ env: { SLUICE_API_TOKEN: '' } });
    const left = await readLocalAccess(engine.data);
    engine.child.kill('SIGKILL');
    await engine.exit;
    expect(existsSync(join(engine.data, '.control'))).toBe(true);
    expect(await readLocalAccess(engine.data)).toBeNull();
    await using again = await start({ data: engine.data, env: { SLUICE_API_TOKEN: '' } });
    expect((await ask(again, '/api/servers', { authorization: `Bearer ${left?.token}` })).status).toBe(401);
  });
});

describe('rights', () => {
  test('settings in the history are for administrators, and workflows of their own for editors', async () => {
    await using engine = await start();
    const json = { otel: { endpoint: 'https://collector.example.com/private-path' } };
    expect((await engine.api('/api/settings', { method: 'PUT', json })).status).toBe(200);
    await engine.api('/api/variables/region', { method: 'PUT', json: 'north' });
    const tokenOf = async (right: string) => {
      const made = await engine.api('/api/tokens', { method: 'POST', json: { name: right, rights: [right] } });
      return { authorization: `Bearer ${((await made.json()) as { token: string }).token}` };
    };
    const viewer = await tokenOf('view');
    const list = await (await ask(engine, '/api/history', viewer)).text();
    expect(list).toContain('"resource":"variables"');
    expect(list).not.toMatch(/private-path|"settings"/);
    const all = (await (await engine.api('/api/history?resource=settings')).json()) as {
      revisions: { revision: number }[];
    };
    const number = all.revisions[0]?.revision;
    expect((await ask(engine, `/api/history/${number}`, viewer)).status).toBe(404);
    expect((await engine.api(`/api/history/${number}`)).status).toBe(200);

    const body = JSON.stringify({ address: 'server/a/b', input: {}, workflow: { actions: [], output: 1 } });
    const simulate = async (right: string) =>
      fetch(`${engine.control}/api/simulate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await tokenOf(right)) },
        body,
      });
    const refused = await simulate('operate');
    expect([refused.status, await refused.json()]).toMatchObject([403, { field: 'workflow' }]);
    // The right to run comes with the role; a token of edit alone lacks it.
    expect((await simulate('edit')).status).toBe(403);
    expect((await engine.api('/api/simulate', { method: 'POST', json: JSON.parse(body) })).status).toBe(200);
  });
});
