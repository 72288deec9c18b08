import { isDeepStrictEqual } from 'node:util';
import { withTags } from '../../../actions/data/execution/tags.ts';
import { categoryOf } from '../../../actions/docs/words.ts';
import type { ActionDefinition, Example } from '../../../actions/kit/define.ts';

/** An action of the library as the API and `sluice actions --json` tell of it. */
export interface ActionAnswer {
  id: string;
  category: string;
  title: string;
  summary: string;
  /** Other names that people look for it by. */
  keywords: readonly string[];
  /** Markdown. */
  documentation: string;
  /** JSON Schema of the input. `x-refers` says which kind of address a field takes. */
  input: { type: 'object'; properties: { [field: string]: unknown }; required: string[] };
  /** JSON Schema of the result; null for an action that has none. */
  output: unknown;
  /** When it fails, by code; `input-invalid` goes without saying. */
  failures: { readonly [code: string]: string };
  /** Values as data/execution/encode writes them, without the examples that even so JSON cannot hold. */
  examples: readonly Example[];
}

export function answerOf(action: ActionDefinition): ActionAnswer {
  const fields = Object.entries(action.fields);
  return {
    id: action.id,
    category: categoryOf(action.id),
    title: action.title,
    summary: action.summary,
    keywords: action.keywords ?? [],
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
    failures: action.failures ?? {},
    examples: action.examples.map(tagged).filter(survivesJson),
  };
}

const tagged = ({ given, gives, ...others }: Example): Example => ({
  // Each input has its own tags: what is given is not one value, but one for each field.
  given: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withTags(value)])),
  ...(gives !== undefined && { gives: withTags(gives) }),
  ...others,
});

/** NaN, a function or a negative zero would come out as something else. */
const survivesJson = (example: Example): boolean => isDeepStrictEqual(JSON.parse(JSON.stringify(example)), example);
