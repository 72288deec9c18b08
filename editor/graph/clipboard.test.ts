import { describe, expect, it } from 'vitest';
import { actions as library } from '../../actions/index.ts';
import { answerOf } from '../../engine/control/api/action-answer.ts';
import type { Action, Json } from '../../engine/document/types.ts';
import { step } from '../../engine/import/autoflow/build-for-test.ts';
import { copyActions, readActions } from './clipboard.ts';
import { insertActions } from './edits/index.ts';
import { map, operationOf, outline, set } from './edits/operation-for-test.ts';

const answers = library.map(answerOf);
const operation = operationOf([set('a'), map('m', set('b'), set('c'))]);

const idsIn = async (text: string): Promise<string> => {
  const read = await readActions(text, answers);
  return 'fault' in read ? read.fault : outline(operationOf(read.actions));
};

describe('what is copied', () => {
  it.each([
    [['m', 'a'], 'a m(b c)'],
    [['m', 'b'], 'm(b c)'],
    [['c', 'b'], 'b c'],
  ])('%j', async (ids, expected) => {
    expect(await idsIn(copyActions(operation, ids))).toBe(expected);
  });

  it('can be pasted beside itself', async () => {
    const read = await readActions(copyActions(operation, ['m']));
    const { actions } = read as { actions: Action[] };
    const pasted = insertActions(operation, { owner: 'workflow', path: [], index: 0 }, actions);
    expect(outline(pasted.operation)).toBe('m-2(b-2 c-2) a m(b c)');
  });
});

describe('what can be pasted', () => {
  const join = { action: 'string/join', input: { array: [] } };
  it.each<[string, Json, string]>([
    ['an action', { id: 'x', ...join }, 'x'],
    ['one without an id', join, 'join'],
    ['a list', [join, join], 'join join-2'],
    ['a workflow', { actions: [join], output: 1 }, 'join'],
    ['steps of an iteration that write to its scope', { id: 'x', ...join, output: ['item', 'total'] }, 'x'],
    ['an action of API AutoFlow', step('string/join', { array: [] }), 'join'],
    ['a list of them', [step('string/join', { array: [] }), step('string/join', { array: [] })], 'join join-2'],
    [
      'an Execution',
      {
        __struct__: 'Execution',
        mapping: null,
        actions: [
          step('iteration/map', {
            foreach: { __struct__: 'Execution', actions: [step('string/join', {})] },
            scope: 'x',
          }),
        ],
      },
      'map(join)',
    ],
  ])('%s', async (_, value, expected) => {
    expect(await idsIn(JSON.stringify(value))).toBe(expected);
  });

  it.each<[string, string]>([
    ['', 'The clipboard holds no text. Copy actions first.'],
    ['hello', 'The text is not JSON: line 1, column 1: '],
    ['12', 'There are no actions in the text, found 12. Allowed are '],
    ['{"id":"x","type":"http"}', 'There are no actions in the text, found an object with "id", "type". Allowed are '],
    ['[]', 'The text holds no action.'],
    ['{"sluice":"actions","actions":[]}', 'The text holds no action.'],
    ['[{"action":"a/b","input":[]}]', '"input" must be an object, found an empty array. It stands at /0/input.'],
    ['{"id":"ä","action":"a/b"}', '"id" must be an id: letters, digits, "_", "-" and ".", 1 to 64 of them'],
    ['{"action":"a/b","id":"x","colour":1}', ''],
  ])('not %s', async (text, why) => {
    const read = await readActions(text);
    expect('fault' in read ? read.fault : 'read').toContain(why);
    expect(read).toHaveProperty('fault');
  });

  it('says what an action of API AutoFlow has that there is not here', async () => {
    const read = await readActions(JSON.stringify(step('no/such', {}, { colour: 'red' })), answers);
    expect(read).toMatchObject({
      warnings: [
        expect.stringContaining('There is no action "no/such"'),
        expect.stringContaining('"colour" of an action has no counterpart'),
      ],
    });
  });
});
