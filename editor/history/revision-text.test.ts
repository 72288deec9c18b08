import { describe, expect, it } from 'vitest';
import { inWords, placeText } from './revision-text.ts';

const change = (resource: string, kind: 'added' | 'removed' | 'changed' = 'changed') => ({ resource, kind, diff: [] });

describe('a revision in words', () => {
  it.each([
    [[change('server/hello')], 'Changed server/hello'],
    [[change('server/hello'), change('service/tools', 'added')], 'Changed server/hello, added service/tools'],
    [
      ['a', 'b', 'c', 'd', 'e'].map((id) => change(`server/${id}`, 'removed')),
      'Removed server/a, removed server/b, removed server/c and 2 more',
    ],
    [[], 'Nothing that you may see'],
  ])('%#', (changes, text) => expect(inWords({ changes })).toBe(text));

  it('names the place of a difference', () => {
    expect(placeText('/operations/get-hello/workflow/actions/greet/input/a~1b')).toBe(
      'operations › get-hello › workflow › actions › greet › input › a/b',
    );
    expect(placeText('')).toBe('');
  });
});
