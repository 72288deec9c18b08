import {
  ActionFailure,
  any,
  boolean,
  defineAction,
  describeValue,
  type FieldSchema,
  isPlainObject,
  optional,
  schema,
} from '../kit/index.ts';
import { compileSchema, type Fault } from './schema/compile.ts';

const chosenSchema = (literal: FieldSchema | undefined, data: unknown): FieldSchema => {
  if (literal !== undefined && data !== undefined) {
    throw new ActionFailure('input-invalid', '`schema` and `schema-data` are both given; leave one of them out');
  }
  const chosen = literal ?? data;
  if (isPlainObject(chosen) || typeof chosen === 'boolean') return chosen as FieldSchema;
  throw new ActionFailure(
    'input-invalid',
    `\`schema\` or \`schema-data\` must be a JSON Schema, found ${describeValue(chosen)}`,
  );
};

const mostTold = 5;
const tell = (faults: readonly Fault[]): string =>
  faults
    .slice(0, mostTold)
    .map(({ path, message }) => `${path.length > 100 ? 'a value deep inside' : path || 'the whole'} ${message}`)
    .join('; ');

export default defineAction({
  id: 'data/validation',
  title: 'Validate',
  summary: 'Checks data against a JSON Schema.',
  keywords: ['verify'],
  documentation: `
Gives \`{valid, errors}\`, where each error is \`{path, message, keyword}\` and \`path\` is a JSON Pointer (RFC 6901) into
the data, empty for the whole. At most 100 errors are given, and only the first where there are more than 1,000. With
\`raise\` data that do not fit fail instead.

The schema is of the draft 2020-12, or draft 7 if its \`$schema\` says so; formats are checked, in texts of up to 4,096
characters. It is taken as it is and never searched for expressions; one that is computed goes into \`schema-data\`.
References lead within the schema: nothing is loaded. Patterns are matched by RE2, without look-around and back-references.
Dates and binary data are objects here; encode them first. A schema may have 5,000 values, 500 of them in allOf, anyOf and
oneOf, and 100 levels; checks that take too many steps fail, where each character that a pattern looks at is one or more.
\`multipleOf\` goes by the numbers as they are written: 19.99 is a multiple of 0.01.`,
  fields: {
    data: any({ label: 'Data' }),
    schema: optional(schema({ label: 'Schema' })),
    'schema-data': optional(any({ label: 'Schema from data', help: 'A schema that an expression gives.' })),
    raise: optional(boolean({ label: 'Raise', help: 'Whether data that do not fit are a failure.' }), false),
  },
  output: {
    type: 'object',
    properties: {
      valid: { type: 'boolean' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { path: { type: 'string' }, message: { type: 'string' }, keyword: { type: 'string' } },
        },
      },
    },
    required: ['valid', 'errors'],
  },
  failures: {
    'schema-invalid': 'The schema is none, is too large, or needs what is not supported.',
    'schema-mismatch': 'With `raise`, the data do not fit.',
    'too-large': 'The check takes too many steps, as where a schema refers to itself without end.',
  },
  examples: [
    {
      given: { data: { id: 7 }, schema: { type: 'object', required: ['id'] } },
      gives: { valid: true, errors: [] },
    },
    {
      given: {
        data: { id: 'seven', tags: ['a', 'a'], more: 1 },
        schema: {
          properties: { id: { type: 'integer' }, tags: { uniqueItems: true } },
          additionalProperties: false,
          required: ['name'],
        },
      },
      gives: {
        valid: false,
        errors: [
          { path: '', message: "must have required property 'name'", keyword: 'required' },
          { path: '/more', message: 'must not be there', keyword: 'additionalProperties' },
          { path: '/id', message: 'must be integer', keyword: 'type' },
          { path: '/tags', message: 'must NOT have duplicate items', keyword: 'uniqueItems' },
        ],
      },
    },
    {
      given: { data: 'not a date', 'schema-data': { type: 'string', format: 'date' } },
      gives: { valid: false, errors: [{ path: '', message: 'must match format "date"', keyword: 'format' }] },
    },
    { given: { data: 19.99, schema: { multipleOf: 0.01 } }, gives: { valid: true, errors: [] } },
    { given: { data: 1, schema: { type: 'string' }, raise: true }, fails: 'schema-mismatch' },
    { given: { data: 1, schema: { type: 'text' } }, fails: 'schema-invalid' },
    { given: { data: 'a', schema: { pattern: '(?=a)' } }, fails: 'schema-invalid', note: 'RE2 has no look-ahead.' },
    { given: { data: 1, schema: { allOf: [{ $ref: '#' }, { $ref: '#' }] } }, fails: 'too-large' },
    { given: { data: 1 }, fails: 'input-invalid', note: 'There is no schema.' },
  ],
  run: ({ data, schema: literal, 'schema-data': schemaData, raise }) => {
    const errors = compileSchema(chosenSchema(literal, schemaData))(data);
    if (raise && errors.length > 0) {
      throw new ActionFailure('schema-mismatch', `\`data\` does not fit its schema: ${tell(errors)}`, { errors });
    }
    return { valid: errors.length === 0, errors };
  },
});
