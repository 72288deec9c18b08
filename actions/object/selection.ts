import { isPlainObject, type Plain } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';
import { type Path, partsOf } from '../support/path.ts';
import { openPairs } from './pairs.ts';

/** What several paths lead to, as a tree of their parts. */
interface Selection {
  /** A path ends here: everything below belongs to it. */
  whole: boolean;
  readonly parts: Map<string | number, Selection>;
}

/** Stands for every item of an array and every value of an object. */
const wildcard = '*';

const selectionOf = (paths: readonly Path[]): Selection => {
  const root: Selection = { whole: false, parts: new Map() };
  for (const path of paths) {
    const parts = partsOf(path);
    checkDepth(parts.length, 'paths');
    let at = root;
    for (const part of parts) {
      const next = at.parts.get(part) ?? { whole: false, parts: new Map() };
      at.parts.set(part, next);
      at = next;
    }
    at.whole = true;
  }
  return root;
};

/** What goes on below a key or an index; an array's length makes negative indexes count from its end. */
const below = (selections: readonly Selection[], part: string | number, length: number): Selection[] => {
  const found: Selection[] = [];
  for (const { parts } of selections) {
    for (const name of typeof part === 'number' ? [part, part - length, wildcard] : [part, wildcard]) {
      const next = parts.get(name);
      if (next !== undefined && !found.includes(next)) found.push(next);
    }
  }
  return found;
};

const dropped = Symbol('dropped');

/**
 * A copy of the data with what the paths lead to and all that is on the way (`keep`), or without what they lead to. Fails
 * with input-invalid when too much has to be looked at.
 */
export const select = (data: unknown, paths: readonly Path[], keep: boolean): unknown => {
  const once = openPairs<unknown>();
  let members = 0;
  const become = (member: unknown, inner: readonly Selection[]): unknown => {
    members += 1;
    checkTotal(members, 'paths', 'members');
    if (inner.length === 0) return keep ? dropped : member;
    if (inner.some(({ whole }) => whole)) return keep ? member : dropped;
    return walk(member, inner);
  };
  const walk = (value: unknown, selections: readonly Selection[]): unknown => {
    if (!Array.isArray(value) && !isPlainObject(value)) return keep ? dropped : value;
    const [selection] = selections;
    if (selection === undefined || selections.length > 1) return reduce(value, selections);
    return once(value, selection, () => reduce(value, selections));
  };
  const reduce = (value: unknown[] | Plain, selections: readonly Selection[]): unknown => {
    if (Array.isArray(value)) {
      return value
        .map((item, index) => become(item, below(selections, index, value.length)))
        .filter((item) => item !== dropped);
    }
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(value)) {
      const member = become(value[key], below(selections, key, 0));
      if (member !== dropped) entries.push([key, member]);
    }
    return Object.fromEntries(entries);
  };
  const root = selectionOf(paths);
  return root.whole ? data : walk(data, [root]);
};
