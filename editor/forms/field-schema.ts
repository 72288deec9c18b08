import { expressionKind } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';

/** The part of JSON Schema that forms understand. */
export interface FieldSchema {
  readonly type?: DataType;
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly enum?: readonly string[];
  readonly format?: 'steps' | 'schema' | 'address' | 'date-time';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: FieldSchema;
  readonly properties?: { readonly [name: string]: FieldSchema };
  readonly required?: readonly string[];
  /** Keys besides the properties; false where nothing else is said. */
  readonly additionalProperties?: boolean;
  readonly anyOf?: readonly FieldSchema[];
  /** Which kind of address it is. */
  readonly 'x-refers'?: 'service' | 'client' | 'api' | 'server';
}

export type DataType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** What a field without a type of its own may hold, in the order of the menu. */
const anything: readonly FieldSchema[] = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'array' },
  { type: 'object' },
  { type: 'null' },
];

/** The schemas of one type each that a literal may fit; more than one where a field takes several types. */
export function branchesOf(schema: FieldSchema): readonly FieldSchema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(branchesOf);
  if (schema.enum !== undefined || schema.type !== undefined) return [schema];
  return anything;
}

/** The branch that a literal is of; undefined where none fits its type. */
export function branchFor(schema: FieldSchema, value: Json | undefined): FieldSchema | undefined {
  const branches = branchesOf(schema);
  if (value === undefined) return schema.format === 'steps' ? schema : branches[0];
  const type = typeOf(value);
  const fits = (wanted: DataType | undefined): boolean =>
    wanted === type || (wanted === 'number' && type === 'integer');
  return branches.find((branch) => branch.format === 'schema' || fits(branch.enum ? 'string' : branch.type));
}

export const typeOf = (value: Json): DataType => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'string' | 'boolean' | 'object';
};

/** What a literal begins with. */
export function emptyOf(schema: FieldSchema): Json {
  if (schema.default !== undefined) return schema.default;
  const [branch = schema] = branchesOf(schema);
  if (branch.enum !== undefined) return branch.enum[0] ?? '';
  switch (branch.type) {
    case 'number':
    case 'integer':
      return Math.max(branch.minimum ?? 0, Math.min(0, branch.maximum ?? 0));
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return Object.fromEntries((branch.required ?? []).map((key) => [key, emptyOf(branch.properties?.[key] ?? {})]));
    case 'null':
      return null;
    default:
      return '';
  }
}

/** The type in one word, as it stands beside the name of a field. */
export function typeText(schema: FieldSchema): string {
  if (schema.format === 'steps') return 'steps or value';
  if (schema.format === 'schema') return 'JSON Schema';
  if (schema.format === 'address')
    return `address of ${schema['x-refers'] === 'api' ? 'an' : 'a'} ${names[schema['x-refers'] ?? 'service']}`;
  if (schema.enum !== undefined) return 'enum';
  if (schema.format === 'date-time') return 'date and time';
  if (schema.anyOf !== undefined) return [...new Set(branchesOf(schema).map(typeText))].join(' or ');
  return schema.type ?? 'any';
}

const names = { service: 'service', client: 'client', api: 'API', server: 'server' } as const;

/** What keeps a literal of the right type from being allowed, as a sentence; undefined when nothing does. */
export function faultOf(schema: FieldSchema, value: Json): string | undefined {
  if (expressionKind(value) !== undefined) return undefined;
  const { minimum, maximum, minLength = 0, maxLength } = schema;
  if (typeof value === 'number') {
    if (schema.type === 'integer' && !Number.isSafeInteger(value)) return `Allowed is a whole number, found ${value}.`;
    if (value < (minimum ?? value) || value > (maximum ?? value))
      return `Allowed is ${rangeText(schema)}, found ${value}.`;
  }
  if (typeof value === 'string') {
    const { length } = value;
    if (length >= minLength && length <= (maxLength ?? length)) return undefined;
    const range =
      minLength === maxLength
        ? `${minLength}`
        : maxLength === undefined
          ? `at least ${minLength}`
          : `${minLength} to ${maxLength.toLocaleString('en')}`;
    return `Allowed is a text of ${range} ${range === '1' ? 'character' : 'characters'}, found ${length.toLocaleString('en')}.`;
  }
  return undefined;
}

/** `a whole number from 1 to 65535` */
export function rangeText({ type, minimum, maximum }: FieldSchema): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  if (minimum !== undefined && maximum !== undefined)
    return `${kind} from ${minimum.toLocaleString('en')} to ${maximum.toLocaleString('en')}`;
  if (minimum !== undefined) return `${kind} of at least ${minimum.toLocaleString('en')}`;
  return maximum === undefined ? kind : `${kind} of at most ${maximum.toLocaleString('en')}`;
}
