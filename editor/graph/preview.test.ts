import { describe, expect, it } from 'vitest';
import type { Json } from '../../engine/document/types.ts';
import { preview, previewPath } from './preview.ts';

describe('preview', () => {
  it.each<[Json, string]>([
    ['text', '"text"'],
    [null, 'null'],
    [[1, { a: [true] }], '[1, { a: [true] }]'],
    [{}, '{}'],
    [{ $ref: ['request', 'body', 'items', 0] }, 'request.body.items[0]'],
    [{ $ref: ['variables', { $ref: ['request', 'query', 'key'] }] }, 'variables[request.query.key]'],
    [{ $jsonata: '$sum(\n  items.price\n)' }, '$sum( items.price )'],
    [{ $template: 'Hello {{name}}' }, 'Hello {{name}}'],
    [{ $template: '' }, '""'],
    [{ $jsonata: ' ' }, '…'],
    [{ $secret: 'db' }, 'secret db'],
    [{ $literal: { $ref: ['a'] } }, '{"$ref":["a"]}'],
    [{ $op: 'not', of: [true] }, 'not true'],
    [
      { $op: 'and', of: [{ $op: 'less-than', of: [1, { $ref: ['variables', 'a'] }] }, true] },
      '(1 < variables.a) and true',
    ],
    [{ $do: { actions: [] } }, '0 steps'],
    [{ $do: { actions: [{ id: 'a', action: 'b/c' }] } }, '1 step'],
    [{ $ref: '#/schema' }, '{ $ref: "#/schema" }'],
  ])('shows %j as %s', (value, text) => expect(preview(value)).toBe(text));

  it('is nothing for nothing', () => expect(preview(undefined)).toBe(''));

  it('stays short, whatever the value', () => {
    const long = preview(Array.from({ length: 10_000 }, (_, i) => ({ i })));
    expect(long).toHaveLength(120);
    expect(long.endsWith('…')).toBe(true);
    let deep: Json = 1;
    for (let i = 0; i < 90; i++) deep = [deep];
    expect(preview(deep)).toBe('[[[[[…]]]]]');
  });
});

it('writes paths as people do', () =>
  expect(previewPath(['variables', 'list', -1, 'a b'])).toBe('variables.list[-1].a b'));
