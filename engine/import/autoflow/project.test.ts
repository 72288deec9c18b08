import { describe, expect, it } from 'vitest';
import type { Json } from '../../document/types.ts';
import { readImport } from '../index.ts';
import {
  answer,
  api,
  client,
  compare,
  configuration,
  event,
  execution,
  ref,
  server,
  service,
  step,
} from './build-for-test.ts';

const read = (parts: { [key: string]: Json }) => readImport(JSON.stringify(configuration(parts)), { context: {} });
const said = (warnings: { resource: string | null; pointer: string; message: string }[]) =>
  warnings.map(({ resource, message }) => [resource, message]);
const nothing = execution([], answer(null));
const ok = execution([], answer('ok'));

describe('a server', () => {
  it('arrives stopped, with its API, its titles and its saved requests', () => {
    const { documents, warnings } = read({
      API: [
        api({
          '/items/:id': {
            get: { summary: 'One item', 'x-request-examples': { 'LIVE MODE': { path: { id: '7' } }, empty: {} } },
            post: { 'x-request-examples': {} },
          },
        }),
      ],
      Server: [
        server(
          [
            event('get', '/items/:id', ok, {
              test: { saved: { input: { path: { id: '8' } } }, empty: {} },
              defaultTest: 'saved',
            }),
          ],
          {
            apis: [{ __struct__: 'APIReference', id: 'shop', version: '0.0.0' }],
            cors: true,
            allowOrigin: '*',
            allowMethods: '*',
            allowHeaders: '*',
            allowCredentials: '*',
          },
        ),
      ],
    });
    expect(documents.apis[0]?.openapi.paths).toMatchObject({ '/items/{id}': { post: {} } });
    expect(documents.servers).toEqual([
      {
        schema: 1,
        id: 'shop',
        type: 'http',
        active: false,
        port: 8090,
        cors: true,
        api: 'shop',
        operations: [
          {
            id: 'get-items-id',
            method: 'GET',
            path: '/items/{id}',
            title: 'One item',
            workflow: { actions: [], output: { status: 200, headers: {}, body: 'ok' } },
            simulations: [
              { id: 'saved', input: { path: { id: '8' } } },
              { id: 'LIVE MODE', input: { path: { id: '7' } } },
              { id: 'empty', input: {} },
              { id: 'empty-2', input: {} },
            ],
          },
        ],
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('does not stand in its own way when it comes again', () => {
    const parts = { API: [api({})], Server: [server([event('get', '/', ok)]), { ...server([]), id: 'other' }] };
    const first = read(parts);
    expect(said(first.warnings)).toEqual([['server/other', expect.stringContaining('also that of server/shop')]]);
    const again = (id: string) => {
      const servers = [{ id, type: 'http' as const, port: 8090, operations: [] }];
      const existing = { ...first.documents, servers };
      return readImport(JSON.stringify(configuration(parts)), { context: {}, existing });
    };
    expect(again('shop')).toEqual(first);
    expect(said(again('else').warnings)).toEqual([
      ['server/shop', expect.stringContaining('also that of server/else')],
      ['server/other', expect.stringContaining('also that of server/shop')],
    ]);
  });

  it('of an older version is called a process, and so is a client', () => {
    const { documents, warnings } = read({
      API: [api({})],
      Process: [server([event('post', '/', ok)]), client({ database: 'x' }, [], 'db', 'postgres')],
    });
    expect(documents.servers.map(({ id }) => id)).toEqual(['shop']);
    expect(documents.clients).toEqual([{ schema: 1, id: 'db', type: 'postgres', settings: { database: 'x' } }]);
    expect(warnings).toEqual([]);
  });

  it('has every route once; what comes later is kept, but not active', () => {
    const { documents, warnings } = read({
      API: [api({})],
      Server: [
        server([
          event('get', '/a/{x}', ok),
          event('GET', '/a/:y', ok),
          event('get', '/a-x', ok),
          event('get', '/a/{x}/', ok),
        ]),
      ],
    });
    expect(documents.servers[0]?.operations.map(({ id, active }) => [id, active])).toEqual([
      ['get-a-x', undefined],
      ['get-a-y', false],
      ['get-a-x-2', undefined],
      ['get-a-x-3', undefined],
    ]);
    expect(said(warnings)).toEqual([
      [
        'server/shop/get-a-y',
        'The route GET "/a/{y}" is already that of an operation before this one; it is not active.',
      ],
    ]);
  });

  it('keeps operations whose path cannot be matched, not active, and leaves out what has no route', () => {
    const { documents, warnings } = read({
      API: [api({})],
      Server: [
        server([
          event('get', '/a/{x}-{y}', ok),
          event('get', '/files/*', ok),
          event('connect', '/c', ok),
          { event: 'topic', matches: [] },
          'x',
        ]),
      ],
    });
    expect(documents.servers[0]?.operations).toMatchObject([
      { id: 'get-a-x-y', path: '/a/x-y', active: false },
      { id: 'get-files-rest', path: '/files/{rest*}' },
    ]);
    expect(warnings.map(({ pointer }) => pointer.replace('/Server/0/version/0.0.0/events/', ''))).toEqual([
      '0/event/operationReference/path',
      '2/event',
      '3/event',
      '4/event',
    ]);
  });

  it('says what it cannot keep', () => {
    const securities = [{ do: execution([step('x/y', {})]), securityReference: {} }];
    const { documents, warnings } = read({
      API: [api({}), api({}, 'stock')],
      Server: [
        server([event('get', '/', ok, { setting: { timeout: 500, log: true, cache: 5, securities } })], {
          apis: [
            { __struct__: 'APIReference', id: 'shop', version: '9.0.0' },
            { __struct__: 'APIReference', id: 'stock' },
            { id: 'gone' },
          ],
          port: '80800',
          host: 'not a host',
          tls: true,
          securities,
          throttle: 3,
        }),
      ],
    });
    const [made] = documents.servers;
    expect(made).toMatchObject({
      api: 'shop',
      security: securities,
      operations: [{ timeoutMs: 500, log: true, security: securities }],
    });
    expect([made?.port, made?.host, made?.tls]).toEqual([undefined, undefined, undefined]);
    const where = warnings.map(({ pointer }) => pointer.split('/0.0.0/').at(-1));
    expect(where).toEqual([
      'setting/apis/0',
      'setting/apis/1',
      'setting/apis/2',
      'events/0/setting/timeout',
      'events/0/setting/cache',
      'events/0/setting/securities',
      'setting/port',
      'setting/host',
      'setting/tls',
      'setting/securities',
      'setting/throttle',
    ]);
    expect(warnings.every(({ message }) => message.endsWith('.'))).toBe(true);
  });

  it('that is of no type that runs is left out, and told', () => {
    const { documents, warnings } = read({
      API: [api({})],
      Server: [server([], {}, { type: 'tcp' }), server([], {}, { type: undefined } as never)],
    });
    expect(documents.servers.map(({ id }) => id)).toEqual(['shop']);
    expect(said(warnings)).toEqual([
      [null, 'The server "shop" is of the type "tcp", which cannot be run; it is left out with its operations.'],
      ['server/shop', 'The server has no type; it is taken as "http".'],
    ]);
  });

  it('keeps no private key', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----';
    const { documents, warnings } = read({
      API: [api({})],
      Server: [server([], { tls: { cert: 'server.pem', key } })],
    });
    expect(documents.servers[0]?.tls).toEqual({ cert: 'server.pem', key: { $secret: 'shop-tls-key' } });
    expect(said(warnings)).toEqual([
      ['server/shop', 'The private key was not taken over. Set the secret "shop-tls-key".'],
    ]);
  });
});

describe('the workflows of an operation', () => {
  const matching = (...matches: Json[]) => {
    const { documents, warnings } = read({ API: [api({})], Server: [server([event('get', '/', null, { matches })])] });
    return { operation: documents.servers[0]?.operations[0], messages: warnings.map(({ message }) => message) };
  };
  const when = (value: string) => compare('equal', ref('request', 'query', 'kind'), value);

  it('become branches, in order', () => {
    const { operation, messages } = matching({ do: ok, in: when('a') }, { do: nothing, in: {} }, { do: ok, in: {} });
    expect(operation?.workflow).toEqual({
      actions: [
        {
          id: 'match',
          action: 'conditional/if',
          input: {
            conditions: [
              {
                condition: { $op: 'equal', of: [{ $ref: ['request', 'query', 'kind'] }, 'a'] },
                value: { $do: { actions: [], output: { status: 200, headers: {}, body: 'ok' } } },
              },
              { condition: true, value: { $do: { actions: [], output: { status: 200, headers: {}, body: null } } } },
            ],
          },
          output: ['variables', 'match'],
        },
      ],
      output: { $ref: ['variables', 'match'] },
    });
    expect(messages).toEqual(['The workflow is never reached, since one before it has no condition; it is left out.']);
  });

  it('whose condition cannot be told are left out, and told', () => {
    const { operation, messages } = matching({ do: nothing, in: { body: { a: 1 } } }, { do: ok, in: null });
    expect(operation?.workflow).toEqual({ actions: [], output: { status: 200, headers: {}, body: 'ok' } });
    expect(messages).toEqual(['The condition of a workflow cannot be told; the workflow is left out.']);
  });

  it('may be missing: then the operation is not active', () => {
    for (const matches of [[], [{ do: null }], 'x']) {
      const { operation, messages } = matching(...(Array.isArray(matches) ? matches : [matches]));
      expect(operation).toMatchObject({ active: false, workflow: { actions: [], output: {} } });
      expect(messages.at(-1)).toBe('The operation has no workflow; it is not active.');
    }
  });

  it('say what has no place in an answer', () => {
    const { operation, messages } = matching({ do: execution([], { status_code: 201, cookie: { a: 1 }, body: 1 }) });
    expect(operation?.workflow.output).toEqual({ status: 201, body: 1 });
    expect(messages).toEqual([
      '"cookie" of an answer has no counterpart; it is left out. There are "status_code", "header" and "body".',
    ]);
    expect(matching({ do: execution([]) })).toMatchObject({
      operation: { workflow: { actions: [], output: {} } },
      messages: ['The operation has no answer; it answers 200 with nothing.'],
    });
  });
});

describe('versions', () => {
  const versions = (current: Json | undefined, ...names: string[]) => {
    const content = { operation: {}, info: { title: '' } };
    const entry = {
      id: 'tools',
      ...(current !== undefined && { currentVersion: current }),
      version: Object.fromEntries(names.map((name) => [name, { ...content, info: { title: name } }])),
    };
    const { documents, warnings } = read({ Service: [entry] });
    return [documents.services[0]?.title, ...warnings.map(({ message }) => message)];
  };

  it('are reduced to the current one, and the others are named', () => {
    expect(versions('1.0.0', '1.0.0')).toEqual(['1.0.0']);
    expect(versions(undefined, '1.0.0')).toEqual(['1.0.0']);
    expect(versions('1.2.0', '1.2.0', '1.10.0', '0.9.0')).toEqual([
      '1.2.0',
      'The versions "1.10.0" and "0.9.0" of service/tools are left out.',
    ]);
    expect(versions(undefined, '1.2.0', '1.10.0', '1.10.0-rc.2', '1.10.0-rc.11', 'old')).toEqual([
      '1.10.0',
      'No version is the current one; the newest, "1.10.0", is taken.',
      'The versions "1.2.0", "1.10.0-rc.2", "1.10.0-rc.11" and "old" of service/tools are left out.',
    ]);
    expect(versions('3.0.0', '1.10.0-rc.2', '1.10.0-rc.11')).toEqual([
      '1.10.0-rc.11',
      'There is no version "3.0.0"; the newest, "1.10.0-rc.11", is taken.',
      'The version "1.10.0-rc.2" of service/tools is left out.',
    ]);
  });

  it('may be missing', () => {
    const { documents, warnings } = read({ Service: [{ id: 'tools', operation: { echo: { do: execution([], 1) } } }] });
    expect(documents.services[0]?.operations.map(({ id }) => id)).toEqual(['echo']);
    expect(said(warnings)).toEqual([
      ['service/tools', 'The resource has no version; what stands beside its id is taken.'],
    ]);
  });
});

describe('a service', () => {
  const field = (id: string, schema: Json, required: boolean, more: { [key: string]: Json } = {}): Json => ({
    __struct__: 'Field',
    id,
    label: null,
    required,
    eval: true,
    static: false,
    handler: null,
    schema: { __struct__: 'Schema', type: 'json', value: schema },
    ...more,
  });
  const fields = (...list: Json[]): Json => ({ __struct__: 'Schema', type: 'arguments', value: list });

  it('has operations whose fields are schemas', () => {
    const { documents, warnings } = read({
      Service: [
        service({
          list: {
            id: 'list',
            do: execution([], { rows: ref('variables', 'rows') }),
            in: fields(
              field('from', { type: 'number' }, true, { label: 'From' }),
              field('kind', { enum: ['a'] }, false),
              field('any', {}, false),
              field('both', { type: ['string', 'integer'] }, false),
            ),
            out: fields(field('rows', { type: 'array' }, true)),
            test: { first: { input: { from: 1 } } },
            info: { title: 'All of them' },
            errorTypes: [],
            intents: null,
          },
          empty: { do: execution([], {}), in: fields(), out: fields(), errorTypes: ['late'] },
          none: { in: fields() },
        }),
      ],
    });
    expect(documents.services[0]?.operations).toEqual([
      {
        id: 'list',
        title: 'All of them',
        input: {
          type: 'object',
          properties: {
            from: { title: 'From', type: 'number' },
            kind: { anyOf: [{ enum: ['a'] }, { type: 'null' }] },
            any: {},
            both: { type: ['string', 'integer', 'null'] },
          },
          required: ['from'],
        },
        output: { type: 'object', properties: { rows: { type: ['array', 'null'] } }, required: ['rows'] },
        workflow: { actions: [], output: { rows: { $ref: ['variables', 'rows'] } } },
        simulations: [{ id: 'first', input: { from: 1 } }],
      },
      { id: 'empty', workflow: { actions: [], output: {} } },
      { id: 'none', workflow: { actions: [] } },
    ]);
    expect(said(warnings)).toEqual([
      ['service/tools/empty', '"errorTypes" of an operation has no counterpart; it is left out.'],
      ['service/tools/none', 'The operation has no workflow; it gives null.'],
    ]);
  });
});

describe('a client', () => {
  it('keeps its settings but no secret', () => {
    const { documents, warnings } = read({
      Client: [
        client({
          id: 'orders-db',
          type: 'mariadb',
          database: 'orders',
          username: 'clerk',
          password: 'hunter2',
          passwordless: false,
          url: 'postgres://clerk:hunter3@db.example.com/orders',
          servers: [{ address: 'db', port: '3306', sslKey: '-----BEGIN RSA PRIVATE KEY-----\nx' }],
          headers: [
            { name: 'Authorization', value: 'Bearer abc' },
            { name: 'Accept', value: 'text/plain' },
          ],
          apiKey: 12345,
          secretKey: '',
        }),
      ],
    });
    expect(documents.clients[0]?.settings).toEqual({
      database: 'orders',
      username: 'clerk',
      password: { $secret: 'orders-db-password' },
      passwordless: false,
      url: { $secret: 'orders-db-url' },
      servers: [{ address: 'db', port: '3306', sslKey: { $secret: 'orders-db-servers-1-sslKey' } }],
      headers: [
        { name: 'Authorization', value: { $secret: 'orders-db-headers-1-value' } },
        { name: 'Accept', value: 'text/plain' },
      ],
      apiKey: { $secret: 'orders-db-apiKey' },
      secretKey: '',
    });
    expect(said(warnings)[0]).toEqual([
      'client/orders-db',
      'What "password" holds is a secret and was not taken over. Set the secret "orders-db-password".',
    ]);
    expect(warnings).toHaveLength(5);
    expect(JSON.stringify({ documents, warnings })).not.toMatch(/hunter|BEGIN|abc|12345/);
  });

  it('subscribes to topics', () => {
    const { documents, warnings } = read({
      Client: [
        client(
          {},
          [
            {
              event: 'orders/+/new',
              matches: [{ do: execution([], ref('received')) }],
              test: { one: { input: { a: 1 } } },
              defaultTest: 'one',
            },
            { event: { a: 1 } },
          ],
          'bus',
          'mqtt',
        ),
      ],
    });
    expect(documents.clients[0]?.operations).toEqual([
      {
        id: 'orders-new',
        topic: 'orders/+/new',
        workflow: { actions: [], output: { $ref: ['received'] } },
        simulations: [{ id: 'one', input: { a: 1 } }],
      },
    ]);
    expect(said(warnings)).toEqual([
      ['client/bus', 'A subscription needs a topic, found an object with "a"; it is left out.'],
    ]);
  });
});

describe('a configuration', () => {
  it('has variables in its settings', () => {
    const { variables, warnings } = read({
      settings: { global: { REGION: 'eu', limits: { a: 1 } }, capture: true, other: false },
      Variable: [{ name: 'TOKEN', value: 'x' }, { value: 1 }],
      Plugin: [1],
      $product: { version: '2.1.0' },
    });
    expect(variables).toEqual({ REGION: 'eu', limits: { a: 1 }, TOKEN: 'x' });
    expect(warnings.map(({ pointer }) => pointer)).toEqual([
      '/$product/version',
      '/settings/capture',
      '/Variable/0/value',
      '/Variable/1/value',
      '/Plugin',
    ]);
  });

  it('may name two things the same', () => {
    const { documents, warnings } = read({
      Service: [service({}), service({})],
      Client: [client({}, [], 'a b'), client({}, [], 'a-b')],
    });
    expect(documents.services.map(({ id }) => id)).toEqual(['tools', 'tools-2']);
    expect(documents.clients.map(({ id }) => id)).toEqual(['a-b', 'a-b-2']);
    expect(warnings).toHaveLength(3);
  });

  it('without anything to import is refused', () => {
    expect(() => read({})).toThrow(
      'There is nothing in the document that can be imported. It holds no API, server, service or client.',
    );
    expect(() => read({ Server: [{ id: '' }] })).toThrow(/An entry of "Server" needs an id/);
  });

  it('leaves out an operation that is nested too deep, and says why', () => {
    let deep: Json = ok;
    for (let i = 0; i < 13; i += 1) deep = execution([step('a/b', { value: deep })], answer(1));
    const { documents, warnings } = read({
      API: [api({})],
      Server: [server([event('get', '/', deep), event('get', '/b', ok)])],
    });
    expect(documents.servers[0]?.operations.map(({ id }) => id)).toEqual(['get-b']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toMatch(/^The operation is left out: More than 12 workflows are nested/);
  });

  it('gives the same documents each time', () => {
    const text = JSON.stringify(configuration({ API: [api({})], Server: [server([event('get', '/', ok)])] }));
    expect(readImport(text, { context: {} })).toEqual(readImport(text, { context: {} }));
  });
});
