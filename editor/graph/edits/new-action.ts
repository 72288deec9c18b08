import type { ActionAnswer } from '../../../engine/control/api/action-answer.ts';
import type { Action, Json, Operation } from '../../../engine/document/types.ts';
import type { ListPlace } from '../place.ts';
import { freeId } from './ids.ts';
import { freeScope } from './scope-name.ts';

/** The part of JSON Schema that says what an empty value is. */
interface FieldSchema {
  type?: string;
  format?: string;
  enum?: unknown;
  minItems?: number;
  minLength?: number;
  pattern?: string;
  items?: { properties?: { [name: string]: FieldSchema }; required?: string[] };
}

const steps = (): Json => ({ $do: { actions: [] } });

/**
 * An action as it is when it comes from the palette: fields that must hold steps hold none yet, rows with steps have a first
 * row, and required fields with an obvious empty value have that.
 * @param list where it will stand, so that the scope of an iteration has a name of its own
 */
export function newAction(
  operation: Operation,
  definition: ActionAnswer,
  list: ListPlace = { owner: 'workflow', path: [] },
): Action {
  const id = freeId(operation, definition.id.split('/').at(-1) ?? '');
  const { properties, required } = definition.input;
  const lendsScope = Object.hasOwn(properties, 'scope') && Object.values(properties).some(isSteps);
  const input: { [field: string]: Json } = {};
  for (const field of required) {
    const value =
      field === 'scope' && lendsScope ? freeScope(operation, list) : emptyValue(properties[field] as FieldSchema);
    if (value !== undefined) input[field] = value;
  }
  const branches = moreBranches[definition.id];
  if (branches !== undefined) Object.assign(input, branches());
  return { id, action: definition.id, ...(Object.keys(input).length > 0 && { input }) };
}

/** Branches that people expect besides those that must be there. */
const moreBranches: { readonly [action: string]: () => { [field: string]: Json } } = {
  'conditional/if': () => ({
    conditions: [
      { condition: true, value: steps() },
      { condition: true, value: steps() },
    ],
  }),
  'conditional/try': () => ({ onError: steps() }),
};

const isSteps = (schema: unknown): boolean => (schema as FieldSchema).format === 'steps';

function emptyValue(schema: FieldSchema): Json | undefined {
  if (schema.format === 'steps') return steps();
  if (schema.format !== undefined || schema.enum !== undefined) return undefined;
  switch (schema.type) {
    case 'array':
      return isRows(schema) ? [firstRow(schema)] : (schema.minItems ?? 0) === 0 ? [] : undefined;
    case 'object':
      return {};
    case 'string':
      return (schema.minLength ?? 0) === 0 && schema.pattern === undefined ? '' : undefined;
    case 'boolean':
      return false;
    default:
      return undefined;
  }
}

const isRows = ({ items }: FieldSchema): boolean => Object.values(items?.properties ?? {}).some(isSteps);

/** The last member that holds steps is the branch; what stands before it decides about it. */
function firstRow({ items }: FieldSchema): Json {
  const { properties = {}, required = [] } = items ?? {};
  const branch = Object.keys(properties).findLast((name) => isSteps(properties[name]));
  const row: { [name: string]: Json } = {};
  for (const name of required) {
    const schema = properties[name] as FieldSchema;
    if (name === branch) row[name] = steps();
    else if (isSteps(schema)) row[name] = name === 'condition' ? true : null;
    else row[name] = name === 'id' ? 'first' : (emptyValue(schema) ?? null);
  }
  return row;
}
