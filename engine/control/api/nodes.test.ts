import { describe, expect, it } from 'vitest';
import type { NodeAnswer } from '../control.ts';
import { expectProblem, useTestApi } from './test-api.ts';

const test = useTestApi();

describe('nodes', () => {
  it('gives switches with own, effective and where from', async () => {
    const answer = (await test.api.call('GET', '/api/nodes/server/orders/list-orders')).json<NodeAnswer>();
    expect(answer).toMatchObject({
      address: 'server/orders/list-orders',
      kind: 'operation',
      active: true,
      log: { own: null, effective: true, from: 'server/orders' },
      capture: { own: null, effective: false, from: null },
      logLevel: { own: null, effective: 'info', from: null },
    });
    expect((await test.api.call('GET', '/api/nodes/server%2Fhello%2Fget-hello%2Fgreet')).json()).toMatchObject({
      kind: 'action',
      title: 'Greet',
    });
  });

  it('lists every resource and operation, or one node with all below it', async () => {
    const addresses = async (query: string) =>
      (await test.api.call('GET', `/api/nodes${query}`)).json<NodeAnswer[]>().map(({ address }) => address);
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
    expectProblem(await test.api.call('GET', '/api/nodes?node=server/hell'), 404, /Did you mean "server\/hello"/);
  });

  it('says how often what ran lately did', async () => {
    test.control.traffic.add([
      ['server/orders/list-orders', 3, 0],
      ['server/orders/post-order', 2, 1],
    ]);
    const nodes = (await test.api.call('GET', '/api/nodes')).json<NodeAnswer[]>();
    const now = (address: string) => {
      const traffic = nodes.find((node) => node.address === address)?.traffic;
      return traffic && [traffic.perMinute.at(-1), traffic.errors.at(-1)];
    };
    expect([now('server/orders'), now('server/orders/post-order'), now('server/hello')]).toEqual([
      [5, 1],
      [2, 1],
      undefined,
    ]);
    const [action] = (await test.api.call('GET', '/api/nodes?node=server/orders/post-order/total')).json<
      NodeAnswer[]
    >();
    expect(action?.traffic).toBeUndefined();
  });

  it('changes switches at once and audits it', async () => {
    const answer = await test.api.call('PATCH', '/api/nodes/server/hello', { json: { log: true, logLevel: 'debug' } });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      log: { own: true, effective: true, from: 'server/hello' },
      logLevel: { own: 'debug', effective: 'debug' },
    });
    expect(test.records('audit')).toEqual([
      expect.objectContaining({ event: 'node.changed', node: 'server/hello', user: 'api-token' }),
    ]);
    const back = await test.api.call('PATCH', '/api/nodes/server/hello', { json: { log: null } });
    expect(back.json()).toMatchObject({ log: { own: null, effective: false, from: null } });
  });

  it('takes bounded switches, and refuses those that would have ended before they began', async () => {
    const bounded = { on: true, until: '2999-11-21T12:00:00Z' };
    const answer = await test.api.call('PATCH', '/api/nodes/server/hello/get-hello', { json: { capture: bounded } });
    expect(answer.json()).toMatchObject({
      capture: { own: bounded, effective: bounded, from: 'server/hello/get-hello' },
    });
    const patch = (json: unknown) => test.api.call('PATCH', '/api/nodes/server/hello/get-hello', { json });
    const counted = { on: true, times: 100, errorsOnly: true, sample: 0.5, when: 'request.query.name = "Ada"' };
    expect((await patch({ log: counted })).json()).toMatchObject({
      log: { own: counted, effective: counted, left: 100 },
    });
    expectProblem(await patch({ log: { on: true, times: 0 } }), 422, /^log: a switch with "times" 0/);
    expectProblem(
      await patch({ capture: { on: true, until: '2020-01-01T00:00:00Z' } }),
      422,
      /^capture: "until" is over/,
    );
    expectProblem(await patch({ logActions: { on: true, times: 0 } }), 422, /^logActions: a switch with "times" 0/);
    const off = { on: false, times: 0, until: '2020-01-01T00:00:00Z' };
    expect((await patch({ log: off })).json()).toMatchObject({
      log: { own: off, effective: false, from: null, left: null },
    });
  });

  it('switches all actions of an operation', async () => {
    await test.api.call('PATCH', '/api/nodes/server/orders/post-order', { json: { logActions: true } });
    const nodes = (await test.api.call('GET', '/api/nodes?node=server/orders/post-order')).json<NodeAnswer[]>();
    expect(nodes.filter(({ kind, log }) => kind === 'action' && log.own === true)).toHaveLength(8);
    await test.api.call('PATCH', '/api/nodes/server/orders/post-order', { json: { logActions: null } });
    expect(test.control.switches).toEqual({});
    expectProblem(
      await test.api.call('PATCH', '/api/nodes/server/orders', { json: { logActions: true } }),
      422,
      /^logActions applies to operations/,
    );
  });

  it.each([
    [{ lgo: true }, '/lgo', /^The body must not have the key "lgo"\. Did you mean "log"\?$/],
    [{ role: 'admin' }, '/role', /^The body must not have the key "role"\. Allowed are log, capture/],
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
    const answer = await test.api.call('PATCH', '/api/nodes/server/hello', { json });
    expectProblem(answer, 400, detail);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer);
    expect(test.control.switches).toEqual({});
    expect(test.records('audit')).toEqual([]);
  });

  it('checks the JSONata of a bound where it is told how', async () => {
    await test.restart({
      check: { jsonata: (text) => (text.includes('((') ? { message: 'Expected ")"', position: 2 } : undefined) },
    });
    expectProblem(
      await test.api.call('PATCH', '/api/nodes/server/hello', { json: { log: { on: true, when: '((' } } }),
      400,
      /"when" is no valid JSONata expression at character 3: Expected/,
    );
  });

  it('lets a document carry __proto__ nowhere', async () => {
    const answer = await test.api.call('PATCH', '/api/nodes/server/hello', {
      body: '{"__proto__": {"polluted": 1}, "log": true}',
      headers: { 'content-type': 'application/json' },
    });
    expectProblem(answer, 400, /not have the key "__proto__"/);
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
    expectProblem(await test.api.call('GET', `/api/nodes/${address}`), 404, /^There is no node "/);
    expectProblem(
      await test.api.call('PATCH', `/api/nodes/${address}`, { json: { log: true } }),
      404,
      /^There is no node "/,
    );
  });
});

describe('simulate', () => {
  it('hands over what was asked and answers as the engine does', async () => {
    const answer = await test.api.call('POST', '/api/simulate', {
      json: { address: 'server/hello/get-hello', input: { query: { name: 'World' } } },
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ state: 'succeeded', output: { query: { name: 'World' } } });
    expect(test.control.simulated).toEqual([
      { address: 'server/hello/get-hello', input: { query: { name: 'World' } } },
    ]);
    expect(test.records('audit')).toEqual([
      expect.objectContaining({ event: 'simulation.run', node: 'server/hello/get-hello' }),
    ]);
  });

  it('gives null where no input is sent, and carries a draft', async () => {
    const workflow = { actions: [{ id: 'a', action: 'string/join', input: { array: [], delimiter: '' } }] };
    expect(
      (await test.api.call('POST', '/api/simulate', { json: { address: 'service/new/one', workflow } })).status,
    ).toBe(200);
    expect(test.control.simulated).toEqual([{ address: 'service/new/one', input: null, workflow }]);
  });

  it('carries a whole operation that is a draft', async () => {
    const workflow = { actions: [{ id: 'a', action: 'string/join', input: { array: [], delimiter: '', more: 1 } }] };
    const operation = { id: 'one', method: 'GET', path: '/one', workflow, onError: { actions: [], output: 1 } };
    const answer = await test.api.call('POST', '/api/simulate', { json: { address: 'server/new/one', operation } });
    expect(answer.json()).toMatchObject({
      warnings: [{ pointer: '/operation/workflow/actions/0/input/more', message: expect.stringContaining('no field') }],
    });
    expect(test.control.simulated).toEqual([{ address: 'server/new/one', input: null, operation }]);
  });

  it('tells what the check of a draft warns of', async () => {
    const action = (input: object) => ({ actions: [{ id: 'a', action: 'string/join', input }] });
    const warningsOf = async (workflow: object | undefined) => {
      const json = { address: 'server/hello/get-hello', workflow };
      return (await test.api.call('POST', '/api/simulate', { json })).json<{ warnings: unknown }>().warnings;
    };
    expect(await warningsOf(undefined)).toEqual([]);
    expect(await warningsOf(action({ array: [], delimiter: '' }))).toEqual([]);
    expect(await warningsOf(action({ array: [], delimiter: '', delimitr: '' }))).toEqual([
      { pointer: '/workflow/actions/0/input/delimitr', message: expect.stringContaining('Did you mean "delimiter"?') },
    ]);
  });

  it('passes on what the engine refuses', async () => {
    expectProblem(
      await test.api.call('POST', '/api/simulate', { json: { address: 'server/hello/other' } }),
      404,
      /no active operation "server\/hello\/other"/,
    );
  });

  it.each([
    [400, {}, '', /must have the key "address"/],
    [400, { address: 'server/hello' }, '/address', /must be the address of an operation/],
    [400, { address: 'server/hello/get-hello', stor: true }, '/stor', /not have the key "stor"/],
    [400, { address: 'server/a/b', operation: [] }, '/operation', /must be an operation/],
    [422, { address: 'server/a/b', operation: { id: 'b', method: 'GET', path: '/b' } }, '/operation', /"workflow"/],
    [
      422,
      { address: 'service/a/b', operation: { id: 'b', method: 'GET', workflow: { actions: [] } } },
      '/operation/method',
      /not have the key "method"/,
    ],
    [422, { address: 'server/a/b', workflow: { actions: {} } }, '/workflow/actions', /must be an array of actions/],
    [
      422,
      { address: 'server/a/b', workflow: { actions: [{ id: 'a b', action: 'string/join' }] } },
      '/workflow/actions/0/id',
      /must be an id/,
    ],
  ])('answers %i to %j', async (status, json, pointer, detail) => {
    const answer = await test.api.call('POST', '/api/simulate', { json });
    expectProblem(answer, status, detail);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer);
    expect(test.control.simulated).toEqual([]);
  });
});

describe('bodies', () => {
  const patch = (body: string | Buffer, headers: Record<string, string | undefined> = {}) =>
    test.api.call('PATCH', '/api/nodes/server/hello', {
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

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
