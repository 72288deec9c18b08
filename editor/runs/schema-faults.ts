import type { Json } from '../../engine/document/types.ts';

/** What does not fit a schema, and where, as in `lines.0.id`; empty for the value as a whole. */
export interface SchemaFault {
  path: string;
  message: string;
}

type Schema = { readonly [key: string]: Json };

/**
 * The first faults of a value by the common keywords of JSON Schema: types, required keys, lists of values, bounds and
 * lengths. The engine checks by all keywords when it runs; here nobody has to wait for that.
 */
export function schemaFaults(value: Json | undefined, schema: Json | undefined, most = 20): SchemaFault[] {
  const faults: SchemaFault[] = [];
  check(value, schema, [], faults, most);
  return faults;
}

export const isSchema = (schema: Json | undefined): schema is Schema =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema);

function check(
  value: Json | undefined,
  schema: Json | undefined,
  path: readonly string[],
  faults: SchemaFault[],
  most: number,
): void {
  if (!isSchema(schema) || value === undefined || faults.length >= most) return;
  const add = (message: string): number => faults.push({ path: path.join('.'), message });
  const types = typesOf(schema);
  const why = whyNotAtAll(value, schema, types);
  if (why !== null) {
    add(why);
    return;
  }
  if (typeof value === 'number') checkNumber(value, schema, add);
  else if (typeof value === 'string') checkText(value, schema, add);
  else if (Array.isArray(value)) {
    const { minItems, maxItems, items } = schema;
    if (typeof minItems === 'number' && value.length < minItems)
      add(`must have at least ${minItems} items, found ${value.length}`);
    if (typeof maxItems === 'number' && value.length > maxItems)
      add(`must have at most ${maxItems} items, found ${value.length}`);
    for (const [index, item] of value.entries()) check(item, items, [...path, String(index)], faults, most);
  } else if (typeof value === 'object' && value !== null) checkObject(value, schema, path, faults, most);
}

/** What leaves nothing more to look at: the wrong type, or none of the values that are allowed. */
function whyNotAtAll(value: Json, schema: Schema, types: readonly string[]): string | null {
  const text = JSON.stringify(value);
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return `must be ${types.map((type) => words[type] ?? type).join(' or ')}, found ${typeInWords(value)}`;
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => JSON.stringify(one) === text))
    return `must be one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}, found ${text}`;
  if (schema.const !== undefined && JSON.stringify(schema.const) !== text)
    return `must be ${JSON.stringify(schema.const)}, found ${text}`;
  return null;
}

function checkObject(
  value: { [key: string]: Json },
  schema: Schema,
  path: readonly string[],
  faults: SchemaFault[],
  most: number,
): void {
  const { required, properties, additionalProperties } = schema;
  for (const key of Array.isArray(required) ? required : [])
    if (typeof key === 'string' && !Object.hasOwn(value, key))
      faults.push({ path: [...path, key].join('.'), message: 'is missing' });
  const known = isSchema(properties) ? properties : {};
  for (const [key, member] of Object.entries(value)) {
    if (Object.hasOwn(known, key)) check(member, known[key], [...path, key], faults, most);
    else if (additionalProperties === false)
      faults.push({ path: [...path, key].join('.'), message: 'is not known to the schema' });
    else check(member, additionalProperties, [...path, key], faults, most);
  }
}

function checkNumber(
  value: number,
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema,
  add: (message: string) => number,
): void {
  if (typeof minimum === 'number' && value < minimum) add(`must be at least ${minimum}, found ${value}`);
  if (typeof maximum === 'number' && value > maximum) add(`must be at most ${maximum}, found ${value}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    add(`must be more than ${exclusiveMinimum}, found ${value}`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    add(`must be less than ${exclusiveMaximum}, found ${value}`);
}

function checkText(value: string, { minLength, maxLength }: Schema, add: (message: string) => number): void {
  if (typeof minLength === 'number' && value.length < minLength)
    add(`must have at least ${minLength} characters, found ${value.length}`);
  if (typeof maxLength === 'number' && value.length > maxLength)
    add(`must have at most ${maxLength} characters, found ${value.length}`);
}

/** The types that a schema allows; empty for any. */
export const typesOf = ({ type }: Schema): string[] =>
  (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string');

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

const words: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

function typeInWords(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'number'
    ? String(value)
    : typeof value === 'boolean'
      ? String(value)
      : (words[typeof value] as string);
}
