import { describe, expect, it } from 'vitest';
import { distanceOf, placesOf, searchActions, wordsOf } from '../../actions/docs/search.ts';
import { actions } from '../../actions/index.ts';

const find = (query: string): string[] => searchActions(actions, wordsOf(query)).map(({ id }) => id);

describe('what people look for', () => {
  it.each([
    ['uppercase', 'string/upcase'],
    ['LowerCase', 'string/downcase'],
    ['each', 'iteration/for-each'],
    ['sha256', 'security/hash'],
    ['checksum', 'security/hash'],
    ['hash', 'security/hash'],
    ['timezone', 'datetime/convert-zone'],
    ['zone time', 'datetime/convert-zone'],
    ['epoch', 'datetime/current-unix-time'],
    ['timestamp', 'datetime/now'],
    ['substring', 'string/slice'],
    ['catch', 'conditional/try'],
    ['throw', 'scope/raise'],
    ['fetch', 'http/request'],
    ['curl', 'http/request'],
    ['post', 'http/request'],
    ['counter', 'hash-table/increment-data'],
    ['clone', 'data/set'],
    ['csv parse', 'data/csv/decode'],
    ['json stringify', 'data/json/encode'],
    ['dedupe', 'array/unique'],
    ['cron', 'config/create-timer'],
    ['schedule', 'config/create-timer'],
    ['sleep', 'thread/sleep'],
    ['total', 'array/sum'],
    ['avg', 'array/average'],
    ['regexp replace', 'string/regex-replace'],
    ['guid v4', 'uuid/random'],
    ['jsonpath', 'data/json/get'],
    ['if', 'conditional/if'],
    ['array/sort', 'array/sort'],
    ['half-even', 'number/round'],
    ['split lines', 'string/split-by-newline'],
  ])('%s: %s', (query, first) => expect(find(query)[0]).toBe(first));

  it('is nothing where one word does not occur', () => expect(find('json blockchain')).toEqual([]));

  it('is found in any order', () => expect(find('lines split')).toEqual(find('split lines')));
});

describe('distanceOf', () => {
  const places = ['take first', 'array/take', 'head', 'keeps some items', 'array count', 'interest'];
  it.each([
    ['take', 0],
    ['tak', 1],
    ['array', 2],
    ['irst', 4],
    ['head', 4],
    ['items', 6],
    ['ite', 7],
    ['tems', Number.POSITIVE_INFINITY],
    ['rest', Number.POSITIVE_INFINITY],
    ['take items', 6],
    ['array/take', 2],
  ])('%s: %d', (query, distance) => expect(distanceOf(places, wordsOf(query))).toBe(distance));
});

describe('keywords', () => {
  it.each(actions.filter(({ keywords }) => keywords !== undefined))(
    'of $id are sorted words that it has nowhere else',
    (action) => {
      const { id, title, summary, keywords = [] } = action;
      expect(keywords).toEqual([...new Set(keywords)].sort());
      expect(keywords.length).toBeGreaterThan(0);
      const said = new Set(`${id} ${title} ${summary}`.toLowerCase().split(/[^a-z0-9]+/));
      for (const keyword of keywords) {
        expect(keyword).toMatch(/^[a-z0-9]+(?:[- ][a-z0-9]+)*$/);
        expect(
          keyword.split(/[- ]/).every((word) => said.has(word)),
          keyword,
        ).toBe(false);
      }
    },
  );

  it('are among what is searched', () => {
    for (const action of actions) expect(placesOf(action)[2]).toBe((action.keywords ?? []).join(' '));
  });
});
