import { type ActionDefinition, ActionFailure } from './define.ts';
import { type Field, type Fields, isPlainObject } from './fields.ts';

// A longer text is named by its length only: a cut secret would no longer be recognised by redaction.
const longestShown = 24;

/** Names a value for a message in a few words: `"x" (text)`, `0.5 (number)`, `an array of 3 items`. Never throws. */
export const describeValue = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return value.length > longestShown ? `a text of ${value.length} characters` : `${JSON.stringify(value)} (text)`;
    case 'number':
    case 'boolean':
    case 'bigint':
      return `${value} (${typeof value})`;
    case 'object':
      if (Array.isArray(value)) return `an array of ${value.length} item${value.length === 1 ? '' : 's'}`;
      if (value instanceof Uint8Array) return `binary data of ${value.length} bytes`;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : 'a date';
      return 'an object';
    default:
      return `a ${typeof value}`;
  }
};

const refuse = (path: string, problem: string): never => {
  throw new ActionFailure('input-invalid', `\`${path}\` ${problem}`, { field: path });
};

// Called for every execution of every action: nothing is allocated here before there is something to fill in or to refuse.
const checkRecord = (
  fields: Fields,
  input: Record<string, unknown>,
  list?: string,
  index?: number,
): Record<string, unknown> => {
  let checked = input;
  for (const name in fields) {
    const field = fields[name] as Field;
    const value = input[name];
    let filled: unknown = value;
    if ((value === undefined || value === null) && field.optional) {
      filled = field.fallback;
    } else if (value === undefined && !Object.hasOwn(input, name)) {
      const allowed = field.check(undefined) ?? (field.lazy ? 'steps or a value' : 'a value');
      refuse(pathOf(name, list, index), `is missing; it must be ${allowed}`);
    } else if (!field.lazy) {
      // What an expression could not find is null everywhere in a run.
      filled = value ?? null;
      const allowed = field.check(filled);
      if (allowed !== undefined)
        refuse(pathOf(name, list, index), `must be ${allowed}, found ${describeValue(filled)}`);
      if (field.rows) filled = checkRows(field.rows, filled as unknown[], name);
    }
    if (filled !== value) {
      if (checked === input) checked = { ...input };
      checked[name] = filled;
    }
  }
  return checked;
};

const checkRows = (members: Fields, rows: unknown[], list: string): unknown[] => {
  let checked = rows;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    if (!isPlainObject(row)) {
      const names = Object.keys(members).join(' and ');
      return refuse(`${list}[${index}]`, `must be an object with ${names}, found ${describeValue(row)}`);
    }
    const result = checkRecord(members, row, list, index);
    if (result === row) continue;
    if (checked === rows) checked = [...rows];
    checked[index] = result;
  }
  return checked;
};

const pathOf = (name: string, list: string | undefined, index: number | undefined): string =>
  list === undefined ? name : `${list}[${index}].${name}`;

/**
 * Makes evaluated field values ready for `run`: fills in fallbacks and checks every field.
 * An optional field that is left out or null arrives as its fallback or as undefined; lazy fields are not looked into.
 * The input itself comes back when nothing had to be filled in, and a copy otherwise. Unknown names are left alone.
 * Throws ActionFailure `input-invalid`, with `details.field`, which says what was found and what is allowed.
 */
export const checkInput = (
  definition: Pick<ActionDefinition, 'fields'>,
  input: Record<string, unknown>,
): Record<string, unknown> => checkRecord(definition.fields, input);
