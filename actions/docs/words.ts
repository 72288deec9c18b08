import type { ActionDefinition, Field, FieldSchema, Fields } from '../kit/index.ts';

/** One input as documentation shows it. */
export interface FieldRow {
  /** `conditions[].value` for a member of rows. */
  name: string;
  type: string;
  /** The type in a word or two, without what is allowed inside. */
  kind: string;
  need: { required: true } | { required: false; fallback?: unknown };
  about: string;
}

export const fieldRows = (fields: Fields, prefix = ''): FieldRow[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const { label, help, optional, fallback, rows } = field;
    const row: FieldRow = {
      name: prefix + name,
      type: typeOfField(field),
      kind: field.lazy ? 'steps' : kindOf(field.schema),
      need: optional ? { required: false, ...(fallback !== undefined && { fallback }) } : { required: true },
      about: [label, help].filter(Boolean).join(': '),
    };
    return [row, ...(rows ? fieldRows(rows, `${prefix}${name}[].`) : [])];
  });

/** What a field takes, in the words of its refusals. */
const typeOfField = (field: Field): string => {
  if (field.lazy) return 'steps or any value';
  const allowed = field.check(Symbol('anything'));
  return allowed === undefined ? 'any value' : allowed.replace(/^an? /, '');
};

const kindOf = ({ type, anyOf, ...schema }: FieldSchema): string => {
  if (schema.enum !== undefined) return 'one of';
  if (Array.isArray(anyOf)) return listed(anyOf.map(kindOf));
  return typeOfSchema({ type });
};

const typeWords: { readonly [type: string]: string } = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
};

/** What an action gives, in a few words: `array of texts or null`. */
export const typeOfSchema = (schema: FieldSchema): string => {
  const { type, items, properties, format } = schema;
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return listed(alternatives.map(typeOfSchema));
  if (Array.isArray(schema.enum)) return listed(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(type)) return listed(type.map((one) => typeOfSchema({ ...schema, type: one })));
  if (type === 'array' && isSchema(items)) return `array, each item ${typeOfSchema(items)}`;
  if (type === 'object' && isSchema(properties) && Object.keys(properties).length > 0) {
    const members = Object.entries(properties).map(([name, inner]) => `${name}: ${typeOfSchema(inner as FieldSchema)}`);
    return `object { ${members.join(', ')} }`;
  }
  if (typeof type !== 'string') return 'any value';
  const word = typeWords[type] ?? type;
  return typeof format === 'string' ? `${word} (${format})` : word;
};

const isSchema = (value: unknown): value is FieldSchema =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const listed = (words: readonly string[]): string => [...new Set(words)].join(' or ');

/** The failures of an action by code; that of a wrong input comes first. */
export const failuresOf = ({ failures = {}, fields }: ActionDefinition): [code: string, when: string][] => {
  const { 'input-invalid': own, ...others } = failures;
  const wrong = Object.keys(fields).length === 0 ? [] : ['A field is missing, or holds what is not allowed.'];
  const invalid = [...wrong, ...(own === undefined ? [] : [own])].join(' ');
  return [...(invalid === '' ? [] : [['input-invalid', invalid] as [string, string]]), ...Object.entries(others)];
};

/** The category of an action: `data/json` for data/json/encode. */
export const categoryOf = (id: string): string => id.slice(0, id.lastIndexOf('/'));

/** Actions by category, both in the order of their ids. */
export const byCategory = (library: readonly ActionDefinition[]): [category: string, actions: ActionDefinition[]][] => {
  const groups = new Map<string, ActionDefinition[]>();
  for (const action of [...library].sort((a, b) => compare(a.id, b.id))) {
    const category = categoryOf(action.id);
    const group = groups.get(category);
    if (group === undefined) groups.set(category, [action]);
    else group.push(action);
  }
  return [...groups].sort(([a], [b]) => compare(a, b));
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
