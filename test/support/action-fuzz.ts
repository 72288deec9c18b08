import fc from 'fast-check';
import {
  type ActionDefinition,
  type Field,
  type FieldSchema,
  type Fields,
  isPlainObject,
} from '../../actions/kit/index.ts';
import * as values from './fuzz-values.ts';

/** Stands for what a lazy field is given, until a run makes a function of it. */
export class Steps {
  constructor(
    readonly kind: 'now' | 'later' | 'fails' | 'fails-later' | 'echo' | 'alternates',
    readonly value: unknown,
  ) {}
}

const steps = fc
  .tuple(fc.constantFrom('now', 'now', 'later', 'fails', 'fails-later', 'echo', 'alternates'), values.data)
  .map(([kind, value]) => new Steps(kind as Steps['kind'], value));

/** Inputs of an action: from its fields alone, and its examples with something else in one or two places. */
export const inputsOf = ({ fields, examples }: ActionDefinition): fc.Arbitrary<Record<string, unknown>> => {
  const made = recordOf(fields);
  const names = Object.keys(fields);
  if (examples.length === 0 || names.length === 0) return made;
  const changed = fc
    .tuple(fc.constantFrom(...examples), fc.subarray(names, { maxLength: Math.min(names.length, 2) }), made)
    .map(([{ given }, taken, other]) => ({
      ...lazily(fields, given),
      ...Object.fromEntries(taken.filter((name) => Object.hasOwn(other, name)).map((name) => [name, other[name]])),
    }));
  return fc.oneof(made, changed);
};

/** The values of an example, each its own copy, with those of lazy fields as steps. */
const lazily = (fields: Fields, given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = fields[name];
      if (field?.lazy) return [name, typeof value === 'function' ? new Steps('echo', null) : new Steps('now', value)];
      const { rows } = field ?? {};
      if (rows && Array.isArray(value))
        return [name, value.map((row) => (isPlainObject(row) ? lazily(rows, row) : structuredClone(row)))];
      return [name, structuredClone(value)];
    }),
  );

const recordOf = (fields: Fields): fc.Arbitrary<Record<string, unknown>> => {
  const members = Object.entries(fields).map(([name, field]) =>
    fieldValue(field).map((value) => [name, value] as const),
  );
  return fc.tuple(values.twins, ...members).map(([twins, ...entries]) => {
    const known = entries.filter(([, value]) => value !== leftOut);
    return Object.fromEntries(known.map(([name, value], index) => [name, withTwin(value, twins[index % 2])]));
  });
};

/** Puts the value in place that other fields have an equal one of. */
const withTwin = (value: unknown, twin: unknown, depth = 0): unknown => {
  if (value === values.twin) return twin;
  if (!Array.isArray(value) || value.length > 10 || depth > 3) return value;
  return value.map((item) => withTwin(item, twin, depth + 1));
};

const leftOut = Symbol('left out');

const fieldValue = (field: Field): fc.Arbitrary<unknown> => {
  const fitting = fittingValue(field);
  if (field.lazy || field.optional) {
    const missing = field.optional ? 6 : 0;
    return fc.oneof(
      { weight: 9, arbitrary: fitting },
      { weight: missing, arbitrary: fc.constant(leftOut) },
      { weight: missing / 3, arbitrary: fc.constant(null) },
    );
  }
  // Now and then what is refused, to see that it is.
  return fc.oneof({ weight: 30, arbitrary: fitting }, { weight: 1, arbitrary: values.data });
};

const fittingValue = (field: Field): fc.Arbitrary<unknown> => {
  if (field.lazy) return steps;
  if (field.rows) return fc.array(recordOf(field.rows), { maxLength: 4 });
  return ofSchema(field.schema);
};

const ofSchema = (schema: FieldSchema): fc.Arbitrary<unknown> => {
  const { type, format, items, anyOf, minimum, maximum } = schema;
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(ofSchema));
  if (format === 'schema') return values.jsonSchema;
  if (format === 'address')
    return fc.oneof(
      fc.constantFrom('service/tools/echo', 'service/none/none', 'api/shop/get-order', 'web', 'post', 'shop'),
      values.text,
    );
  const low = typeof minimum === 'number' ? minimum : undefined;
  const high = typeof maximum === 'number' ? maximum : undefined;
  switch (type) {
    case 'string':
      return values.text;
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return values.whole(low ?? Number.MIN_SAFE_INTEGER, high ?? Number.MAX_SAFE_INTEGER);
    case 'number':
      return values.number(low ?? -Number.MAX_VALUE, high ?? Number.MAX_VALUE);
    case 'array':
      return isPlainObject(items) && Object.keys(items).length > 0
        ? fc.array(ofSchema(items), { maxLength: 6 })
        : values.list;
    case 'object':
      return values.object;
    default:
      return fc.oneof(
        { weight: 4, arbitrary: values.data },
        { weight: 2, arbitrary: fc.constant(values.twin) },
        { weight: 2, arbitrary: values.text },
        { weight: 1, arbitrary: values.binary },
      );
  }
};
