import { describe, expect, it } from 'vitest';
import { actionById, actions as library } from '../../../actions/index.ts';
import { answerOf } from '../../../engine/control/api/action-answer.ts';
import { checkWorkflow, surroundings } from '../../../engine/document/check-workflow.ts';
import { deepestWorkflow, tooDeep } from '../../../engine/document/nesting.ts';
import { Place } from '../../../engine/document/place.ts';
import type { Fault, Json, Operation } from '../../../engine/document/types.ts';
import type { InsertPlace } from '../place.ts';
import {
  actionsAt,
  allActions,
  duplicateActions,
  findAction,
  freeId,
  insertActions,
  moveActions,
  newAction,
  placeOf,
  removeActions,
  renameAction,
  setInput,
  updateAction,
  whyNotMoved,
  wrapActions,
} from './index.ts';
import { isVerbatim } from './lists.ts';
import { branch, map, operationOf, outline, set, steps, stepsGiving } from './operation-for-test.ts';

const at = (index: number, owner = 'workflow', ...path: (string | number)[]): InsertPlace => ({ owner, path, index });
const inMap = (index: number): InsertPlace => at(index, 'm', 'foreach');

/** a m(b c) i(d | e) f ! g, and h in the output mapping. */
const operation = operationOf([set('a'), map('m', set('b'), set('c')), branch('i', [set('d')], [set('e')]), set('f')], {
  output: { body: [steps(set('h'))] },
  onError: { actions: [set('g')] },
});

describe('finding', () => {
  it('sees nested actions, the error handler and output mappings', () => {
    expect(allActions(operation).map(({ id }) => id)).toEqual(['a', 'm', 'b', 'c', 'i', 'd', 'e', 'f', 'h', 'g']);
  });

  it.each<[string, InsertPlace]>([
    ['f', at(3)],
    ['c', inMap(1)],
    ['e', at(0, 'i', 'conditions', 1, 'value')],
    ['h', at(0, 'workflow', '#output', 'body', 0)],
    ['g', at(0, 'onError')],
  ])('%s stands in its place', (id, place) => {
    expect(placeOf(operation, id)).toEqual(place);
    expect(actionsAt(operation, place)[place.index]).toBe(findAction(operation, id));
  });

  it('finds places in the output of nested steps and in an output path', () => {
    const odd = operationOf([
      { ...set('m', stepsGiving([steps(set('x'))])), output: ['variables', steps(set('y'))] },
      { ...set('workflow', steps(set('z'))) },
    ]);
    for (const id of ['x', 'y', 'z']) {
      const place = placeOf(odd, id) as InsertPlace;
      expect(actionsAt(odd, place)[place.index]?.id).toBe(id);
    }
    expect(placeOf(odd, 'x')?.path).toEqual(['value', '#output', 0]);
  });

  it('looks into no literals and schemas', () => {
    const data: Json = { $literal: steps(set('x')) };
    const schema = { id: 's', action: 'data/validation', input: { schema: steps(set('x')) } };
    expect(allActions(operationOf([set('a', data), schema])).map(({ id }) => id)).toEqual(['a', 's']);
  });

  it('knows the fields of the library that hold schemas', () => {
    for (const { id, fields } of library)
      for (const [name, field] of Object.entries(fields))
        expect([id, name, isVerbatim(id, name)]).toEqual([id, name, field.verbatim === true]);
  });
});

describe('an edit', () => {
  const more = [set('x'), set('y')];
  it.each<[string, (before: Operation) => Operation, string]>([
    ['inserts', (o) => insertActions(o, at(1), more).operation, 'a x y m(b c) i(d | e) f ! g'],
    ['inserts in a container', (o) => insertActions(o, inMap(2), more).operation, 'a m(b c x y) i(d | e) f ! g'],
    ['inserts at the end at most', (o) => insertActions(o, at(99), more).operation, 'a m(b c) i(d | e) f x y ! g'],
    [
      'gives new ids',
      (o) => insertActions(o, at(0), [map('a', set('b'))]).operation,
      'a-2(b-2) a m(b c) i(d | e) f ! g',
    ],
    ['removes', (o) => removeActions(o, ['c', 'd', 'f']), 'a m(b) i( | e) ! g'],
    ['removes a container', (o) => removeActions(o, ['m', 'b']), 'a i(d | e) f ! g'],
    ['moves down', (o) => moveActions(o, ['a'], at(2)), 'm(b c) a i(d | e) f ! g'],
    ['moves up', (o) => moveActions(o, ['f'], at(0)), 'f a m(b c) i(d | e) ! g'],
    ['moves into a container', (o) => moveActions(o, ['f', 'a'], inMap(1)), 'm(b a f c) i(d | e) ! g'],
    ['moves out of one', (o) => moveActions(o, ['c', 'e'], at(0)), 'c e a m(b) i(d | ) f ! g'],
    ['moves a container', (o) => moveActions(o, ['m', 'c'], at(0, 'onError')), 'a i(d | e) f ! m(b c) g'],
    ['duplicates', (o) => duplicateActions(o, ['a', 'm', 'b']).operation, 'a m(b c) a-2 m-2(b-2 c-2) i(d | e) f ! g'],
    ['renames', (o) => renameAction(o, 'c', 'total'), 'a m(b total) i(d | e) f ! g'],
    ['changes one action', (o) => updateAction(o, 'd', (one) => ({ ...one, id: 'dd' })), 'a m(b c) i(dd | e) f ! g'],
  ])('%s', (_, edit, expected) => {
    expect(outline(edit(operation))).toBe(expected);
  });

  it.each<[string, (before: Operation) => Operation]>([
    ['inserts nothing', (o) => insertActions(o, at(0), []).operation],
    ['inserts nowhere', (o) => insertActions(o, at(0, 'none', 'foreach'), [set('x')]).operation],
    ['removes what is not there', (o) => removeActions(o, ['none'])],
    ['moves to where it stands', (o) => moveActions(o, ['m'], at(2))],
    ['moves into itself', (o) => moveActions(o, ['m'], inMap(0))],
    ['moves nowhere', (o) => moveActions(o, ['m'], at(0, 'none', 'foreach'))],
    ['renames to an id that is taken', (o) => renameAction(o, 'a', 'h')],
    ['renames to what is no id', (o) => renameAction(o, 'a', 'Ä ')],
    ['renames what is not there', (o) => renameAction(o, 'none', 'x')],
    ['sets what is set', (o) => setInput(o, 'm', ['array'], [1])],
    ['removes an input that is not there', (o) => setInput(o, 'm', ['none', 'deep'], undefined)],
  ])('that %s gives the same object', (_, edit) => {
    expect(edit(operation)).toBe(operation);
  });

  it('shares what did not change, and keeps the order of keys', () => {
    const after = setInput(operation, 'c', ['value'], 2);
    const [a, m, i] = operation.workflow.actions;
    expect(after.workflow.actions[0]).toBe(a);
    expect(after.workflow.actions[2]).toBe(i);
    expect(after.workflow.output).toBe(operation.workflow.output);
    expect(after.onError).toBe(operation.onError);
    expect(findAction(after, 'b')).toBe(findAction(operation, 'b'));
    expect(JSON.stringify(after)).toBe(
      JSON.stringify(operation).replace(
        '"id":"c","action":"variable/set","input":{"value":1}',
        '"id":"c","action":"variable/set","input":{"value":2}',
      ),
    );
    expect(after.workflow.actions[1]).not.toBe(m);
  });

  it('makes the error handler when a step is put there', () => {
    const after = insertActions(operationOf([set('a')]), at(0, 'onError'), [set('x')]).operation;
    expect(outline(after)).toBe('a ! x');
  });

  it('makes steps of a plain value that give the same', () => {
    const plain = operationOf([
      { id: 'i', action: 'conditional/if', input: { conditions: [{ condition: true, value: 'yes' }] } },
    ]);
    const after = insertActions(plain, at(0, 'i', 'conditions', 0, 'value'), [set('x')]).operation;
    expect(findAction(after, 'i')?.input).toEqual({
      conditions: [{ condition: true, value: stepsGiving('yes', set('x')) }],
    });
    const opened = insertActions(plain, at(0, 'i', 'default'), [set('x')]).operation;
    expect(findAction(opened, 'i')?.input?.default).toEqual(steps(set('x')));
  });
});

describe('an input', () => {
  const before = { list: [1, { a: 1, b: 2 }], text: 'x', none: null };
  it.each<[string, (string | number)[], Json | undefined, unknown]>([
    ['is set', ['text'], 'y', { ...before, text: 'y' }],
    ['is added', ['more', 'deep'], 1, { ...before, more: { deep: 1 } }],
    ['is set in a list', ['list', 1, 'b'], 3, { ...before, list: [1, { a: 1, b: 3 }] }],
    ['is added behind the end of a list', ['list', 3], 4, { ...before, list: [1, { a: 1, b: 2 }, null, 4] }],
    ['makes lists', ['none', 1], 'x', { ...before, none: [null, 'x'] }],
    ['is taken away', ['list', 1, 'a'], undefined, { ...before, list: [1, { b: 2 }] }],
    ['is taken away with its place', ['list', 0], undefined, { ...before, list: [{ a: 1, b: 2 }] }],
    ['replaces all', [], { a: 1 }, { a: 1 }],
    ['is taken away as a whole', [], undefined, undefined],
    ['does not go into a text', ['text', 'deep'], 1, before],
    [
      'may be called anything',
      ['__proto__'],
      1,
      JSON.parse('{"list":[1,{"a":1,"b":2}],"text":"x","none":null,"__proto__":1}'),
    ],
  ])('%s', (_, path, value, expected) => {
    const after = setInput(operationOf([{ id: 'a', action: 'x/y', input: before }]), 'a', path, value);
    expect(after.workflow.actions[0]?.input).toEqual(expected);
    if (expected !== undefined)
      expect(Object.keys(after.workflow.actions[0]?.input ?? {})).toEqual(Object.keys(expected as object));
  });
});

describe('a free id', () => {
  const taken = operationOf([set('greet'), set('greet-2'), set('x'.repeat(64)), set('v-9')]);
  it.each([
    ['hello', 'hello'],
    ['greet', 'greet-3'],
    ['greet-2', 'greet-3'],
    ['v-9', 'v-10'],
    ['Größe in cm', 'Gro-e-in-cm'],
    ['…', 'action'],
    ['end', 'end-2'],
    ['workflow', 'workflow-2'],
    ['x'.repeat(64), `${'x'.repeat(62)}-2`],
  ])('for %s is %s', (wish, id) => {
    expect(freeId(taken, wish)).toBe(id);
  });
});

describe('nesting', () => {
  // m1(m2(… leaf)), as deep as the engine allows.
  const chain = (depth: number) =>
    Array.from({ length: depth }, (_, index) => index).reduce(
      (inner, index) => map(`m${depth - index}`, inner),
      set('leaf'),
    );
  const deepest = operationOf([chain(deepestWorkflow), map('other', set('x'))]);
  const innermost = (index: number): InsertPlace => at(index, `m${deepestWorkflow}`, 'foreach');

  it('goes as deep as the engine allows, and says why not deeper', () => {
    const flat = operationOf([chain(deepestWorkflow - 1)]);
    const wrapped = wrapActions(flat, ['leaf'], 'conditional/if');
    const faults: Fault[] = [];
    const { workflow } = (wrapped as { operation: Operation }).operation;
    checkWorkflow(workflow, Place.root('', faults), surroundings({}, new Map()));
    expect(faults).toEqual([]);
    expect(wrapActions(deepest, ['leaf'], 'conditional/if')).toBe(tooDeep);
    expect(wrapActions(deepest, ['m1'], 'conditional/try')).toBe(tooDeep);
    expect(insertActions(deepest, innermost(1), [map('n', set('y'))])).toEqual({
      operation: deepest,
      ids: [],
      why: tooDeep,
    });
    expect(insertActions(deepest, innermost(1), [set('y')]).ids).toEqual(['y']);
    expect(moveActions(deepest, ['other'], innermost(0))).toBe(deepest);
    expect(whyNotMoved(deepest, ['other'], innermost(0))).toBe(tooDeep);
    expect(whyNotMoved(deepest, ['x'], innermost(0))).toBeUndefined();
  });

  it('still lets what is too deep already be edited', () => {
    const tooDeepAlready = operationOf([chain(deepestWorkflow + 2), set('a')]);
    expect(insertActions(tooDeepAlready, at(0), [set('b')]).ids).toEqual(['b']);
    expect(wrapActions(tooDeepAlready, ['a'], 'iteration/map')).toMatchObject({ id: 'map' });
  });
});

describe('wrapping', () => {
  it.each([
    ['conditional/if', 'a if(m(b c) i(d | e)) f ! g'],
    ['conditional/try', 'a try(m(b c) i(d | e) | ) f ! g'],
    ['iteration/map', 'a map(m(b c) i(d | e)) f ! g'],
  ] as const)('in %s', (wrapping, expected) => {
    const wrapped = wrapActions(operation, ['i', 'm', 'b'], wrapping);
    expect(typeof wrapped === 'string' ? wrapped : outline(wrapped.operation)).toBe(expected);
  });

  it('names the scope of an iteration anew where another one is near', () => {
    const inner = wrapActions(operation, ['c'], 'iteration/map') as { operation: Operation; id: string };
    expect(findAction(inner.operation, inner.id)?.input?.scope).toBe('item2');
    const outer = wrapActions(operation, ['m'], 'iteration/map') as { operation: Operation; id: string };
    expect(findAction(outer.operation, outer.id)?.input?.scope).toBe('item2');
    const other = wrapActions(operation, ['a'], 'iteration/map') as { operation: Operation; id: string };
    expect(findAction(other.operation, other.id)?.input?.scope).toBe('item');
  });

  it.each([
    [[], 'No action is selected.'],
    [['a', 'b'], 'The selected actions stand in different workflows. Select neighbours of one workflow.'],
    [['a', 'f'], 'There are other actions between the selected ones. Select neighbours.'],
  ])('of %j cannot be done', (ids, why) => {
    expect(wrapActions(operation, ids, 'conditional/if')).toBe(why);
  });
});

describe('a new action', () => {
  const answer = (id: string) => answerOf(actionById.get(id) ?? expect.fail(id));
  const empty = steps();
  it.each<[string, Json | undefined]>([
    [
      'conditional/if',
      {
        conditions: [
          { condition: true, value: empty },
          { condition: true, value: empty },
        ],
      },
    ],
    ['conditional/switch', { cases: [{ case: null, value: empty }] }],
    ['conditional/try', { value: empty, onError: empty }],
    ['iteration/map', { array: [], foreach: empty, scope: 'item' }],
    ['iteration/for-each', { array: [], foreach: empty }],
    ['flow/parallel', { branches: [{ id: 'first', value: empty }] }],
    ['string/join', { array: [], delimiter: '' }],
    ['service/operation', undefined],
    ['thread/sleep', undefined],
  ])('%s', (id, input) => {
    const definition = answer(id);
    expect(newAction(operation, definition)).toEqual({
      id: id.split('/')[1],
      action: id,
      ...(input !== undefined && { input }),
    });
  });

  it('of any kind passes the check', () => {
    for (const definition of library) {
      const faults: Fault[] = [];
      const workflow = { actions: [newAction(operation, answerOf(definition))] };
      checkWorkflow(workflow, Place.root('', faults), surroundings({ actions: actionById }, new Map()));
      const errors = faults.filter(
        ({ message, severity }) => severity === 'error' || !/needs the field|fails with this value/.test(message),
      );
      expect([definition.id, errors]).toEqual([definition.id, []]);
    }
  });
});
