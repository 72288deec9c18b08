import { expressionKind } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';
import { branchFor, type FieldSchema } from './field-schema.ts';

/** What a literal is edited with. `literal-controls.ts` has the component of each: one that is missing does not compile. */
export type ControlName =
  | 'text'
  | 'date-time'
  | 'number'
  | 'boolean'
  | 'null'
  | 'choice'
  | 'list'
  | 'object'
  | 'steps'
  | 'address'
  /** As text, for what no other control can show. */
  | 'json';

/** The control of a literal in a field; of several types, the value's own decides. */
export function controlOf(schema: FieldSchema, value?: Json): ControlName {
  const branch = branchFor(schema, value);
  if (expressionKind(value) === '$literal') return 'json';
  if (branch === undefined) return isNumber(schema) && typeof value === 'string' ? 'number' : 'json';
  if (branch.format !== undefined) return byFormat[branch.format];
  if (branch.enum !== undefined) return 'choice';
  return byType[branch.type ?? 'string'];
}

const isNumber = ({ type }: FieldSchema): boolean => type === 'number' || type === 'integer';

const byFormat: Record<NonNullable<FieldSchema['format']>, ControlName> = {
  steps: 'steps',
  schema: 'json',
  address: 'address',
  'date-time': 'date-time',
};

const byType: Record<NonNullable<FieldSchema['type']>, ControlName> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  null: 'null',
};
