import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Difference, differences, sameJson } from './difference.ts';
import type { Json } from './types.ts';

const steps = (...ids: string[]): Json => ids.map((id) => ({ id, action: 'string/upcase' }));

describe('differences', () => {
  it.each<[string, Json, Json, Difference[]]>([
    ['nothing, whatever the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a changed value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: '/a/b', kind: 'changed', before: 1, after: 2 }]],
    ['a new key', {}, { 'a/b~': null }, [{ path: '/a~1b~0', kind: 'added', after: null }]],
    ['a key that went', { a: 1 }, {}, [{ path: '/a', kind: 'removed', before: 1 }]],
    ['another type', { a: [] }, { a: {} }, [{ path: '/a', kind: 'changed', before: [], after: {} }]],
    ['null and absent', { a: null }, {}, [{ path: '/a', kind: 'removed', before: null }]],
    [
      'plain items by position',
      [1, 2, 3],
      [1, 3],
      [
        { path: '/1', kind: 'changed', before: 2, after: 3 },
        { path: '/2', kind: 'removed', before: 3 },
      ],
    ],
    [
      'one step put in between',
      steps('a', 'c'),
      steps('a', 'b', 'c'),
      [{ path: '/1', kind: 'added', after: { id: 'b', action: 'string/upcase' } }],
    ],
    [
      'one step taken out',
      steps('a', 'b', 'c'),
      steps('a', 'c'),
      [{ path: '/1', kind: 'removed', before: { id: 'b', action: 'string/upcase' } }],
    ],
    [
      'steps in another order',
      steps('a', 'b'),
      steps('b', 'a'),
      [{ path: '', kind: 'reordered', before: ['a', 'b'], after: ['b', 'a'] }],
    ],
    [
      'a key that is called __proto__',
      JSON.parse('{"__proto__":1}'),
      {},
      [{ path: '/__proto__', kind: 'removed', before: 1 }],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });

  it('is empty exactly for equal values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(differences(a as Json, a as Json)).toEqual([]);
        expect(differences(a as Json, b as Json).length === 0).toBe(sameJson(a as Json, b as Json));
      }),
    );
  });
});
