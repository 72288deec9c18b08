import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changeOwnPassword,
  changeUser,
  createUser,
  makeToken,
  removeToken,
  removeUser,
  visibleTokens,
} from './changes.ts';
import { hour, password, second, useTestAccess } from './test-access.ts';
import { type Role, rightsOf, type User } from './user.ts';

const test = useTestAccess('chosen-token');
const day = 24 * hour;

const addUser = (name: string, role: Role) => createUser(test.it.access, { name, password, role });
/** Signs in and gives the session's id with its user. */
const enter = async (name: string, given = password): Promise<[string, User]> => {
  const { id, user } = await test.it.enter(name, given);
  return [id, user];
};

describe('a session', () => {
  it('is kept over a restart, and only its hash is on disk', async () => {
    const id = await test.it.setUp();
    expect(test.it.who(id)).toEqual({
      name: 'root',
      role: 'administrator',
      rights: ['view', 'operate', 'edit', 'administer'],
      kind: 'session',
    });
    test.it.restart();
    expect(test.it.who(id)?.name).toBe('root');
    for (const file of ['users.json', 'sessions.json']) {
      expect(test.it.text(file)).not.toContain(id);
      expect(test.it.text(file)).not.toContain(password);
      expect(statSync(join(test.it.dir, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('ends after 12 hours without a use, and after 7 days whatever is done', async () => {
    const id = await test.it.setUp();
    test.it.pass(12 * hour);
    expect(test.it.who(id)).not.toBeNull();
    test.it.pass(12 * hour + 1);
    expect(test.it.who(id)).toBeNull();
    const [used] = await enter('root');
    for (let hours = 0; hours < 7 * 24; hours += 8) {
      expect(test.it.who(used)).not.toBeNull();
      test.it.pass(8 * hour);
    }
    test.it.pass(1);
    expect(test.it.who(used)).toBeNull();
  });

  it('has another id after every sign-in, and the one before is over', async () => {
    const id = await test.it.setUp();
    const again = await test.it.signIn.signIn(
      { username: 'root', password },
      { remote: '127.0.0.1', cookie: `__Host-sluice=${id}` },
    );
    expect(again.id).not.toBe(id);
    expect(test.it.who(id)).toBeNull();
    expect(test.it.who(again.id)?.name).toBe('root');
  });

  it.each(['', 'x', 'a'.repeat(43), '../users'])('is not known by the id %j', async (id) => {
    await test.it.setUp();
    expect(test.it.who(id)).toBeNull();
  });

  it('ends for good when its user signs out', async () => {
    const id = await test.it.setUp();
    await test.it.signIn.signOut({ remote: '127.0.0.1', cookie: `sluice-session=${id}` });
    expect(test.it.who(id)).toBeNull();
    test.it.restart();
    expect(test.it.who(id)).toBeNull();
    expect(test.it.records.at(-1)).toMatchObject({ event: 'sign-out', user: 'root' });
  });

  it('ends at once with suspension, deletion, another role or password, also for what still goes on', async () => {
    const [, root] = [await test.it.setUp(), (await enter('root'))[1]];
    const { access } = test.it;
    await addUser('anna', 'editor');
    for (const end of [
      () => changeUser(access, 'anna', { suspended: true }, root),
      () => changeUser(access, 'anna', { role: 'viewer' }, root),
      () => changeUser(access, 'anna', { password: 'another-password' }, root),
      () => removeUser(access, 'anna'),
    ]) {
      await changeUser(access, 'anna', { suspended: false, role: 'editor', password }, root);
      const [id, anna] = await enter('anna');
      expect([test.it.who(id)?.name, access.isStillAllowed(anna)]).toEqual(['anna', true]);
      await end();
      expect([test.it.who(id), access.isStillAllowed(anna)]).toEqual([null, false]);
    }
    await addUser('anna', 'editor');
    expect(access.isStillAllowed(root)).toBe(true);
  });

  it('goes on where its user changes the own password, and ends everywhere else', async () => {
    const here = await test.it.setUp();
    const [elsewhere] = await enter('root');
    const { access, signIn } = test.it;
    const root = test.it.who(here) as User;
    const change = (current: string, next: string) =>
      changeOwnPassword(access, signIn, root, { current, password: next }, '127.0.0.1');
    await expect(change('wrong-password', 'another-password')).rejects.toMatchObject({ status: 403, field: 'current' });
    await expect(change(password, 'short')).rejects.toMatchObject({ status: 400, field: 'password' });
    expect(test.it.who(elsewhere)).not.toBeNull();
    await change(password, 'another-password');
    expect([test.it.who(here)?.name, test.it.who(elsewhere)]).toEqual(['root', null]);
    await expect(enter('root')).rejects.toMatchObject({ status: 401 });
    test.it.restart();
    expect(test.it.who(here)?.name).toBe('root');
  });
});

describe('users', () => {
  it('are unique without regard to case', async () => {
    await test.it.setUp();
    await expect(addUser('ROOT', 'viewer')).rejects.toMatchObject({ status: 409, field: 'name' });
    expect((await enter('RooT'))[1].name).toBe('root');
  });

  it('always have an active administrator', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    const { access } = test.it;
    await addUser('anna', 'viewer');
    const refused = { status: 409, message: expect.stringMatching(/last active administrator/) };
    await expect(changeUser(access, 'root', { role: 'editor' }, root)).rejects.toMatchObject(refused);
    await expect(changeUser(access, 'root', { suspended: true }, root)).rejects.toMatchObject(refused);
    await expect(removeUser(access, 'root')).rejects.toMatchObject(refused);
    await changeUser(access, 'anna', { role: 'administrator' }, root);
    const both = await Promise.allSettled([removeUser(access, 'root'), removeUser(access, 'anna')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(access.users.list().map(({ name }) => name)).toEqual(['anna']);
  });

  it('that share a name with a former one have none of the sessions and tokens of that one', async () => {
    await test.it.setUp();
    const { access } = test.it;
    await addUser('anna', 'editor');
    const [id, anna] = await enter('anna');
    const { text } = await makeToken(access, anna, { name: 'ci', rights: ['view'] });
    await removeUser(access, 'anna');
    await addUser('anna', 'editor');
    expect(test.it.who(id)).toBeNull();
    expect(() => test.it.bearer(text)).toThrow(/token is wrong/);
  });
});

describe('an API token', () => {
  it('has what it was given of the rights that its owner has now', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    const { access } = test.it;
    await addUser('anna', 'editor');
    const [, anna] = await enter('anna');
    const { text } = await makeToken(access, anna, { name: 'ci', rights: ['view', 'edit', 'edit'] });
    expect(text).toMatch(/^slc_[\w-]{43}$/);
    expect(test.it.bearer(text)).toEqual({
      name: 'anna',
      role: 'editor',
      rights: ['view', 'edit'],
      kind: 'token',
      token: 'ci',
    });
    await changeUser(access, 'anna', { role: 'viewer' }, root);
    const limited = test.it.bearer(text) as User;
    expect(limited.rights).toEqual(['view']);
    await changeUser(access, 'anna', { suspended: true }, root);
    expect(() => test.it.bearer(text)).toThrow(/suspended or gone/);
    expect(access.isStillAllowed(limited)).toBe(false);
  });

  it('is stored as a hash, over a restart, with the day of its last use', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    const { text } = await makeToken(test.it.access, root, { name: 'ci', rights: ['view'] });
    test.it.restart();
    expect(test.it.bearer(text)?.name).toBe('root');
    await expect.poll(() => test.it.text('tokens.json')).toContain('"lastUsed": "2026-11-21"');
    expect(test.it.text('tokens.json')).not.toContain(text);
    expect(test.it.text('tokens.json')).not.toContain(text.slice(4));
  });

  it('expires', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    const { text } = await makeToken(test.it.access, root, { name: 'ci', rights: ['view'], expiresInDays: 2 });
    test.it.pass(2 * day - second);
    expect(test.it.bearer(text)?.name).toBe('root');
    test.it.pass(second);
    expect(() => test.it.bearer(text)).toThrow(/expired/);
  });

  it('cannot be given what its maker has not got, and cannot make others without administer', async () => {
    await test.it.setUp();
    const { access } = test.it;
    await addUser('anna', 'editor');
    const [, anna] = await enter('anna');
    await expect(makeToken(access, anna, { name: 'x', rights: ['view', 'administer'] })).rejects.toMatchObject({
      status: 403,
      field: 'rights',
    });
    const { text, token } = await makeToken(access, anna, { name: 'ci', rights: ['view', 'edit'] });
    const other = await makeToken(access, anna, { name: 'other', rights: ['view'] });
    const ci = test.it.bearer(text) as User;
    await expect(makeToken(access, ci, { name: 'x', rights: ['view'] })).rejects.toMatchObject({ status: 403 });
    await expect(removeToken(access, ci, other.token.id)).rejects.toMatchObject({ status: 403 });
    await removeToken(access, ci, token.id);
    expect(() => test.it.bearer(text)).toThrow(/token is wrong/);
    expect(access.isStillAllowed(ci)).toBe(false);
  });

  it('is seen and removed by its owner and by administrators', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    const { access } = test.it;
    await addUser('anna', 'editor');
    await addUser('berta', 'viewer');
    const [, anna] = await enter('anna');
    const [, berta] = await enter('berta');
    const { token } = await makeToken(access, anna, { name: 'ci', rights: ['edit'] });
    expect([root, anna, berta].map((by) => visibleTokens(access, by).length)).toEqual([1, 1, 0]);
    await expect(removeToken(access, berta, token.id)).rejects.toMatchObject({ status: 404 });
    await removeToken(access, root, token.id);
    expect(visibleTokens(access, anna)).toEqual([]);
  });
});

describe('the tokens of the installation', () => {
  it('are administrators, and may make tokens', async () => {
    expect(test.it.bearer('chosen-token')).toMatchObject({ name: 'api-token', rights: rightsOf.administrator });
    expect(test.it.bearer('local-token-of-this-start')).toMatchObject({ name: 'local', role: 'administrator' });
    const by = test.it.bearer('chosen-token') as User;
    const { text } = await makeToken(test.it.access, by, { name: 'ci', rights: ['view'] });
    expect(test.it.bearer(text)).toMatchObject({ name: 'api-token', rights: ['view'], token: 'ci' });
  });

  it('go on for programs whose token cannot be guessed, while somebody at their address guesses', async () => {
    for (let i = 0; i < 10; i++) expect(() => test.it.bearer(`guess-${i}`)).toThrow(/is wrong/);
    expect(() => test.it.bearer('chosen-token')).toThrow(/Too many wrong tokens/);
    expect(test.it.bearer('local-token-of-this-start')?.name).toBe('local');
    expect(test.it.bearer('chosen-token', '10.0.0.9')?.name).toBe('api-token');
  });
});

describe('before the first administrator', () => {
  it('nobody else can be added, and the refusal says what comes first', async () => {
    await expect(addUser('anna', 'viewer')).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/no administrator yet/),
    });
  });
});

describe('a damaged file', () => {
  it('of users that is a link which leads nowhere lets nobody become administrator', async () => {
    await test.it.setUp();
    rmSync(join(test.it.dir, 'users.json'));
    symlinkSync(join(test.it.dir, 'nowhere'), join(test.it.dir, 'users.json'));
    test.it.restart();
    expect(test.it.signIn.setup).toBeNull();
    await expect(test.it.enter('root')).rejects.toMatchObject({ status: 503 });
  });

  const damage = (file: string, text: string) => {
    writeFileSync(join(test.it.dir, file), text);
    test.it.restart();
  };

  it.each([
    '',
    '{',
    '[]',
    '{"schema":1}',
    '{"schema":1,"users":[{}]}',
    '{"schema":2,"users":[]}',
    '{"users":[]}',
    '{"schema":1,"users":[]}',
  ])('of users lets nobody in and nobody become administrator: %j', async (text) => {
    const id = await test.it.setUp();
    damage('users.json', text);
    expect(test.it.faults).toEqual([
      expect.objectContaining({
        file: 'users.json',
        message: expect.stringMatching(/A copy is in .*Nobody can sign in/),
      }),
    ]);
    expect(test.it.signIn.setup).toBeNull();
    expect(test.it.who(id)).toBeNull();
    await expect(test.it.enter('root')).rejects.toMatchObject({ status: 503 });
    await expect(addUser('anna', 'administrator')).rejects.toMatchObject({ status: 503 });
    expect(test.it.text('users.json')).toBe(text);
    test.it.restart();
    await expect(test.it.enter('root')).rejects.toMatchObject({ status: 503, message: /backup/ });
    expect(test.it.bearer('chosen-token')?.name).toBe('api-token');
  });

  it('of sessions makes everybody sign in again', async () => {
    const id = await test.it.setUp();
    damage('sessions.json', '{"schema":1,"sessions":[{"hash":1}]}');
    expect(test.it.faults[0]?.message).toMatch(/Item 1 of "sessions".* moved to \.set-aside.*sign in again/);
    expect(test.it.who(id)).toBeNull();
    const [again] = await enter('root');
    expect(test.it.who(again)?.name).toBe('root');
  });

  it('of tokens makes none valid', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    const { text } = await makeToken(test.it.access, root, { name: 'ci', rights: ['view'] });
    damage('tokens.json', test.it.text('tokens.json').slice(0, 40));
    expect(() => test.it.bearer(text)).toThrow(/is wrong/);
    expect(test.it.faults).toHaveLength(1);
  });
});

describe('a disk that takes nothing', () => {
  // A folder under the name of a file is refused by the system for everybody, root included.
  const block = (file: string) => mkdirSync(join(test.it.dir, file));

  it('keeps nobody from signing in and out', async () => {
    await test.it.setUp();
    rmSync(join(test.it.dir, 'sessions.json'));
    block('sessions.json');
    test.it.restart();
    const [id] = await enter('root');
    expect(test.it.who(id)?.name).toBe('root');
    await test.it.signIn.signOut({ remote: '127.0.0.1', cookie: `__Host-sluice=${id}` });
    expect(test.it.who(id)).toBeNull();
    expect(test.it.records.filter(({ event }) => event === 'sessions.unsaved')).toHaveLength(2);
  });

  it('makes no user and no token, and says so', async () => {
    const root = test.it.who(await test.it.setUp()) as User;
    rmSync(join(test.it.dir, 'users.json'));
    for (const file of ['users.json', 'tokens.json']) block(file);
    await expect(addUser('anna', 'viewer')).rejects.toMatchObject({ status: 500, message: /could not be saved/ });
    await expect(changeUser(test.it.access, 'root', { password: 'another-password' }, root)).rejects.toMatchObject({
      status: 500,
    });
    await expect(makeToken(test.it.access, root, { name: 'ci', rights: ['view'] })).rejects.toMatchObject({
      status: 500,
    });
    expect(test.it.access.users.list().map(({ name }) => name)).toEqual(['root']);
    expect(visibleTokens(test.it.access, root)).toEqual([]);
    expect((await enter('root'))[1].name).toBe('root');
  });
});
