import { expect, it } from 'vitest';
import { itemsByKind, remarkText } from './report-text.ts';

it('groups what was imported by kind, with what became of each', () => {
  const answer = {
    imported: ['server/shop', 'variables', 'api/shop', 'server/pets', 'service/tools'],
    replaced: ['server/shop'],
    unchanged: ['service/tools'],
    warnings: [],
    revision: 2,
  };
  expect(
    itemsByKind(answer).map(({ kind, items }) => [kind, ...items.map(({ path, note }) => `${path} ${note}`)]),
  ).toEqual([
    ['APIs', '/apis/shop new'],
    ['Servers', '/servers/shop replaced', '/servers/pets new'],
    ['Services', '/services/tools unchanged'],
  ]);
});

it.each([
  ['server/shop', '/servers/0', 'server/shop (/servers/0): gone'],
  [null, '/x', '/x: gone'],
  ['api/a', '', 'api/a: gone'],
  [null, '', 'gone'],
])('names the place of %j and %j', (resource, pointer, text) => {
  expect(remarkText({ resource, pointer, message: 'gone' })).toBe(text);
});
