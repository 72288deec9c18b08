import { describe, expect, it } from 'vitest';
import type { Json, Operation, Server } from '../../engine/document/types.ts';
import { readImport } from '../../engine/import/index.ts';
import type { ProjectDocuments } from '../../engine/wire/messages.ts';
import { compileApi } from '../../engine/worker/http/api/compile.ts';

const document = (paths: Json, more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
  openapi: '3.1.0',
  info: { title: 'Pet Shop', version: '1' },
  paths,
  ...more,
});
const read = (source: { [key: string]: Json } | string, ports: number[] = []) =>
  readImport(typeof source === 'string' ? source : JSON.stringify(source), {
    context: {},
    existing: {
      apis: [],
      services: [],
      clients: [],
      servers: ports.map((port) => ({ id: `s${port}`, type: 'http', port, operations: [] })),
    },
  });
const outputs = (operations: Operation[] | undefined) => operations?.map(({ workflow }) => workflow.output);
const said = (warnings: { resource: string | null; message: string }[]) =>
  warnings.map(({ resource, message }) => `${resource}: ${message}`);

describe('an OpenAPI document', () => {
  it('becomes an API and a stopped server with a stub for every path and method', async () => {
    const paths = {
      '/pets/{id}': {
        summary: 'A pet',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 7 }],
        get: {
          operationId: 'getPet',
          responses: { 404: {}, 200: { content: { 'application/json': { example: { name: 'Rex' } } } }, 201: {} },
        },
        put: {
          operationId: 'getPet',
          summary: 'Change it',
          requestBody: {
            content: {
              'application/json': { examples: { rex: { summary: 'Rex', value: { name: 'Rex' } }, none: {} } },
            },
          },
          responses: { 204: { description: 'done' } },
        },
      },
      'x-internal': {},
      '/': { get: {} },
    };
    const { kind, documents, variables, warnings } = read(document(paths));
    expect(kind).toBe('openapi');
    expect(variables).toEqual({});
    expect(documents.apis).toEqual([{ schema: 1, id: 'pet-shop', title: 'Pet Shop', openapi: document(paths) }]);
    expect(documents.servers).toEqual([
      {
        schema: 1,
        id: 'pet-shop',
        type: 'http',
        title: 'Pet Shop',
        active: false,
        port: 8080,
        api: 'pet-shop',
        operations: [
          {
            id: 'getPet',
            method: 'GET',
            path: '/pets/{id}',
            title: 'A pet',
            workflow: { actions: [], output: { status: 200, body: { name: 'Rex' } } },
            simulations: [{ id: 'example', input: { path: { id: 7 } } }],
          },
          {
            id: 'put-pets-id',
            method: 'PUT',
            path: '/pets/{id}',
            title: 'Change it',
            workflow: { actions: [], output: { status: 204 } },
            simulations: [{ id: 'rex', title: 'Rex', input: { path: { id: 7 }, body: { name: 'Rex' } } }],
          },
          { id: 'get', method: 'GET', path: '/', workflow: { actions: [], output: { status: 200 } } },
        ],
      },
    ]);
    expect(said(warnings)).toEqual([
      'server/pet-shop/put-pets-id: The operationId "getPet" is there twice; it becomes "put-pets-id".',
    ]);
    await compileApi(documents.apis[0]?.openapi ?? {});
  });

  it('may be YAML', () => {
    const { documents } = read(
      '# pets\nopenapi: 3.0.3\ninfo: { title: Pets, version: "1" }\npaths:\n  /a:\n    get:\n      responses:\n        200:\n          content:\n            text/plain:\n              example: |\n                a\n                b\n',
    );
    expect(outputs(documents.servers[0]?.operations)).toEqual([
      { status: 200, headers: { 'content-type': 'text/plain' }, body: 'a\nb\n' },
    ]);
  });

  const answers = (content: Json, more: { [key: string]: Json } = {}) =>
    outputs(
      read(document({ '/a': { get: { responses: { '2XX': { content } } } } }, more)).documents.servers[0]?.operations,
    )?.[0];

  it('answers as its content is declared', () => {
    expect(answers({ 'application/problem+json': { example: { a: 1 } } })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/problem+json' },
      body: { a: 1 },
    });
    expect(
      answers(
        {
          'text/html': { example: '<p>' },
          'application/json': { examples: { a: { $ref: '#/components/examples/A' } } },
        },
        { components: { examples: { A: { value: [1] } } } },
      ),
    ).toEqual({ status: 200, body: [1] });
    expect(answers({ 'application/json': { example: 'text' } })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '"text"',
    });
    expect(answers({ 'application/json': { example: null } })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: 'null',
    });
    expect(answers({ 'application/json': { example: '{"a":1}', schema: { type: 'object' } } })).toEqual({
      status: 200,
      body: { a: 1 },
    });
    expect(answers({ 'application/json': { example: { $ref: ['variables', 'a'] } } })).toEqual({
      status: 200,
      body: { $literal: { $ref: ['variables', 'a'] } },
    });
    expect(answers({ '*/*': { example: 'x' } })).toEqual({ status: 200, body: 'x' });
    expect(answers({ 'application/json': {} })).toEqual({ status: 200 });
  });

  it('answers with something made from a schema where there is no example', () => {
    const schema: Json = {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        secret: { type: 'string', writeOnly: true },
        kind: { enum: ['cat', 'dog'] },
        fixed: { const: 3 },
        count: { type: 'integer', minimum: 3, multipleOf: 5 },
        above: { type: 'integer', exclusiveMinimum: 3 },
        name: { type: ['null', 'string'], maxLength: 2 },
        flags: { type: 'array', minItems: 2, items: { type: 'boolean' } },
        either: { oneOf: [{ $ref: '#/components/schemas/Gone' }, { type: 'null' }] },
        all: { allOf: [{ properties: { a: { default: 1 } } }, { $ref: '#/components/schemas/Node' }] },
        anything: true,
      },
    };
    const components = {
      schemas: {
        Node: {
          type: 'object',
          properties: { next: { $ref: '#/components/schemas/Node' }, at: { type: 'number', example: 1.5 } },
        },
      },
    };
    expect(answers({ 'application/json': { schema } }, { components })).toEqual({
      status: 200,
      body: {
        id: '00000000-0000-4000-8000-000000000000',
        kind: 'cat',
        fixed: 3,
        count: 5,
        above: 4,
        name: 'te',
        flags: [true, true],
        either: null,
        all: { a: 1, at: 1.5 },
        anything: {},
      },
    });
  });

  it('ends, however its schemas use each other', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `S${i}`,
        {
          type: 'object',
          properties: Object.fromEntries(
            Array.from({ length: 10 }, (_each, j) => [`p${j}`, { $ref: `#/components/schemas/S${i + 1}` }]),
          ),
        },
      ]),
    );
    const circle = { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } };
    const answer = answers(
      { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } },
      { components: { schemas: { ...schemas, S30: {} } } },
    );
    expect(JSON.stringify(answer).length).toBeLessThan(100_000);
    expect(
      answers(
        { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
        { components: { schemas: circle } },
      ),
    ).toEqual({ status: 200 });
  });

  it('says what has no stub, and what the stubs do not do', () => {
    const { documents, warnings } = read(
      document(
        {
          '/a/{x}-{y}': { get: {} },
          '/b/{x}': { get: {} },
          '/b/{y}': { get: {}, post: { operationId: 'not an id', callbacks: { a: {} } } },
          '/c': { $ref: 'other.yaml#/c' },
          '/d': { get: 'x' },
        },
        { security: [{ key: [] }], servers: [{ url: 'https://example.com/v1/' }], webhooks: { a: {} } },
      ),
    );
    expect(documents.servers[0]).not.toHaveProperty('api');
    expect(
      documents.servers[0]?.operations.map((operation) => [
        operation.id,
        'path' in operation && operation.path,
        operation.active,
      ]),
    ).toEqual([
      ['get-a-x-y', '/a/x-y', false],
      ['get-b-x', '/b/{x}', undefined],
      ['get-b-y', '/b/{y}', false],
      ['post-b-y', '/b/{y}', undefined],
    ]);
    expect(warnings.map(({ pointer }) => pointer)).toEqual([
      '/paths/~1a~1{x}-{y}/get',
      '/paths/~1b~1{y}/get',
      '/paths/~1b~1{y}/post/operationId',
      '/paths/~1b~1{y}/post/callbacks',
      '/paths/~1c',
      '/paths/~1d/get',
      '/paths/~1c/$ref',
      '/webhooks',
      '/security',
      '/servers/0/url',
    ]);
  });

  it('gets a port of its own', () => {
    const on = (url: string, ...taken: number[]) =>
      read(document({}, { servers: [{ url: 'https://example.com:9' }, { url }] }), taken).documents.servers[0]?.port;
    expect(on('http://localhost:9000/v1')).toBe(9000);
    expect(on('http://[::1]:9000', 9000, 8080)).toBe(8081);
    expect(on('http://localhost:{port}')).toBe(8080);
    expect(on('/v1')).toBe(8080);
    expect(on('http://127.0.0.1:9000', 9000, 9001)).toBe(8080);
    const variable = { url: 'http://localhost:{port}', variables: { port: { default: '9100' } } };
    expect(read(document({}, { servers: [variable] })).documents.servers[0]?.port).toBe(9100);
  });

  it('keeps its port when it comes again, unless it names another', () => {
    const first = (source: { [key: string]: Json }, ...taken: number[]) => read(source, taken).documents;
    const again = (source: { [key: string]: Json }, former: ProjectDocuments, ...taken: number[]) =>
      readImport(JSON.stringify(source), {
        context: {},
        existing: {
          ...former,
          servers: [
            ...taken.map((port): Server => ({ id: `s${port}`, type: 'http', port, operations: [] })),
            ...former.servers,
          ],
        },
      }).documents;
    const on = (port: number) => document({}, { servers: [{ url: `http://127.0.0.1:${port}` }] });
    const named = first(on(9000));
    expect(again(on(9000), named)).toEqual(named);
    // 8080 was taken at first, and is free now.
    const free = first(document({}), 8080);
    expect(free.servers[0]?.port).toBe(8081);
    expect(again(document({}), free, 8080)).toEqual(free);
    expect(again(document({}), free)).toEqual(free);
    // Chosen by hand since.
    const moved = { ...named, servers: named.servers.map((server) => ({ ...server, port: 9500 })) };
    expect(again(on(9000), moved)).toEqual(moved);
    expect(again(on(9001), moved).servers[0]?.port).toBe(9001);
    expect(again(on(9001), moved, 9001).servers[0]?.port).toBe(8080);
  });

  it('gives the rest of the path to a parameter that takes slashes', async () => {
    const address = (more: { [key: string]: Json }) => ({ name: 'address', in: 'path', required: true, ...more });
    const open = address({ 'x-wildcard': true });
    const { documents, warnings } = read(
      document(
        {
          '/nodes/{address}': { parameters: [{ $ref: '#/components/parameters/open' }], get: {} },
          '/own/{address}': { parameters: [open], get: { parameters: [address({})] } },
          '/inside/{address}/x': { get: { parameters: [open] } },
          '/around/a{address}': { get: { parameters: [open] } },
          '/plain/{address}': { get: { parameters: [address({ 'x-wildcard': 'yes' })] } },
        },
        { components: { parameters: { open } } },
      ),
    );
    expect(documents.servers[0]?.operations.map((each) => 'path' in each && [each.id, each.path])).toEqual([
      ['get-nodes-address', '/nodes/{address*}'],
      ['get-own-address', '/own/{address}'],
      ['get-inside-address-x', '/inside/{address}/x'],
      ['get-around-a-address', '/around/a{address}'],
      ['get-plain-address', '/plain/{address}'],
    ]);
    expect(warnings).toEqual([
      {
        resource: 'server/pet-shop/get-inside-address-x',
        pointer: '/paths/~1inside~1{address}~1x/get/parameters/0/x-wildcard',
        message: '"x-wildcard" of "address" has no effect: only the whole last segment of a path can take slashes.',
      },
      {
        resource: 'server/pet-shop/get-around-a-address',
        pointer: '/paths/~1around~1a{address}/get/parameters/0/x-wildcard',
        message: expect.stringContaining('has no effect'),
      },
    ]);
    // Requests to it are checked as those to any other.
    const checks = await compileApi(documents.apis[0]?.openapi ?? {});
    expect(checks('GET', '/nodes/{address*}')).not.toBeNull();
    expect(checks('GET', '/nodes/{address}')).not.toBeNull();
    expect(checks('GET', '/own/{address*}')).toBeNull();
  });

  it.each([
    [{ swagger: '2.0', paths: {} }, '/swagger', /Convert it to OpenAPI 3 first/],
    [{ openapi: '3.2.0', paths: {} }, '/openapi', /must be 3.0 or 3.1, found "3.2.0"/],
    [{ openapi: '3.0.0', paths: [] }, '/paths', /must be an object/],
  ])('%j is refused', (source, pointer, message) => {
    const faults = [{ resource: null, pointer, message: expect.stringMatching(message) }];
    expect(() => read(source)).toThrow(expect.objectContaining({ faults }));
  });
});
