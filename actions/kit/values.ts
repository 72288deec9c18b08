/** Truthy in workflows is anything but false and null. */
export const isTruthy = (value: unknown): boolean => value !== false && value !== null && value !== undefined;

/** So many objects are compared before it is remembered which: most data has fewer, and what is shared over and over has no end. */
const unremembered = 1_000;

/**
 * Deep equality of data: the order of keys does not matter, 1 equals 1.0, NaN equals NaN, bytes equal bytes. Takes time in
 * proportion to the data, however deep it is and however much of it is shared or in itself.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return isEqualLeaf(a, b);
  const pairs: object[] = [a, b];
  let seen: Map<object, Set<object>> | undefined;
  for (let compared = 0; pairs.length > 0; compared += 1) {
    const right = pairs.pop() as object;
    const left = pairs.pop() as object;
    // What is being compared elsewhere is told to be different there, if it is.
    if (compared > unremembered) {
      seen ??= new Map();
      if (wasSeen(seen, left, right)) continue;
    }
    if (!compareMembers(left, right, pairs)) return false;
  }
  return true;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isEqualLeaf = (a: unknown, b: unknown): boolean =>
  // Missing is null everywhere in a run.
  Number.isNaN(a) ? Number.isNaN(b) : (a ?? null) === (b ?? null);

const wasSeen = (seen: Map<object, Set<object>>, left: object, right: object): boolean => {
  const others = seen.get(left);
  if (others === undefined) seen.set(left, new Set([right]));
  else if (others.has(right)) return true;
  else others.add(right);
  return false;
};

/** Whether two objects may be equal: compares what is no object in them, and leaves the rest in `pairs`. */
const compareMembers = (left: object, right: object, pairs: object[]): boolean => {
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    for (let index = 0; index < left.length; index += 1) {
      if (!compareOne(left[index], right[index], pairs)) return false;
    }
    return true;
  }
  if (left instanceof Date || right instanceof Date)
    return left instanceof Date && right instanceof Date && left.getTime() === right.getTime();
  if (left instanceof Uint8Array || right instanceof Uint8Array) {
    if (!(left instanceof Uint8Array && right instanceof Uint8Array)) return false;
    return left.length === right.length && left.every((byte, index) => byte === right[index]);
  }
  if (Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const [from, to] = [left as Record<string, unknown>, right as Record<string, unknown>];
  for (const key of keys) {
    if (!Object.hasOwn(to, key) || !compareOne(from[key], to[key], pairs)) return false;
  }
  return true;
};

const compareOne = (a: unknown, b: unknown, pairs: object[]): boolean => {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return isEqualLeaf(a, b);
  pairs.push(a, b);
  return true;
};
