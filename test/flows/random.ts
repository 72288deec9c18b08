import fc from 'fast-check';
import type { Action, Json, Service, Value, Workflow } from '../../engine/document/types.ts';
import type { FlowCase } from './cases.ts';

/*
 * Small random workflows. Most of them fail somewhere: how and where they fail is compared like everything else.
 * Messages are not looked at, since only codes and nodes are part of the contract.
 */

const json: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, -2, 2.5, '', 'a', 'text with spaces', [], {}),
  fc.constantFrom<Json>(
    [1, 2, 3],
    ['a', null],
    [{ id: 1 }, { id: 2 }],
    { a: 1, b: [2] },
    { $ref: '#/a' },
    { $ref: ['x'], y: 1 },
    [[1], []],
  ),
);
const key = fc.constantFrom('a', 'b', 'output', 'value', 'index', '__proto__', 'constructor');
const index = fc.integer({ min: -3, max: 3 });
const scope = fc.constantFrom('item', 'other');

const path = (value: fc.Arbitrary<Value>): fc.Arbitrary<Json[]> =>
  fc.oneof<fc.Arbitrary<Json[]>[]>(
    fc.tuple(fc.constant('variables'), key),
    fc.constant(['variables']),
    fc.tuple(fc.constant('variables'), key, fc.oneof(key, index, value)),
    fc.tuple(scope, fc.constantFrom('value', 'index')),
    fc.tuple(scope, fc.constant('value'), fc.oneof(key, index)),
    fc.tuple(fc.constant('request'), fc.constant('body'), fc.constant('items'), index, fc.constant('id')),
    fc.constantFrom<Json[][]>(
      ['error', 'code'],
      ['error', 'node'],
      ['input', 'n'],
      ['run', 'node'],
      ['request', 'body', 'items'],
      ['nowhere', 'a'],
    ),
  );

const expressions = [
  'variables.a',
  'variables.output',
  'request.body.items.id',
  'request.body.items[id > 1]',
  '$count(variables.a)',
  'variables.a = variables.b',
  '1 + variables.a',
  '"t" & variables.b',
  '{"x": variables.a, "y": item.index}',
  '[variables.a, other.value]',
  '$exists(item) ? item.value : error.code',
  '$keys(variables)',
  '$map([1, 2], function($n) { $n + input.n })',
  '$error("wrong")',
];

const { value, workflow } = fc.letrec<{
  value: Value;
  workflow: Workflow;
  action: Action;
  steps: Value;
  input: Record<string, Value>;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: json },
    { weight: 4, arbitrary: path(tie('value')).map(($ref): Json => ({ $ref })) },
    { weight: 2, arbitrary: fc.constantFrom(...expressions).map(($jsonata) => ({ $jsonata })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('plain', 'n {{item.index}}', '{{variables.a}}{{variables.b}}', '{{ 1 + variables.output }}')
        .map(($template) => ({ $template })),
    },
    { weight: 1, arbitrary: json.map(($literal) => ({ $literal })) },
    { weight: 1, arbitrary: fc.constantFrom('known', 'unknown').map(($secret) => ({ $secret })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            'equal',
            'not-equal',
            'less-than',
            'less-than-or-equal',
            'greater-than',
            'greater-than-or-equal',
          ),
          fc.tuple(tie('value'), tie('value')),
        )
        .map(([$op, of]) => ({ $op, of })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('value'), { minLength: 1, maxLength: 3 }))
        .map(([$op, of]) => ({ $op, of })),
    },
    { weight: 1, arbitrary: tie('value').map((of) => ({ $op: 'not', of: [of] })) },
    { weight: 2, arbitrary: tie('steps') },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(key, tie('value'), { maxKeys: 3 }) },
  ),
  steps: tie('workflow').map(($do) => ({ $do }) as unknown as Value),
  workflow: fc.record(
    { actions: fc.array(tie('action'), { maxLength: 4, depthIdentifier: 'actions' }), output: tie('value') },
    { requiredKeys: ['actions'] },
  ) as fc.Arbitrary<Workflow>,
  action: fc
    .record(
      {
        id: fc.constant(''),
        kind: tie('input'),
        output: fc.oneof(
          fc.constant(null),
          fc.tuple(fc.constant('variables'), key),
          fc.tuple(fc.constant('variables'), key, fc.oneof(key, index, tie('value'))),
          fc.tuple(scope, key),
        ),
        enabled: fc.constantFrom(true, true, true, false),
        mock: fc.record({ enabled: fc.constantFrom(false, true), value: json }),
        retry: fc.constant({ attempts: 2 }),
      },
      { requiredKeys: ['id', 'kind'] },
    )
    .map(
      ({ kind: { action, ...input }, output, enabled, mock, retry, id }): Action => ({
        id,
        action: action as string,
        input,
        ...(output !== undefined && { output: output as Json[] }),
        ...(enabled === false && { enabled }),
        // Rarely: a workflow of mocks shows little.
        ...(mock?.enabled && retry && { mock }),
        ...(retry && output === null && { retry }),
      }),
    ),
  input: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ action: fc.constant('variable/set'), value: tie('value') }) },
    fc.record({ action: fc.constant('object/put'), object: tie('value'), key, value: tie('value') }),
    fc.record({ action: fc.constant('object/merge'), object: tie('value'), with: tie('value') }),
    fc.record({ action: fc.constant('array/at'), array: tie('value'), at: index }),
    fc.record({ action: fc.constant('string/join'), array: tie('value'), delimiter: fc.constant('-') }),
    fc.record({ action: fc.constant('condition/is-equal-to'), value: tie('value'), target: tie('value') }),
    fc.record({
      action: fc.constant('math/calculate'),
      expression: fc.constant('n + 1'),
      variables: fc.record({ n: tie('value') }),
    }),
    {
      weight: 2,
      arbitrary: fc.record({
        action: fc.constant('conditional/if'),
        conditions: fc.oneof(
          {
            weight: 4,
            arbitrary: fc.array(fc.record({ condition: tie('value'), value: tie('value') }), { maxLength: 3 }),
          },
          fc.constant<Value>({ $ref: ['variables', 'a'] }),
        ),
      }),
    },
    fc.record(
      {
        action: fc.constant('conditional/switch'),
        value: tie('value'),
        cases: fc.array(fc.record({ case: tie('value'), value: tie('value') }), { maxLength: 2 }),
        default: tie('value'),
      },
      { requiredKeys: ['action', 'value', 'cases'] },
    ),
    {
      weight: 2,
      arbitrary: fc.record(
        {
          action: fc.constant('conditional/try'),
          value: tie('steps'),
          onError: tie('value'),
          retry: fc.constantFrom(0, 1),
        },
        { requiredKeys: ['action', 'value'] },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        action: fc.constantFrom('iteration/map', 'iteration/filter'),
        array: fc.oneof(fc.constant([1, { a: 2 }, null]), tie('value')),
        scope,
        foreach: tie('value'),
      }),
    },
    fc.record({ action: fc.constant('scope/break'), mapping: tie('value') }),
    fc.record({ action: fc.constant('scope/raise'), message: fc.constant('no') }),
    fc.record({ action: fc.constant('system/log'), value: tie('value') }),
    fc.record({ action: fc.constant('thread/sleep'), duration: fc.constantFrom(0, 1) }),
    fc.record(
      {
        action: fc.constant('service/operation'),
        serviceOperationReference: fc.constantFrom('service/s/one', 'service/s/two', 'service/s/none'),
        input: fc.record({ n: tie('value') }),
        onError: tie('value'),
      },
      { requiredKeys: ['action', 'serviceOperationReference', 'input'] },
    ),
    fc.record({ action: fc.constant('vendor/unknown'), value: tie('value') }),
  ) as fc.Arbitrary<Record<string, Value>>,
}));

/** Gives every action of an operation an id of its own, nested ones too. */
const numbered = <T>(operation: T): T => {
  let count = 0;
  const copy = structuredClone(operation);
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (!Array.isArray(part) && 'action' in part && 'id' in part) (part as Action).id = `a${++count}`;
    for (const member of Object.values(part)) walk(member);
  };
  walk(copy);
  return copy;
};

const withHandler = fc.record({ workflow, onError: workflow }, { requiredKeys: ['workflow'] }).map(numbered);

/** A server with one operation, which may call two operations of a service, which may call each other. */
export const randomFlow: fc.Arbitrary<FlowCase> = fc
  .record({
    main: withHandler,
    one: withHandler,
    two: workflow.map(numbered),
    body: value.filter((data) => typeof data !== 'object'),
  })
  .map(({ main, one, two, body }) => {
    const service: Service = {
      id: 's',
      operations: [
        { id: 'one', ...one },
        { id: 'two', workflow: two, output: { not: { type: 'boolean' } } },
      ],
    };
    return {
      name: 'random',
      ...main,
      services: [service],
      secrets: { known: 's3cret' },
      request: { query: { body } },
      // Low, so that endless recursion costs little.
      limits: { steps: 300, callDepth: 4 },
    };
  });
