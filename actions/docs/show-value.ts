// Examples hold more than JSON can: what has no literal stands in angle brackets.

const longestText = 160;
const mostMembers = 40;
const deepest = 12;
const mostBytes = 24;

/**
 * A value as people read it: JSON on one line where it fits into `width` columns, and a line for each member where it does
 * not. Long texts, many members and deep data are cut, and say so.
 */
export const showValue = (value: unknown, width = Number.POSITIVE_INFINITY): string => show(value, width, 0, 0);

/** @param used columns of the first line that are taken already */
const show = (value: unknown, width: number, used: number, depth: number): string => {
  const parts = partsOf(value, depth);
  if (parts === undefined) return leaf(value);
  const { open, close, members } = parts;
  if (members.length === 0) return open + close;
  const space = open === '{' ? ' ' : '';
  const flat = members.map(({ key, value: member }) => key + show(member, Number.POSITIVE_INFINITY, 0, depth + 1));
  const line = `${open}${space}${flat.join(', ')}${space}${close}`;
  if (line.length <= width - used) return line;
  const lines = members.map(({ key, value: member }, index) => {
    const comma = index < members.length - 1 ? ',' : '';
    return `  ${key}${indented(show(member, width - 2, key.length + comma.length, depth + 1))}${comma}`;
  });
  return [open, ...lines, close].join('\n');
};

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

interface Parts {
  open: string;
  close: string;
  members: { key: string; value: unknown }[];
}

/** Stands for what is left out. */
class Rest {
  constructor(readonly text: string) {}
}

const partsOf = (value: unknown, depth: number): Parts | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Uint8Array || value instanceof Date || value instanceof Rest) return undefined;
  const isList = Array.isArray(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const keys = isList ? undefined : Object.keys(value);
  const count = keys?.length ?? (value as unknown[]).length;
  if (depth >= deepest && count > 0) return { open, close, members: [{ key: '', value: new Rest('deeper') }] };
  const shown = count > mostMembers ? mostMembers / 2 : count;
  const members = Array.from({ length: shown }, (_, index) => {
    const key = keys?.[index];
    return key === undefined
      ? { key: '', value: (value as unknown[])[index] }
      : { key: `${quote(key)}: `, value: (value as { [key: string]: unknown })[key] };
  });
  if (shown < count) members.push({ key: '', value: new Rest(`${count - shown} more`) });
  return { open, close, members };
};

const leaf = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return value.length > longestText
        ? `${quote(value.slice(0, longestText / 4))}<… ${value.length} characters>`
        : quote(value);
    case 'bigint':
      return `${value}n`;
    case 'undefined':
      return '<nothing>';
    case 'function':
      return '<steps>';
    case 'object':
      if (value instanceof Uint8Array) return binary(value);
      if (value instanceof Date) return `<date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}>`;
      if (value instanceof Rest) return `<… ${value.text}>`;
      return 'null';
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
};

const binary = (bytes: Uint8Array): string => {
  if (bytes.length === 0) return '<binary, empty>';
  const shown = bytes.length > mostBytes ? bytes.subarray(0, mostBytes / 2) : bytes;
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return shown === bytes ? `<binary ${hex}>` : `<binary ${hex} … ${bytes.length} bytes>`;
};

/** A JSON string in which nothing is invisible or changes how the rest is read. */
const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      const unit = character.charCodeAt(at);
      return `\\u${unit.toString(16).padStart(4, '0')}`;
    }).join(''),
  );
