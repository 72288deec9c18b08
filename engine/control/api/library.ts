import type { ActionDefinition } from '../../../actions/kit/define.ts';
import { quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import {
  anything,
  describe,
  exactly,
  filledText,
  listOf,
  mapOf,
  object,
  orNull,
  shape,
  text,
} from '../../document/shape.ts';
import { type ActionAnswer, answerOf } from './action-answer.ts';
import { jsonAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

export type { ActionAnswer };

const schema = describe(object, { description: 'A JSON Schema.' });

const action = describe(
  exactly({
    id: filledText,
    category: text,
    title: filledText,
    summary: filledText,
    keywords: describe(listOf(text), { description: 'Other names that people look for it by.' }),
    documentation: describe(text, { description: 'Markdown.' }),
    input: describe(schema, { description: 'JSON Schema of the input. `x-refers` is a kind of address.' }),
    output: describe(orNull(schema), { description: 'JSON Schema of the result; null for none.' }),
    failures: describe(mapOf(text), { description: 'When it fails, by code; `input-invalid` goes without saying.' }),
    examples: describe(listOf(shape({ given: object, gives: anything, fails: text, note: text }, ['given'])), {
      description:
        'Binary data are `{"$bytes": "<base64>"}`, dates `{"$date": "<RFC 3339>"}`, and an object whose only key is `$bytes`, `$date` or `$plain` is inside of `{"$plain": …}`, as `data/execution/encode` writes them. What JSON cannot hold even so is left out.',
    }),
  }),
  { title: 'ActionDefinition', description: 'An action of the library.' },
);

export const libraryRoutes = (library: readonly ActionDefinition[]): Route[] => {
  // Made when first asked for: most starts of an engine are not for reading about actions.
  let answers: readonly ActionAnswer[] | null = null;
  const all = (): readonly ActionAnswer[] => {
    answers ??= library.map(answerOf);
    return answers;
  };
  return [
    {
      method: 'GET',
      path: '/api/actions',
      right: 'view',
      audit: null,
      summary: 'Gives the library of actions.',
      answers: { 200: jsonAnswer('Every action.', listOf(action)) },
      handle: ({ res }) => void res.json(all()),
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
        const found = library.find((candidate) => candidate.id === id);
        if (found === undefined) {
          const ids = library.map((candidate) => candidate.id);
          throw new Refusal(404, `There is no action ${quote(id)}.${didYouMean(id, ids)}`);
        }
        res.json(answerOf(found));
      },
    },
  ];
};
