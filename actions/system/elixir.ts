import { defineAction, object, optional, string } from '../kit/index.ts';
import { parse } from './elixir-expression/parse.ts';

export default defineAction({
  id: 'system/elixir',
  title: 'Elixir expression',
  summary: 'Evaluates an expression written in a part of Elixir.',
  documentation: `
There is no Elixir here, and no code is run: an expression of values and operators is read and evaluated, so that workflows that were
written with such expressions go on. It knows numbers, texts with \`#{…}\`, \`true\`, \`false\`, \`nil\`, lists, maps
(\`%{"a" => 1, b: 2}\`, keys are texts), variables, \`map.key\`, \`map["key"]\`, the operators \`+ - * / ** <> ++ == != === !== < <= > >=
and or not && || !\` with Elixir's precedence, and of Kernel the functions abs, ceil, div, floor, is_binary, is_boolean, is_list, is_map, is_nil,
is_number, length, max, min, rem, round, to_string and trunc. Modules, pipes, matching, atoms, functions and blocks are not there: whatever
else is written fails with \`expression-invalid\` and its place, and nothing of it is evaluated. Values of different kinds
compare in the order of Erlang's terms as \`array/sort\` has it. For new workflows take \`$jsonata\` or \`math/calculate\`.`,
  fields: {
    elixir: string({ label: 'Expression', help: 'For example: "Hello " <> name' }),
    variables: optional(object({ label: 'Variables', help: 'Values by the names that the expression uses.' }), {}),
  },
  output: {},
  failures: {
    'expression-invalid': 'The text is not of the part of Elixir that is known here.',
    'expression-failed': 'An operator or a function is given values that it cannot work with.',
  },
  examples: [
    { given: { elixir: '"Hello, " <> name <> "!"', variables: { name: 'Ann' } }, gives: 'Hello, Ann!' },
    { given: { elixir: 'rem(count, 3) == 1 and not paid', variables: { count: 7, paid: false } }, gives: true },
    { given: { elixir: '[1, 2] ++ [div(7, 2)]' }, gives: [1, 2, 3] },
    {
      given: { elixir: '"#{order.id}: #{total * 2}"', variables: { order: { id: 'A7' }, total: 1.5 } },
      gives: 'A7: 3',
    },
    {
      given: { elixir: '%{"name" => name, done: true}', variables: { name: 'Ann' } },
      gives: { name: 'Ann', done: true },
    },
    { given: { elixir: 'order["note"] || "none"', variables: { order: {} } }, gives: 'none' },
    { given: { elixir: 'System.cmd("ls", [])' }, fails: 'expression-invalid', note: 'There are no modules.' },
    { given: { elixir: '"a" <> 1' }, fails: 'expression-failed' },
    { given: { elixir: 7 }, fails: 'input-invalid' },
  ],
  run: ({ elixir, variables }) => parse(elixir)(variables),
});
