import { any, defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'jsonata/transform',
  title: 'Transform by JSONata',
  summary: 'Makes another value of data by a JSONata expression.',
  keywords: ['jq', 'jsonpath', 'mapping', 'query'],
  documentation: `
The expression sees \`data\` as its context, and nothing else of the run: \`items[price > 10].name\`. Where it finds nothing
the result is null. It is for expressions that come as data, from a file or a request; one that is part of the workflow is
better written as \`$jsonata\`, which sees all scopes. The same limits hold as for these: of steps, of depth and of the size
of results, and regular expressions take linear time. A result of one item is the item, not an array with it; \`[]\` after a
path keeps the array. An expression may have 16,384 characters.`,
  fields: {
    data: any({ label: 'Data' }),
    expression: string({ label: 'Expression', help: 'A JSONata expression.' }),
  },
  output: {},
  failures: {
    'expression-invalid': 'The text is no JSONata expression.',
    'expression-failed': 'The expression comes upon values that it cannot work with.',
    'expression-limit': 'The expression takes too many steps, goes too deep, or makes too much.',
  },
  examples: [
    {
      given: {
        data: {
          items: [
            { name: 'Rose', price: 12 },
            { name: 'Daisy', price: 3 },
          ],
        },
        expression: '{"names": items.name, "total": $sum(items.price)}',
      },
      gives: { names: ['Rose', 'Daisy'], total: 15 },
    },
    { given: { data: { items: [] }, expression: 'items[0].name' }, gives: null },
    { given: { data: [1, 2, 3], expression: '$[$ > 2]' }, gives: 3 },
    { given: { data: {}, expression: 'items[' }, fails: 'expression-invalid' },
    { given: { data: { a: 'x' }, expression: 'a * 2' }, fails: 'expression-failed' },
    { given: { data: {}, expression: '($f := function() { 1 + $f() }; $f())' }, fails: 'expression-limit' },
    { given: { data: {}, expression: 7 }, fails: 'input-invalid' },
  ],
  run: ({ data, expression }, context) => context.evaluate(expression, data),
});
