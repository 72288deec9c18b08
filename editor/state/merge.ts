import { expressionKind } from '../../engine/document/expression.ts';
import { mergedOrder } from './merge-order.ts';
import { idsOf, isObject, isSame, keysOf, type Part } from './same-json.ts';

/** A place that both sides changed, each in another way. */
export interface Conflict {
  /** RFC 6901, in the merged document. */
  path: string;
  /** What mine has there, and what theirs has; undefined for nothing. */
  mine: Part;
  theirs: Part;
}

export interface Merged<T> {
  /** Everything that only one side changed as that side has it; at conflicts it is mine. */
  document: T;
  conflicts: readonly Conflict[];
}

/**
 * Brings two versions of a document together that were both made from `base`. What has ids (operations, actions, simulations)
 * is followed by id, the rest by key; an expression, a list of plain values, and an action of another kind than before are
 * taken or left as a whole. Without conflicts it does not matter who is who, except for the order of keys.
 */
export function mergeDocuments<T>(base: T | null, mine: T, theirs: T): Merged<T> {
  const conflicts: Conflict[] = [];
  const document = merge((base ?? undefined) as Part, mine as Part, theirs as Part, '', conflicts);
  return { document: document as T, conflicts };
}

/** undefined stands for what is not there. */
function merge(base: Part, mine: Part, theirs: Part, path: string, conflicts: Conflict[]): Part {
  if (isSame(mine, base)) return theirs;
  if (isSame(theirs, base) || isSame(mine, theirs)) return mine;
  const found: Conflict[] = [];
  const merged = mergeInside(base, mine, theirs, path, found);
  // What cannot be taken apart, or would not hold together any more, is chosen as a whole.
  if (merged === undefined || (isOperation(merged) && hasTwins(merged) && !hasTwins(mine) && !hasTwins(theirs))) {
    conflicts.push({ path, mine, theirs });
    return mine;
  }
  conflicts.push(...found);
  return merged;
}

function mergeInside(base: Part, mine: Part, theirs: Part, path: string, conflicts: Conflict[]): Part {
  if (Array.isArray(mine) && Array.isArray(theirs))
    return mergeLists(Array.isArray(base) ? base : [], mine, theirs, path, conflicts);
  if (!isObject(mine) || !isObject(theirs)) return undefined;
  const former = isObject(base) ? base : {};
  if (isWhole(mine) || isWhole(theirs) || isWhole(former)) return undefined;
  // The fields of one kind of action mean nothing to another.
  if (mine.action !== theirs.action && typeof mine.action === 'string') return undefined;
  const keys = new Set([...keysOf(mine), ...keysOf(theirs)]);
  const parts: [string, Part][] = [];
  for (const key of keys) {
    const part = merge(own(former, key), own(mine, key), own(theirs, key), `${path}/${escaped(key)}`, conflicts);
    if (part !== undefined) parts.push([key, part]);
  }
  return Object.fromEntries(parts) as Part;
}

function mergeLists(base: Part[], mine: Part[], theirs: Part[], path: string, conflicts: Conflict[]): Part {
  const [olds, ours, others] = [idsOf(base), idsOf(mine), idsOf(theirs)];
  if (olds !== null && ours !== null && others !== null) {
    const at = (list: Part[], ids: Map<string, number>, id: string): Part => {
      const index = ids.get(id);
      return index === undefined ? undefined : list[index];
    };
    const order = mergedOrder([...olds.keys()], [...ours.keys()], [...others.keys()]);
    if (order === undefined) return undefined;
    const items: Part[] = [];
    for (const id of order) {
      const place = `${path}/${items.length}`;
      const item = merge(at(base, olds, id), at(mine, ours, id), at(theirs, others, id), place, conflicts);
      if (item !== undefined) items.push(item);
    }
    return items as Part;
  }
  // Nothing says which item is which once there are more or fewer of them.
  const isSteady = base.length === mine.length && base.length === theirs.length;
  if (!isSteady || ![base, mine, theirs].every((list) => list.every((item) => Array.isArray(item) || isObject(item))))
    return undefined;
  return mine.map((item, index) => merge(base[index], item, theirs[index], `${path}/${index}`, conflicts)) as Part;
}

/** Expressions are one value each; only nested workflows have an inside that two people can work in. */
const isWhole = (value: Part): boolean => {
  const kind = expressionKind(value);
  return kind !== undefined && kind !== '$do';
};

const isOperation = (value: Part): boolean => isObject(value) && isObject(value.workflow);

/** Whether two actions of an operation have the same id, as when both sides moved one to different places. */
function hasTwins(operation: Part): boolean {
  const seen = new Set<string>();
  const visit = (value: Part): boolean => {
    if (Array.isArray(value)) return value.some(visit);
    if (!isObject(value)) return false;
    if (typeof value.id === 'string' && typeof value.action === 'string') {
      if (seen.has(value.id)) return true;
      seen.add(value.id);
    }
    return keysOf(value).some((key) => visit(value[key]));
  };
  return isObject(operation) && (visit(operation.workflow) || visit(operation.onError));
}

const own = (object: { [key: string]: Part }, key: string): Part =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
