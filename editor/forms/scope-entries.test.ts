import { describe, expect, it } from 'vitest';
import type { Scope } from '../graph/scopes.ts';
import { faultOfReference, scopeEntries } from './scope-entries.ts';

const scopes: Scope[] = [
  {
    name: 'request',
    path: ['request'],
    kind: 'scope',
    children: [{ name: 'query', path: ['request', 'query'], kind: 'field' }],
  },
  {
    name: 'variables',
    path: ['variables'],
    kind: 'scope',
    children: [
      { name: 'sure', path: ['variables', 'sure'], kind: 'variable', from: 'a' },
      { name: 'perhaps', path: ['variables', 'perhaps'], kind: 'variable', maybe: true },
    ],
  },
];
const data = { request: { query: { name: 'World' } }, variables: { sure: [1, 2], seen: null }, other: 1 };
const texts = (open: string[], search?: string) =>
  scopeEntries({ scopes, data }, (text) => open.includes(text), search).map(({ text }) => text);

describe('scopeEntries', () => {
  it('shows the scopes that there are, and what is opened', () => {
    expect(texts([])).toEqual(['request', 'variables']);
    expect(texts(['request', 'request.query'])).toEqual([
      'request',
      'request.query',
      'request.query.name',
      'variables',
    ]);
  });
  it('adds what the run had', () =>
    expect(texts(['variables', 'variables.sure'])).toEqual([
      'request',
      'variables',
      'variables.sure',
      'variables.sure[0]',
      'variables.sure[1]',
      'variables.perhaps',
      'variables.seen',
    ]));
  it('finds with all words what is anywhere, and shows what it stands in', () =>
    expect(texts([], 'query NAM')).toEqual(['request', 'request.query', 'request.query.name']));
  it('tells values, writers and doubts', () => {
    const rows = scopeEntries({ scopes, data }, () => true);
    expect(rows.find(({ text }) => text === 'request.query.name')).toMatchObject({ isSeen: true, value: 'World' });
    expect(rows.find(({ text }) => text === 'variables.sure')).toMatchObject({ from: 'a', maybe: false });
    expect(rows.find(({ text }) => text === 'variables.perhaps')).toMatchObject({ maybe: true, isSeen: false });
  });
});

const faults: [(string | number)[], RegExp | null][] = [
  [['request', 'anything'], null],
  [['variables', 'sure', 'below'], null],
  [['variables', 'seen'], null],
  [['variables', 'perhaps'], /on some ways/],
  [['variables', 'never'], /No step before/],
  [['line', 'value'], /no scope line/],
];
it.each(faults)('%j', (path, message) => {
  const found = faultOfReference(path, { scopes, data });
  if (message === null) expect(found).toBeNull();
  else expect(found?.message).toMatch(message);
});
