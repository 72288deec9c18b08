import type { Ast, Pair } from './ast.ts';
import { tick, useItems, useText } from './budget.ts';
import { EvaluationError } from './fault.ts';
import { Appended, type Evaluate, type Frame, frameOf, isTuples, type Plain, setKey, type Tuple } from './value.ts';

/** `{key: value, …}`: an object constructor, or the grouping of a sequence by its keys. */
export interface Group {
  readonly pairs: readonly { readonly key: Evaluate; readonly value: Evaluate }[];
  /** The keys, where all of them are literal and different. */
  readonly keys: readonly string[] | undefined;
  readonly position: number | undefined;
}

export const compileGroup = (
  pairs: readonly Pair[],
  position: number | undefined,
  compile: (ast: Ast) => Evaluate,
): Group => {
  const keys = pairs.flatMap(([key]) => (key.type === 'string' ? [String(key.value)] : []));
  return {
    pairs: pairs.map(([key, value]) => ({ key: compile(key), value: compile(value) })),
    keys: new Set(keys).size === pairs.length ? keys : undefined,
    position,
  };
};

// Tuples of one group become one tuple whose variables hold all their values.
const merge = (tuples: readonly Tuple[]): Tuple => {
  const columns = new Map<string, Appended>();
  for (const tuple of tuples) {
    for (const name of Object.keys(tuple)) {
      const column = columns.get(name);
      if (column) column.append(tuple[name]);
      else columns.set(name, new Appended(tuple[name]));
    }
  }
  const merged: Tuple = Object.create(null);
  for (const [name, column] of columns) merged[name] = column.value;
  return merged;
};

interface Members {
  readonly pair: number;
  readonly data: Appended;
  readonly tuples: Tuple[];
}

// Items with the same key belong together.
const collect = (group: Group, items: readonly unknown[], tuples: boolean, frame: Frame): Map<string, Members> => {
  const groups = new Map<string, Members>();
  for (const item of items) {
    const context = tuples ? (item as Tuple)['@'] : item;
    const inner = tuples ? frameOf(frame, item as Tuple) : frame;
    for (let pair = 0; pair < group.pairs.length; pair++) {
      tick();
      const key = group.pairs[pair]?.key(context, inner);
      if (key === undefined) continue;
      if (typeof key !== 'string') throw new EvaluationError('T1003', { value: key }, group.position);
      useText(key.length);
      const found = groups.get(key);
      if (!found) groups.set(key, { pair, data: new Appended(item), tuples: tuples ? [item as Tuple] : [] });
      else if (found.pair !== pair) throw new EvaluationError('D1009', { value: key }, group.position);
      else if (tuples) found.tuples.push(item as Tuple);
      else found.data.append(item);
    }
  }
  return groups;
};

/** Makes the object; each value is evaluated once for all items of its group. Fails with T1003 and D1009. */
export const groupItems = (group: Group, input: unknown, frame: Frame): Plain => {
  const tuples = isTuples(input);
  const list = Array.isArray(input) ? input : [input];
  // Without any item there is still a literal object to make.
  const items = list.length === 0 && !tuples ? [undefined] : list;
  const made: Plain = {};
  useItems(group.pairs.length * 2 + 8);
  if (group.keys && items.length === 1 && !tuples) {
    for (let pair = 0; pair < group.keys.length; pair++) {
      tick();
      const value = group.pairs[pair]?.value(items[0], frame);
      if (value !== undefined) setKey(made, group.keys[pair] as string, value);
    }
    return made;
  }
  const groups = collect(group, items, tuples, frame);
  useItems(groups.size * 4);
  for (const [key, { pair, data, tuples: members }] of groups) {
    let context = data.value;
    let inner = frame;
    if (tuples) {
      const { '@': merged, ...variables } = merge(members);
      context = merged;
      inner = frameOf(frame, variables);
    }
    const value = group.pairs[pair]?.value(context, inner);
    if (value !== undefined) setKey(made, key, value);
  }
  return made;
};
