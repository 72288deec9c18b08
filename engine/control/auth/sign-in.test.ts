import { describe, expect, it } from 'vitest';
import { createUser } from './changes.ts';
import { password, second, useTestAccess } from './test-access.ts';

const test = useTestAccess();
const security = () => test.it.records.filter(({ kind }) => kind === 'security');

describe('the first run', () => {
  it('makes who comes first the administrator, on a loopback address', async () => {
    expect(test.it.signIn.setup).toBe('open');
    expect(test.it.signIn.setupSecret()).toBeNull();
    expect(await test.it.enter('root')).toMatchObject({ isFirst: true, user: { name: 'root', role: 'administrator' } });
    expect(test.it.signIn.setup).toBeNull();
    expect(await test.it.enter('root')).toMatchObject({ isFirst: false });
  });

  it('makes exactly one, however many come at once', async () => {
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => test.it.enter(name)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 409 });
    expect(test.it.access.users.list()).toHaveLength(1);
  });

  it.each([
    ['a b', password, 'username'],
    ['', password, 'username'],
    ['root', 'short', 'password'],
    ['root.administrator', 'ROOT.administrator', 'password'],
  ])('refuses %j with %j and leaves no user behind', async (name, given, field) => {
    await expect(test.it.enter(name, given)).rejects.toMatchObject({ status: 400, field });
    expect(test.it.signIn.setup).toBe('open');
  });

  it.each([
    { host: '0.0.0.0', publicUrl: undefined },
    { host: '192.168.1.5', publicUrl: undefined },
    { host: '127.0.0.1', publicUrl: 'https://sluice.example.com' },
  ])('asks for the secret of the terminal with %j', async (settings) => {
    test.it.settings = settings;
    expect(test.it.signIn.setup).toBe('secret');
    const setupSecret = test.it.signIn.setupSecret() as string;
    expect(Buffer.from(setupSecret, 'base64url').length).toBeGreaterThanOrEqual(16);
    const create = (secret?: string) =>
      test.it.signIn.signIn(
        { username: 'root', password, ...(secret !== undefined && { setupSecret: secret }) },
        { remote: '10.0.0.1', cookie: undefined },
      );
    await expect(create()).rejects.toMatchObject({ status: 403, field: 'setupSecret', message: /terminal shows/ });
    await expect(create(`${setupSecret}x`)).rejects.toMatchObject({ status: 403, message: /is wrong/ });
    expect(await create(setupSecret)).toMatchObject({ isFirst: true });
    expect(test.it.signIn.setupSecret()).toBeNull();
  });

  it('takes the secret for 15 minutes, and ten tries a minute', async () => {
    test.it.settings = { host: '0.0.0.0', publicUrl: undefined };
    const setupSecret = test.it.signIn.setupSecret() as string;
    const create = (secret: string) =>
      test.it.signIn.signIn(
        { username: 'root', password, setupSecret: secret },
        { remote: '10.0.0.1', cookie: undefined },
      );
    for (let i = 0; i < 10; i++) await expect(create(`guess-${i}`)).rejects.toMatchObject({ status: 403 });
    await expect(create(setupSecret)).rejects.toMatchObject({ status: 429 });
    test.it.pass(15 * 60 * second);
    await expect(create(setupSecret)).rejects.toMatchObject({ status: 403, message: /expired: ?|has expired/ });
    test.it.restart();
    expect(test.it.signIn.setupSecret()).not.toBe(setupSecret);
  });
});

describe('signing in', () => {
  it('says the same of a wrong name, a wrong password and a suspended user', async () => {
    await test.it.setUp();
    const { access } = test.it;
    await createUser(access, { name: 'anna', password, role: 'viewer' });
    await access.users.change('anna', { suspended: true });
    const message = 'The user name or the password is wrong.';
    for (const [name, given] of [
      ['nobody-here', password],
      ['root', 'wrong-password'],
      ['anna', password],
      ['', ''],
      ['root', 'x'.repeat(100_000)],
      ['root', ''],
    ] as const) {
      await expect(test.it.enter(name, given)).rejects.toMatchObject({
        status: 401,
        message,
        about: { headers: { 'WWW-Authenticate': 'Bearer realm="sluice"' } },
      });
    }
  });

  it('is refused after ten failures from one address, also with the right password', async () => {
    await test.it.setUp();
    const statuses: number[] = [];
    for (let i = 0; i < 15; i++)
      await test.it.enter(`user${i}`, 'wrong-password').catch(({ status }) => statuses.push(status));
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(5).fill(429)]);
    await expect(test.it.enter('root')).rejects.toMatchObject({
      status: 429,
      about: { headers: { 'Retry-After': '60' } },
    });
    expect((await test.it.enter('root', password, '10.0.0.2')).user.name).toBe('root');
    test.it.pass(61 * second);
    expect((await test.it.enter('root')).user.name).toBe('root');
  });

  it('is refused after ten failures at one account, from wherever', async () => {
    await test.it.setUp();
    for (let i = 0; i < 10; i++)
      await expect(test.it.enter(i % 2 ? 'ROOT' : 'root', 'wrong-password', `10.0.0.${i}`)).rejects.toMatchObject({
        status: 401,
      });
    await expect(test.it.enter('root', password, '10.0.1.1')).rejects.toMatchObject({ status: 429 });
  });

  it('lets no burst through', async () => {
    await test.it.setUp();
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => test.it.enter('root', 'wrong-password')),
    );
    const statuses = results.map((result) => (result.status === 'rejected' ? result.reason.status : 200));
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(90);
  });

  it('leaves a record of every try, with no password and on one line', async () => {
    await test.it.setUp();
    const odd = `x\n\u202e${'y'.repeat(5000)}`;
    for (let i = 0; i < 12; i++) await test.it.enter(odd, 'secret-of-mine').catch(() => {});
    const refused = security().filter(({ event }) => event === 'sign-in.refused');
    expect(refused).toHaveLength(10);
    for (const { message, remote, level } of refused) {
      expect([level, remote]).toEqual(['warning', '127.0.0.1']);
      expect(message).toMatch(/^Refused a sign-in as "x\\n\\u\{202e\}y+…"\.$/);
      expect(message.length).toBeLessThan(200);
    }
    test.it.signIn.close();
    expect(security().at(-1)?.message).toMatch(/^2 more refused from this address/);
    expect(security().filter(({ event }) => event === 'sign-in')).toEqual([
      expect.objectContaining({ user: 'root', remote: '127.0.0.1', level: 'info' }),
    ]);
    expect(JSON.stringify(test.it.records)).not.toContain('secret-of-mine');
    expect(JSON.stringify(test.it.records)).not.toContain(password);
  });

  it('is not possible with a session that somebody else made up', async () => {
    await test.it.setUp();
    const { id } = await test.it.signIn.signIn(
      { username: 'root', password },
      { remote: '127.0.0.1', cookie: `sluice-session=${'a'.repeat(43)}` },
    );
    expect(id).not.toBe('a'.repeat(43));
    expect(test.it.who('a'.repeat(43))).toBeNull();
  });
});
