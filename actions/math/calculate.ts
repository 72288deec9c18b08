import { ActionFailure, defineAction, describeValue, object, optional, string } from '../kit/index.ts';
import type { Evaluate } from '../support/expression/operators.ts';
import { parse } from '../support/expression/parse.ts';

const longest = 10_000;
const mostCached = 500;
const compiled = new Map<string, Evaluate>();

// Most expressions are literals of a workflow: the same few texts, over and over.
const compile = (expression: string): Evaluate => {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  if (expression.length > longest) {
    throw new ActionFailure(
      'input-invalid',
      `\`expression\` has ${expression.length} characters, allowed are ${longest}; calculate in several steps`,
    );
  }
  const fresh = parse(expression);
  const [oldest] = compiled.keys();
  if (compiled.size >= mostCached && oldest !== undefined) compiled.delete(oldest);
  compiled.set(expression, fresh);
  return fresh;
};

export default defineAction({
  id: 'math/calculate',
  title: 'Calculate',
  summary: 'Calculates a formula with variables.',
  keywords: ['arithmetic', 'compute', 'expression', 'percent', 'sqrt'],
  documentation: `
| | |
| --- | --- |
| numbers | \`12\`, \`0.5\`, \`1.2e-3\` |
| variables | \`a\`, \`order.total\`: own keys of \`variables\`, null included |
| arithmetic | \`+\` \`-\` \`*\` \`/\` \`%\` \`^\` (also \`**\`); \`^\` binds tightest and from the right, so \`-2 ^ 2\` is -4 |
| comparison | \`==\` \`!=\` of any values, \`<\` \`<=\` \`>\` \`>=\` of numbers |
| logic | \`and\` \`or\` \`not\` (also \`&&\` \`||\` \`!\`), \`true\`, \`false\`, \`null\`; anything but false and null counts as true |
| functions | \`abs acos asin atan atan2 ceil cos exp floor log log10 log2 max min pow round sin sqrt tan\`, written \`sqrt(a)\`, \`Math.sqrt(a)\` or \`:Math.sqrt(a)\` |
| constants | \`pi\` and \`e\`, unless a variable has that name |

Numbers are IEEE 754 doubles; whole numbers beyond 2^53 - 1 fail where they are written out. \`%\` has the sign of its left side.
\`round\` takes halves away from zero. \`and\` and \`or\` give true or false and leave the right side alone when the left one
decides. A division by zero, a result that is not finite and an unknown name fail with \`input-invalid\` and the position in the text. A published example adds 2 and 7 to 7; here it is 9.`,
  fields: {
    expression: string({ label: 'Expression', help: 'For example: price * (1 + rate / 100)' }),
    variables: optional(object({ label: 'Variables', help: 'Values by the names that the expression uses.' }), {}),
  },
  output: { type: ['number', 'boolean'] },
  examples: [
    { given: { expression: 'a + b', variables: { a: 2, b: 7 } }, gives: 9 },
    { given: { expression: ':Math.sqrt(a)', variables: { a: 4 } }, gives: 2 },
    {
      given: { expression: 'order.total >= 100 and not order.paid', variables: { order: { total: 120, paid: false } } },
      gives: true,
    },
    { given: { expression: '2 ^ 3 ^ 2 % 7' }, gives: 1, note: '2 ^ (3 ^ 2) is 512.' },
    { given: { expression: 'a / 0', variables: { a: 1 } }, fails: 'input-invalid' },
    { given: { expression: '9007199254740993 + 0' }, fails: 'input-invalid', note: 'A double cannot hold it exactly.' },
    { given: { expression: '1 + ' }, fails: 'input-invalid', note: 'Found the end, expected a number, a name or `(`.' },
  ],
  run: ({ expression, variables }) => {
    const result = compile(expression)(variables);
    if (typeof result === 'number' || typeof result === 'boolean') return result;
    throw new ActionFailure(
      'input-invalid',
      `\`expression\` gives ${describeValue(result)}, allowed are a number, true and false`,
    );
  },
});
