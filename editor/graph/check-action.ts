import type { ActionAnswer } from '../../engine/control/api/library.ts';
import { expressionKind } from '../../engine/document/expression.ts';
import type { Action, Json } from '../../engine/document/types.ts';
import { type SchemaOfCall, wantsOperation, withArguments } from './call-arguments.ts';

type Schema = { readonly [keyword: string]: unknown };

/**
 * What keeps an action from running, as sentences: fields that must be filled and are not, and literal values of another
 * type than the field's. What expressions give is only known in a run. `definition` is undefined for an action that the
 * library does not have; `schemaOf` gives what a called operation takes.
 */
export function checkAction(
  action: Action,
  definition: Pick<ActionAnswer, 'input'> | undefined,
  schemaOf: SchemaOfCall = () => undefined,
): string[] {
  if (definition === undefined) return [`There is no action ${action.action}.`];
  const own = definition.input;
  const { properties } = withArguments(own, action.input, schemaOf);
  return Object.entries(properties).flatMap(([name, schema]) => {
    // Arguments that are left out are an object without any.
    const given = action.input?.[name];
    const value = given === undefined && schema !== own.properties[name] ? {} : given;
    return checkValue(fieldName(name, schema as Schema), value, schema as Schema, own.required.includes(name));
  });
}

/** What a field is called on screen. The names of addresses, such as `serviceOperationReference`, say less than their titles. */
export const fieldName = (name: string, { format, title }: Schema): string =>
  format === 'address' && typeof title === 'string' ? title : name;

function checkValue(name: string, value: Json | undefined, schema: Schema, isRequired: boolean): string[] {
  if (value === undefined || (value === null && !allowsNull(schema))) return isRequired ? [`${name} is empty.`] : [];
  if (value === '' && isRequired && schema.format === 'address') return [`${name} is empty.`];
  const kind = expressionKind(value);
  if (kind === '$literal') return checkLiteral(name, (value as { $literal: Json }).$literal, schema);
  if (kind !== undefined) return [];
  if (typeof value === 'string' && wantsOperation(schema) && !/^service\/[^/]+\/[^/]+$/.test(value))
    return [`${name} is service/<id>/<operation>; found ${found(value)}.`];
  return checkLiteral(name, value, schema);
}

function checkLiteral(name: string, value: Json, schema: Schema): string[] {
  const allowed = allowedBy(schema);
  if (allowed !== null && !fits(value, schema)) return [`${name} is ${allowed}; found ${found(value)}.`];
  if (isObject(value) && isSchema(schema.properties)) return checkMembers(name, value, schema);
  const { items } = schema;
  if (!Array.isArray(value) || !isSchema(items)) return [];
  return value.flatMap((row, index) =>
    isObject(row) && expressionKind(row) === undefined ? checkMembers(`${name}[${index}]`, row, items) : [],
  );
}

function checkMembers(name: string, value: { [key: string]: Json }, { properties, required }: Schema): string[] {
  const members = isSchema(properties) ? Object.entries(properties) : [];
  return members.flatMap(([member, inner]) =>
    checkValue(
      `${name}.${member}`,
      value[member],
      inner as Schema,
      Array.isArray(required) && required.includes(member),
    ),
  );
}

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSchema = (value: unknown): value is Schema => isObject(value);

const allowsNull = (schema: Schema): boolean =>
  typesOf(schema).length === 0 ? schema.anyOf === undefined && schema.enum === undefined : fits(null, schema);

const typesOf = ({ type }: Schema): readonly string[] =>
  typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : [];

const words: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** What a schema allows in a few words; null for anything. */
function allowedBy(schema: Schema): string | null {
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map((one) => String(one)).join(', ')}`;
  if (Array.isArray(schema.anyOf)) {
    const each = (schema.anyOf as Schema[]).map(allowedBy);
    return each.includes(null) ? null : each.join(' or ');
  }
  const types = typesOf(schema);
  return types.length === 0 ? null : types.map((type) => (words[type] ?? type) + rangeOf(schema)).join(' or ');
}

function rangeOf({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

function fits(value: Json, schema: Schema): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as Schema[]).some((one) => fits(value, one));
  const types = typesOf(schema);
  return types.length === 0 || types.some((type) => isOfType(value, type, schema));
}

function isOfType(value: Json, type: string, { minimum, maximum }: Schema): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        (type === 'number' || Number.isSafeInteger(value)) &&
        (typeof minimum !== 'number' || value >= minimum) &&
        (typeof maximum !== 'number' || value <= maximum)
      );
    default:
      return typeof value === type;
  }
}

const found = (value: Json): string => {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};
