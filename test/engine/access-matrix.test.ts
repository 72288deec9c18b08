import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actions } from '../../actions/index.ts';
import type { MemoryControl } from '../../engine/control/api/memory-control.ts';
import type { Route } from '../../engine/control/api/route.ts';
import { allRoutes } from '../../engine/control/api/routes.ts';
import { openTestControl } from '../../engine/control/api/test-control.ts';
import { makeEntrance, type TestEntrance, testPassword } from '../../engine/control/api/test-entrance.ts';
import { serveApi } from '../../engine/control/api/test-server.ts';
import { createUser, makeToken } from '../../engine/control/auth/changes.ts';
import { type Role, rightsOf, type Scope, scopes } from '../../engine/control/auth/user.ts';

/**
 * Every route, called by everybody, in every spelling of its path. Each call carries a query parameter that no route has:
 * whoever is let in gets 400 for it and changes nothing, whoever is not gets 401 or 403.
 */
const stray = '?no-such-parameter=1';
const letIn = 400;

let control: MemoryControl;
let closeControl: () => Promise<void>;
let entrance: TestEntrance;
let api: Awaited<ReturnType<typeof serveApi>>;

interface Caller {
  headers: Record<string, string>;
  /** null for nobody. */
  rights: readonly Scope[] | null;
  /** What nobody is told: an ended token is wrong even where none is needed. */
  isWrong?: true;
}
const callers: { [who: string]: Caller } = {};

const { control: sample, close: closeSample } = await openTestControl();
const sampleEntrance = makeEntrance(sample);
const routes = allRoutes(sample, actions, {}, sampleEntrance);
await sampleEntrance.close();
await closeSample();

beforeAll(async () => {
  ({ control, close: closeControl } = await openTestControl());
  entrance = makeEntrance(control);
  api = await serveApi(control, { entrance });
  const { access, signIn } = entrance;
  await signIn.createFirst('root', testPassword);
  const enter = async (username: string) => {
    const { id, user } = await signIn.signIn(
      { username, password: testPassword },
      { remote: '::1', cookie: undefined },
    );
    return { user, headers: { cookie: `__Host-sluice=${id}` } };
  };
  const withToken = (text: string) => ({ authorization: `Bearer ${text}` });
  callers.nobody = { headers: {}, rights: null };
  callers['a made-up session'] = { headers: { cookie: `__Host-sluice=${'a'.repeat(43)}` }, rights: null };
  for (const role of ['viewer', 'editor', 'administrator'] as const satisfies Role[]) {
    await createUser(access, { name: role, password: testPassword, role });
    callers[role] = { headers: (await enter(role)).headers, rights: rightsOf[role] };
  }
  const root = await enter('root');
  for (const right of scopes) {
    const { text } = await makeToken(access, root.user, { name: right, rights: [right] });
    callers[`a token for ${right}`] = { headers: withToken(text), rights: [right] };
  }
  await createUser(access, { name: 'gone', password: testPassword, role: 'administrator' });
  const gone = await enter('gone');
  const { text } = await makeToken(access, gone.user, { name: 'all', rights: scopes });
  await access.users.change('gone', { suspended: true });
  callers['a suspended user'] = { headers: gone.headers, rights: null };
  callers['a token of a suspended user'] = { headers: withToken(text), rights: null, isWrong: true };
});
afterAll(async () => {
  await api.close();
  await entrance.close();
  await closeControl();
});

const pathOf = ({ path }: Route): string => path.replace(/[:*]\w+/g, 'x');

/** Other ways to write a path, of which some are the same to HTTP and none may lead past a check. */
const forms: { [form: string]: (path: string) => string } = {
  'a slash at the end': (path) => `${path}/`,
  'two slashes at the beginning': (path) => `/${path}`,
  'two slashes inside': (path) => path.replace(/(?<=.)\//g, '//'),
  'upper case': (path) => path.toUpperCase(),
  'an upper-case end': (path) => path.replace(/[^/]+$/, (end) => end.toUpperCase()),
  'dot segments': (path) => path.replace('/', '/./').replace(/\/([^/]+)$/, '/zz/../$1'),
  'encoded dot segments': (path) => path.replace(/\/([^/]+)$/, '/zz/%2e%2e/$1'),
  'encoded dots at the beginning': (path) => `/%2e%2e${path}`,
  'encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
  'an encoded slash at the end': (path) => `${path}%2f`,
  'a parameter of a segment': (path) => `${path};x`,
  'an encoded letter': (path) => path.replace(/[a-z](?=[^/]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  'a byte that ends texts': (path) => `${path}%00`,
};

/** What a route answers to somebody, as it is declared. */
function expected({ right }: Route, { rights, isWrong }: Caller): number {
  if (right === 'public') return letIn;
  if (right === 'session') return isWrong ? 401 : letIn;
  if (rights === null) return 401;
  return rights.includes(right) ? letIn : 403;
}

const call = (method: string, path: string, headers: Record<string, string | undefined>) =>
  api.call(method, path, { token: null, headers });

const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const);

describe('the matrix of routes, callers and paths', () => {
  test('has routes of every right', () => {
    expect(new Set(routes.map(({ right }) => right))).toEqual(new Set(['public', 'session', ...scopes]));
    expect(routes.filter(({ right }) => right === 'public').map(({ path }) => path)).toEqual(['/healthz', '/readyz']);
  });

  test.each(named)('%s is answered as it is declared', async (_, route) => {
    const got: Record<string, number> = {};
    const wanted: Record<string, number> = {};
    for (const [who, caller] of Object.entries(callers)) {
      wanted[who] = expected(route, caller);
      got[who] = (await call(route.method, pathOf(route) + stray, caller.headers)).status;
    }
    expect(got).toEqual(wanted);
  });

  test.each(named)('%s has no other spelling that says more', async (_, route) => {
    const wrong: string[] = [];
    for (const [form, write] of Object.entries(forms)) {
      const path = write(pathOf(route));
      if (path === pathOf(route)) continue;
      for (const [who, caller] of Object.entries(callers)) {
        const { status } = await call(route.method, path + stray, caller.headers);
        const isLetIn = expected(route, caller) === letIn;
        const allowed = isLetIn ? [letIn, 401, 403, 404, 405] : [401, 403, 404, 405];
        if (!allowed.includes(status)) wrong.push(`${form}: ${path} by ${who}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each(named)('%s is closed to pages of other sites, whoever is signed in', async (_, route) => {
    const administrator = callers.administrator as Caller;
    for (const foreign of [
      { host: 'evil.example' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const { status } = await call(route.method, pathOf(route) + stray, { ...administrator.headers, ...foreign });
      expect([foreign, status]).toEqual([foreign, 403]);
    }
  });

  test('changed nothing', () => {
    expect(control.records.filter(({ kind, user }) => kind === 'audit' && user !== 'root')).toEqual([]);
    expect(entrance.access.users.list().map(({ name }) => name)).toEqual([
      'root',
      'viewer',
      'editor',
      'administrator',
      'gone',
    ]);
  });
});
