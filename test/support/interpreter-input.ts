import { type Branch, type Field, type Fields, isPlainObject } from '../../actions/kit/index.ts';
import type { Json } from '../../engine/document/types.ts';
import { around, type Place, PlainBranch, takeStep, within } from './interpreter-place.ts';
import { evaluate, isLiteral } from './interpreter-values.ts';

type Input = { [field: string]: Json };
type Values = Record<string, unknown>;

/** A lazy field: evaluated when the action asks, where the action then stands. */
export class Steps {
  constructor(readonly evaluate: (place: Place) => unknown) {}
}

/**
 * Evaluates the fields of an action in the order of the document. Fields it does not have are left out, and optional
 * steps that are null: to have none is not to have some that give null.
 */
export async function evaluateFields(input: Input, fields: Fields, address: string, place: Place): Promise<Values> {
  const values: Values = {};
  for (const [name, value] of Object.entries(input)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined || (value === null && field.lazy && field.optional)) continue;
    values[name] = await evaluateField(value, field, address, place);
  }
  return values;
}

async function evaluateField(
  value: Json,
  { verbatim, lazy, rows }: Field,
  address: string,
  place: Place,
): Promise<unknown> {
  if (verbatim) return value;
  if (lazy) {
    return new Steps((inside) => {
      takeStep(inside, address);
      return evaluate(value, around(inside));
    });
  }
  if (rows === undefined) return evaluate(value, around(place));
  if (!Array.isArray(value)) {
    const list = await evaluate(value, around(place));
    return Array.isArray(list) ? list.map((row) => settled(row, rows)) : list;
  }
  const list: unknown[] = [];
  for (const row of value) {
    list.push(
      isLiteral(row)
        ? await evaluateFields(row as Input, rows, address, place)
        : settled(await evaluate(row, around(place)), rows),
    );
  }
  return list;
}

/** A row that was computed as a whole: its lazy members are there already. */
const settled = (row: unknown, members: Fields): unknown =>
  isPlainObject(row) ? each(row, (value, name) => (members[name]?.lazy ? new Steps(() => value) : value)) : row;

/** Makes functions of the lazy fields, as the action gets them. */
export const bind = (input: Values, place: Place): Values => each(input, (value) => bound(value, place));

const bound = (value: unknown, place: Place): unknown => {
  if (value instanceof Steps) {
    return (locals?: Values, branch?: Branch): Promise<unknown> => {
      const isApart = branch instanceof PlainBranch;
      const result = (async () => value.evaluate(within(isApart ? branch.beside(place) : place, locals)))();
      // Whoever ends a branch need not wait for it.
      if (isApart) result.catch(() => {});
      return result;
    };
  }
  const isRow = (row: unknown): boolean =>
    isPlainObject(row) && Object.values(row).some((member) => member instanceof Steps);
  return Array.isArray(value) && value.some(isRow)
    ? value.map((row) => (isRow(row) ? bind(row as Values, place) : row))
    : value;
};

const each = (record: Values, change: (value: unknown, name: string) => unknown): Values =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
