// The messages of JSON.parse differ between versions of the runtime and often name no position, so a text that it
// refused is read once more, by RFC 8259, only to find where.

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where a text stops being JSON, and why: `line 2, column 5: found "}", expected a value`. */
export const findJsonFault = (text: string): string => {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const take = (character: string): boolean => {
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  /** What would have been allowed, or undefined when all is well so far. */
  type Expected = string | undefined;

  const quoted = (): Expected => {
    at += 1;
    while (at < text.length) {
      if (take('"')) return undefined;
      if (text.charCodeAt(at) < 0x20) return 'an escape such as "\\n" for a control character';
      if (text[at] !== '\\') at += 1;
      else if (!skip(escapeSequence)) return 'an escape that JSON has';
    }
    return 'a closing quote';
  };
  const members = (close: string, member: () => Expected): Expected => {
    at += 1;
    skip(space);
    if (take(close)) return undefined;
    for (;;) {
      const expected = member();
      if (expected) return expected;
      skip(space);
      if (take(close)) return undefined;
      if (!take(',')) return `"," or "${close}"`;
      skip(space);
    }
  };
  const pair = (): Expected => {
    if (text[at] !== '"') return 'a key in double quotes';
    const expected = quoted();
    if (expected) return expected;
    skip(space);
    return take(':') ? value() : '":"';
  };
  const value = (): Expected => {
    skip(space);
    if (text[at] === '{') return members('}', pair);
    if (text[at] === '[') return members(']', value);
    if (text[at] === '"') return quoted();
    return skip(word) || skip(number) ? undefined : 'a value';
  };

  let expected = value();
  if (expected === undefined) {
    skip(space);
    expected = 'the end';
  }
  return `${position(text, at)}: found ${name(text, at)}, expected ${expected}`;
};

const position = (text: string, at: number): string => {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

const name = (text: string, at: number): string => {
  const point = text.codePointAt(at);
  if (point === undefined) return 'the end';
  const character = String.fromCodePoint(point);
  return /^[\p{L}\p{N}\p{P}\p{S} ]$/u.test(character)
    ? JSON.stringify(character)
    : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
};
