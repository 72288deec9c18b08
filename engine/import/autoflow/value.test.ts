// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${name} is what workflows write here.
import { describe, expect, it } from 'vitest';
import { actionById } from '../../../actions/index.ts';
import { checkJsonata, checkTemplate } from '../../compile/jsonata.ts';
import type { Json } from '../../document/types.ts';
import { readImport } from '../index.ts';
import {
  answer,
  api,
  compare,
  configuration,
  doing,
  event,
  execution,
  mapping,
  operator,
  ref,
  server,
  step,
} from './build-for-test.ts';

const context = { actions: actionById, jsonata: checkJsonata, template: checkTemplate };

/** What a value in the body of an answer becomes, and what is said about it. */
const converted = (value: Json): { value: Json | undefined; warnings: string[] } => {
  const { documents, warnings } = readImport(JSON.stringify(doing(execution([], answer(value)))), { context });
  const output = documents.servers[0]?.operations[0]?.workflow.output as { body?: Json };
  return { value: output.body, warnings: warnings.map(({ message }) => message) };
};

const $ref = (...path: Json[]): Json => ({ $ref: path });

describe('a value', () => {
  it.each<[string, Json, Json]>([
    ['data', { a: [1, 'x', null, true, { b: {} }] }, { a: [1, 'x', null, true, { b: {} }] }],
    ['a reference', ref('request', 'body', 'items', 0, -1), $ref('request', 'body', 'items', 0, -1)],
    ['a whole scope', ref('variables'), $ref('variables')],
    ['a position written as text', ref('variables', 'rows', '0', 'id', '-2'), $ref('variables', 'rows', 0, 'id', -2)],
    ['digits that are no position', ref('variables', '007', '1.5', '-0'), $ref('variables', '007', '1.5', '-0')],
    ['a scope of an older version', ref('variable', 'a'), $ref('variables', 'a')],
    [
      'references inside a path',
      ref('variables', 'rows', ref('request', 'query', 'at'), ref('variables', ref('variables', 'name'))),
      $ref('variables', 'rows', $ref('request', 'query', 'at'), $ref('variables', $ref('variables', 'name'))),
    ],
    [
      'the whole name of a module',
      { __struct__: 'Elixir.Flow.Data.ScopeReference', scope: 'env', path: ['APP_NAME'] },
      $ref('env', 'APP_NAME'),
    ],
    [
      'a comparison',
      compare('greater-than', ref('request', 'body'), 10),
      { $op: 'greater-than', of: [$ref('request', 'body'), 10] },
    ],
    [
      'comparisons in each other',
      operator('AND', compare('equal', 1, 1), operator('NOT', operator('OR', true, compare('<=', 'a', 'b')))),
      {
        $op: 'and',
        of: [
          { $op: 'equal', of: [1, 1] },
          { $op: 'not', of: [{ $op: 'or', of: [true, { $op: 'less-than-or-equal', of: ['a', 'b'] }] }] },
        ],
      },
    ],
    [
      'one value where a list may stand',
      { __struct__: 'Operator', type: 'not', value: false },
      { $op: 'not', of: [false] },
    ],
    ['all of nothing', operator('and'), true],
    ['any of nothing', operator('or'), false],
    [
      'steps without a mapping',
      execution([step('variable/set', { value: 1 })]),
      {
        $do: { actions: [{ id: 'set', action: 'variable/set', input: { value: 1 }, output: ['variables', 'output'] }] },
      },
    ],
    [
      'steps with a mapping',
      execution([], { a: ref('env', 'A') }),
      { $do: { actions: [], output: { a: $ref('env', 'A') } } },
    ],
    ['an object mapping', mapping(['a', 1], ['b', ref('env', 'B')]), { a: 1, b: $ref('env', 'B') }],
    ['an empty object mapping', mapping(), {}],
    [
      'object mappings in each other',
      mapping(['a', mapping(['b', [mapping(['c', null])]])]),
      { a: { b: [{ c: null }] } },
    ],
    [
      'a default that is known beforehand',
      mapping(['a', null, { default: 7 }], ['b', 0, { default: 7 }]),
      { a: 7, b: 0 },
    ],
    ['a JSON schema', { __struct__: 'Schema', type: 'json', value: { type: 'string' } }, { type: 'string' }],
    [
      'keys of objects that objects inherit',
      { constructor: 1, toString: { valueOf: ref('env', 'A') } },
      { constructor: 1, toString: { valueOf: $ref('env', 'A') } },
    ],
    ['data that reads like an expression', { $ref: ['variables', 'a'] }, { $literal: { $ref: ['variables', 'a'] } }],
    ['a route', { __struct__: 'HTTPOperationReference', method: 'get', path: '/a' }, 'GET /a'],
  ])('%s', (_what, value, expected) => {
    expect(converted(value)).toEqual({ value: expected, warnings: [] });
  });

  it('that begins with two underscores stays a key', () => {
    const text = JSON.stringify(doing(execution([], answer({ marker: 1 })))).replace(
      '"marker":1',
      '"__proto__":{"polluted":1},"marker":1',
    );
    const { documents } = readImport(text, { context });
    const output = documents.servers[0]?.operations[0]?.workflow.output as { body: object };
    expect(JSON.stringify(output.body)).toBe('{"__proto__":{"polluted":1},"marker":1}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each<[string, Json, Json, string[]]>([
    [
      'a structure that is not known',
      { __struct__: 'Elixir.Money', amount: ref('env', 'A') },
      { __struct__: 'Elixir.Money', amount: ref('env', 'A') },
      ['There is no counterpart of the structure "Money"; it is kept as data.'],
    ],
    [
      'data that reads like an expression and holds structures',
      { $ref: ['variables', ref('env', 'A')] },
      { $literal: { $ref: ['variables', ref('env', 'A')] } },
      ['The object reads like an expression and holds structures; it is kept as data, and nothing in it is evaluated.'],
    ],
    [
      'a reference without a scope',
      { __struct__: 'ScopeReference' },
      null,
      ['The reference names no scope; it gives null.'],
    ],
    [
      'scopes that are not there',
      [ref('process', 'a'), ref('process', 'b'), ref('server', 'a')],
      [$ref('process', 'a'), $ref('process', 'b'), $ref('server', 'a')],
      [
        'There is no scope "process", here and in one more place; the reference gives null.',
        'There is no scope "server"; the reference gives null.',
      ],
    ],
    [
      'parts of the request that differ',
      [ref('request', 'method'), ref('request', 'uri'), ref('request', 'params', 'a')],
      [$ref('request', 'method'), $ref('request', 'uri'), $ref('request', 'params', 'a')],
      [
        'request.method is upper-case here, such as "POST"; compare with that.',
        'request.uri is the path and query here, without scheme and host.',
        'A request has no "params"; the reference gives null.',
      ],
    ],
    [
      'a path with something odd in it',
      ref('variables', 1.5, null, { a: 1 }),
      $ref('variables', '1.5', { $literal: null }, { $literal: { a: 1 } }),
      [
        'A part of a path must be a text, a whole number or a reference; this one finds nothing.',
        'A part of a path must be a text, a whole number or a reference; this one finds nothing.',
      ],
    ],
    [
      'a path that is none',
      { __struct__: 'ScopeReference', scope: 'env', path: 'A' },
      $ref('env', 'A'),
      ['The path of a reference must be an array; it is taken as one key.'],
    ],
    [
      'addresses that lead nowhere',
      [
        { __struct__: 'ClientReference', id: 'orders db' },
        {
          __struct__: 'ServiceOperationReference',
          id: 'echo',
          serviceReference: { __struct__: 'ServiceReference', id: 'tools', version: '0.0.0' },
        },
        { __struct__: 'ServiceReference' },
        { __struct__: 'ServiceOperationReference', id: 'echo' },
        { __struct__: 'APIReference', id: 'stock' },
      ],
      ['client/orders-db', 'service/tools/echo', null, null, 'api/stock'],
      [
        'There is nothing at the address "client/orders-db"; a run fails when it gets there.',
        'There is nothing at the address "service/tools/echo"; a run fails when it gets there.',
        'The reference to a service names none; it becomes null.',
        'The reference to an operation of a service is not complete; it becomes null.',
        'There is nothing at the address "api/stock"; a run fails when it gets there.',
      ],
    ],
    [
      'an object mapping with something odd in it',
      {
        __struct__: 'ObjectMapping',
        source: ref('env', 'A'),
        values: [{ value: 1 }, { key: 'a', value: 1, lower: true }, { key: 'a', value: 2 }, 'x'],
      },
      { a: 2 },
      [
        '"source" of an object mapping has no counterpart; it is left out.',
        'An entry of an object mapping needs a key that is a text; it is left out.',
        '"lower" of an object mapping has no counterpart; it is left out.',
        'The key "a" of an object mapping is there twice; the last one counts.',
        'An entry of an object mapping needs a key that is a text; it is left out.',
      ],
    ],
    [
      'an excluded key without a value',
      mapping(['a', null, { exclude: true }], ['b', 1, { exclude: true }]),
      { b: 1 },
      [
        'The key "a" has "exclude": it is left out while its value is null.',
        'The key "b" has "exclude": it is left out while its value is null.',
      ],
    ],
  ])('%s', (_what, value, expected, warnings) => {
    expect(converted(value)).toEqual({ value: expected, warnings });
  });

  it.each([
    [compare('resembles', 1, 2), 'There is no comparison "resembles".'],
    [compare('equal', 1), 'The comparison "equal" takes two values, found an array of 1.'],
    [operator('NOT', 1, 2), 'The comparison "not" takes one value, found an array of 2.'],
  ])('that cannot be compared fails when a run gets there', (value, message) => {
    const result = converted(value);
    expect(result.value).toEqual({ $do: { actions: [{ id: 'raise', action: 'scope/raise', input: { message } }] } });
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toContain(message);
  });
});

describe('an action', () => {
  const actions = (list: Json[], mappingOf: Json = answer(null)) => {
    const { documents, warnings } = readImport(JSON.stringify(doing(execution(list, mappingOf))), { context });
    return { actions: documents.servers[0]?.operations[0]?.workflow.actions, warnings };
  };

  it('keeps what it has', () => {
    const nested = step(
      'data/json/encode',
      { data: 1 },
      {
        active: false,
        log: true,
        title: 'Pack',
        description: 'As text',
        mockingFlag: true,
        mockingValue: { a: 1 },
        output: null,
      },
    );
    const minimal = { __struct__: 'Action', category: 'string', name: 'join', input: { array: ['a'], delimiter: '' } };
    expect(actions([nested, minimal, minimal])).toEqual({
      actions: [
        {
          id: 'encode',
          action: 'data/json/encode',
          title: 'Pack',
          description: 'As text',
          enabled: false,
          log: true,
          mock: { enabled: true, value: { a: 1 } },
          input: { data: 1 },
          output: null,
        },
        { id: 'join', action: 'string/join', input: { array: ['a'], delimiter: '' } },
        { id: 'join-2', action: 'string/join', input: { array: ['a'], delimiter: '' } },
      ],
      warnings: [],
    });
  });

  it('puts its result into positions of arrays', () => {
    const set = (...path: Json[]) => step('variable/set', { value: 1 }, { output: ref('variables', ...path) });
    const result = actions([set('rows', 0, 'id'), set('rows', ref('variables', 'n')), set('rows', '1')]);
    expect(result.actions?.map(({ output }) => output)).toEqual([
      ['variables', 'rows', 0, 'id'],
      ['variables', 'rows', { $ref: ['variables', 'n'] }],
      ['variables', 'rows', 1],
    ]);
    expect(result.warnings).toEqual([
      {
        resource: 'server/shop/get/set-3',
        pointer: '/Server/0/version/0.0.0/events/0/matches/0/do/actions/2/output/path/1',
        message: '"1" in the output path is taken as a position in an array.',
      },
    ]);
  });

  it('that writes where nothing can be written gives its result to nobody, and says so', () => {
    const into = (output: Json) => step('variable/set', { value: 1 }, { output });
    const result = actions([
      into(ref('request', 'body')),
      into(ref('variables')),
      into(ref('process', 'a')),
      into({ a: 1 }),
      into(ref('variables', '__proto__', 'a')),
      into({ __struct__: 'ScopeReference', path: ['a'] }),
    ]);
    expect(result.actions?.map(({ output }) => output)).toEqual([null, null, null, null, null, null]);
    expect(result.warnings.map(({ message }) => message.split('.')[0])).toEqual([
      'The scope "request" of the output cannot be written here',
      'The output replaces all variables, which is not possible',
      'The scope "process" of the output cannot be written here',
      'The output is no reference to a scope',
      'The output path holds "__proto__"',
      'The output names no scope',
    ]);
  });

  it('of an iteration knows the scope that it names', () => {
    const inner = step('scope/set', { value: ref('row', 'value') }, { output: ref('row', 'seen') });
    const result = actions([step('iteration/map', { array: [1], scope: 'row', foreach: execution([inner]) })]);
    expect(result.warnings).toEqual([]);
    const hidden = actions([step('iteration/map', { array: [1], scope: 'input', foreach: ref('input', 'value') })]);
    expect(hidden.warnings.map(({ message }) => message)).toEqual([
      'The scope "input" of an iteration is hidden by the scope of that name that every run has. Choose another name.',
    ]);
  });

  it('that is not in the library is kept, and told once', () => {
    const strange = step('mainframe/print', { a: 1 });
    const result = actions([strange, strange, { ...strange, name: null }, 'x', { ...strange, extra: 1 }]);
    expect(result.actions?.map(({ action }) => action)).toEqual([
      'mainframe/print',
      'mainframe/print',
      'mainframe/unnamed',
      'mainframe/print',
    ]);
    expect(result.warnings.map(({ pointer, message }) => [pointer.split('/actions/')[1], message])).toEqual([
      [
        '0',
        'There is no action "mainframe/print", here and in 2 more places; it is kept, and fails when a run gets there.',
      ],
      ['2', 'The action has no name; it is kept, and fails when a run gets there.'],
      ['3', 'An action must be an object, found "x"; it is left out.'],
      ['4/extra', '"extra" of an action has no counterpart; it is left out.'],
    ]);
    expect(result.warnings.slice(0, 2).map(({ resource }) => resource?.split('/').slice(2))).toEqual([
      [expect.any(String), 'print'],
      [expect.any(String), 'unnamed'],
    ]);
  });

  it('of which the check knows something is told with its place in the configuration', () => {
    const { warnings } = actions([
      step('conditional/if', {
        conditions: [{ condition: true, value: execution([step('string/join', { array: 1, delimiter: '' })]) }],
      }),
    ]);
    expect(warnings).toEqual([
      {
        resource: 'server/shop/get/join',
        pointer: '/Server/0/version/0.0.0/events/0/matches/0/do/actions/0/input/conditions/0/value/actions/0',
        message: '"string/join" fails with this value: "array" must be an array, found 1.',
      },
    ]);
  });

  it('of an older version gets the field that was not there yet', () => {
    const result = actions([
      step('string/interpolate', { string: 'Hello ${name}', variable: mapping(['name', 'World']) }),
    ]);
    expect(result.actions?.[0]?.input).toEqual({
      string: 'Hello ${name}',
      variable: { name: 'World' },
      format: '${variable}',
    });
    expect(result.warnings).toHaveLength(1);
  });
});

describe('references between resources', () => {
  it('lead to the ids that resources get, wherever they stand', () => {
    const call = step('service/operation', {
      serviceOperationReference: {
        __struct__: 'ServiceOperationReference',
        id: 'say hello',
        serviceReference: { __struct__: 'ServiceReference', id: 'Grüße', version: '0.0.0' },
      },
      input: {},
    });
    const { documents, warnings } = readImport(
      JSON.stringify(
        configuration({
          API: [api({})],
          Server: [server([event('get', '/', execution([call], answer(null)))])],
          Service: [
            { id: 'Grüße', version: { '0.0.0': { operation: { 'say hello': { do: execution([], 'hello') } } } } },
          ],
        }),
      ),
      { context },
    );
    expect(documents.services.map(({ id, operations }) => [id, operations[0]?.id, operations[0]?.title])).toEqual([
      ['Gru-e', 'say-hello', 'say hello'],
    ]);
    expect(documents.servers[0]?.operations[0]?.workflow.actions[0]?.input?.serviceOperationReference).toBe(
      'service/Gru-e/say-hello',
    );
    expect(warnings.map(({ message }) => message)).toEqual(['The id "Grüße" is none here; it becomes "Gru-e".']);
  });
});
