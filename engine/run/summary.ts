/** A longer text is not shown at all: redaction would not recognise half a secret. */
const longestText = 128;
/** Members of a container and levels that are shown. */
const mostMembers = 10;
const deepest = 2;

export interface Summary {
  value: unknown;
  /** The value was more than this. */
  isCut: boolean;
}

/**
 * What stands for a value that cannot be held on to: its outline for people to read, where a text in the place of the rest
 * says how much there was. Bounded, and nothing in it keeps the value in memory. Never throws.
 */
export function summarize(value: unknown): Summary {
  const cuts = { count: 0 };
  try {
    return { value: outline(value, 0, cuts), isCut: cuts.count > 0 };
  } catch {
    return { value: '[unreadable]', isCut: true };
  }
}

function outline(value: unknown, depth: number, cuts: { count: number }): unknown {
  const cut = (count: number, what: string): string => {
    cuts.count++;
    return `… (cut, ${count} ${what})`;
  };
  if (typeof value === 'string')
    // A piece of a text would keep the whole of it in memory; a copy does not.
    return value.length <= longestText ? Buffer.from(value).toString() : cut(value.length, 'characters');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const { length } = value;
    if (depth >= deepest) return length === 0 ? [] : cut(length, 'items');
    const head = value.slice(0, mostMembers).map((item) => outline(item, depth + 1, cuts));
    return length <= mostMembers ? head : [...head, cut(length, 'items')];
  }
  if (ArrayBuffer.isView(value)) return cut(value.byteLength, 'bytes');
  const wide = known.get(value);
  if (wide === undefined) return outlineOfMembers(value, depth, cuts, cut);
  cuts.count++;
  return wide;
}

/** Outlines of wide objects, whose members take long to list. */
const known = new WeakMap<object, string>();

function outlineOfMembers(
  value: object,
  depth: number,
  cuts: { count: number },
  cut: (count: number, what: string) => string,
): unknown {
  const shown: { [name: string]: unknown } = {};
  let count = 0;
  for (const name in value) {
    if (++count > mostMembers) break;
    const member = (value as { [name: string]: unknown })[name];
    Object.defineProperty(shown, name, {
      value: depth < deepest ? outline(member, depth + 1, cuts) : cut(1, 'value'),
      enumerable: true,
    });
  }
  if (count <= mostMembers) return shown;
  const text = cut(Object.keys(value).length, 'members');
  known.set(value, text);
  return text;
}
