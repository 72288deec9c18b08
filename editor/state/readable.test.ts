import { describe, expect, it } from 'vitest';
import { whyUnreadable } from './readable.ts';

const web = (operation: unknown) => ({ id: 'web', operations: [operation] });
const hi = (workflow: unknown) => web({ id: 'hi', workflow });

describe('a document that screens can show', () => {
  it.each([
    { id: 'web' },
    { id: 'web', title: '', operations: [] },
    hi({ actions: [] }),
    hi({ actions: [{ id: 'a', action: 'no/such', input: { schema: { $do: 5 }, value: { $do: { actions: [] } } } }] }),
    hi({ actions: [], output: { $literal: { $do: { actions: 5 } } } }),
  ])('%j', (document) => expect(whyUnreadable(document)).toBeNull());

  it.each([
    [5, 'it is not an object'],
    [null, 'it is not an object'],
    [['x'], 'it is not an object'],
    [{}, 'it has no id that is a text'],
    [{ id: 'web', title: { x: 1 } }, 'the title of web is not a text'],
    [{ id: 'web', operations: 7 }, 'operations is not a list'],
    [web(null), 'an item of operations is not an object'],
    [web({}), 'an operation has no id that is a text'],
    [web({ id: 'hi' }), 'the workflow of hi has no list of actions'],
    [hi(5), 'the workflow of hi has no list of actions'],
    [hi({ actions: {} }), 'the workflow of hi has no list of actions'],
    [hi({ actions: [null] }), 'an item of actions is not an object'],
    [hi({ actions: [{ id: 'a' }] }), 'a does not say which action it is'],
    [hi({ actions: [{ id: 'a', action: 'x/y', output: 'z' }] }), 'the output of a is not a path'],
    [
      hi({ actions: [{ id: 'a', action: 'x/y', input: { value: { $do: { actions: ['x'] } } } }] }),
      'an item of actions is not an object',
    ],
    [{ id: 'web', onError: [] }, 'onError has no list of actions'],
  ])('%j cannot be shown', (document, reason) => expect(whyUnreadable(document)).toBe(reason));
});
