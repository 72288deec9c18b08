import type { Json } from '../../../engine/document/types.ts';

/** A JSON Schema that is an object. `true` allows anything; `false`, which allows nothing, is for the source. */
type SchemaObject = { [keyword: string]: Json };

export const schemaTypes = ['any', 'text', 'whole number', 'number', 'yes or no', 'object', 'list', 'null'] as const;
/** What a form can say of a value; `other` is everything else, which only the source shows. */
export type SchemaType = (typeof schemaTypes)[number] | 'other';

const keywordOf: Partial<Record<SchemaType, string>> = {
  text: 'string',
  'whole number': 'integer',
  number: 'number',
  'yes or no': 'boolean',
  object: 'object',
  list: 'array',
  null: 'null',
};

/** Keywords that only mean something for one type: they go when the type does. */
const belongsTo: { readonly [keyword: string]: readonly SchemaType[] } = {
  properties: ['object'],
  required: ['object'],
  additionalProperties: ['object'],
  patternProperties: ['object'],
  propertyNames: ['object'],
  minProperties: ['object'],
  maxProperties: ['object'],
  items: ['list'],
  prefixItems: ['list'],
  minItems: ['list'],
  maxItems: ['list'],
  uniqueItems: ['list'],
  contains: ['list'],
  minLength: ['text'],
  maxLength: ['text'],
  pattern: ['text'],
  format: ['text', 'whole number', 'number'],
  minimum: ['whole number', 'number'],
  maximum: ['whole number', 'number'],
  exclusiveMinimum: ['whole number', 'number'],
  exclusiveMaximum: ['whole number', 'number'],
  multipleOf: ['whole number', 'number'],
};

const choices = ['$ref', 'oneOf', 'anyOf', 'allOf', 'not', 'if', '$dynamicRef'];

export const isSchemaObject = (value: Json | undefined): value is { [keyword: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A type that may also be null, as in `["string", "null"]`. */
const listedType = (type: Json | undefined): { type: Json | undefined; isNullable: boolean } => {
  if (!Array.isArray(type) || type.length !== 2 || !type.includes('null')) return { type, isNullable: false };
  return { type: type.find((each) => each !== 'null'), isNullable: true };
};

export function typeOf(schema: Json | undefined): SchemaType {
  if (schema === undefined || schema === true) return 'any';
  if (!isSchemaObject(schema)) return 'other';
  if (choices.some((keyword) => Object.hasOwn(schema, keyword))) return 'other';
  const { type } = listedType(schema.type);
  if (type === undefined) {
    if (isSchemaObject(schema.properties)) return 'object';
    return isSchemaObject(schema.items) ? 'list' : 'any';
  }
  const known = Object.entries(keywordOf).find(([, keyword]) => keyword === type);
  return (known?.[0] as SchemaType | undefined) ?? 'other';
}

/** The schema with another type. What means nothing for that type goes; every other keyword stays. */
export function withType(schema: Json | undefined, type: SchemaType): SchemaObject {
  const before: { [keyword: string]: Json } = isSchemaObject(schema) ? schema : {};
  const { isNullable } = listedType(before.type);
  const keyword = keywordOf[type];
  const kept = Object.entries(before).filter(
    ([name]) => name !== 'type' && !choices.includes(name) && (belongsTo[name]?.includes(type) ?? true),
  );
  if (keyword === undefined) return Object.fromEntries(kept);
  return { type: isNullable && keyword !== 'null' ? [keyword, 'null'] : keyword, ...Object.fromEntries(kept) };
}

/** One keyword set, in its place or at the end. A text without content, an empty list and undefined take it away. */
export function withKeyword(schema: Json | undefined, keyword: string, value: Json | undefined): SchemaObject {
  const before: { [keyword: string]: Json } = isSchemaObject(schema) ? schema : {};
  const isNothing = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (!isNothing) return { ...before, [keyword]: value };
  return Object.fromEntries(Object.entries(before).filter(([name]) => name !== keyword));
}

export interface Property {
  name: string;
  schema: Json;
  isRequired: boolean;
}

/** The members that an object schema names, in its order. */
export function propertiesOf(schema: Json | undefined): Property[] {
  if (!isSchemaObject(schema) || !isSchemaObject(schema.properties)) return [];
  const required = requiredOf(schema);
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    schema: property,
    isRequired: required.includes(name),
  }));
}

const requiredOf = (schema: SchemaObject): Json[] => (Array.isArray(schema.required) ? schema.required : []);

/** A schema with these members. Names of `required` that are no member stay where they are. */
export function withProperties(schema: Json | undefined, properties: readonly Property[]): SchemaObject {
  const base: SchemaObject = isSchemaObject(schema) ? schema : { type: 'object' };
  const former = new Set(propertiesOf(base).map(({ name }) => name));
  const others = requiredOf(base).filter((name) => typeof name !== 'string' || !former.has(name));
  const required = properties.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const members = Object.fromEntries(properties.map(({ name, schema: member }) => [name, member]));
  const withMembers =
    properties.length === 0 ? withKeyword(base, 'properties', undefined) : { ...base, properties: members };
  return withKeyword(withMembers, 'required', [...others, ...required]);
}

/** The member at a position changed; null takes it away. */
export const withProperty = (
  schema: Json | undefined,
  index: number,
  change: (property: Property) => Property | null,
): SchemaObject =>
  withProperties(
    schema,
    propertiesOf(schema).flatMap((property, at) => {
      const after = at === index ? change(property) : property;
      return after === null ? [] : [after];
    }),
  );

/** One more member at the end, under the first free name of `name`, `name-2`, … */
export function withNewProperty(schema: Json | undefined): SchemaObject {
  const properties = propertiesOf(schema);
  const taken = new Set(properties.map(({ name }) => name));
  let name = 'name';
  for (let number = 2; taken.has(name); number++) name = `name${number}`;
  return withProperties(schema, [...properties, { name, schema: { type: 'string' }, isRequired: true }]);
}

/** Why a member cannot have a name, as a sentence; null when it can. */
export function nameFault(name: string, others: readonly string[]): string | null {
  if (name === '') return 'A name must have at least one character, found nothing.';
  return others.includes(name) ? `The name "${name}" is already used. Choose another.` : null;
}
