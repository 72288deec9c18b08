import {
  anything,
  describe,
  exactly,
  filledText,
  type JsonSchema,
  listOf,
  orNull,
  type Rule,
  text,
  whole,
} from '../../document/shape.ts';

/** What a route answers with one status. */
export interface Answer {
  /** When it comes, as one sentence. */
  readonly description: string;
  /** Schemas by media type; null for an answer without a body. */
  readonly content: { readonly [mediaType: string]: JsonSchema } | null;
  /** What its headers mean, by name. */
  readonly headers?: { readonly [name: string]: string };
}

type Headers = Answer['headers'];

/** JSON of a form. Objects made by `exactly` and `shape` allow no other keys: what is answered beyond them shows in tests. */
export const jsonAnswer = (description: string, { schema }: Rule, headers?: Headers): Answer => ({
  description,
  content: { 'application/json': schema },
  ...(headers && { headers }),
});

export const emptyAnswer = (description: string, headers?: Headers): Answer => ({
  description,
  content: null,
  ...(headers && { headers }),
});

/** Bytes or text of one of some media types. */
export const textAnswer = (description: string, mediaTypes: readonly string[], headers?: Headers): Answer => ({
  description,
  content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { type: 'string' }])),
  ...(headers && { headers }),
});

/** To be sent with If-Match, so that a change is made to no other version than the one that was read. */
export const etagHeader = { ETag: 'Version of what is answered; send it back as If-Match.' } as const;

const fault = exactly(
  {
    resource: describe(text, {
      description: 'The document it is in, such as "server/hello"; the body itself if left out.',
    }),
    pointer: describe(text, { description: 'Where in the document or body (RFC 6901).' }),
    detail: filledText,
  },
  ['resource'],
);

const problem = describe(
  exactly(
    {
      type: text,
      title: text,
      status: whole(400, 599),
      detail: describe(filledText, { description: 'What is wrong, what is allowed, and what to do, for people.' }),
      field: describe(text, { description: 'The key, parameter or header it is about.' }),
      errors: describe(listOf(fault), { description: 'Everything that is wrong with the body.' }),
      incident: describe(text, { description: 'The records under this id say more.' }),
      expected: describe(anything, { description: 'Versions that If-Match asked for.' }),
      current: describe(orNull(text), { description: 'The version that is there now; null when there is none.' }),
      conflicts: describe(listOf(text), { description: 'What was changed or is there already.' }),
    },
    ['field', 'errors', 'incident', 'expected', 'current', 'conflicts'],
  ),
  { title: 'Problem', description: 'What was wrong (RFC 9457).' },
);

/** What is odd but allowed in a document that was saved. */
export const warningsHeader = {
  'sluice-warnings':
    'What is odd in it, as a JSON array of texts that begin with a JSON pointer; absent if nothing is.',
} as const;

/** The value of that header: ASCII, and not longer than proxies let through. */
export function warningsText(warnings: readonly { pointer: string; message: string }[]): string {
  const texts = warnings.map(({ pointer, message }) => `${pointer} ${message}`.slice(0, 500));
  while (JSON.stringify(texts).length > 4000) texts.pop();
  return JSON.stringify(texts).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A refusal. Those that any route may answer need not be declared; see openapi.ts. */
export const problemAnswer = (description: string, headers?: Headers): Answer => ({
  description,
  content: { 'application/problem+json': problem.schema },
  ...(headers && { headers }),
});
