import { describe, expect, it } from 'vitest';
import { makeLibrary } from '../../../engine/compile/jsonata/functions.ts';
import type { Scope } from '../../graph/scopes.ts';
import { candidatesAt, templateCandidatesAt } from './candidates.ts';
import { jsonataFunctions } from './jsonata-functions.ts';

const data = {
  request: {
    header: { 'content-type': 'application/json' },
    body: {
      items: [
        { sku: 'a', price: 3 },
        { sku: 'b', size: { w: 1 } },
      ],
      total: 7,
    },
  },
  variables: { order: { id: 'O-1', lines: [[{ n: 1 }]] } },
};
const scopes: Scope[] = [
  {
    name: 'variables',
    path: ['variables'],
    kind: 'scope',
    children: [{ name: 'later', path: ['variables', 'later'], kind: 'variable', maybe: true, from: 'fetch' }],
  },
];

/** The keys that fit at the bar. */
const keysIn = (marked: string): string[] | null => {
  const position = marked.indexOf('|');
  const found = candidatesAt(marked.replace('|', ''), position, { scopes, data });
  return found === null
    ? null
    : found.options.filter(({ kind }) => kind === 'scope' || kind === 'key').map(({ label }) => label);
};

describe('keys that fit at the bar', () => {
  const top = ['variables', 'request'];
  const ofItem = ['sku', 'price', 'size'];
  it.each<[string, string[] | null]>([
    ['|', top],
    ['re|', top],
    ['request.|', ['header', 'body']],
    ['request.bo|', ['header', 'body']],
    ['request . body . |', ['items', 'total']],
    ['request.header.`cont|', ['content-type']],
    ['request.header.`content-t|', ['content-type']],
    ['request.body.items.|', ofItem],
    ['request.body.items[0].|', ofItem],
    ['request.body.items[price > 1].size.|', ['w']],
    ['request.body.items[|', ofItem],
    ['request.body.items[price = |', ofItem],
    ['request.body.items[price = $$.|', top],
    ['request.body.items.($.|', ofItem],
    ['request.body.items.{"a": s|', ofItem],
    ['request.body.items{sku: |', ofItem],
    ['request.body.items^(>pr|', ofItem],
    ['request.body.items^(>price).|', ofItem],
    ['(request.body).|', ['items', 'total']],
    ['$sum(request.body.items.|', ofItem],
    ['$sum(re|', top],
    ['$map(request.body.items, function($i) { re|', top],
    ['variables.order.lines.|', ['n']],
    ['variables.|', ['later', 'order']],
    ['1 + request.body.| + 2', ['items', 'total']],
    ['request.body./* part */|', ['items', 'total']],
    ['$sum(request.body.items).|', null],
    ['"request.|', null],
    ['\'x\' & "it|"', null],
    ['/re|', null],
    ['request.body.items.sku.|', null],
    ['12|', null],
  ])('%s', (marked, keys) => {
    expect(keysIn(marked)).toEqual(keys);
  });
});

describe('what a candidate says', () => {
  const option = (text: string, label: string) =>
    candidatesAt(text, text.length, { scopes, data })?.options.find((one) => one.label === label);

  it('shows the value of the last run, and quotes what is no name', () => {
    expect(option('request.header.', 'content-type')).toEqual({
      label: 'content-type',
      insert: '`content-type`',
      kind: 'key',
      detail: '"application/json"',
    });
    expect(option('request.', 'body')).toMatchObject({ detail: '2 keys' });
  });

  it('says who writes a variable and that it may be missing', () => {
    expect(option('variables.', 'later')).toMatchObject({ detail: 'not always there', note: 'Written by fetch.' });
  });

  it('offers variables that were named before, and functions with what they take', () => {
    expect(option('($half := 2; $h', '$half')).toEqual({ label: '$half', kind: 'variable' });
    expect(option('$sub', '$substring')).toMatchObject({ kind: 'function', detail: '(text, start, [length])' });
  });
});

describe('in a template', () => {
  it.each([
    ['Hello |', null],
    ['Hello {{|', ['variables', 'request']],
    ['Hello {{ request.|', ['header', 'body']],
    ['Hello {{request.body.|}} and', ['items', 'total']],
    ['{{request.body}} re|', null],
    ['{{"}}"}} {{variables.|}}', ['later', 'order']],
  ])('%s', (marked, keys) => {
    const found = templateCandidatesAt(marked.replace('|', ''), marked.indexOf('|'), { scopes, data });
    const labels = found?.options.filter(({ kind }) => kind === 'scope' || kind === 'key').map(({ label }) => label);
    expect(labels ?? null).toEqual(keys);
  });
});

it('knows every function that the engine has, and no other', () => {
  const engine = [...makeLibrary(() => () => undefined).keys()].map((name) => `$${name}`).sort();
  expect(jsonataFunctions.map(({ name }) => name)).toEqual(engine);
});
