import { expect, it } from 'vitest';
import { type Entry, findActions } from './rank.ts';
import { sectionsOf } from './sections.ts';

const entry = (id: string, title: string, summary = '', keywords: string[] = []): Entry => ({
  id,
  title,
  summary,
  keywords,
  category: id.slice(0, id.lastIndexOf('/')),
});
const library = [
  entry('array/join-items', 'Join items', 'Puts items together.'),
  entry('string/join', 'Join', 'Makes one text of many.', ['concat']),
  entry('data/csv/encode', 'Encode CSV', 'Writes rows, and may join them.'),
  entry('conditional/if', 'If', 'Takes a branch.', ['else']),
  entry('strange/new', 'New', 'Nobody sorted it.'),
];
const alike = [
  entry('data/map', 'Map', 'Gives another value for each.'),
  entry('iteration/flat-map', 'Flat map'),
  entry('object/map-values', 'Map values'),
  entry('iteration/map', 'Map', 'Runs steps for each item.'),
  entry('string/capitalize-first', 'Capitalize first', '', ['uppercase']),
  entry('string/title-case', 'Title case', 'Begins words in uppercase.', ['uppercase']),
  entry('string/upcase', 'Upper case', '', ['uppercase']),
  entry('string/hex', 'Hex', 'In uppercase letters.'),
];

it.each([
  ['join', ['string/join', 'array/join-items', 'data/csv/encode']],
  ['concat', ['string/join']],
  ['join string', ['string/join']],
  ['string/join', ['string/join']],
  ['csv rows', ['data/csv/encode']],
  ['ELSE', ['conditional/if']],
  ['xyz', []],
])('finds %s', (text, ids) => expect(findActions(library, text).map(({ id }) => id)).toEqual(ids));

it.each([
  ['map', ['iteration/map', 'data/map', 'object/map-values', 'iteration/flat-map']],
  ['uppercase', ['string/upcase', 'string/capitalize-first', 'string/title-case', 'string/hex']],
])('tells what is alike apart: %s', (text, ids) => expect(findActions(alike, text).map(({ id }) => id)).toEqual(ids));

it('gives everything for no word', () => expect(findActions(library, ' ')).toHaveLength(5));

it('sorts the library into sections, and what nobody sorted under its own name', () => {
  const sections = sectionsOf(new Map(library.map((one) => [one.id, one])));
  expect(
    sections.map(({ title, entries, groups }) => [
      title,
      entries.map(({ id }) => id),
      groups.map(({ title: group }) => group),
    ]),
  ).toEqual([
    ['Flow', ['conditional/if'], ['Branches']],
    ['Data', [], ['Arrays', 'Strings', 'JSON, XML, CSV']],
    ['Calls', [], []],
    ['Others', [], ['strange']],
  ]);
});
