/** A piece of an expression. Texts, regular expressions, quoted names and comments are one piece each: `opaque`. */
export interface Lexeme {
  kind: 'open' | 'close' | 'opaque' | 'word' | 'sign';
  text: string;
  start: number;
  end: number;
}

const wordEnd = /[\s"'`/()[\]{}?:,;.@#&|=<>^~!*+%-]|$/g;

/** Where an opaque piece that begins at `start` ends, or undefined if it never does. */
const endOfQuoted = (text: string, start: number): number | undefined => {
  const quote = text[start] as string;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return at + 1;
    if (text[at] === '\\' && quote !== '`') at++;
  }
  return undefined;
};

// As the library reads it: a slash inside brackets does not end the regular expression.
const endOfRegex = (text: string, start: number): number | undefined => {
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\\') at++;
    else if (char === '/' && depth === 0) {
      while (text[at + 1] === 'i' || text[at + 1] === 'm') at++;
      return at + 1;
    } else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
  }
  return undefined;
};

const endOfComment = (text: string, start: number): number | undefined => {
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? undefined : end + 2;
};

/**
 * The pieces of a JSONata expression, from `start` on. An opaque piece that is never closed ends them. It knows no
 * grammar beyond where texts and brackets begin and end, which is all that templates and limits need.
 */
export function* lexemes(text: string, start = 0): Generator<Lexeme, void> {
  // A slash after an operand divides; anywhere else it begins a regular expression.
  let afterOperand = false;
  for (let at = start; at < text.length; ) {
    const char = text[at] as string;
    let end: number | undefined = at + 1;
    let kind: Lexeme['kind'] = 'sign';
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (char === '/' && text[at + 1] === '*') {
      kind = 'opaque';
      end = endOfComment(text, at);
    } else if ('"\'`'.includes(char)) {
      kind = 'opaque';
      end = endOfQuoted(text, at);
      afterOperand = true;
    } else if (char === '/' && !afterOperand) {
      kind = 'opaque';
      end = endOfRegex(text, at);
      afterOperand = true;
    } else if ('([{'.includes(char)) {
      kind = 'open';
      afterOperand = false;
    } else if (')]}'.includes(char)) {
      kind = 'close';
      afterOperand = true;
    } else if (/[?:,;.@#&|=<>^~!*+%/-]/.test(char)) {
      if (text.startsWith('?:', at) || text.startsWith('??', at)) end = at + 2;
      afterOperand = false;
    } else {
      kind = 'word';
      wordEnd.lastIndex = at + 1;
      end = wordEnd.exec(text)?.index ?? text.length;
      afterOperand = !['and', 'or', 'in'].includes(text.slice(at, end));
    }
    if (end === undefined) return;
    yield { kind, text: text.slice(at, end), start: at, end };
    at = end;
  }
}

/**
 * How often the parser copies the innermost operand of `?:` and `??`: each such operator copies the tree to its left,
 * so that operands nested in brackets on the left double with every level.
 */
export const copyLevels = (text: string): number => {
  if (!text.includes('?:') && !text.includes('??')) return 0;
  const groups = [{ before: 0, levels: 0 }];
  let deepest = 0;
  for (const { kind, text: sign } of lexemes(text)) {
    const group = groups.at(-1) as { before: number; levels: number };
    if (kind === 'open') groups.push({ before: 0, levels: 0 });
    else if (kind === 'close' && groups.length > 1) {
      groups.pop();
      const outer = groups.at(-1) as { before: number; levels: number };
      outer.before = Math.max(outer.before, group.levels, group.before);
    } else if (sign === '?:' || sign === '??') {
      group.levels = Math.max(group.levels, group.before + 1);
      deepest = Math.max(deepest, group.levels);
    }
  }
  return deepest;
};
