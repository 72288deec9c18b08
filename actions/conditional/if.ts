import { defineAction, isTruthy, lazy, rows } from '../kit/index.ts';
import { after, firstMatch } from '../support/awaitable.ts';

export default defineAction({
  id: 'conditional/if',
  title: 'If',
  summary: 'Gives the value of the first branch whose condition holds.',
  keywords: ['else', 'elseif', 'then'],
  documentation: `
A condition holds unless it is false or null: 0 and an empty text hold. Conditions are evaluated in order, up to the
first that holds; only that branch's value is evaluated. A last branch with the condition true is the else. Null when
none holds.`,
  fields: {
    conditions: rows(
      { condition: lazy({ label: 'Condition' }), value: lazy({ label: 'Value' }) },
      { label: 'Branches' },
    ),
  },
  output: {},
  examples: [
    {
      given: {
        conditions: [
          { condition: true, value: 'first' },
          { condition: false, value: 'second' },
        ],
      },
      gives: 'first',
    },
    {
      given: {
        conditions: [
          { condition: null, value: 'first' },
          { condition: 0, value: 'second' },
        ],
      },
      gives: 'second',
    },
    { given: { conditions: [{ condition: false, value: 'first' }] }, gives: null },
    { given: { conditions: true }, fails: 'input-invalid' },
  ],
  run: ({ conditions }) =>
    after(
      firstMatch(conditions, (row) => after(row.condition(), isTruthy)),
      (row) => (row === undefined ? null : row.value()),
    ),
});
