import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../engine/document/hash.ts';
import type { Json } from '../../engine/document/types.ts';
import { mergeDocuments } from './merge.ts';
import { sharing } from './same-json.ts';

const action = (id: string, more: object = {}): Json => ({
  id,
  action: 'string/upcase',
  input: { string: id },
  ...more,
});
const server = (actions: Json[], more: object = {}): Json => ({
  id: 'web',
  port: 80,
  operations: [{ id: 'get', path: '/', workflow: { actions, output: { status: 200 } }, ...more }],
});
const branch = (id: string, actions: Json[]): Json => ({
  id,
  action: 'conditional/if',
  input: { conditions: [{ condition: true, value: { $do: { actions } } }] },
});
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => action(id)) as [Json, Json, Json, Json];

interface Case {
  name: string;
  base: Json;
  mine: Json;
  theirs: Json;
  gives: Json;
}

const together: Case[] = [
  {
    name: 'different fields of one action',
    base: server([a]),
    mine: server([action('a', { title: 'A' })]),
    theirs: server([action('a', { log: true })]),
    gives: server([action('a', { title: 'A', log: true })]),
  },
  {
    name: 'an action changed here, another removed there',
    base: server([a, b]),
    mine: server([action('a', { title: 'A' }), b]),
    theirs: server([a]),
    gives: server([action('a', { title: 'A' })]),
  },
  {
    name: 'actions added at both ends',
    base: server([b]),
    mine: server([a, b]),
    theirs: server([b, c]),
    gives: server([a, b, c]),
  },
  {
    name: 'actions added behind the same one, by id',
    base: server([a]),
    mine: server([a, d]),
    theirs: server([a, b, c]),
    gives: server([a, b, c, d]),
  },
  {
    name: 'the same action added by both',
    base: server([a]),
    mine: server([a, b]),
    theirs: server([a, b]),
    gives: server([a, b]),
  },
  {
    name: 'moved here, changed there',
    base: server([a, b, c]),
    mine: server([c, a, b]),
    theirs: server([a, b, action('c', { title: 'C' })]),
    gives: server([action('c', { title: 'C' }), a, b]),
  },
  {
    name: 'moved here, added behind it there',
    base: server([a, b, c]),
    mine: server([c, a, b]),
    theirs: server([a, b, c, d]),
    gives: server([c, d, a, b]),
  },
  {
    name: 'steps of different branches',
    base: server([branch('x', [a]), branch('y', [b])]),
    mine: server([branch('x', [a, c]), branch('y', [b])]),
    theirs: server([branch('x', [a]), branch('y', [])]),
    gives: server([branch('x', [a, c]), branch('y', [])]),
  },
  {
    name: 'a field of the resource and a simulation',
    base: server([a], { simulations: [{ id: 'one', input: {} }] }),
    mine: { ...(server([a], { simulations: [{ id: 'one', input: {} }] }) as object), port: 81 } as Json,
    theirs: server([a], { simulations: [{ id: 'one', input: { query: {} } }] }),
    gives: { ...(server([a], { simulations: [{ id: 'one', input: { query: {} } }] }) as object), port: 81 } as Json,
  },
  {
    name: 'a key that a prototype has',
    base: {},
    mine: JSON.parse('{"__proto__": {"x": 1}}') as Json,
    theirs: { toString: 1 },
    gives: JSON.parse('{"__proto__": {"x": 1}, "toString": 1}') as Json,
  },
];

const apart: (Omit<Case, 'gives'> & { at: string[] })[] = [
  {
    name: 'the same field',
    base: server([a]),
    mine: server([action('a', { title: 'mine' })]),
    theirs: server([action('a', { title: 'theirs' })]),
    at: ['/operations/0/workflow/actions/0/title'],
  },
  {
    name: 'changed here, removed there',
    base: server([a, b]),
    mine: server([a, action('b', { title: 'B' })]),
    theirs: server([a]),
    at: ['/operations/0/workflow/actions/1'],
  },
  {
    name: 'two kinds of expression',
    base: { value: { $ref: ['request', 'body'] } },
    mine: { value: { $jsonata: 'a' } },
    theirs: { value: { $template: 'b' } },
    at: ['/value'],
  },
  {
    name: 'parts of one path',
    base: { output: ['variables', 'x'] },
    mine: { output: ['variables', 'y'] },
    theirs: { output: ['global', 'x'] },
    at: ['/output'],
  },
  {
    name: 'an action of another kind, and a field of the former one',
    base: server([a]),
    mine: server([action('a', { action: 'wait', input: { ms: 1 } })]),
    theirs: server([action('a', { input: { string: 'new' } })]),
    at: ['/operations/0/workflow/actions/0'],
  },
  {
    name: 'two new orders',
    base: server([a, b, c]),
    mine: server([b, a, c]),
    theirs: server([a, c, b]),
    at: ['/operations/0/workflow/actions'],
  },
  {
    name: 'one action moved to two places',
    base: server([a, branch('x', []), branch('y', [])]),
    mine: server([branch('x', [a]), branch('y', [])]),
    theirs: server([branch('x', []), branch('y', [a])]),
    at: ['/operations/0'],
  },
];

describe('two versions of a document', () => {
  test.each(together)('are brought together: $name', ({ base, mine, theirs, gives }) => {
    for (const [one, other] of [
      [mine, theirs],
      [theirs, mine],
    ] as const) {
      const { document, conflicts } = mergeDocuments(base, one, other);
      expect(conflicts).toEqual([]);
      expect(canonicalJson(document)).toBe(canonicalJson(gives));
    }
  });

  test.each(apart)('cannot be: $name', ({ base, mine, theirs, at }) => {
    const merged = mergeDocuments(base, mine, theirs);
    expect(merged.conflicts.map(({ path }) => path)).toEqual(at);
    // Until somebody chooses, it is mine.
    expect(merged.document).toEqual(mine);
    expect(mergeDocuments(base, theirs, mine).document).toEqual(theirs);
  });

  test('share what did not change', () => {
    const base = server([a, b]);
    const mine = sharing(base, structuredClone(server([action('a', { title: 'A' }), b]))) as { operations: never[] };
    const merged = mergeDocuments(base, mine as Json, base).document;
    expect(merged).toBe(mine);
    expect(sharing(base, structuredClone(base))).toBe(base);
  });
});

describe('whatever the documents are', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  const list = ids.chain((names) =>
    fc.tuple(
      ...names.map((id) =>
        fc.record({ id: fc.constant(id), title: fc.constantFrom('', 'x', 'y') }, { requiredKeys: ['id'] }),
      ),
    ),
  );
  const document = fc.record(
    { title: fc.constantFrom('p', 'q', 'r'), operations: list, extra: fc.jsonValue({ maxDepth: 2 }) },
    { requiredKeys: [] },
  ) as unknown as fc.Arbitrary<Json>;

  test('what one side left alone is as the other has it', () => {
    fc.assert(
      fc.property(document, document, (base, one) => {
        expect(mergeDocuments(base, one, base)).toEqual({ document: one, conflicts: [] });
        expect(mergeDocuments(base, base, one)).toEqual({ document: one, conflicts: [] });
        expect(mergeDocuments(base, one, one)).toEqual({ document: one, conflicts: [] });
      }),
    );
  });

  // Edits as people make them: most do not meet.
  const known = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const edit = fc.oneof(
    fc.record({ edit: fc.constant('title' as const), id: known, title: fc.constantFrom('x', 'y', 'z') }),
    fc.record({ edit: fc.constant('remove' as const), id: known }),
    fc.record({ edit: fc.constant('move' as const), id: known, at: fc.nat(5) }),
    fc.record({ edit: fc.constant('add' as const), id: fc.constantFrom('f', 'g', 'h', 'i'), at: fc.nat(5) }),
  );
  type Item = { id: string; title?: string };
  const edited = (base: { operations: Item[] }, edits: readonly object[]): Json => {
    let items = base.operations;
    for (const one of edits as { edit: string; id: string; at: number; title: string }[]) {
      const found = items.find(({ id }) => id === one.id);
      const others = items.filter(({ id }) => id !== one.id);
      if (one.edit === 'add' && found === undefined) items = items.toSpliced(one.at, 0, { id: one.id });
      if (found === undefined) continue;
      if (one.edit === 'title') items = items.map((item) => (item === found ? { ...item, title: one.title } : item));
      if (one.edit === 'remove') items = others;
      if (one.edit === 'move') items = others.toSpliced(one.at, 0, found);
    }
    return { ...base, operations: items } as unknown as Json;
  };

  test('without conflicts it does not matter who is who', () => {
    let free = 0;
    const some = fc.array(edit, { maxLength: 3 });
    fc.assert(
      fc.property(ids, some, some, (names, here, there) => {
        const base = { operations: names.map((id) => ({ id })) };
        const [one, other] = [edited(base, here), edited(base, there)];
        const [merged, swapped] = [mergeDocuments<Json>(base, one, other), mergeDocuments<Json>(base, other, one)];
        expect(swapped.conflicts.length).toBe(merged.conflicts.length);
        if (merged.conflicts.length > 0) return;
        free++;
        expect(canonicalJson(swapped.document)).toBe(canonicalJson(merged.document));
      }),
      { numRuns: 1000 },
    );
    expect(free).toBeGreaterThan(500);
  });

  test('what was typed on either side is in the result or in a conflict', () => {
    fc.assert(
      fc.property(document, document, document, (base, mine, theirs) => {
        const { document: merged, conflicts } = mergeDocuments(base, mine, theirs);
        const of = (value: unknown) => (value as { title?: string }).title;
        if (of(mine) !== of(base)) expect(of(merged)).toBe(of(mine));
        else expect(of(merged)).toBe(of(theirs));
        const isTorn = of(mine) !== of(base) && of(theirs) !== of(base) && of(mine) !== of(theirs);
        expect(conflicts.some(({ path }) => path === '/title')).toBe(isTorn);
      }),
    );
  });
});
