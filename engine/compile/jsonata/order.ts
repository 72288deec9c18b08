import { tick, useItems, useText } from './budget.ts';
import { EvaluationError } from './fault.ts';
import { type Evaluate, type Frame, frameOf, isTuples, type Tuple } from './value.ts';

/** An order-by clause: `^(<a, >b)`. */
export interface Sort {
  readonly terms: readonly { readonly descending: boolean; readonly evaluate: Evaluate }[];
  readonly position: number | undefined;
}

const isComparable = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

interface Row {
  readonly item: unknown;
  /** The values of the terms, as far as they were needed. */
  readonly keys: unknown[];
}

const keyOf = (row: Row, at: number, sort: Sort, tuples: boolean, frame: Frame): unknown => {
  if (row.keys.length === at) {
    const { evaluate } = sort.terms[at] as Sort['terms'][number];
    row.keys.push(
      tuples ? evaluate((row.item as Tuple)['@'], frameOf(frame, row.item as Tuple)) : evaluate(row.item, frame),
    );
  }
  return row.keys[at];
};

const compare = (a: unknown, b: unknown, descending: boolean, position: number | undefined): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (!isComparable(a) || !isComparable(b))
    throw new EvaluationError('T2008', { value: isComparable(a) ? b : a }, position);
  if (typeof a !== typeof b) throw new EvaluationError('T2007', { value: a, value2: b }, position);
  if (a === b) return 0;
  if (typeof a === 'string') useText(a.length);
  return a < b === descending ? 1 : -1;
};

/** Orders items by the terms, the first that differs deciding; missing values last, equal items as they stood. */
export const sortItems = (sort: Sort, items: unknown[], frame: Frame): unknown[] => {
  if (items.length <= 1) return items;
  useItems(items.length * 8);
  const tuples = isTuples(items);
  // Each term is evaluated at most once per item, and later terms only where earlier ones leave a tie.
  const rows: Row[] = items.map((item) => ({ item, keys: [] }));
  rows.sort((left, right) => {
    tick();
    for (let at = 0; at < sort.terms.length; at++) {
      const order = compare(
        keyOf(left, at, sort, tuples, frame),
        keyOf(right, at, sort, tuples, frame),
        (sort.terms[at] as Sort['terms'][number]).descending,
        sort.position,
      );
      if (order !== 0) return order;
    }
    return 0;
  });
  return rows.map(({ item }) => item);
};
