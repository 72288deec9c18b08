import { any, defineAction, isEqual, lazy, oneOf, optional, rows } from '../kit/index.ts';
import { after, firstMatch } from '../support/awaitable.ts';

/** Numbers compare as numbers, texts by code unit; of different or other types neither is ever less. */
const isBelow = (a: unknown, b: unknown): boolean =>
  (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string') ? a < b : false;

const comparisons = {
  equal: isEqual,
  'not-equal': (target: unknown, other: unknown) => !isEqual(target, other),
  'less-than': isBelow,
  'less-than-or-equal': (target: unknown, other: unknown) => isBelow(target, other) || isSame(target, other),
  'greater-than': (target: unknown, other: unknown) => isBelow(other, target),
  'greater-than-or-equal': (target: unknown, other: unknown) => isBelow(other, target) || isSame(target, other),
  'one-of': (target: unknown, others: unknown) => Array.isArray(others) && others.some((one) => isEqual(target, one)),
};

const isSame = (a: unknown, b: unknown): boolean => a === b && (typeof a === 'number' || typeof a === 'string');

const names = Object.keys(comparisons) as (keyof typeof comparisons)[];

export default defineAction({
  id: 'conditional/match',
  title: 'Match',
  summary: 'Gives the value of the first case whose comparison with a target holds.',
  keywords: ['branch', 'compare', 'pattern'],
  documentation: `
Each case says how the target is compared with it: \`{"comparison": "less-than", "case": 10}\` holds for a target below
10. Without \`comparison\` it is equal, as in \`conditional/switch\`. Only two numbers or two texts (by code unit) have
an order; other comparisons of order never hold. \`one-of\` holds when the case is an array with an item that equals the
target. Cases are compared in order, and only the value of the one that holds is evaluated, or \`default\` when there is
none; without \`default\` that is null.`,
  fields: {
    target: any({ label: 'Target', help: 'What is compared.' }),
    cases: rows(
      {
        comparison: optional(oneOf(names, { label: 'Comparison' }), 'equal'),
        case: lazy({ label: 'Case', help: 'What the target is compared with.' }),
        value: lazy({ label: 'Value' }),
      },
      { label: 'Cases' },
    ),
    default: optional(lazy({ label: 'Default', help: 'For when no case holds.' })),
  },
  output: {},
  examples: [
    {
      given: {
        target: 17,
        cases: [
          { comparison: 'less-than', case: 12, value: 'child' },
          { comparison: 'less-than', case: 20, value: 'teenager' },
        ],
        default: 'adult',
      },
      gives: 'teenager',
    },
    {
      given: { target: 'red', cases: [{ comparison: 'one-of', case: ['green', 'blue'], value: 1 }], default: 0 },
      gives: 0,
    },
    { given: { target: [1], cases: [{ case: [1], value: 'same' }] }, gives: 'same' },
    { given: { target: '5', cases: [{ comparison: 'greater-than', case: 1, value: 'more' }] }, gives: null },
    { given: { target: 1, cases: [{ comparison: 'like', case: 1, value: 1 }] }, fails: 'input-invalid' },
  ],
  run: ({ target, cases, default: otherwise }) =>
    after(
      firstMatch(cases, (row) => after(row.case(), (other) => comparisons[row.comparison](target, other))),
      (row) => {
        if (row !== undefined) return row.value();
        return otherwise === undefined ? null : otherwise();
      },
    ),
});
