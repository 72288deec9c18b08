import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import operation from '../../actions/api/operation.ts';
import type { ActionContext, HostRequest, Plain } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeAll(async () => {
  opened = await openActionContext();
});
afterAll(() => opened.close());

const json = { 'application/json': {} };
const shop: Plain = {
  openapi: '3.0.3',
  servers: [
    {
      url: 'https://{stage}.shop.example/{base}/',
      variables: { stage: { default: 'live', enum: ['live', 'test/eu'] }, base: { default: 'api/v1' } },
    },
  ],
  paths: {
    '/orders': {
      get: {
        operationId: 'list-orders',
        parameters: [
          { name: 'tags', in: 'query', explode: false },
          { name: 'ids', in: 'query', style: 'pipeDelimited', explode: false },
          { $ref: '#/components/parameters/filter' },
          { name: 'sort', in: 'query', schema: { type: 'object' } },
          { name: 'X-Version', in: 'header', schema: { default: 2 } },
          { name: 'Authorization', in: 'header', schema: { default: 'never' } },
        ],
        responses: { 200: { content: json }, default: { $ref: '#/components/responses/problem' } },
      },
      post: { operationId: 'add-order', requestBody: { content: { 'text/csv': {}, 'application/vnd.shop+json': {} } } },
    },
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path' }],
      servers: [{ url: '/relative' }],
      get: { operationId: 'get-order', servers: [{ url: 'https://orders.example' }] },
      delete: { responses: {} },
    },
    '/forms': { $ref: '#/components/pathItems/forms' },
    '/{any}': { get: { operationId: 'any' } },
    '/circle': { $ref: '#/paths/~1circle' },
  },
  components: {
    parameters: { filter: { name: 'filter', in: 'query', style: 'deepObject' } },
    responses: { problem: { content: { 'application/problem+json': {}, 'text/*': {} } } },
    pathItems: {
      forms: {
        put: { operationId: 'send form', requestBody: { content: { 'application/x-www-form-urlencoded': {} } } },
      },
    },
  },
};

const ask = async (wanted: string, given: Record<string, unknown> = {}): Promise<HostRequest> => {
  const asked: HostRequest[] = [];
  const context: ActionContext = {
    ...opened.context,
    host: {
      ...opened.context.host,
      project: {
        list: () => [],
        find: (kind, id) => (kind === 'api' && id === 'shop' ? { openapi: shop } : undefined),
      },
      request: async (outgoing) => {
        asked.push(outgoing);
        return { status: 200, headers: {}, body: new Uint8Array() };
      },
    },
  };
  await runAction(operation, { apiOperationReference: `api/shop/${wanted}`, ...given }, context);
  return asked[0] as HostRequest;
};
const urlOf = async (wanted: string, given: Record<string, unknown> = {}): Promise<string> =>
  decodeURIComponent((await ask(wanted, given)).url);

describe('the operation', () => {
  it.each([
    ['list-orders', 'GET'],
    ['add-order', 'POST'],
    ['GET /orders', 'GET'],
    ['post /orders', 'POST'],
    ['send form', 'PUT'],
  ])('is found by %s', async (wanted, method) => expect((await ask(wanted)).method).toBe(method));

  it('is found whatever its path parameters are called', async () => {
    const given = { url: 'https://other.example', variables: { id: 7 } };
    expect(await ask('DELETE /orders/{number}', given)).toMatchObject({
      method: 'DELETE',
      url: 'https://other.example/orders/7',
    });
  });

  it.each(['none', 'PATCH /orders', 'GET /none', 'constructor', 'GET /circle', 'GET /orders/'])(
    'is not found by %s',
    async (wanted) => {
      await expect(ask(wanted)).rejects.toMatchObject({ code: 'operation-unknown' });
    },
  );

  it.each(['', 'shop', 'api/shop', 'api/shop/', 'service/shop/x', 'api/none/x'])(
    'is of no API when the reference is %j',
    async (apiOperationReference) => {
      await expect(ask('', { apiOperationReference })).rejects.toMatchObject({
        code: apiOperationReference === '' ? 'input-invalid' : 'api-unknown',
      });
    },
  );
});

describe('the URL', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['is that of the server with its defaults', 'list-orders', {}, 'https://live.shop.example/api/v1/orders'],
    [
      'has the variables given, listed ones as they are',
      'list-orders',
      { variables: { stage: 'test/eu', base: 'b/c' } },
      'https://test/eu.shop.example/b/c/orders',
    ],
    ['is nearest to the operation', 'get-order', { variables: { id: 'a b' } }, 'https://orders.example/orders/a b'],
    ['takes another server', 'list-orders', { url: 'http://other.example/v2/' }, 'http://other.example/v2/orders'],
    [
      'takes another server with a query',
      'list-orders',
      { url: 'http://other.example?key=1', query: { a: 2 } },
      'http://other.example/orders?key=1&a=2',
    ],
    [
      'is taken whole when it ends with the path',
      'get-order',
      { url: 'http://other.example/v2/orders/{id}', variables: { id: 7 } },
      'http://other.example/v2/orders/7',
    ],
    [
      'also when that is filled in',
      'get-order',
      { url: 'http://other.example/orders/7' },
      'http://other.example/orders/7',
    ],
    ['but not when only the host looks like it', 'list-orders', { url: 'http://orders' }, 'http://orders/orders'],
    [
      'is not when the path would match anything',
      'any',
      { url: 'http://other.example/v2', variables: { any: 'x' } },
      'http://other.example/v2/x',
    ],
    ['takes another path', 'list-orders', { url: '/v3/all' }, 'https://live.shop.example/api/v1/v3/all'],
  ])('%s', async (_, wanted, given, url) => expect(await urlOf(wanted, given)).toBe(url));

  it('percent-encodes what the document does not list', async () => {
    const { url } = await ask('list-orders', { variables: { base: 'evil/../x' } });
    expect(url).toBe('https://live.shop.example/evil%2F..%2Fx/orders');
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['a missing variable', 'get-order', {}, '`url` needs the variable `id`'],
    ['a value that is not listed', 'list-orders', { variables: { stage: 'evil' } }, '`variables.stage` must be one of'],
    ['a server without an address', 'DELETE /orders/{id}', { variables: { id: 1 } }, '`url` must be given'],
    ['a URL that is none', 'list-orders', { url: 'other.example' }, '`url` must begin with'],
    ['another scheme', 'list-orders', { url: 'file:///etc' }, '`url` must begin with'],
  ])('is refused for %s', async (_, wanted, given, message) => {
    await expect(ask(wanted, given)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(message),
    });
  });
});

describe('values', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ tags: ['a', 'b'] }, 'tags=a,b'],
    [{ ids: [1, 2] }, 'ids=1|2'],
    [{ filter: { state: 'open', size: 2 } }, 'filter[state]=open&filter[size]=2'],
    [{ sort: { by: 'name', up: true } }, 'by=name&up=true'],
    [{ other: ['a', 'b'] }, 'other=a&other=b'],
    [{ tags: 'a', none: null }, 'tags=a'],
  ])('%j are written as %s', async (query, written) =>
    expect(await urlOf('list-orders', { query })).toBe(`https://live.shop.example/api/v1/orders?${written}`),
  );

  it('that no style fits are refused', async () => {
    await expect(ask('list-orders', { query: { other: { a: 1 } } })).rejects.toMatchObject({ code: 'input-invalid' });
  });
});

describe('headers', () => {
  it('are completed from the document', async () => {
    expect((await ask('list-orders', { header: { 'x-own': 1 } })).headers).toEqual({
      'x-own': '1',
      'x-version': '2',
      accept: 'application/json, application/problem+json',
    });
  });

  it('are as the workflow gives them', async () => {
    const header = { 'X-VERSION': 3, Accept: '*/*' };
    expect((await ask('list-orders', { header })).headers).toEqual({ 'x-version': '3', accept: '*/*' });
  });

  it.each<[string, unknown, string | undefined, string]>([
    ['add-order', { a: 1 }, 'application/vnd.shop+json', '{"a":1}'],
    ['add-order', 'a;b', undefined, 'a;b'],
    ['send form', { a: 'x y' }, 'application/x-www-form-urlencoded', 'a=x%20y'],
    ['send form', 'a=1', 'application/x-www-form-urlencoded', 'a=1'],
    ['list-orders', { a: 1 }, 'application/json', '{"a":1}'],
  ])('of %s with %j name the type of the body', async (wanted, body, type, sent) => {
    const asked = await ask(wanted, { body });
    expect(asked.headers['content-type']).toBe(type);
    expect(asked.body).toBe(sent);
  });
});
