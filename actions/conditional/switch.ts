import { any, defineAction, isEqual, lazy, optional, rows } from '../kit/index.ts';
import { after, firstMatch } from '../support/awaitable.ts';

export default defineAction({
  id: 'conditional/switch',
  title: 'Switch',
  summary: 'Gives the value of the first case that equals a value.',
  keywords: ['branch', 'choose', 'default'],
  documentation: `
Cases are compared in order, as \`condition/is-equal-to\` compares; the text "1" does not equal the number 1. Only the
value of the matching case is evaluated, or \`default\` when there is none. Without \`default\` that is null.`,
  fields: {
    value: any({ label: 'Value' }),
    cases: rows({ case: lazy({ label: 'Case' }), value: lazy({ label: 'Value' }) }, { label: 'Cases' }),
    default: optional(lazy({ label: 'Default', help: 'For when no case matches.' })),
  },
  output: {},
  examples: [
    {
      given: {
        value: 'red',
        cases: [
          { case: 'green', value: 'go' },
          { case: 'red', value: 'stop' },
        ],
        default: 'look',
      },
      gives: 'stop',
    },
    { given: { value: 'hi', cases: [{ case: 'hello', value: 1 }], default: 'good day' }, gives: 'good day' },
    { given: { value: { a: 1, b: 2 }, cases: [{ case: { b: 2, a: 1 }, value: 'same' }] }, gives: 'same' },
    { given: { value: 1, cases: [{ case: '1', value: 'text' }] }, gives: null },
    { given: { value: 1, cases: {} }, fails: 'input-invalid' },
  ],
  run: ({ value, cases, default: otherwise }) =>
    after(
      firstMatch(cases, (row) => after(row.case(), (candidate) => isEqual(candidate, value))),
      (row) => {
        if (row !== undefined) return row.value();
        return otherwise === undefined ? null : otherwise();
      },
    ),
});
