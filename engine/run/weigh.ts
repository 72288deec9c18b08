/** Members of a container that are looked at; the rest is taken to weigh the same. */
const looked = 16;
const deepest = 6;
/** What is heavier, or has more members, is looked at once, however often a run hands it on: listing members takes time. */
const heavyBytes = 64 * 1024;
const wide = 256;

/**
 * About how many bytes of memory a value holds on to. Looks into a bounded number of members. Heavy and wide parts that `seen`
 * holds weigh nothing and are not looked at; those that it does not are added to it. Never throws.
 */
export function weigh(value: unknown, seen: Set<unknown>): number {
  switch (typeof value) {
    case 'string':
      return value.length < heavyBytes ? value.length + 16 : weighOnce(value, value.length, seen);
    case 'object':
      if (value === null) return 0;
      try {
        return weighObject(value, seen, 0);
      } catch {
        return heavyBytes;
      }
    default:
      return 8;
  }
}

const weighOnce = (part: unknown, bytes: number, seen: Set<unknown>): number => {
  if (bytes < heavyBytes) return bytes;
  if (seen.has(part)) return 0;
  seen.add(part);
  return bytes;
};

function weighObject(object: object, seen: Set<unknown>, depth: number): number {
  if (Array.isArray(object)) {
    const { length } = object;
    if (length > heavyBytes / 8 && seen.has(object)) return 0;
    const count = Math.min(length, looked);
    let bytes = 0;
    for (let i = 0; i < count; i++) bytes += 8 + weighPart(object[i], seen, depth);
    return weighOnce(object, 32 + (count === length ? bytes : (bytes / count) * length), seen);
  }
  if (ArrayBuffer.isView(object)) return weighOnce(object, object.byteLength + 64, seen);
  if (seen.size > 0 && seen.has(object)) return 0;
  let bytes = 56;
  let count = 0;
  for (const name in object) {
    if (count++ < looked)
      bytes += 16 + name.length + weighPart((object as { [key: string]: unknown })[name], seen, depth);
    // A wide object has to be counted, but not for ever.
    else if (count > 100_000) break;
  }
  if (count > wide) seen.add(object);
  return count > wide
    ? (bytes / looked) * count
    : weighOnce(object, count <= looked ? bytes : (bytes / looked) * count, seen);
}

function weighPart(part: unknown, seen: Set<unknown>, depth: number): number {
  if (typeof part === 'string') return part.length < heavyBytes ? part.length : weighOnce(part, part.length, seen);
  if (typeof part !== 'object' || part === null) return 0;
  return depth < deepest ? weighObject(part, seen, depth + 1) : 256;
}
