/** Characters of a text, members of a container and levels that a summary shows. */
const longestText = 128;
const mostMembers = 10;
const deepest = 2;

/**
 * What stands for a value that cannot be held on to: its outline for people to read, where a text in the place of the rest
 * says how much there was. Bounded, and nothing in it keeps the value in memory. Never throws.
 */
export function summarize(value: unknown): unknown {
  try {
    return outline(value, 0);
  } catch {
    return '[unreadable]';
  }
}

function outline(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length <= longestText ? value : cutText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const { length } = value;
    if (depth >= deepest) return `[${length} items]`;
    const head = value.slice(0, mostMembers).map((item) => outline(item, depth + 1));
    return length <= mostMembers ? head : [...head, cut(length, 'items')];
  }
  if (ArrayBuffer.isView(value)) return `[${value.constructor.name} ${value.byteLength} bytes]`;
  const shown: { [name: string]: unknown } = {};
  let count = 0;
  for (const name in value) {
    if (count++ >= mostMembers) break;
    const member = (value as { [name: string]: unknown })[name];
    Object.defineProperty(shown, name, {
      value: depth < deepest ? outline(member, depth + 1) : '…',
      enumerable: true,
    });
  }
  if (count > mostMembers) shown['…'] = cut(Object.keys(value).length, 'members');
  return shown;
}

const cut = (count: number, what: string): string => `… (cut, ${count} ${what})`;

/** A slice would keep the whole text in memory; a copy does not. */
const cutText = (text: string): string =>
  `${Buffer.from(text.slice(0, longestText)).toString()}${cut(text.length, 'characters')}`;
