import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { actions } from '../../../actions/index.ts';
import { emptyAnswer } from './answer.ts';
import { checkRoutes, type Route } from './route.ts';
import { allRoutes } from './routes.ts';
import { expectProblem, useTestApi } from './test-api.ts';
import { testServers, testServices } from './test-project.ts';

const test = useTestApi();

/** The whole answer to bytes that no HTTP client would send. */
const overSocket = async (request: string): Promise<string> => {
  const socket = net.connect(test.api.port, '127.0.0.1');
  socket.end(request);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
};

describe('health', () => {
  it('says that it lives and whether it is ready, without a token', async () => {
    expect((await test.api.call('GET', '/healthz', { token: null })).json()).toEqual({ status: 'ok' });
    expect((await test.api.call('GET', '/readyz', { token: null })).json()).toEqual({ status: 'ready' });
    test.control.isReady = false;
    const answer = await test.api.call('GET', '/readyz', { token: null });
    expectProblem(answer, 503, /still starting/);
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('does not look at credentials where none are needed', async () => {
    for (let i = 0; i < 30; i++)
      expect((await test.api.call('GET', '/healthz', { token: `wrong-${i}` })).status).toBe(200);
    expect(test.records('security')).toEqual([]);
  });
});

describe('resources', () => {
  it('gives the live documents as they are', async () => {
    expect((await test.api.call('GET', '/api/servers')).json()).toEqual(testServers());
    expect((await test.api.call('GET', '/api/services')).json()).toEqual(testServices());
    const one = await test.api.call('GET', '/api/servers/hello');
    expect(one.json()).toEqual(testServers()[0]);
    expect(one.headers.etag).toMatch(/^"[0-9a-f]{16}"$/);
    expect((await test.api.call('GET', '/api/services/tools')).json()).toEqual(testServices()[0]);
  });

  it('answers 304 to a question whose answer has not changed', async () => {
    const first = await test.api.call('GET', '/api/servers');
    const again = await test.api.call('GET', '/api/servers', {
      headers: { 'if-none-match': first.headers.etag as string },
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('names what is not there, and what may be meant', async () => {
    expectProblem(
      await test.api.call('GET', '/api/servers/helo'),
      404,
      /^There is no server "helo"\. Did you mean "hello"\?$/,
    );
    expectProblem(await test.api.call('GET', '/api/services/__proto__'), 404, /^There is no service "__proto__"\.$/);
    expectProblem(await test.api.call('GET', '/api/servers/%zz'), 400, /not readable/);
  });
});

describe('the library', () => {
  it('tells of every action', async () => {
    const all = (await test.api.call('GET', '/api/actions')).json<
      { id: string; category: string; input: { required: string[] } }[]
    >();
    expect(all.map(({ id }) => id)).toEqual(actions.map(({ id }) => id));
    const join = (await test.api.call('GET', '/api/actions/string/join')).json();
    expect(join).toMatchObject({
      id: 'string/join',
      category: 'string',
      input: { type: 'object', properties: { array: { type: 'array' } }, required: expect.arrayContaining(['array']) },
    });
    expect(all.find(({ id }) => id === 'string/join')).toEqual(join);
  });

  it('does not know others', async () => {
    expectProblem(await test.api.call('GET', '/api/actions/string/jion'), 404, /Did you mean "string\/join"/);
  });
});

describe('errors', () => {
  it('are problems for paths and methods that are not there', async () => {
    expectProblem(await test.api.call('GET', '/api/nothing'), 404, /^There is no GET \/api\/nothing\.$/);
    expectProblem(await test.api.call('GET', '/API/servers', { token: null }), 404, /There is nothing at/);
    const method = await test.api.call('PUT', '/api/servers', { json: {} });
    expectProblem(method, 405, /^PUT is not allowed at \/api\/servers; allowed are GET, HEAD, POST\.$/);
    expect(method.headers.allow).toBe('GET, HEAD, POST');
    expect((await test.api.call('DELETE', '/api/nodes/server/hello')).headers.allow).toBe('GET, HEAD, PATCH');
    expectProblem(await test.api.call('POST', '/healthz', { token: null }), 405, /allowed are GET, HEAD/);
    expectProblem(await test.api.call('PUT', '/anything', { token: null }), 405, /allowed are GET and HEAD/);
  });

  it('refuse unknown query parameters', async () => {
    expectProblem(await test.api.call('GET', '/api/servers?limit=1'), 400, /no query parameter "limit"/);
    expectProblem(await test.api.call('GET', '/api/nodes?nod=x'), 400, /Did you mean "node"/);
  });

  it('of our own carry an incident and no more; the record has the rest', async () => {
    test.control.failure = new TypeError('secret detail of the inside');
    const answer = await test.api.call('GET', '/api/health');
    expectProblem(answer, 500, /^The engine failed at this request/);
    expect(answer.text).not.toContain('secret detail');
    const { incident } = answer.json<{ incident: string }>();
    expect(test.control.records.at(-1)).toMatchObject({
      level: 'error',
      event: 'api.failed',
      message: expect.stringContaining(incident),
    });
    expect(test.control.records.at(-1)?.message).toContain('TypeError: secret detail of the inside');
  });

  it('are problems also where there is no request yet', async () => {
    const long = `GET /api/servers/${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
    expect(await overSocket(long)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*application\/problem\+json[\s\S]*\{.*"detail":"The address and the headers .*"\}$/,
    );
    expect(await overSocket('nonsense\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*"detail":"The request is not valid HTTP\/1\.1: /,
    );
    const chunk = 'POST /api/simulate HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n';
    expect(await overSocket(chunk)).toMatch(/^HTTP\/1\.1 40[03] [\s\S]*"detail":"/);
    expect((await test.api.call('GET', '/healthz')).status).toBe(200);
  });

  it('answer a target in absolute form by its Host header', async () => {
    const request = `GET http://evil.example/api/servers HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await overSocket(request)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('leave the headers as strict as ever', async () => {
    for (const answer of [
      await test.api.call('GET', '/healthz'),
      await test.api.call('GET', '/api/nothing'),
      await test.api.call('GET', '/', { headers: { host: 'evil.example' } }),
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
    expect((await test.api.call('GET', '/api/servers')).headers['cache-control']).toBe('no-store');
  });
});

describe('the table of routes', () => {
  const route: Route = {
    method: 'GET',
    path: '/api/x',
    right: 'view',
    audit: null,
    summary: 'Gives nothing.',
    answers: { 204: emptyAnswer('Nothing.') },
    handle() {},
  };
  it('must say who may call what, and what trace a change leaves', () => {
    const { right: _, ...open } = route;
    expect(() => checkRoutes([open as Route])).toThrow(
      'The route GET /api/x declares no right; allowed are public, session, view, operate, edit, administer.',
    );
    expect(() => checkRoutes([{ ...route, method: 'DELETE' }])).toThrow(
      'The route DELETE /api/x declares no audit event',
    );
    expect(() => checkRoutes([route, route])).toThrow('The route GET /api/x is declared twice.');
    expect(() => checkRoutes([route])).not.toThrow();
  });

  it('must say what a route does, answers and takes', () => {
    expect(() => checkRoutes([{ ...route, summary: 'things' }])).toThrow('The route GET /api/x has no summary;');
    expect(() => checkRoutes([{ ...route, answers: {} }])).toThrow('The route GET /api/x declares no answers;');
    const path = '/api/x/:id';
    expect(() => checkRoutes([{ ...route, path, parameters: { name: { description: 'A name.' } } }])).toThrow(
      'The route GET /api/x/:id describes the parameter "name", which its path does not have.',
    );
    const other: Route = { ...route, method: 'DELETE', path: '/api/x/:name', audit: 'x.removed' };
    expect(() => checkRoutes([{ ...route, path }, other])).toThrow(
      'The route DELETE /api/x/:name names its parameters otherwise than /api/x/:id; one path has one spelling.',
    );
  });

  it('leaves only the probes open', () => {
    const open = allRoutes(test.control, [], {}, test.api.entrance).filter(({ right }) => right === 'public');
    expect(open.map(({ path }) => path)).toEqual(['/healthz', '/readyz']);
  });
});
