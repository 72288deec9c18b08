import { describe, expect, it } from 'vitest';
import { actions } from '../../actions/index.ts';
import { answerOf } from '../../engine/control/api/action-answer.ts';
import { type ControlName, controlOf } from './control-of.ts';
import { branchesOf, emptyOf, type FieldSchema, faultOf, typeText } from './field-schema.ts';

const answers = actions.map(answerOf);
const fields = answers.flatMap(({ id, input }) =>
  Object.entries(input.properties).map(([name, schema]) => ({ at: `${id} ${name}`, schema: schema as FieldSchema })),
);
/** A schema with all that stands in it. */
const all = (schema: FieldSchema): FieldSchema[] => [
  schema,
  ...[
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...Object.values(schema.properties ?? {}),
  ].flatMap(all),
];
const known = [
  'type',
  'title',
  'description',
  'default',
  'enum',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'items',
  'properties',
  'required',
  'additionalProperties',
  'anyOf',
  'x-refers',
];

describe('the controls of the library', () => {
  it('understands every keyword of every field', () => {
    const odd = fields.flatMap(({ at, schema }) =>
      all(schema).flatMap((part) =>
        Object.keys(part)
          .filter((key) => !known.includes(key))
          .map((key) => `${at}: ${key}`),
      ),
    );
    expect(odd).toEqual([]);
  });

  it('has a control for every field, and for what each of its types begins with', () => {
    const missing = fields.flatMap(({ at, schema }) =>
      all(schema)
        .flatMap((part) => [controlOf(part), ...branchesOf(part).map((branch) => controlOf(part, emptyOf(branch)))])
        // Only a schema is written as JSON at once.
        .filter(
          (control) =>
            control === undefined || (control === 'json' && !all(schema).some(({ format }) => format === 'schema')),
        )
        .map((control) => `${at}: ${control}`),
    );
    expect(missing).toEqual([]);
  });

  it('shows every value of the examples with a control for its type', () => {
    const fit: Partial<Record<ControlName, (value: unknown) => boolean>> = {
      text: (value) => typeof value === 'string',
      number: (value) => typeof value === 'number' || typeof value === 'string',
      boolean: (value) => typeof value === 'boolean',
      list: Array.isArray,
      object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    };
    for (const { input, examples } of answers)
      for (const { given } of examples)
        for (const [name, value] of Object.entries(given)) {
          const schema = input.properties[name] as FieldSchema | undefined;
          if (schema !== undefined && value !== undefined)
            expect(fit[controlOf(schema, value as never)]?.(value) ?? true).toBe(true);
        }
  });

  it('begins with a literal that is allowed', () => {
    const refused = fields.flatMap(({ at, schema }) => {
      const empty = emptyOf(schema);
      const branch = branchesOf(schema)[0] as FieldSchema;
      const fault = typeof empty === 'number' ? faultOf(branch, empty) : undefined;
      return fault === undefined ? [] : [`${at}: ${fault}`];
    });
    expect(refused).toEqual([]);
  });

  it('says every type in words', () => {
    for (const { schema } of fields) expect(typeText(schema)).toMatch(/^[A-Za-z]/);
  });
});

const cases: [FieldSchema, unknown, ControlName][] = [
  [{ type: 'string' }, undefined, 'text'],
  [{ type: 'string', format: 'address', 'x-refers': 'client' }, 'client/a', 'address'],
  [{ type: 'string', enum: ['a'] }, 'b', 'choice'],
  [{ type: 'integer' }, 'x', 'number'],
  [{ type: 'boolean' }, 'x', 'json'],
  [{ type: 'object', format: 'schema' }, true, 'json'],
  [{}, undefined, 'text'],
  [{}, null, 'null'],
  [{}, [], 'list'],
  [{}, { $literal: [] }, 'json'],
  [{ format: 'steps' }, undefined, 'steps'],
  [{ format: 'steps' }, 5, 'number'],
  [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, ['a'], 'list'],
  [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, 5, 'json'],
];
it.each(cases)('%j with %j is edited with %s', (schema, value, control) =>
  expect(controlOf(schema, value as never)).toBe(control),
);
