import { describe, expect, it } from 'vitest';
import { actions } from '../../actions/index.ts';
import { answerOf } from '../../engine/control/api/action-answer.ts';
import { expressionKind } from '../../engine/document/expression.ts';
import { exampleInput, exampleText } from './example-input.ts';

const input = {
  type: 'object' as const,
  properties: {
    data: {},
    each: { format: 'steps' },
    rows: { type: 'array', items: { type: 'object', properties: { value: { format: 'steps' } } } },
    schema: { format: 'schema' },
  },
  required: [],
};
const reference = { $ref: ['item', 'value'] };

describe('what an example fills in', () => {
  it.each<[string, { [field: string]: unknown }, unknown]>([
    ['data as they are', { data: [1, { a: null }] }, { data: [1, { a: null }] }],
    ['data that look like an expression, as data', { data: [reference] }, { data: { $literal: [reference] } }],
    ['expressions, in a field of steps', { each: reference }, { each: reference }],
    ['expressions, in rows', { rows: [{ value: reference }] }, { rows: [{ value: reference }] }],
    ['schemas, which are not searched', { schema: { a: reference } }, { schema: { a: reference } }],
    ['nothing where there are binary data', { data: { file: { $bytes: 'aGk=' } } }, null],
    ['nothing where there is a date', { data: { $date: '1970-01-01T00:00:00.000Z' } }, null],
  ])('%s', (_, given, filled) => expect(exampleInput({ input }, given)).toEqual(filled));

  it('means what the example says, for every action', () => {
    for (const answer of actions.map(answerOf)) {
      for (const { given } of answer.examples) {
        const filled = exampleInput(answer, given);
        if (filled === null) continue;
        const data = Object.entries(filled).map(([name, value]) => [
          name,
          expressionKind(value) === '$literal' ? (value as { $literal: unknown }).$literal : value,
        ]);
        expect(Object.fromEntries(data)).toEqual(given);
      }
    }
  });
});

it.each<[unknown, string]>([
  [{ a: 1, b: 'x, y: z' }, '{"a": 1, "b": "x, y: z"}'],
  [undefined, 'nothing'],
  [{ text: 'x'.repeat(60) }, `{\n  "text": "${'x'.repeat(60)}"\n}`],
])('writes %j', (value, text) => expect(exampleText(value)).toBe(text));
