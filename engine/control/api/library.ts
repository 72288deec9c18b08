import { isDeepStrictEqual } from 'node:util';
import type { ActionDefinition, Example } from '../../../actions/kit/define.ts';
import { quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import { anything, describe, exactly, filledText, listOf, object, orNull, shape, text } from '../../document/shape.ts';
import { jsonAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

/** An action of the library as the API tells of it. */
export interface ActionAnswer {
  id: string;
  category: string;
  title: string;
  summary: string;
  /** Markdown. */
  documentation: string;
  /** JSON Schema of the input. `x-refers` says which kind of address a field takes. */
  input: { type: 'object'; properties: { [field: string]: unknown }; required: string[] };
  /** JSON Schema of the result; null for an action that has none. */
  output: unknown;
  /** Those that JSON can hold. */
  examples: readonly Example[];
}

const schema = describe(object, { description: 'A JSON Schema.' });

const action = describe(
  exactly({
    id: filledText,
    category: text,
    title: filledText,
    summary: filledText,
    documentation: describe(text, { description: 'Markdown.' }),
    input: describe(schema, { description: 'JSON Schema of the input. `x-refers` is a kind of address.' }),
    output: describe(orNull(schema), { description: 'JSON Schema of the result; null for none.' }),
    examples: listOf(shape({ given: object, gives: anything, fails: text, note: text }, ['given'])),
  }),
  { title: 'ActionDefinition', description: 'An action of the library.' },
);

export const libraryRoutes = (library: readonly ActionDefinition[]): Route[] => {
  const answers = library.map(answerOf);
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return [
    {
      method: 'GET',
      path: '/api/actions',
      right: 'view',
      audit: null,
      summary: 'Gives the library of actions.',
      answers: { 200: jsonAnswer('Every action.', listOf(action)) },
      handle: ({ res }) => void res.json(answers),
    },
    {
      method: 'GET',
      path: '/api/actions/*id',
      right: 'view',
      audit: null,
      summary: 'Gives one action of the library.',
      parameters: { id: { description: 'Its id, such as `string/join`.' } },
      answers: { 200: jsonAnswer('The action.', action) },
      handle({ parameter, res }) {
        const id = parameter('id');
        const answer = byId.get(id);
        if (answer === undefined)
          throw new Refusal(404, `There is no action ${quote(id)}.${didYouMean(id, byId.keys())}`);
        res.json(answer);
      },
    },
  ];
};

function answerOf(action: ActionDefinition): ActionAnswer {
  const fields = Object.entries(action.fields);
  return {
    id: action.id,
    category: action.id.slice(0, action.id.lastIndexOf('/')),
    title: action.title,
    summary: action.summary,
    documentation: action.documentation?.trim() ?? '',
    input: {
      type: 'object',
      properties: Object.fromEntries(
        fields.map(([name, { schema, label, help, refers }]) => [
          name,
          {
            ...schema,
            ...(label && { title: label }),
            ...(help && { description: help }),
            ...(refers && { 'x-refers': refers }),
          },
        ]),
      ),
      required: fields.flatMap(([name, { optional, fallback }]) => (optional || fallback !== undefined ? [] : [name])),
    },
    output: action.output,
    examples: action.examples.filter((example) => isDeepStrictEqual(JSON.parse(JSON.stringify(example)), example)),
  };
}
