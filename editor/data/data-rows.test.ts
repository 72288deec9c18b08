import { describe, expect, it } from 'vitest';
import { type DataPath, idOf, openAtFirst, pathText, rowsOf, type Stretch, unfoldTo } from './data-rows.ts';
import { findInData, mostHits } from './find-in-data.ts';

const none = { open: new Set<string>(), shown: new Map<string, Stretch>() };
const idsOf = (value: unknown, open: readonly string[], shown: readonly [string, Stretch][] = []): string[] =>
  rowsOf(value, { open: new Set(open), shown: new Map(shown) }).map(({ id }) => id);

describe('rows of a tree', () => {
  it.each<[string, unknown, string[], string[]]>([
    ['a closed object', { a: 1 }, [], ['']],
    ['an open one', { a: 1, b: { c: 2 } }, [''], ['', '/a', '/b']],
    ['what is open inside', { a: 1, b: { c: 2 } }, ['', '/b'], ['', '/a', '/b', '/b/c']],
    ['keys with slashes', { 'a/b': { '~': 1 } }, ['', '/a~1b'], ['', '/a~1b', '/a~1b/~0']],
    ['a value alone', 'text', [''], ['']],
    ['what stands for something else', { a: { $cut: { bytes: 5, head: 'x' } } }, ['', '/a'], ['', '/a']],
    ['what is empty', { a: [], b: {} }, ['', '/a', '/b'], ['', '/a', '/b']],
  ])('%s', (_, value, open, ids) => expect(idsOf(value, open)).toEqual(ids));

  it('shows the first hundred of many, and more when asked', () => {
    const many = Array.from({ length: 250 }, (_, index) => index);
    expect(rowsOf(many, { ...none, open: new Set(['']) }).at(-1)).toMatchObject({
      kind: 'more',
      left: 150,
      next: { from: 0, to: 200 },
    });
    expect(idsOf(many, [''], [['', { from: 0, to: 200 }]])).toHaveLength(202);
    expect(idsOf(many, [''], [['', { from: 0, to: 300 }]])).toHaveLength(251);
    expect(idsOf(many, [''], [['', { from: 100, to: 200 }]])).toHaveLength(103);
  });

  it('opens at first what fits', () => {
    const wide = { few: [1, 2], many: Array.from({ length: 80 }, () => 1), deep: { deeper: { deepest: 1 } } };
    expect([...openAtFirst(wide)]).toEqual(['', '/few', '/deep', '/deep/deeper']);
  });

  it('unfolds what leads to a path, beyond the first hundred', () => {
    const value = { list: Array.from({ length: 250 }, (_, n) => ({ n })) };
    const unfolding = unfoldTo(value, ['list', 149, 'n'], none);
    expect(rowsOf(value, unfolding).map(({ id }) => id)).toContain('/list/149/n');
    expect(unfolding.shown.get('/list')).toEqual({ from: 100, to: 200 });
  });
});

it.each<[DataPath, string]>([
  [[], '$'],
  [['request', 'body', 'items', 0, 'sku'], 'request.body.items[0].sku'],
  [['header', 'content-type'], 'header.`content-type`'],
  [[0, 'a'], '$[0].a'],
])('writes a path as JSONata: %j', (path, text) => expect(pathText(path)).toBe(text));

describe('search', () => {
  const found = (value: unknown, text: string): string[] => {
    const search = findInData(value, text);
    for (;;) {
      const step = search.next();
      if (step.done) return step.value.map(idOf);
    }
  };

  it.each<[string, string[]]>([
    ['ann', ['/user/name', '/planned']],
    ['NAME', ['/user/name']],
    ['42', ['/list/1']],
    ['null', ['/list/2']],
    ['nobody', []],
  ])('finds %s in keys and values', (text, ids) => {
    expect(found({ user: { name: 'Ann' }, planned: true, list: [1, 42, null] }, text)).toEqual(ids);
  });

  it('ends after so many hits', () => {
    expect(
      found(
        Array.from({ length: 10_000 }, () => 'x'),
        'x',
      ),
    ).toHaveLength(mostHits);
  });
});
