/** What stands in records and captures where a value cannot: cut off, secret, or of a form that JSON does not have. */
export interface Mark {
  kind: 'cut' | 'secret' | 'bytes' | 'date' | 'redacted';
  /** As in `cut: 1.2 MB, sha 1f3a5c7e`. */
  text: string;
  /** What is there of a value that was cut. */
  head?: unknown;
}

/** Whether an object of the engine stands for something else; null for plain data. */
export function markOf(value: unknown): Mark | null {
  if (!isObject(value)) return null;
  const key = soleKey(value);
  if (key === undefined) return null;
  const inside = value[key];
  switch (key) {
    case '$secret':
      return typeof inside === 'string' ? { kind: 'secret', text: `secret ${inside}` } : null;
    case '$date':
      return typeof inside === 'string' ? { kind: 'date', text: inside } : null;
    case '$bytes':
      return typeof inside === 'string'
        ? { kind: 'bytes', text: `${inBytes(Math.floor((inside.replace(/=+$/, '').length * 3) / 4))} of binary data` }
        : null;
    case '$cut':
      return isObject(inside) ? cut(inside) : null;
    default:
      return null;
  }
}

/** Without a list of all keys, of which there may be very many. */
function soleKey(object: object): string | undefined {
  let sole: string | undefined;
  for (const key in object) {
    if (sole !== undefined) return undefined;
    sole = key;
  }
  return sole;
}

function cut({ bytes, items, hash, sha256, head, atLeast }: { [key: string]: unknown }): Mark | null {
  const size =
    typeof bytes === 'number'
      ? inBytes(bytes)
      : typeof items === 'number'
        ? `${items.toLocaleString('en')} items`
        : null;
  if (size === null) return null;
  const noted = typeof sha256 === 'string' ? `, sha256 ${sha256}` : typeof hash === 'string' ? `, hash ${hash}` : '';
  return { kind: 'cut', text: `cut: ${atLeast === true ? 'at least ' : ''}${size}${noted}`, head };
}

/** Texts that stand for what was hidden: `[redacted:4f2a]`. */
export const isRedacted = (text: string): boolean => /^\[redacted(:[0-9a-f]{4})?\]$/.test(text);

/** A size for people: `812 B`, `73.2 kB`, `1.2 MB`. */
export function inBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size.toLocaleString('en', { maximumFractionDigits: size < 100 ? 1 : 0 })} ${units[unit]}`;
}

const isObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
