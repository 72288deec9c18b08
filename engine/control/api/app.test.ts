import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actions } from '../../../actions/index.ts';
import type { NodeAnswer } from '../control.ts';
import { createApi } from './app.ts';
import type { MemoryControl } from './memory-control.ts';
import { checkRoutes, type Route } from './route.ts';
import { allRoutes } from './routes.ts';
import { openTestControl } from './test-control.ts';
import { testServers, testServices } from './test-project.ts';
import { serveApi, testToken } from './test-server.ts';

let control: MemoryControl;
let closeControl: () => Promise<void>;
let api: Awaited<ReturnType<typeof serveApi>>;

beforeEach(async () => {
  ({ control, close: closeControl } = await openTestControl());
  api = await serveApi(control);
});
afterEach(async () => {
  await api.close();
  await closeControl();
});

const audits = () => control.records.filter(({ kind }) => kind === 'audit');
const security = () => control.records.filter(({ kind }) => kind === 'security');

/** The whole answer to bytes that no HTTP client would send. */
const overSocket = async (request: string): Promise<string> => {
  const socket = net.connect(api.port, '127.0.0.1');
  socket.end(request);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
};

/** Every refusal is a problem that says what is wrong, and nothing of our insides. */
const expectProblem = (answer: Awaited<ReturnType<typeof api.call>>, status: number, detail: string | RegExp) => {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = answer.json<{ type: string; title: string; status: number; detail: string }>();
  expect(problem).toMatchObject({ type: 'about:blank', status, detail: expect.stringMatching(detail) });
  expect(answer.text).not.toMatch(/node_modules|\.ts:|\n {4}at /);
};

describe('health', () => {
  it('says that it lives and whether it is ready, without a token', async () => {
    expect((await api.call('GET', '/healthz', { token: null })).json()).toEqual({ status: 'ok' });
    expect((await api.call('GET', '/readyz', { token: null })).json()).toEqual({ status: 'ready' });
    control.isReady = false;
    const answer = await api.call('GET', '/readyz', { token: null });
    expectProblem(answer, 503, /still starting/);
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('does not look at credentials where none are needed', async () => {
    for (let i = 0; i < 30; i++) expect((await api.call('GET', '/healthz', { token: `wrong-${i}` })).status).toBe(200);
    expect(security()).toEqual([]);
  });
});

describe('resources', () => {
  it('gives the live documents as they are', async () => {
    expect((await api.call('GET', '/api/servers')).json()).toEqual(testServers());
    expect((await api.call('GET', '/api/services')).json()).toEqual(testServices());
    const one = await api.call('GET', '/api/servers/hello');
    expect(one.json()).toEqual(testServers()[0]);
    expect(one.headers.etag).toMatch(/^"[0-9a-f]{16}"$/);
    expect((await api.call('GET', '/api/services/tools')).json()).toEqual(testServices()[0]);
  });

  it('answers 304 to a question whose answer has not changed', async () => {
    const first = await api.call('GET', '/api/servers');
    const again = await api.call('GET', '/api/servers', { headers: { 'if-none-match': first.headers.etag as string } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('names what is not there, and what may be meant', async () => {
    expectProblem(
      await api.call('GET', '/api/servers/helo'),
      404,
      /^There is no server "helo"\. Did you mean "hello"\?$/,
    );
    expectProblem(await api.call('GET', '/api/services/__proto__'), 404, /^There is no service "__proto__"\.$/);
    expectProblem(await api.call('GET', '/api/servers/%zz'), 400, /not readable/);
  });
});

describe('nodes', () => {
  it('gives switches with own, effective and where from', async () => {
    const answer = (await api.call('GET', '/api/nodes/server/orders/list-orders')).json<NodeAnswer>();
    expect(answer).toMatchObject({
      address: 'server/orders/list-orders',
      kind: 'operation',
      active: true,
      log: { own: null, effective: true, from: 'server/orders' },
      capture: { own: null, effective: false, from: null },
      logLevel: { own: null, effective: 'info', from: null },
    });
    expect((await api.call('GET', '/api/nodes/server%2Fhello%2Fget-hello%2Fgreet')).json()).toMatchObject({
      kind: 'action',
      title: 'Greet',
    });
  });

  it('lists every resource and operation, or one node with all below it', async () => {
    const addresses = async (query: string) =>
      (await api.call('GET', `/api/nodes${query}`)).json<NodeAnswer[]>().map(({ address }) => address);
    expect(await addresses('')).toEqual([
      'server/hello',
      'server/hello/get-hello',
      'server/orders',
      'server/orders/list-orders',
      'server/orders/post-order',
      'server/orders/delete-order',
      'server/warehouse',
      'server/warehouse/stock',
      'service/tools',
      'service/tools/echo',
      'service/tools/shout',
    ]);
    expect(await addresses('?node=server/orders/post-order')).toEqual(
      ['', '/total', '/credit', '/refuse', '/reserve', '/each-line', '/label', '/announce', '/tell'].map(
        (below) => `server/orders/post-order${below}`,
      ),
    );
    expect(await addresses('?node=server/hello/get-hello/greet')).toEqual(['server/hello/get-hello/greet']);
    expect(await addresses('?node=service/tools')).toHaveLength(4);
    expectProblem(await api.call('GET', '/api/nodes?node=server/hell'), 404, /Did you mean "server\/hello"/);
  });

  it('changes switches at once and audits it', async () => {
    const answer = await api.call('PATCH', '/api/nodes/server/hello', { json: { log: true, logLevel: 'debug' } });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      log: { own: true, effective: true, from: 'server/hello' },
      logLevel: { own: 'debug', effective: 'debug' },
    });
    expect(audits()).toEqual([
      expect.objectContaining({ event: 'node.changed', node: 'server/hello', user: 'api-token' }),
    ]);
    const back = await api.call('PATCH', '/api/nodes/server/hello', { json: { log: null } });
    expect(back.json()).toMatchObject({ log: { own: null, effective: false, from: null } });
  });

  it('takes bounded switches', async () => {
    const bounded = { on: true, until: '2999-11-21T12:00:00Z', times: 100, sample: 0.01, errorsOnly: true };
    const answer = await api.call('PATCH', '/api/nodes/server/hello/get-hello', { json: { capture: bounded } });
    expect(answer.json()).toMatchObject({
      capture: { own: bounded, effective: bounded, from: 'server/hello/get-hello' },
    });
  });

  it('switches all actions of an operation', async () => {
    await api.call('PATCH', '/api/nodes/server/orders/post-order', { json: { logActions: true } });
    const nodes = (await api.call('GET', '/api/nodes?node=server/orders/post-order')).json<NodeAnswer[]>();
    expect(nodes.filter(({ kind, log }) => kind === 'action' && log.own === true)).toHaveLength(8);
    expectProblem(
      await api.call('PATCH', '/api/nodes/server/orders', { json: { logActions: true } }),
      422,
      /^logActions applies to operations/,
    );
  });

  it.each([
    [{ lgo: true }, '/lgo', /^The body has no key "lgo"\. Did you mean "log"\?$/],
    [{ role: 'admin' }, '/role', /^The body has no key "role"\. Allowed are log, capture/],
    [{ log: 'yes' }, '/log', /^"log" must be true, false or an object .*found "yes"/],
    [{ log: { until: '2999-01-01T00:00:00Z' } }, '/log', /^"log" must have the key "on"/],
    [{ log: { on: true, until: 'soon' } }, '/log/until', /^"until" must be a time as in RFC 3339/],
    [{ capture: { on: true, sample: 7 } }, '/capture/sample', /^"sample" must be a share from 0 to 1, found 7/],
    [{ capture: { on: true, times: -1 } }, '/capture/times', /^"times" must be a whole number/],
    [{ logLevel: 'loud' }, '/logLevel', /^"logLevel" must be one of debug, info, warning, error/],
    [{ active: 1 }, '/active', /^"active" must be true or false, found 1/],
    [{ enabled: null }, '/enabled', /^"enabled" must be true or false, found null/],
    [{}, '', /^The body changes nothing\. Allowed are log, capture/],
    [[], '', /^The body must be an object, found an empty array/],
    [null, '', /^The body must be an object, found null/],
  ])('refuses %j', async (json, pointer, detail) => {
    const answer = await api.call('PATCH', '/api/nodes/server/hello', { json });
    expectProblem(answer, 400, detail);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer);
    expect(control.switches).toEqual({});
    expect(audits()).toEqual([]);
  });

  it('checks the JSONata of a bound where it is told how', async () => {
    await api.close();
    api = await serveApi(control, {
      check: { jsonata: (text) => (text.includes('((') ? { message: 'Expected ")"', position: 2 } : undefined) },
    });
    expectProblem(
      await api.call('PATCH', '/api/nodes/server/hello', { json: { log: { on: true, when: '((' } } }),
      400,
      /"when" is no valid JSONata expression at character 3: Expected/,
    );
    expect(
      (await api.call('PATCH', '/api/nodes/server/hello', { json: { log: { on: true, when: 'true' } } })).status,
    ).toBe(200);
  });

  it('lets a document carry __proto__ nowhere', async () => {
    const answer = await api.call('PATCH', '/api/nodes/server/hello', {
      body: '{"__proto__": {"polluted": 1}, "log": true}',
      headers: { 'content-type': 'application/json' },
    });
    expectProblem(answer, 400, /no key "__proto__"/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    'server/hello/nothing',
    'server',
    'api/hello',
    'server/hello/get-hello/greet/more',
    '__proto__',
    'server/..%2F..%2Fsettings',
  ])('knows no node %s', async (address) => {
    expectProblem(await api.call('GET', `/api/nodes/${address}`), 404, /^There is no node "/);
    expectProblem(
      await api.call('PATCH', `/api/nodes/${address}`, { json: { log: true } }),
      404,
      /^There is no node "/,
    );
  });
});

describe('bodies', () => {
  const patch = (body: string | Buffer, headers: Record<string, string | undefined> = {}) =>
    api.call('PATCH', '/api/nodes/server/hello', { body, headers: { 'content-type': 'application/json', ...headers } });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/jsonx',
    undefined,
  ])('refuses %s', async (type) => {
    const answer = await patch('{"log":true}', { 'content-type': type });
    expectProblem(answer, 415, /^The Content-Type must be application\/json, found /);
    expect(answer.headers.accept).toBe('application/json');
  });

  it('takes a charset and any case', async () => {
    expect((await patch('{"log":true}', { 'content-type': 'Application/JSON; charset=UTF-8' })).status).toBe(200);
  });

  it('says where a body stops being JSON', async () => {
    expectProblem(await patch('{\n  "log": tru\n}'), 400, /line 2, column 10: found "tru"/);
    expectProblem(await patch('{"log": true, "log": false}'), 400, /the key "log" twice/);
    expectProblem(await patch(Buffer.from([0x7b, 0xff, 0x7d])), 400, /0xff, which is not UTF-8/);
  });

  it('refuses what is missing, compressed, too large or too deep', async () => {
    expectProblem(await patch(''), 400, /^The body is missing; send JSON\.$/);
    expectProblem(await patch('x', { 'content-encoding': 'gzip' }), 415, /compressed/);
    expectProblem(await patch(`"${'x'.repeat(1_048_577)}"`), 413, /larger than 1048576 bytes/);
    expectProblem(await patch('['.repeat(100_000)), 400, /more than 100 arrays/);
    expectProblem(await patch(`${'{"log":'.repeat(101)}true${'}'.repeat(101)}`), 400, /more than 100 arrays/);
  });
});

describe('simulate', () => {
  it('hands over what was asked and answers as the engine does', async () => {
    const answer = await api.call('POST', '/api/simulate', {
      json: { address: 'server/hello/get-hello', input: { query: { name: 'World' } } },
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ state: 'succeeded', output: { query: { name: 'World' } } });
    expect(control.simulated).toEqual([{ address: 'server/hello/get-hello', input: { query: { name: 'World' } } }]);
    expect(audits()).toEqual([expect.objectContaining({ event: 'simulation.run', node: 'server/hello/get-hello' })]);
  });

  it('gives null where no input is sent, and carries a draft', async () => {
    const workflow = { actions: [{ id: 'a', action: 'string/join', input: { array: [], delimiter: '' } }] };
    expect((await api.call('POST', '/api/simulate', { json: { address: 'service/new/one', workflow } })).status).toBe(
      200,
    );
    expect(control.simulated).toEqual([{ address: 'service/new/one', input: null, workflow }]);
  });

  it('passes on what the engine refuses', async () => {
    expectProblem(
      await api.call('POST', '/api/simulate', { json: { address: 'server/hello/other' } }),
      404,
      /no active operation "server\/hello\/other"/,
    );
  });

  it.each([
    [400, {}, '', /must have the key "address"/],
    [400, { address: 'server/hello' }, '/address', /must be the address of an operation/],
    [400, { address: 'server/hello/get-hello', stor: true }, '/stor', /no key "stor"/],
    [422, { address: 'server/a/b', workflow: { actions: {} } }, '/workflow/actions', /must be an array of actions/],
    [
      422,
      { address: 'server/a/b', workflow: { actions: [{ id: 'a b', action: 'string/join' }] } },
      '/workflow/actions/0/id',
      /must be an id/,
    ],
  ])('answers %i to %j', async (status, json, pointer, detail) => {
    const answer = await api.call('POST', '/api/simulate', { json });
    expectProblem(answer, status, detail);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer);
    expect(control.simulated).toEqual([]);
  });
});

describe('the library', () => {
  it('tells of every action', async () => {
    const all = (await api.call('GET', '/api/actions')).json<
      { id: string; category: string; input: { required: string[] } }[]
    >();
    expect(all.map(({ id }) => id)).toEqual(actions.map(({ id }) => id));
    const join = (await api.call('GET', '/api/actions/string/join')).json();
    expect(join).toMatchObject({
      id: 'string/join',
      category: 'string',
      input: { type: 'object', properties: { array: { type: 'array' } }, required: expect.arrayContaining(['array']) },
    });
    expect(all.find(({ id }) => id === 'string/join')).toEqual(join);
  });

  it('does not know others', async () => {
    expectProblem(await api.call('GET', '/api/actions/string/jion'), 404, /Did you mean "string\/join"/);
  });
});

describe('credentials', () => {
  const protectedCalls = allRoutes({} as MemoryControl, [], {})
    .filter(({ right }) => right === 'view' || right === 'operate')
    .map(({ method, path }) => [method, path.replace(/[*:]\w+/, 'x')] as const);

  it.each([...protectedCalls, ['GET', '/api'], ['GET', '/api/nothing'], ['POST', '/api/servers']] as const)(
    '%s %s needs a token',
    async (method, path) => {
      const answer = await api.call(method, path, { token: null });
      expectProblem(answer, 401, /needs an API token/);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="sluice"');
    },
  );

  it('says who is calling', async () => {
    expect((await api.call('GET', '/api/session', { token: null })).json()).toEqual({ user: null });
    expect((await api.call('GET', '/api/session')).json()).toEqual({ user: { name: 'api-token', kind: 'token' } });
    expectProblem(await api.call('GET', '/api/session', { token: 'wrong' }), 401, /^The API token is wrong/);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', testToken])('refuses the header %j', async (authorization) => {
    const answer = await api.call('GET', '/api/servers', { headers: { authorization } });
    expectProblem(answer, 401, /not of the form "Bearer TOKEN"/);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_request"');
  });

  it('records wrong tokens without the token, and answers 429 after ten', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await api.call('GET', '/api/servers', { token: 'wrong-and-secret' })).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect(security()).toHaveLength(10);
    expect(security()[0]).toMatchObject({
      level: 'warning',
      event: 'sign-in.refused',
      message: 'Refused a wrong API token: GET /api/servers',
      remote: '127.0.0.1',
    });
    expect(JSON.stringify(control.records)).not.toContain('secret');
    const limited = await api.call('GET', '/api/servers', { token: 'wrong-and-secret' });
    expectProblem(limited, 429, /Try again in \d+ s/);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('still serves the right token while somebody repeats an old one', async () => {
    for (let i = 0; i < 20; i++) await api.call('GET', '/api/servers', { token: 'yesterdays' });
    expect((await api.call('GET', '/api/servers')).status).toBe(200);
  });

  it('gives no hint to who tries many: then the right token waits too', async () => {
    for (let i = 0; i < 10; i++) await api.call('GET', '/api/servers', { token: `guess-${i}` });
    expectProblem(await api.call('GET', '/api/servers'), 429, /Too many wrong tokens/);
    expect((await api.call('GET', '/healthz', { token: null })).status).toBe(200);
  });

  it('is not made with an empty token', () => {
    expect(() => createApi(control, { token: '', editorDir: null, library: [] })).toThrow('The API token is empty');
  });
});

describe('other sites', () => {
  it.each([
    ['a foreign name', 'evil.example'],
    ['a suffix', 'localhost.evil.example'],
    ['a prefix', 'evil-localhost'],
    ['a trailing dot', 'localhost.'],
    ['credentials', 'localhost@evil.example'],
    ['another loopback name', '127.0.0.2'],
    ['nothing', ''],
  ])('are refused by %s in Host', async (_, name) => {
    for (const path of ['/healthz', '/readyz', '/api/servers', '/', '/assets/x.js', '/nothing']) {
      const answer = await api.call('GET', path, { headers: { host: name === '' ? '' : `${name}:${api.port}` } });
      expectProblem(answer, 403, /^The Host header names another site/);
    }
  });

  it('are refused by the wrong port, no port and two hosts', async () => {
    expectProblem(
      await api.call('GET', '/healthz', { headers: { host: 'localhost:1' } }),
      403,
      /allowed are localhost:\d+/,
    );
    expectProblem(await api.call('GET', '/healthz', { headers: { host: 'localhost' } }), 403, /Host/);
    const twice = `GET /healthz HTTP/1.1\r\nHost: localhost:${api.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await overSocket(twice)).toMatch(/^HTTP\/1\.1 403 [\s\S]*found several/);
  });

  it('do not come through headers of proxies', async () => {
    const forwarded = {
      'x-forwarded-host': `localhost:${api.port}`,
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'host=localhost',
    };
    expectProblem(await api.call('GET', '/healthz', { headers: { host: 'evil.example', ...forwarded } }), 403, /Host/);
    await api.call('GET', '/api/servers', { token: 'wrong', headers: forwarded });
    expect(security().at(-1)).toMatchObject({ remote: '127.0.0.1' });
  });

  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]'])('are not meant by %s', async (name) => {
    const host = `${name}:${api.port}`;
    expect((await api.call('GET', '/healthz', { headers: { host, origin: `http://${host}` } })).status).toBe(200);
  });

  it('are not meant by the host of the settings', async () => {
    await api.close();
    Object.assign(control.settings, { host: 'Sluice.internal' });
    api = await serveApi(control);
    expect((await api.call('GET', '/healthz', { headers: { host: `sluice.internal:${api.port}` } })).status).toBe(200);
    Object.assign(control.settings, { host: '0.0.0.0' });
    expectProblem(await api.call('GET', '/healthz', { headers: { host: `0.0.0.0:${api.port}` } }), 403, /Host/);
  });

  it.each(['null', 'http://evil.example', 'https://localhost', 'file://', ''])(
    'are refused by the Origin %j',
    async (origin) => {
      expectProblem(
        await api.call('PATCH', '/api/nodes/server/hello', { json: { log: true }, headers: { origin } }),
        403,
        /^The Origin header names another site/,
      );
      expect(control.switches).toEqual({});
    },
  );

  it('are refused by an Origin with another port', async () => {
    const headers = { host: `localhost:${api.port}`, origin: 'http://localhost:1' };
    expectProblem(await api.call('GET', '/api/servers', { headers }), 403, /Origin/);
  });

  it('are refused by Sec-Fetch-Site, except where a link leads to a page', async () => {
    const site = (value: string, more = {}) => ({ 'sec-fetch-site': value, ...more });
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const value of ['cross-site', 'same-site']) {
      expectProblem(await api.call('GET', '/api/servers', { headers: site(value) }), 403, /page of another site/);
      expectProblem(await api.call('GET', '/api/servers', { headers: site(value, link) }), 403, /page of another site/);
      expectProblem(await api.call('GET', '/healthz', { headers: site(value, link) }), 403, /page of another site/);
      expectProblem(
        await api.call('GET', '/', { headers: site(value, { ...link, 'sec-fetch-dest': 'iframe' }) }),
        403,
        /page of another site/,
      );
      expectProblem(await api.call('POST', '/', { headers: site(value, link) }), 403, /page of another site/);
      expect((await api.call('GET', '/servers', { headers: site(value, link) })).status).not.toBe(403);
    }
    for (const value of ['same-origin', 'none'])
      expect((await api.call('GET', '/api/servers', { headers: site(value) })).status).toBe(200);
    expect(security().length).toBeGreaterThan(0);
  });

  it('fill no more than their share of the log', async () => {
    for (let i = 0; i < 40; i++) await api.call('GET', '/', { headers: { host: 'evil.example' } });
    expect(security()).toHaveLength(10);
    expect(security()[0]).toMatchObject({ event: 'request.refused', remote: '127.0.0.1' });
  });
});

describe('errors', () => {
  it('are problems for paths and methods that are not there', async () => {
    expectProblem(await api.call('GET', '/api/nothing'), 404, /^There is no GET \/api\/nothing\.$/);
    expectProblem(await api.call('GET', '/API/servers', { token: null }), 404, /There is nothing at/);
    const method = await api.call('POST', '/api/servers', { json: {} });
    expectProblem(method, 405, /^POST is not allowed at \/api\/servers; allowed are GET, HEAD\.$/);
    expect(method.headers.allow).toBe('GET, HEAD');
    expect((await api.call('DELETE', '/api/nodes/server/hello')).headers.allow).toBe('GET, HEAD, PATCH');
    expectProblem(await api.call('POST', '/healthz', { token: null }), 405, /allowed are GET, HEAD/);
    expectProblem(await api.call('PUT', '/anything', { token: null }), 405, /allowed are GET and HEAD/);
  });

  it('refuse unknown query parameters', async () => {
    expectProblem(await api.call('GET', '/api/servers?limit=1'), 400, /no query parameter "limit"/);
    expectProblem(await api.call('GET', '/api/nodes?nod=x'), 400, /Did you mean "node"/);
  });

  it('of our own carry an incident and no more; the record has the rest', async () => {
    control.failure = new TypeError('secret detail of the inside');
    const answer = await api.call('GET', '/api/health');
    expectProblem(answer, 500, /^The engine failed at this request/);
    expect(answer.text).not.toContain('secret detail');
    const { incident } = answer.json<{ incident: string }>();
    expect(control.records.at(-1)).toMatchObject({
      level: 'error',
      event: 'api.failed',
      message: expect.stringContaining(incident),
    });
    expect(control.records.at(-1)?.message).toContain('TypeError: secret detail of the inside');
  });

  it('answer a target in absolute form by its Host header', async () => {
    const request = `GET http://evil.example/api/servers HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await overSocket(request)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('leave the headers as strict as ever', async () => {
    for (const answer of [
      await api.call('GET', '/healthz'),
      await api.call('GET', '/api/nothing'),
      await api.call('GET', '/', { headers: { host: 'evil.example' } }),
    ]) {
      expect(answer.headers).toMatchObject({
        'content-security-policy': expect.stringMatching(
          /^default-src 'self';.*object-src 'none'; base-uri 'none';.*frame-ancestors 'none'$/,
        ),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(answer.headers['content-security-policy']).not.toContain('unsafe');
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
    expect((await api.call('GET', '/api/servers')).headers['cache-control']).toBe('no-store');
  });
});

describe('the table of routes', () => {
  const route: Route = { method: 'GET', path: '/api/x', right: 'view', audit: null, handle() {} };
  it('must say who may call what, and what trace a change leaves', () => {
    const { right: _, ...open } = route;
    expect(() => checkRoutes([open as Route])).toThrow(
      'The route GET /api/x declares no right; allowed are public, session, view, operate.',
    );
    expect(() => checkRoutes([{ ...route, method: 'DELETE' }])).toThrow(
      'The route DELETE /api/x declares no audit event',
    );
    expect(() => checkRoutes([route, route])).toThrow('The route GET /api/x is declared twice.');
    expect(() => checkRoutes([route])).not.toThrow();
  });

  it('leaves only the probes open', () => {
    const open = allRoutes(control, [], {}).filter(({ right }) => right === 'public');
    expect(open.map(({ path }) => path)).toEqual(['/healthz', '/readyz']);
  });
});
