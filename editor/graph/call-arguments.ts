import { expressionKind } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';

type Schema = { readonly [keyword: string]: unknown };

/** The fields of an action, as the library describes them. */
export interface InputSchema {
  readonly properties: { readonly [field: string]: unknown };
  readonly required: readonly string[];
}

/** Gives the JSON Schema of what an operation takes, by its address; undefined where it has none or is not there. */
export type SchemaOfCall = (address: string) => Json | undefined;

/** The field that holds the arguments, beside one that says which operation of a service is called. */
const holder = 'input';

/**
 * The fields of an action that calls an operation of a service: its arguments are those that the operation declares. The same
 * object for any other action, and as long as the operation is not known.
 */
export function withArguments<Input extends InputSchema>(
  definition: Input,
  input: { readonly [field: string]: Json } | undefined,
  schemaOf: SchemaOfCall,
): Input {
  const field = definition.properties[holder];
  if (!isSchema(field)) return definition;
  const callee = Object.entries(definition.properties).find(([, one]) => isSchema(one) && wantsOperation(one))?.[0];
  const address = callee === undefined ? undefined : input?.[callee];
  if (typeof address !== 'string') return definition;
  const schema = schemaOf(address);
  if (!isSchema(schema) || !isSchema(schema.properties)) return definition;
  const declared = fieldOf(schema, schema);
  const isNeeded = (declared.required as readonly string[]).length > 0 && !definition.required.includes(holder);
  return {
    ...definition,
    properties: { ...definition.properties, [holder]: { ...field, ...declared } },
    ...(isNeeded && { required: [...definition.required, holder] }),
  };
}

/** Whether an address field takes the operation of a service, and not a service as a whole. Its help says so. */
export const wantsOperation = (schema: Schema): boolean =>
  schema['x-refers'] === 'service' && !/service\/<id>(?!\/)/.test(String(schema.description ?? ''));

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && expressionKind(value as Json) === undefined;

const simple = ['type', 'title', 'description', 'default', 'minimum', 'maximum', 'minLength', 'maxLength'] as const;
/** Schemas that hold themselves end here. */
const deepest = 8;

/** A JSON Schema as far as the fields of forms understand it. What they do not is left out, and anything is allowed there. */
function fieldOf(schema: unknown, whole: Schema, depth = 0): Schema {
  if (!isSchema(schema) || depth > deepest) return {};
  if (typeof schema.$ref === 'string') return fieldOf(resolve(schema.$ref, whole), whole, depth + 1);
  const { type, properties, items } = schema;
  if (Array.isArray(type)) return { anyOf: type.map((one) => fieldOf({ ...schema, type: one }, whole, depth + 1)) };
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices) && type === undefined)
    return { ...pick(schema, ['title', 'description']), anyOf: choices.map((one) => fieldOf(one, whole, depth + 1)) };
  const isOfTexts = Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === 'string');
  return {
    ...pick(schema, simple),
    ...(isOfTexts && { enum: schema.enum }),
    ...(schema.format === 'date-time' && { format: 'date-time' }),
    ...(isSchema(items) && { items: fieldOf(items, whole, depth + 1) }),
    ...(isSchema(properties) && {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, fieldOf(one, whole, depth + 1)]),
      ),
      required: Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : [],
      additionalProperties: schema.additionalProperties !== false,
    }),
  };
}

const pick = (schema: Schema, keys: readonly string[]): Schema =>
  Object.fromEntries(keys.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])));

/** `#/$defs/line` in the schema itself; other references are not followed. */
const resolve = (ref: string, whole: Schema): unknown =>
  ref
    .replace(/^#\/?/, '')
    .split('/')
    .reduce<unknown>(
      (at, part) => (isSchema(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      ref.startsWith('#/') ? whole : undefined,
    );

type Services = readonly { id: string; operations?: readonly { id: string; input?: unknown }[] }[];

/**
 * What the operations of services take, by their addresses. The map of `before` where nothing is different, so that what is made
 * from it stays as it is.
 */
export function inputsOf(services: Services, before: ReadonlyMap<string, Json> = new Map()): ReadonlyMap<string, Json> {
  const made = new Map(
    services.flatMap(({ id, operations = [] }) =>
      operations.flatMap((one) =>
        one.input === undefined ? [] : [[`service/${id}/${one.id}`, one.input as Json] as const],
      ),
    ),
  );
  const isAsBefore = made.size === before.size && [...made].every(([address, input]) => before.get(address) === input);
  return isAsBefore ? before : made;
}
