import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../../actions/index.ts';
import { answerOf } from '../../../engine/control/api/action-answer.ts';
import { checkWorkflow, surroundings } from '../../../engine/document/check-workflow.ts';
import { differences } from '../../../engine/document/difference.ts';
import { Place } from '../../../engine/document/place.ts';
import type { Action, Fault, Json, Operation, Workflow } from '../../../engine/document/types.ts';
import type { InsertPlace } from '../place.ts';
import {
  actionsAt,
  allActions,
  duplicateActions,
  findAction,
  insertActions,
  moveActions,
  newAction,
  placeOf,
  removeActions,
  renameAction,
  setInput,
  updateAction,
  wrapActions,
} from './index.ts';
import { branch, operationOf, set, steps } from './operation-for-test.ts';

// Operations and edits are drawn from numbers, so that whatever is drawn exists.

const { tree } = fc.letrec<{ tree: Action; list: Action[]; value: Json }>((tie) => ({
  list: fc.array(tie('tree'), { maxLength: 3 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(1, 'x', null, { $ref: ['variables', 'output'] }, { $literal: { $do: { actions: [] } } }),
    tie('list').map((list) => steps(...list)),
    fc.record({ body: tie('value') }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('value').map((value) => set('set', value)),
    fc.tuple(tie('list'), tie('list')).map(([a, b]) => branch('if', a, b)),
    fc.tuple(tie('value'), tie('list')).map(([array, list]): Action => {
      return { id: 'map', action: 'iteration/map', input: { array, foreach: steps(...list), scope: 'item' } };
    }),
  ),
}));

const numbered = (operation: Operation): Operation => {
  const empty = { ...operation, workflow: { ...operation.workflow, actions: [] } } as Operation;
  return insertActions(empty, { owner: 'workflow', path: [], index: 0 }, operation.workflow.actions).operation;
};

const operations: fc.Arbitrary<Operation> = fc
  .array(tree as fc.Arbitrary<Action>, { maxLength: 4 })
  .map((actions) => numbered(operationOf(actions, { output: { body: steps(set('last')) } })));

/** Picks by number from what there is. */
const pick = <T>(items: readonly T[], number: number): T | undefined => items[number % items.length];

function places(operation: Operation): InsertPlace[] {
  const own: InsertPlace[] = [
    { owner: 'workflow', path: [], index: 0 },
    { owner: 'onError', path: [], index: 0 },
  ];
  const nested = allActions(operation).flatMap(({ id, action }): InsertPlace[] => {
    if (action === 'iteration/map') return [{ owner: id, path: ['foreach'], index: 0 }];
    if (action === 'conditional/if')
      return [0, 1].map((row) => ({ owner: id, path: ['conditions', row, 'value'], index: 0 }));
    return action === 'variable/set' ? [{ owner: id, path: ['value'], index: 0 }] : [];
  });
  return [...own, ...nested];
}

type Numbers = readonly [number, number, number, number];
const edits: { readonly [name: string]: (operation: Operation, numbers: Numbers) => Operation } = {
  insert(operation, [a, b]) {
    const at = pick(places(operation), a) as InsertPlace;
    return insertActions(operation, { ...at, index: b % 4 }, [set('new'), branch('if', [set('new')], [])]).operation;
  },
  add(operation, [a]) {
    const kinds = ['conditional/if', 'iteration/map', 'string/join', 'flow/parallel', 'conditional/try'];
    const made = newAction(operation, answerOf(actionById.get(pick(kinds, a) as string) ?? expect.fail()));
    return insertActions(operation, pick(places(operation), a) as InsertPlace, [made]).operation;
  },
  remove: (operation, numbers) => removeActions(operation, idsOf(operation, numbers)),
  move(operation, numbers) {
    const at = pick(places(operation), numbers[3]) as InsertPlace;
    const after = moveActions(operation, idsOf(operation, numbers), { ...at, index: numbers[0] % 4 });
    expect(sorted(after)).toEqual(sorted(operation));
    return after;
  },
  duplicate: (operation, numbers) => duplicateActions(operation, idsOf(operation, numbers)).operation,
  wrap(operation, [a, b]) {
    const first = pick(allActions(operation), a);
    const place = first && placeOf(operation, first.id);
    if (place === undefined) return operation;
    const neighbours = actionsAt(operation, place).slice(place.index, place.index + 1 + (b % 3));
    const kind = pick(['conditional/if', 'conditional/try', 'iteration/map'] as const, b) as 'conditional/if';
    const wrapped = wrapActions(
      operation,
      neighbours.map(({ id }) => id),
      kind,
    );
    return typeof wrapped === 'string' ? expect.fail(wrapped) : wrapped.operation;
  },
  rename: (operation, [a, b]) => renameAction(operation, pick(allActions(operation), a)?.id ?? '', `name-${b % 5}`),
  set: (operation, [a, b]) =>
    setInput(
      operation,
      pick(allActions(operation), a)?.id ?? '',
      ['value', ...(b % 2 ? ['body', 0] : [])],
      pick<Json | undefined>([1, 'x', undefined, { a: 1 }], b),
    ),
  title: (operation, [a, b]) =>
    updateAction(operation, pick(allActions(operation), a)?.id ?? '', (action) => ({ ...action, title: `Title ${b}` })),
};

const idsOf = (operation: Operation, [a, b, c]: Numbers): string[] =>
  [a, b, c].flatMap((number) => pick(allActions(operation), number)?.id ?? []);
const sorted = (operation: Operation): string[] =>
  allActions(operation)
    .map(({ id }) => id)
    .sort();

const someEdits = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(edits)), fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999))),
  { minLength: 1, maxLength: 12 },
);

/** Whatever writes to it fails. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
  return value;
}

/** What the engine finds wrong with it. */
function errorsOf({ workflow, onError }: Operation): Fault[] {
  const faults: Fault[] = [];
  const around = surroundings({ actions: actionById }, new Map());
  for (const each of [workflow, onError] as (Workflow | undefined)[])
    if (each !== undefined) checkWorkflow(each, Place.root('', faults), around);
  return faults.filter(
    ({ severity, message }) => severity === 'error' && !message.startsWith('More than 12 workflows'),
  );
}

describe('whatever is edited', () => {
  it('ids are unique, the engine takes the document, and no edit writes to what was there', () => {
    fc.assert(
      fc.property(operations, someEdits, (first, list) => {
        let operation = freeze(first);
        const past: { text: string; operation: Operation }[] = [];
        for (const [name, numbers] of list) {
          past.push({ text: JSON.stringify(operation), operation });
          operation = freeze(edits[name]?.(operation, numbers) as Operation);
          expect(errorsOf(operation)).toEqual([]);
        }
        for (const { text, operation: former } of past) expect(JSON.stringify(former)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('what is not touched is the same object, and the difference is the edit', () => {
    fc.assert(
      fc.property(operations, fc.nat(999), fc.nat(9), (operation, number, index) => {
        const found = pick(allActions(operation), number);
        const id = found?.id ?? expect.fail();
        const difference = (after: Operation) => differences(operation as unknown as Json, after as unknown as Json);
        const place = placeOf(operation, id) as InsertPlace;

        const inserted = insertActions(operation, place, [set('new')]);
        expect(difference(inserted.operation)).toMatchObject([{ kind: 'added', after: { id: inserted.ids[0] } }]);
        for (const { id: other } of outside(operation, place))
          expect(findAction(inserted.operation, other)).toBe(findAction(operation, other));

        const moved = moveActions(operation, [id], { ...place, index });
        if (moved !== operation) expect(difference(moved)).toMatchObject([{ kind: 'reordered' }]);
        const titled = updateAction(operation, id, (action) => ({ ...action, title: 'New' }));
        expect(difference(titled)).toMatchObject([{ kind: 'added', after: 'New' }]);
        expect(difference(removeActions(operation, [id]))).toMatchObject([{ kind: 'removed' }]);
      }),
      { numRuns: 150 },
    );
  });
});

/** Actions that neither hold the place nor stand in what holds it. */
function outside(operation: Operation, place: InsertPlace): Action[] {
  const holders = new Set<string>();
  for (let at: InsertPlace | undefined = place; at !== undefined; at = placeOf(operation, at.owner))
    holders.add(at.owner);
  return allActions(operation).filter(({ id }) => !holders.has(id));
}

describe('an operation of 1,000 actions', () => {
  const many = operationOf(
    Array.from({ length: 50 }, (_, box) => ({
      id: `map-${box}`,
      action: 'iteration/map',
      input: {
        array: [1],
        foreach: steps(...Array.from({ length: 19 }, (_none, index) => set(`set-${box}-${index}`))),
        scope: 'item',
      },
    })),
  );

  it.each<[string, number, (operation: Operation) => Operation]>([
    ['insert', 1, (o) => insertActions(o, { owner: 'map-7', path: ['foreach'], index: 3 }, [set('new')]).operation],
    ['remove', 1, (o) => removeActions(o, ['set-7-3'])],
    ['move', 2, (o) => moveActions(o, ['set-7-3'], { owner: 'map-8', path: ['foreach'], index: 0 })],
    ['set', 1, (o) => setInput(o, 'set-7-3', ['value'], 2)],
    ['duplicate', 1, (o) => duplicateActions(o, ['set-7-3']).operation],
  ])('keeps what an edit does not touch: %s', (_, touched, edit) => {
    const after = edit(many);
    const before = new Set(many.workflow.actions);
    expect(after.workflow.actions.filter((action) => !before.has(action))).toHaveLength(touched);
  });
});
