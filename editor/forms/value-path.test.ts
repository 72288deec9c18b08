import { describe, expect, it } from 'vitest';
import type { Json } from '../../engine/document/types.ts';
import { pointerTo, readReference, referenceText, renameKey } from './value-path.ts';

const paths: [string, (string | number)[]][] = [
  ['request', ['request']],
  ['request.query.name', ['request', 'query', 'name']],
  ['variables.items[0].id', ['variables', 'items', 0, 'id']],
  ['variables.items[-1]', ['variables', 'items', -1]],
  ['request.header.x-id', ['request', 'header', 'x-id']],
  ['variables["a b"]["c.d"]', ['variables', 'a b', 'c.d']],
  ['variables["0"]', ['variables', '0']],
];

describe('references as text', () => {
  it.each(paths.filter(([text]) => text !== 'variables["0"]'))('%s', (text, path) => {
    expect(referenceText(path)).toBe(text);
    expect(readReference(text)).toEqual({ path });
  });
  it('takes names in backticks too', () =>
    expect(readReference('request.header.`x-id`')).toEqual({ path: ['request', 'header', 'x-id'] }));
  it('tells a key of digits from a place', () => {
    expect(readReference('variables["0"]')).toEqual({ path: ['variables', '0'] });
    expect(readReference(referenceText(['variables', '0']))).toEqual({ path: ['variables', '0'] });
  });
  it('shows parts that are computed', () =>
    expect(referenceText(['variables', { $ref: ['input', 'key'] }] as Json[])).toBe('variables[input.key]'));
  it.each(['', '[0]', '.a', 'a..b', 'a b', 'a[', 'a["b]', '[0].a'])('finds no reference in %j', (text) =>
    expect(readReference(text)).toHaveProperty('reason'),
  );
});

describe('renameKey', () => {
  it('keeps the order', () => expect(Object.keys(renameKey({ a: 1, b: 2, c: 3 }, 'b', 'x'))).toEqual(['a', 'x', 'c']));
  it.each(['a', 'b'])('leaves the object where the name is taken or the same: %s', (to) => {
    const object = { a: 1, b: 2 };
    expect(renameKey(object, 'a', to)).toBe(object);
  });
});

it('points as RFC 6901 does', () => expect(pointerTo(['a/b', 0, '~'])).toBe('/a~1b/0/~0'));
