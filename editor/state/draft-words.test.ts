import { describe, expect, test } from 'vitest';
import { differences } from '../../engine/document/difference.ts';
import type { Json } from '../../engine/document/types.ts';
import { type DocumentPlace, groupDifferences, placeOfPointer, textOfValue } from './draft-words.ts';

const nested: Json = { id: 'inner', action: 'string/upcase', input: { string: 'a' } };
const document: Json = {
  id: 'web',
  port: 80,
  operations: [
    {
      id: 'get',
      workflow: {
        actions: [
          {
            id: 'each',
            action: 'iteration/map',
            // An id in the data is no action.
            input: { array: [{ id: 'x' }], actions: { $do: { actions: [nested] } } },
          },
        ],
        output: { body: 1 },
      },
      simulations: [{ id: 'default', input: {} }],
    },
  ],
};
const inGet = '/operations/0/workflow/actions/0';

describe('a place in a document', () => {
  const cases: [string, DocumentPlace][] = [
    ['', { operation: null, action: null, field: '' }],
    ['/port', { operation: null, action: null, field: 'port' }],
    ['/operations/0', { operation: 'get', action: null, field: '' }],
    ['/operations/0/workflow/output/body', { operation: 'get', action: null, field: 'workflow.output.body' }],
    ['/operations/0/simulations/0/input', { operation: 'get', action: null, field: 'simulations.0.input' }],
    [inGet, { operation: 'get', action: 'each', field: '' }],
    [`${inGet}/input/array/0/id`, { operation: 'get', action: 'each', field: 'input.array.0.id' }],
    [`${inGet}/input/actions/$do/actions/0/input/string`, { operation: 'get', action: 'inner', field: 'input.string' }],
    [`${inGet}/input/a~1b~0c`, { operation: 'get', action: 'each', field: 'input.a/b~c' }],
    ['/operations/7/nowhere', { operation: null, action: null, field: 'operations.7.nowhere' }],
  ];
  test.each(cases)('%s', (pointer, place) => {
    expect(placeOfPointer(document, pointer)).toEqual(place);
  });
});

test('differences stand by operation, those of the resource first', () => {
  const after = structuredClone(document) as { port: number; operations: { workflow: { actions: Json[] } }[] };
  after.operations[0]?.workflow.actions.pop();
  after.port = 81;
  const groups = groupDifferences(after as unknown as Json, differences(document, after as unknown as Json));
  expect(
    groups.map(({ operation, differences: found }) => [
      operation,
      found.map(({ kind, place }) => [kind, place.action, place.field]),
    ]),
  ).toEqual([
    [null, [['changed', null, 'port']]],
    ['get', [['removed', 'each', '']]],
  ]);
});

test('what was removed is named by where it was, also after a step that was added before it', () => {
  const isReady = (steps: Json[]): Json => ({
    id: 'check',
    action: 'conditional/if',
    input: { conditions: [{ condition: true, value: { $do: { actions: steps } } }] },
  });
  const map: Json = { id: 'map', action: 'iteration/map', input: { array: [] } };
  const read = (input: Json, ...rest: Json[]): Json =>
    isReady([{ id: 'read', action: 'csv/read', input }, map, ...rest]);
  const web = (...actions: Json[]): Json => ({ id: 'web', operations: [{ id: 'get', workflow: { actions } }] });
  const gone: Json = { id: 'gone', action: 'string/upcase' };
  const before = web(read({ text: 'a', delimiter: ';', quote: '"' }), gone);
  const after = web(
    { id: 'new', action: 'string/upcase' },
    isReady([gone, { id: 'read', action: 'csv/read', input: { text: 'a' } }, map]),
  );
  const [group] = groupDifferences(after, differences(before, after));
  expect(group?.differences.map(({ kind, place: { action, field } }) => `${kind} ${action} ${field}`)).toEqual([
    'added new ',
    'added gone ',
    'removed read input.delimiter',
    'removed read input.quote',
    'removed gone ',
  ]);
});

test.each([
  [undefined, 'nothing'],
  ['a', '"a"'],
  [{ a: 1 }, '{"a":1}'],
  [['x'.repeat(72)], `[\n  "${'x'.repeat(72)}"\n]`],
])('a value as text: %j', (value, text) => {
  expect(textOfValue(value)).toBe(text);
});
