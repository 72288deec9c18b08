import { beforeEach, describe, expect, it } from 'vitest';
import { expectProblem, useTestApi } from './test-api.ts';
import { testPassword } from './test-entrance.ts';
import type { Answer, CallOptions } from './test-server.ts';

const test = useTestApi();

const credentials = { username: 'root', password: testPassword };
const signIn = (json: object = credentials, headers = {}) =>
  test.api.call('POST', '/api/session', { json, token: null, headers });
/** The cookie that an answer sets, as the browser sends it. */
const cookieOf = ({ headers }: Answer): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] as string;
const as = (cookie: string, method: string, path: string, { headers, ...options }: CallOptions = {}) =>
  test.api.call(method, path, { token: null, headers: { cookie, ...headers }, ...options });
const administrator = { name: 'root', role: 'administrator', rights: ['view', 'operate', 'edit', 'administer'] };

describe('the session', () => {
  it('begins with the first administrator, and is what the cookie says', async () => {
    const first = await signIn();
    expect(first.status).toBe(201);
    expect(first.json()).toEqual({ user: { ...administrator, kind: 'session' }, setup: null });
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-sluice=[\w-]{43}; Max-Age=604800; Secure; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(first.headers['cache-control']).toBe('no-store');
    const cookie = cookieOf(first);
    expect((await as(cookie, 'GET', '/api/session')).json()).toEqual(first.json());
    expect((await as(cookie, 'GET', '/api/users')).json()).toEqual([
      {
        name: 'root',
        role: 'administrator',
        suspended: false,
        created: expect.any(String),
        changed: expect.any(String),
      },
    ]);
    expect((await test.api.call('GET', '/api/session', { token: null })).json()).toEqual({ user: null, setup: null });
    const again = await signIn();
    expect([again.status, cookieOf(again) === cookie]).toEqual([200, false]);
  });

  it('ends with DELETE, on the server too', async () => {
    const cookie = cookieOf(await signIn());
    const answer = await as(cookie, 'DELETE', '/api/session');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([
      204,
      [expect.stringMatching(/^__Host-sluice=; Max-Age=0;/), expect.stringMatching(/^sluice-session=; Max-Age=0;/)],
    ]);
    expectProblem(await as(cookie, 'GET', '/api/users'), 401, /^The session has ended\. Sign in again\.$/);
    expect((await as(cookie, 'DELETE', '/api/session')).status).toBe(204);
  });

  it('has a cookie without Secure where the browser would not keep it, and with it behind TLS', async () => {
    Object.assign(test.control.settings, { host: 'sluice.internal', publicUrl: 'https://sluice.example.com' });
    const secret = test.api.entrance.signIn.setupSecret();
    expect((await test.api.call('GET', '/api/session', { token: null })).json()).toEqual({
      user: null,
      setup: 'secret',
    });
    expectProblem(await signIn(), 403, /setup secret that the terminal shows/);
    const host = `sluice.internal:${test.api.port}`;
    const plain = await signIn({ ...credentials, setupSecret: secret }, { host });
    expect(plain.status).toBe(201);
    expect(plain.headers['set-cookie']).toEqual([expect.stringMatching(/^sluice-session=[\w-]{43}; (?!.*Secure)/)]);
    expect((await as(cookieOf(plain), 'GET', '/api/users', { headers: { host } })).status).toBe(200);
    for (const headers of [{ host: 'sluice.example.com' }, { host, origin: 'https://sluice.example.com' }])
      expect(cookieOf(await signIn(credentials, headers))).toMatch(/^__Host-sluice=/);
  });

  it('is refused as a problem that names the field', async () => {
    await signIn();
    const wrong = await signIn({ username: 'root', password: 'wrong-password' });
    expectProblem(wrong, 401, /^The user name or the password is wrong\.$/);
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="sluice"');
    expect(wrong.headers['set-cookie']).toBeUndefined();
    expectProblem(await signIn({ username: 'root' }), 400, /must have the key "password"/);
    expectProblem(await signIn({ ...credentials, role: 'administrator' }), 400, /not have the key "role"/);
    expectProblem(await signIn({ username: 5, password: [] }), 400, /"username" must be a text/);
    expectProblem(await signIn([]), 400, /must be an object/);
  });

  it('cannot be used by a form of another site', async () => {
    const cookie = cookieOf(await signIn());
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      for (const [method, path] of [
        ['POST', '/api/users'],
        ['DELETE', '/api/session'],
      ] as const)
        expectProblem(
          await as(cookie, method, path, { headers: { 'content-type': type }, body: 'a=b' }),
          403,
          /must be application\/json/,
        );
    for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'same-site' }])
      expectProblem(await as(cookie, 'DELETE', '/api/session', { headers }), 403, /another site/);
    expect((await as(cookie, 'GET', '/api/users')).status).toBe(200);
  });
});

describe('users and tokens', () => {
  let root: string;
  const add = (name: string, role: string) =>
    as(root, 'POST', '/api/users', { json: { name, role, password: testPassword } });
  const enter = async (username: string) => cookieOf(await signIn({ username, password: testPassword }));
  beforeEach(async () => {
    root = cookieOf(await signIn());
  });

  it('are added, changed and deleted by administrators, each with a record', async () => {
    expect((await add('anna', 'editor')).json()).toMatchObject({ name: 'anna', role: 'editor', suspended: false });
    expectProblem(await add('Anna', 'viewer'), 409, /already/);
    expectProblem(await add('berta', 'king'), 400, /one of administrator, editor, viewer/);
    expectProblem(
      await as(root, 'POST', '/api/users', { json: { name: 'a', role: 'viewer', password: 'short' } }),
      400,
      /12 to 1024/,
    );
    const anna = await enter('anna');
    expectProblem(
      await as(anna, 'GET', '/api/users'),
      403,
      /^This needs the right "administer", which the role administrator has\. anna is editor\.$/,
    );
    const changed = await as(root, 'PATCH', '/api/users/ANNA', { json: { role: 'viewer' } });
    expect(changed.json()).toMatchObject({ name: 'anna', role: 'viewer' });
    expect((await as(anna, 'GET', '/api/tokens')).status).toBe(401);
    expectProblem(await as(root, 'PATCH', '/api/users/anna', { json: { passwordHash: 'x' } }), 400, /not have the key/);
    expectProblem(await as(root, 'PATCH', '/api/users/nobody-here', { json: {} }), 404, /no user "nobody-here"/);
    expectProblem(await as(root, 'DELETE', '/api/users/root'), 409, /last active administrator/);
    expect((await as(root, 'DELETE', '/api/users/anna')).status).toBe(204);
    expect(test.records('audit').map(({ event, user }) => [event, user])).toEqual([
      ['user.created', 'root'],
      ['user.created', 'root'],
      ['user.changed', 'root'],
      ['user.deleted', 'root'],
    ]);
    expect(test.records('security').map(({ event }) => event)).toEqual(
      expect.arrayContaining(['sign-in', 'right.refused']),
    );
  });

  it('no answer holds a hash', async () => {
    await add('anna', 'editor');
    const made = await as(root, 'POST', '/api/tokens', { json: { name: 'ci', rights: ['view'] } });
    const { token } = made.json<{ token: string }>();
    const answers = [made, await as(root, 'GET', '/api/users'), await as(root, 'GET', '/api/tokens')];
    for (const { text } of answers) expect(text).not.toMatch(/argon2|hash|epoch/i);
    expect(answers[2]?.text).not.toContain(token);
  });

  it('make tokens of the rights that their maker has', async () => {
    await add('anna', 'editor');
    const anna = await enter('anna');
    const make = (json: object) => as(anna, 'POST', '/api/tokens', { json });
    expectProblem(await make({ name: 'x', rights: ['administer'] }), 403, /cannot give the right "administer"/);
    expectProblem(await make({ name: 'x', rights: [] }), 400, /one or more of view/);
    expectProblem(await make({ name: 'x', rights: ['all'] }), 400, /one of view, operate, edit, administer/);
    expectProblem(await make({ name: ' ', rights: ['view'] }), 400, /1 to 100 characters/);
    expectProblem(await make({ name: 'x', rights: ['view'], expiresInDays: 0 }), 400, /1 to 3650/);
    expectProblem(await make({ name: 'x', rights: ['view'], owner: 'root' }), 400, /not have the key "owner"/);
    const made = await make({ name: 'ci', rights: ['operate', 'view'], expiresInDays: 30 });
    expect(made.status).toBe(201);
    const { token, id } = made.json<{ token: string; id: string }>();
    expect((await test.api.call('GET', '/api/session', { token })).json()).toEqual({
      user: { name: 'anna', role: 'editor', rights: ['view', 'operate'], kind: 'token', token: 'ci' },
      setup: null,
    });
    expectProblem(
      await test.api.call('PUT', '/api/session/password', { token, json: { current: 'x', password: 'y' } }),
      403,
      /made with a token/,
    );
    expect((await as(root, 'GET', '/api/tokens')).json()).toEqual([
      expect.objectContaining({ id, owner: 'anna', name: 'ci', rights: ['operate', 'view'] }),
    ]);
    expect((await as(anna, 'DELETE', `/api/tokens/${id}`)).status).toBe(204);
    expectProblem(await test.api.call('GET', '/api/session', { token }), 401, /token is wrong/);
    expect(test.records('audit').map(({ event, user }) => [event, user])).toEqual(
      expect.arrayContaining([
        ['token.created', 'anna'],
        ['token.deleted', 'anna'],
      ]),
    );
  });

  it('change the own password', async () => {
    const elsewhere = await enter('root');
    const change = (current: string) =>
      as(root, 'PUT', '/api/session/password', { json: { current, password: 'another-password' } });
    expectProblem(await change('wrong-password'), 403, /present password is wrong/);
    expect((await change(testPassword)).status).toBe(204);
    expect((await as(root, 'GET', '/api/users')).status).toBe(200);
    expect((await as(elsewhere, 'GET', '/api/users')).status).toBe(401);
  });
});
