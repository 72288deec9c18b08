import { describe, expect, it } from 'vitest';
import { actionById, actions as library } from '../../actions/index.ts';
import type { Action, Json, Operation } from '../../engine/document/types.ts';
import { branch, map, operationOf, set, steps, stepsGiving } from './edits/operation-for-test.ts';
import { type Scope, scopesAt, valueAt } from './scopes.ts';
import { lentTo, stepsRun } from './scopes-lent.ts';

const hasResult = (id: string): boolean => actionById.get(id)?.output !== null;

const scopesOf = (operation: Operation, id: string | null, field?: string): Scope[] =>
  scopesAt(operation, 'server', id, hasResult, field);

/** Scopes other than those that every run has. */
const special = (operation: Operation, id: string, field?: string): string[] =>
  scopesOf(operation, id, field)
    .filter(({ name }) => !['request', 'variables', 'global', 'env', 'run'].includes(name))
    .map(shown);

const shown = ({ name, maybe, from, children }: Scope): string =>
  `${name}${maybe ? '?' : ''}${from === undefined ? '' : `@${from}`}${children === undefined ? '' : `(${children.map(shown).join(' ')})`}`;

const variables = (operation: Operation, id: string | null): string =>
  (scopesOf(operation, id).find(({ name }) => name === 'variables')?.children ?? []).map(shown).join(' ');

const step = (id: string, action: string, input: { [field: string]: Json }): Action => ({
  id,
  action,
  input,
  output: null,
});

describe('variables', () => {
  const here = set('here', 0, 'here');
  const tryOf = (value: Json, onError?: Json): Action =>
    step('t', 'conditional/try', { value, ...(onError !== undefined && { onError }) });
  it.each<[string, Operation, string | null, string]>([
    ['none at first', operationOf([here]), null, ''],
    ['none at the first action', operationOf([here]), 'here', ''],
    ['what actions before wrote', operationOf([set('a', 1, 'x'), set('b'), here]), 'here', 'x@a output@b'],
    ['the last one that wrote', operationOf([set('a', 1, 'x'), set('b', 1, 'x'), here]), 'here', 'x@b'],
    ['not what comes later', operationOf([here, set('a', 1, 'x')]), 'here', ''],
    [
      'places within a variable',
      operationOf([set('a', 1, 'x', 'y', 0), set('b', 1, 'x', 'z'), here]),
      'here',
      'x@a(y@a(0@a) z@b)',
    ],
    [
      'what is left of a place that is written anew',
      operationOf([set('a', 1, 'x', 'y'), set('b', 1, 'x'), here]),
      'here',
      'x@b',
    ],
    [
      'up to a computed part',
      operationOf([set('a', 1, 'x', { $ref: ['request', 'method'] }, 'z'), here]),
      'here',
      'x@a',
    ],
    [
      'nothing of an action without result',
      operationOf([step('l', 'system/log', { value: 1 }), { id: 'l2', action: 'system/log' }, here]),
      'here',
      '',
    ],
    ['nothing of a disabled action', operationOf([{ ...set('a', 1, 'x'), enabled: false }, here]), 'here', ''],
    ['all at the end', operationOf([set('a', 1, 'x')]), 'end', 'x@a'],
    [
      'one of two branches',
      operationOf([{ ...branch('i', [set('a', 1, 'x')], []), output: null }, here]),
      'here',
      'x?@a',
    ],
    [
      'both branches',
      operationOf([{ ...branch('i', [set('a', 1, 'x')], [set('b', 1, 'x'), set('c', 1, 'y')]), output: null }, here]),
      'here',
      'x@b y?@c',
    ],
    [
      'the branch that it is in',
      operationOf([branch('i', [set('a', 1, 'x'), here], [set('b', 1, 'y')])]),
      'here',
      'x@a',
    ],
    [
      'a switch without default',
      operationOf([
        step('s', 'conditional/switch', { value: 1, cases: [{ case: 1, value: steps(set('a', 1, 'x')) }] }),
        here,
      ]),
      'here',
      'x?@a',
    ],
    [
      'a switch with default',
      operationOf([
        step('s', 'conditional/switch', {
          value: 1,
          cases: [{ case: 1, value: steps(set('a', 1, 'x')) }],
          default: steps(set('b', 1, 'x')),
        }),
        here,
      ]),
      'here',
      'x@b',
    ],
    ['steps that may fail', operationOf([tryOf(steps(set('a', 1, 'x')), null), here]), 'here', 'x?@a'],
    ['what failed before the handler', operationOf([tryOf(steps(set('a', 1, 'x')), steps(here))]), 'here', 'x?@a'],
    ['both ways of a try', operationOf([tryOf(steps(set('a', 1, 'x')), steps(set('b', 1, 'x'))), here]), 'here', 'x@b'],
    [
      'an iteration that may not run',
      operationOf([{ ...map('m', set('a', 1, 'x')), output: null }, here]),
      'here',
      'x?@a',
    ],
    ['the pass before', operationOf([map('m', here, set('a', 1, 'x'))]), 'here', 'here?@here x?@a'],
    [
      'the pass before of an inner iteration',
      operationOf([map('m', map('n', here, set('a', 1, 'x')), set('b', 1, 'y'))]),
      'here',
      'here?@here x?@a output?@n y?@b',
    ],
    [
      'nothing of branches that run at once',
      operationOf([step('p', 'flow/parallel', { branches: [{ id: 'a', value: steps(set('a', 1, 'x')) }] }), here]),
      'here',
      '',
    ],
    [
      'steps of a group',
      operationOf([step('g', 'organization/group', { do: steps(set('a', 1, 'x')) }), here]),
      'here',
      'x@a',
    ],
    [
      'steps in a plain field',
      operationOf([step('j', 'string/join', { array: [steps(set('a', 1, 'x'))] }), here]),
      'here',
      'x@a',
    ],
    [
      'steps in an operand that may not be looked at',
      operationOf([step('j', 'variable/set', { value: { $op: 'or', of: [true, steps(set('a', 1, 'x'))] } }), here]),
      'here',
      'x?@a',
    ],
    [
      'nothing of steps that are mocked',
      operationOf([
        { ...step('g', 'organization/group', { do: steps(set('a', 1, 'x')) }), mock: { enabled: true, value: 1 } },
        here,
      ]),
      'here',
      '',
    ],
    [
      'everything in the output mapping',
      operationOf([set('a', 1, 'x')], { output: { body: steps(here) } }),
      'here',
      'x@a',
    ],
    [
      'perhaps all in the error handler',
      operationOf([set('a', 1, 'x')], { onError: { actions: [set('b', 1, 'y'), here] } }),
      'here',
      'x?@a y@b',
    ],
    [
      'what is nested in an output mapping',
      operationOf([step('m', 'organization/group', { do: stepsGiving(steps(here), set('a', 1, 'x')) })]),
      'here',
      'x@a',
    ],
  ])('%s', (_, operation, id, expected) => {
    expect(variables(operation, id)).toBe(expected);
  });
});

describe('scopes of containers', () => {
  const here = set('here');
  it.each<[string, Operation, string[]]>([
    ['an iteration', operationOf([map('m', here)]), ['item@m(value index)']],
    [
      'a default name',
      operationOf([step('m', 'iteration/reduce', { array: [], foreach: steps(here) })]),
      ['item@m(value index accumulator)'],
    ],
    [
      'the inner one first',
      operationOf([map('m', step('n', 'iteration/repeat', { times: 2, do: steps(here), scope: 'pass' }))]),
      ['pass@n(index)', 'item@m(value index)'],
    ],
    ['the inner one of a name', operationOf([map('m', map('n', here))]), ['item@n(value index)']],
    [
      'a computed name',
      operationOf([step('m', 'iteration/map', { array: [], foreach: steps(here), scope: { $ref: ['env', 'X'] } })]),
      [],
    ],
    [
      'what was written into it',
      operationOf([map('m', { ...set('a'), output: ['item', 'total'] }, here)]),
      ['item@m(value index total@a)'],
    ],
    [
      'an error branch',
      operationOf([step('t', 'conditional/try', { value: 1, onError: steps(here) })]),
      ['error@t(name message code node)'],
    ],
    [
      'the error of a call',
      operationOf([step('t', 'http/request', { onErrorCode: steps(here) })]),
      ['response@t(status headers body)', 'error@t(name message code node type)'],
    ],
    ['the error handler', operationOf([], { onError: { actions: [here] } }), ['error(name message code node)']],
    ['nothing behind it', operationOf([map('m'), here]), []],
  ])('%s', (_, operation, expected) => {
    expect(special(operation, 'here')).toEqual(expected);
  });

  it('are there for a value in the place of steps too', () => {
    const operation = operationOf([step('m', 'iteration/map', { array: [], foreach: 1, scope: 'item' })]);
    expect(special(operation, 'm')).toEqual([]);
    expect(special(operation, 'm', 'array')).toEqual([]);
    expect(special(operation, 'm', 'foreach')).toEqual(['item@m(value index)']);
  });
});

describe('what comes in', () => {
  it('is a request with the parameters of the path', () => {
    const [request] = scopesOf(operationOf([]), null);
    expect(shown(request as Scope)).toBe(
      'request(method path(name) query header cookie body uri connection(peer(ip port) socket(ip port)))',
    );
    expect(request?.children?.[1]?.children?.[0]?.path).toEqual(['request', 'path', 'name']);
  });

  it('is an input with the properties of its schema', () => {
    const item = { type: 'object', properties: { sku: {} } };
    const input = { type: 'object', properties: { name: { type: 'string' }, items: { type: 'array', items: item } } };
    const service = { id: 'send', input, workflow: { actions: [] } };
    expect(scopesAt(service, 'service', null, hasResult).slice(0, 1).map(shown)).toEqual(['input(name items(0(sku)))']);
    expect(scopesAt(service, 'client', null, hasResult)[0]).toEqual({
      name: 'received',
      path: ['received'],
      kind: 'scope',
    });
  });
});

it('knows how the steps of every action of the library run', () => {
  for (const { id, fields } of library) {
    for (const [name, field] of Object.entries(fields)) {
      const holdsSteps = field.lazy === true || Object.values(field.rows ?? {}).some(({ lazy }) => lazy === true);
      expect([id, name, stepsRun(id, name) !== null]).toEqual([id, name, holdsSteps]);
    }
  }
});

it('knows what every iteration of the library lends', () => {
  for (const { id, fields } of library) {
    if (fields.scope === undefined || !Object.values(fields).some(({ lazy }) => lazy)) continue;
    for (const [field, { lazy }] of Object.entries(fields)) {
      if (!lazy) continue;
      const [scope] = lentTo({ id: 'x', action: id }, field);
      expect([id, scope?.name]).toEqual([id, fields.scope.fallback ?? 'item']);
      for (const name of scope?.members ?? [])
        expect(`${fields.scope.help} ${actionById.get(id)?.documentation}`).toContain(name);
    }
  }
});

it.each<[(string | number)[], unknown]>([
  [[], { list: [1, { a: null }] }],
  [['list', 0], 1],
  [['list', -1, 'a'], null],
  [['list', 'length'], undefined],
  [['list', 1, 'toString'], undefined],
  [['none', 'deep'], undefined],
])('finds %j in data', (path, expected) => {
  expect(valueAt({ list: [1, { a: null }] }, path)).toEqual(expected);
});
