import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import {
  exactly,
  filledText,
  flag,
  type JsonSchema,
  listOf,
  text,
  describe as withSchema,
} from '../../document/shape.ts';
import { emptyAnswer, jsonAnswer } from './answer.ts';
import { describeApi } from './openapi.ts';
import type { Route } from './route.ts';
import { schemaCompiler } from './test-answers.ts';
import { useTestApi } from './test-api.ts';

const test = useTestApi();

interface Described {
  paths: { [path: string]: { [method: string]: Operation } };
  components: { schemas: { [name: string]: JsonSchema } };
}
interface Operation {
  operationId: string;
  security: object[];
  parameters: { name: string; in: string; schema: JsonSchema }[];
  requestBody?: { required: boolean; content: { [type: string]: { schema: JsonSchema } } };
  responses: { [status: string]: { content?: { [type: string]: { schema: JsonSchema } } } };
  'x-right': string;
  'x-audit'?: string;
}

const description = async (): Promise<Described> =>
  (await test.api.call('GET', '/api/openapi.json', { token: null })).json<Described>();

/** Every schema of a description with the place it stands at. */
function* schemasOf({ paths, components }: Described): Iterable<[place: string, schema: JsonSchema]> {
  for (const [name, schema] of Object.entries(components.schemas)) yield [name, schema];
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { parameters, requestBody, responses }] of Object.entries(operations)) {
      const at = `${method} ${path}`;
      for (const { name, schema } of parameters) yield [`${at} ${name}`, schema];
      for (const { schema } of Object.values(requestBody?.content ?? {})) yield [`${at} body`, schema];
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const [type, { schema }] of Object.entries(content)) yield [`${at} ${status} ${type}`, schema];
    }
  }
}

describe('the description of the API', () => {
  it('is OpenAPI 3.1, and for anyone to read', async () => {
    const api = await description();
    expect(api).toMatchObject({ openapi: '3.1.1', info: { version: test.control.version } });
    const result = await new Validator().validate(JSON.parse(JSON.stringify(api)));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('has only schemas that compile, and references that lead somewhere', async () => {
    const api = await description();
    const compile = schemaCompiler(api);
    // Many are the same problem.
    const schemas = new Map(
      [...schemasOf(api)].map(([place, schema]) => [JSON.stringify(schema), [place, schema] as const]),
    );
    expect(schemas.size).toBeGreaterThan(50);
    for (const [place, schema] of schemas.values()) expect(() => compile(schema), place).not.toThrow();
  });

  it('names every operation once, with who may call it and what trace it leaves', async () => {
    const operations = Object.values((await description()).paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) {
      const isOpen = operation['x-right'] === 'public';
      expect(operation.security.length > 0, operation.operationId).toBe(!isOpen);
      expect(Object.hasOwn(operation.responses, '401'), operation.operationId).toBe(!isOpen);
    }
    const { paths } = await description();
    expect(paths['/api/nodes/{address}']?.patch).toMatchObject({
      operationId: 'patchNodesByAddress',
      'x-right': 'operate',
      'x-audit': 'node.changed',
      parameters: [{ name: 'address', in: 'path', required: true, 'x-wildcard': true }],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/NodeChange' } } },
      },
    });
    expect(paths['/api/logs/download']?.get?.parameters.map(({ name }) => name)).toEqual([
      'file',
      'from',
      'to',
      'format',
    ]);
  });

  it('describes itself', async () => {
    expect((await description()).paths['/api/openapi.json']?.get).toMatchObject({ 'x-right': 'session' });
  });
});

describe('components', () => {
  const route = (schema: ReturnType<typeof exactly>, path = '/api/x'): Route => ({
    method: 'GET',
    path,
    right: 'view',
    audit: null,
    summary: 'Gives it.',
    answers: { 200: jsonAnswer('It.', schema), 204: emptyAnswer('Nothing.') },
    handle() {},
  });
  const named = withSchema(exactly({ a: text, b: flag }, ['b']), { title: 'Pair' });

  it('are what has a title, wherever it stands', () => {
    const api = describeApi([route(listOf(exactly({ pair: named }))), route(named, '/api/y')], '1');
    expect((api.components as Described['components']).schemas.Pair).toEqual({
      title: 'Pair',
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'boolean' } },
      required: ['a'],
      additionalProperties: false,
    });
    expect(JSON.stringify(api.paths).split('"#/components/schemas/Pair"')).toHaveLength(3);
  });

  it('keep what is said of them where they stand', () => {
    const api = describeApi([route(exactly({ pair: withSchema(named, { description: 'The first.' }) }))], '1');
    expect(JSON.stringify(api.paths)).toContain(
      '{"allOf":[{"$ref":"#/components/schemas/Pair"}],"description":"The first."}',
    );
  });

  it('cannot share a title', () => {
    const other = withSchema(exactly({ a: filledText }), { title: 'Pair' });
    expect(() => describeApi([route(named), route(other, '/api/y')], '1')).toThrow(
      'Two schemas that differ have the title Pair; give one of them another.',
    );
  });
});
