import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { checkJsonata, checkTemplate } from '../../engine/compile/jsonata.ts';
import { checkDocument } from '../../engine/document/check.ts';
import { folders, resourceKinds } from '../../engine/document/layout.ts';
import type { Json } from '../../engine/document/types.ts';
import {
  answer,
  api,
  client,
  compare,
  configuration,
  event,
  execution,
  mapping,
  operator,
  ref,
  server,
  service,
  step,
} from '../../engine/import/autoflow/build-for-test.ts';
import { exportProject, ImportFault, readImport } from '../../engine/import/index.ts';

const context = { actions: actionById, jsonata: checkJsonata, template: checkTemplate };

const field: Json = {
  __struct__: 'Field',
  id: 'name',
  label: 'Name',
  required: true,
  schema: { __struct__: 'Schema', type: 'json', value: { type: 'string' } },
};
const autoflow = configuration({
  API: [api({ '/a/:id': { get: { summary: 'A', 'x-request-examples': { one: { path: { id: '1' } } } } } })],
  Process: [
    server(
      [
        event(
          'get',
          '/a/:id',
          execution(
            [
              step('conditional/if', {
                conditions: [
                  {
                    condition: operator('AND', compare('equal', ref('request', 'path', 'id'), '1')),
                    value: execution([step('scope/break', { mapping: 1 })]),
                  },
                  { condition: true, value: ref('variables', 'a', ref('env', 'B')) },
                ],
              }),
              step('iteration/map', {
                array: [1],
                scope: 'row',
                foreach: execution([
                  step('string/join', { array: [ref('row', 'value')], delimiter: '' }, { output: ref('row', 'x', 0) }),
                ]),
              }),
              step('service/operation', {
                serviceOperationReference: {
                  __struct__: 'ServiceOperationReference',
                  id: 'echo',
                  serviceReference: { __struct__: 'ServiceReference', id: 'tools' },
                },
                input: mapping(['a', ref('env', 'A'), { default: 1 }], ['b', ref('env', 'B'), { exclude: true }]),
              }),
            ],
            answer(ref('variables', 'output')),
          ),
          {
            matches: [
              { do: execution([], answer(1)), in: compare('equal', 1, 2) },
              { do: execution([], ref('variables', 'x')), in: {} },
            ],
            test: { x: { input: {} } },
          },
        ),
        event(
          'post',
          '/b',
          execution([step('x/y', { z: ref('env', 'A') })], mapping(['status_code', 201], ['body', execution([])])),
        ),
      ],
      {
        apis: [{ __struct__: 'APIReference', id: 'shop', version: '0.0.0' }],
        securities: [{ do: {} }],
        cors: true,
        allowOrigin: 'https://a.example, *',
      },
    ),
  ],
  Service: [
    service({
      echo: {
        do: execution([], { name: ref('input', 'name') }),
        in: { __struct__: 'Schema', type: 'arguments', value: [field] },
        out: { __struct__: 'Schema', type: 'arguments', value: [field] },
        test: { x: { input: {} } },
      },
    }),
  ],
  Client: [
    client({ password: 'x', servers: [{ port: 1 }] }, [{ event: 'topic', matches: [{ do: execution([], null) }] }]),
  ],
  settings: { global: { A: 1 } },
});
const openapi: Json = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'http://localhost:9000/v1', variables: {} }],
  paths: {
    '/a/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'make',
        requestBody: {
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Node' },
              examples: { one: { value: { a: 1 } } },
            },
          },
        },
        responses: {
          '2XX': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } } },
          default: { $ref: '#/components/responses/Bad' },
        },
      },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } } },
    responses: { Bad: { description: 'bad' } },
    schemas: {
      Node: {
        type: 'object',
        properties: {
          next: { $ref: '#/components/schemas/Node' },
          kind: { enum: ['a'] },
          list: { type: 'array', minItems: 2, items: { oneOf: [{ type: 'string' }] } },
        },
      },
    },
  },
};
const sluice: Json = JSON.parse(exportProject(readImport(JSON.stringify(autoflow), { context }).documents, { a: 1 }));

/** Every place in a value. */
const placesOf = (value: Json, path: (string | number)[] = []): (string | number)[][] => {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, member]) =>
      placesOf(member, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
};

/** A copy with something else at a place; undefined takes it away, and a key is given another name with `as`. */
const changed = (value: Json, [key, ...rest]: (string | number)[], to: Json | undefined, as?: string): Json => {
  if (key === undefined) return to ?? null;
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      index !== key ? [item] : rest.length === 0 && to === undefined ? [] : [changed(item, rest, to, as)],
    );
  const members = Object.entries(value as { [key: string]: Json }).flatMap(([name, member]): [string, Json][] => {
    if (name !== key) return [[name, member]];
    if (rest.length > 0) return [[name, changed(member, rest, to, as)]];
    return as !== undefined ? [[as, member]] : to === undefined ? [] : [[name, to]];
  });
  return Object.fromEntries(members);
};

const strange = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    '',
    ' ',
    '__proto__',
    'constructor',
    '../x',
    'a/b',
    [],
    {},
    [[]],
    [null],
    'x'.repeat(300),
    '\u0000\ud800',
    '{{',
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    ...(
      [
        'ScopeReference',
        'Execution',
        'Action',
        'Comparison',
        'Operator',
        'ObjectMapping',
        'Schema',
        'ServiceOperationReference',
        'ProcessReference',
        'Elixir.X.Flow',
        7,
      ] as const
    ).map((name) => ({ __struct__: name })),
  ),
  fc.constantFrom<Json>(
    { $ref: ['variables'] },
    { $do: { actions: [] } },
    { $jsonata: '(' },
    { $op: 'x', of: [] },
    { $ref: '#/components/schemas/Node' },
    { $literal: { $secret: 'a' } },
  ),
);

interface Change {
  at: number;
  to: Json | undefined;
  as: string | undefined;
}
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.nat(),
    to: fc.oneof({ weight: 5, arbitrary: strange }, { weight: 1, arbitrary: fc.constant(undefined) }),
    as: fc.option(fc.constantFrom('__proto__', 'constructor', 'toString', 'x', '$ref', 'id', 'values', 'path'), {
      nil: undefined,
      freq: 4,
    }),
  }),
  { minLength: 1, maxLength: 4 },
);

it.each([
  ['AutoFlow', autoflow as Json],
  ['OpenAPI', openapi],
  ['Sluice', sluice],
])('a %s document with something strange in it is imported in order, or refused', (_what, document) => {
  let imported = 0;
  fc.assert(
    fc.property(changes, (list) => {
      const mutated = list.reduce((value, { at, to, as }) => {
        const places = placesOf(value);
        return changed(value, places[at % places.length] ?? [], to, as);
      }, document);
      const text = JSON.stringify(mutated);
      let result: ReturnType<typeof readImport>;
      try {
        result = readImport(text, { context });
      } catch (thrown) {
        if (!(thrown instanceof ImportFault)) throw thrown;
        expect(thrown.message).toMatch(/[.?]$/);
        return;
      } finally {
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      }
      imported += 1;
      const errors = resourceKinds.flatMap((kind) =>
        result.documents[folders[kind]].flatMap((each) =>
          checkDocument(kind, each, { ...context, file: each.id }).filter(({ severity }) => severity === 'error'),
        ),
      );
      expect(errors).toEqual([]);
      expect(result.documents.servers.every(({ active }) => active === false)).toBe(true);
      expect(
        result.warnings.filter(
          ({ message, pointer }) => !/[.?]$/.test(message) || (pointer !== '' && !pointer.startsWith('/')),
        ),
      ).toEqual([]);
      const once = exportProject(result.documents, result.variables);
      const again = readImport(once, { context });
      expect(exportProject(again.documents, again.variables)).toBe(once);
    }),
    { numRuns: 1_500 },
  );
  expect(imported).toBeGreaterThan(50);
});

it('text that is cut or has a wrong character in it is refused', () => {
  const text = JSON.stringify(autoflow);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (at, insert) => {
      try {
        readImport(text.slice(0, at) + insert, { context });
      } catch (thrown) {
        if (!(thrown instanceof ImportFault)) throw thrown;
      }
    }),
    { numRuns: 300 },
  );
});
