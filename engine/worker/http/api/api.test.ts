import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../document/types.ts';
import { type Serving, serve } from '../serve-for-test.ts';
import { Needs } from '../types.ts';
import { compileApi } from './compile.ts';

let serving: Serving | undefined;
afterEach(async () => {
  await serving?.close();
  expect(serving?.faults ?? []).toEqual([]);
  serving = undefined;
});

const integer: Json = { type: 'integer', minimum: 1 };
const api = (version: string): { [key: string]: Json } => ({
  openapi: version,
  info: { title: 'Shop', version: '1' },
  paths: {
    '/items': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', required: true, schema: integer },
          { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string', maxLength: 3 } } },
          {
            name: 'ids',
            in: 'query',
            explode: false,
            schema: { type: 'array', items: { type: 'integer' }, maxItems: 2 },
          },
          { name: 'exact', in: 'query', schema: { type: 'boolean' } },
          { name: 'X-Trace', in: 'header', schema: { type: 'number' } },
          { name: 'seen', in: 'cookie', schema: { type: 'boolean' } },
          { name: 'big', in: 'query', schema: { type: 'integer' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
        ],
      },
      post: {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } }, 'text/*': {} },
        },
      },
      put: { requestBody: { $ref: '#/components/requestBodies/Optional' } },
    },
    '/items/{item-id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {},
      delete: {
        parameters: [{ name: 'item-id', in: 'path', required: true, schema: { type: 'string', pattern: '^x' } }],
      },
    },
  },
  components: {
    parameters: { Id: { name: 'item-id', in: 'path', required: true, schema: integer } },
    requestBodies: {
      Optional: { content: { 'application/json': { schema: { type: 'object', additionalProperties: false } } } },
    },
    schemas: {
      Item: {
        type: 'object',
        required: ['name', 'parts'],
        properties: {
          name: { type: 'string', minLength: 1 },
          mail: { type: 'string', format: 'email' },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
        },
      },
      Part: {
        type: 'object',
        properties: {
          count: { type: 'integer' },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
        },
      },
    },
  },
});

const start = async (document = api('3.1.0')) => {
  const run = (request: unknown) => ({ body: request });
  serving = await serve(
    {
      'GET /items': { needs: Needs.all, run },
      'POST /items': { needs: 0, run },
      'PUT /items': { needs: 0, run },
      'GET /items/{id}': { needs: Needs.path, run },
      'DELETE /items/{id}': { needs: Needs.path, run },
      'GET /other': { needs: Needs.query, run },
    },
    { api: document },
  );
  return serving.url;
};
const errorsOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return {
    status: answer.status,
    errors: ((await answer.json()) as { errors: { in: string; pointer: string }[] }).errors,
  };
};

describe('parameters', () => {
  it('reach the workflow as the types that the API names', async () => {
    const url = await start();
    const query = 'limit=5&tag=a&tag=b&ids=1,2&exact=true&big=12345678901234567890&filter[a]=1&more=x';
    const answer = await fetch(`${url}/items?${query}`, { headers: { 'x-trace': '1.5', cookie: 'seen=false' } });
    expect(answer.status).toBe(200);
    const request = (await answer.json()) as { query: object; header: object; cookie: object };
    expect(request.query).toEqual({
      limit: 5,
      tag: ['a', 'b'],
      ids: [1, 2],
      exact: true,
      big: '12345678901234567890',
      'filter[a]': '1',
      more: 'x',
    });
    expect(request.header).toMatchObject({ 'x-trace': 1.5 });
    expect(request.cookie).toEqual({ seen: false });
  });

  it.each([
    ['', [{ in: 'query', pointer: '/limit', detail: 'is missing' }]],
    ['limit=0', [{ in: 'query', pointer: '/limit', detail: 'must be >= 1' }]],
    ['limit=x', [{ in: 'query', pointer: '/limit', detail: 'must be integer' }]],
    ['limit=1.5', [{ in: 'query', pointer: '/limit', detail: 'must be integer' }]],
    ['limit=1&limit=2', [{ in: 'query', pointer: '/limit', detail: 'must be integer' }]],
    ['limit=1&tag=long', [{ in: 'query', pointer: '/tag', detail: 'must NOT have more than 3 characters' }]],
    ['limit=1&ids=1,2,3', [{ in: 'query', pointer: '/ids', detail: 'must NOT have more than 2 items' }]],
    ['limit=&exact=1', [{ pointer: '/limit' }, { in: 'query', pointer: '/exact', detail: 'must be boolean' }]],
  ])('%s is refused with every place', async (query, errors) => {
    const url = await start();
    expect(await errorsOf(await fetch(`${url}/items?${query}`))).toMatchObject({ status: 400, errors });
    expect(serving?.refused).toMatchObject([{ status: 400, path: '/items' }]);
    expect(serving?.done).toEqual([]);
  });

  it('are found in the path whatever the operation calls them, and an operation overrides its path', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/items/7`)).json()).toMatchObject({ path: { id: 7 } });
    expect(await errorsOf(await fetch(`${url}/items/x7`))).toMatchObject({
      status: 400,
      errors: [{ in: 'path', pointer: '/item-id' }],
    });
    expect((await fetch(`${url}/items/x7`, { method: 'DELETE' })).status).toBe(200);
    expect((await fetch(`${url}/items/7`, { method: 'DELETE' })).status).toBe(400);
  });

  it('of operations that the API does not know are left alone', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/other?limit=x`)).json()).toMatchObject({ query: { limit: 'x' } });
  });
});

describe('bodies', () => {
  const post = (url: string, body: string | null, type = 'application/json', method = 'POST') =>
    fetch(`${url}/items`, { method, body, headers: type === '' ? {} : { 'content-type': type } });

  it('that fit become runs', async () => {
    const url = await start();
    const answer = await post(url, '{"name":"a","mail":"a@b.c","parts":[{"parts":[{"count":1}]}]}');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ body: { name: 'a' } });
    expect((await post(url, 'free', 'text/plain')).status).toBe(200);
  });

  it.each([
    ['{"parts":[]}', { pointer: '', detail: "must have required property 'name'" }],
    [
      '{"name":"a","parts":[{"parts":[{"count":"1"}]}]}',
      { pointer: '/parts/0/parts/0/count', detail: 'must be integer' },
    ],
    ['{"name":"a","mail":"nobody","parts":[]}', { pointer: '/mail', detail: 'must match format "email"' }],
    ['null', { pointer: '', detail: 'must be object' }],
    [null, { pointer: '', detail: 'is missing' }],
  ])('%s is refused', async (body, error) => {
    const url = await start();
    expect(await errorsOf(await post(url, body))).toMatchObject({ status: 400, errors: [{ in: 'body', ...error }] });
  });

  it('may be left out where they are optional', async () => {
    const url = await start();
    expect((await post(url, null, 'application/json', 'PUT')).status).toBe(200);
    expect(await errorsOf(await post(url, '{"a":1}', 'application/json', 'PUT'))).toMatchObject({
      errors: [{ detail: expect.stringContaining('"a"') }],
    });
  });

  it('of another type are refused with 415', async () => {
    const url = await start();
    for (const type of ['application/xml', 'image/png']) {
      const answer = await post(url, '<a/>', type);
      expect([answer.status, answer.headers.get('accept')]).toEqual([415, 'application/json, text/*']);
    }
  });
});

describe('OpenAPI 3.0', () => {
  it('is read as it was meant', async () => {
    const schema: Json = {
      type: 'object',
      required: ['id', 'size'],
      properties: {
        id: { type: 'string', readOnly: true },
        size: { type: 'number', minimum: 0, exclusiveMinimum: true },
        note: { type: 'string', nullable: true },
        kind: { type: 'string', nullable: true, enum: ['a'] },
      },
    };
    const content: Json = { 'application/json': { schema } };
    const url = await start({ openapi: '3.0.3', paths: { '/items': { post: { requestBody: { content } } } } });
    const post = (body: Json) =>
      fetch(`${url}/items`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    expect((await post({ size: 1, note: null, kind: null })).status).toBe(200);
    expect((await post({ size: 0 })).status).toBe(400);
    expect((await post({ size: 1, kind: 'b' })).status).toBe(400);
  });

  it('may have properties that are called like keywords', async () => {
    const schema: Json = {
      type: 'object',
      properties: { nullable: { type: 'string' }, type: { type: 'string' }, minimum: { type: 'number' } },
    };
    const checks = await compileApi({
      openapi: '3.0.0',
      paths: { '/a': { post: { requestBody: { content: { 'application/json': { schema } } } } } },
    });
    expect(checks('POST', '/a')).not.toBeNull();
  });
});

describe('a document that cannot be used', () => {
  const withSchema = (schema: Json): { [key: string]: Json } => ({
    openapi: '3.1.0',
    paths: { '/a': { get: { parameters: [{ name: 'q', in: 'query', schema }] } } },
  });
  it.each([
    ['another version', { openapi: '2.0' }, /"3.0.x" or "3.1.x"/],
    ['no version', {}, /"3.0.x" or "3.1.x"/],
    ['a reference to nothing', withSchema({ $ref: '#/components/schemas/None' }), /no object at/],
    ['a reference out of it', withSchema({ $ref: 'other.json#/a' }), /leads out of the document/],
    ['a reference to itself', withSchema({ $ref: '#/paths/~1a/get/parameters/0/schema' }), /circle/],
    ['a type that does not exist', withSchema({ type: 'money' }), /money/],
    ['a pattern that is none', withSchema({ type: 'string', pattern: '(' }), /\/a/],
    [
      'a parameter that its path lacks',
      { openapi: '3.1.0', paths: { '/a': { get: { parameters: [{ name: 'id', in: 'path', schema: {} }] } } } },
      /no parameter "id"/,
    ],
  ])('for %s is a stated failure', async (_what, document, message) => {
    await expect(compileApi(document as { [key: string]: Json })).rejects.toMatchObject({
      code: 'api-invalid',
      message: expect.stringMatching(message),
    });
  });

  it('changes nothing of a server that runs', async () => {
    const url = await start();
    await expect(serving?.use({}, { api: { openapi: '1' } })).rejects.toMatchObject({ code: 'api-invalid' });
    expect((await fetch(`${url}/other`)).status).toBe(200);
  });
});
