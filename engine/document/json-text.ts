import { quote } from './found.ts';
import type { Json } from './types.ts';

/** Where and why a text is no JSON. Line and column count from 1, columns in characters. */
interface TextFault {
  line: number;
  column: number;
  message: string;
}

export type ParsedText = { value: Json; text: string; fault?: never } | { fault: TextFault; value?: never };

/** How deep arrays and objects may be nested. */
export const deepestJson = 100;

/**
 * Reads the bytes of a JSON file: UTF-8 without a byte order mark (RFC 8259, section 8.1), and no key twice in one
 * object, since whatever reads such a file keeps only one of them.
 */
export function parseJsonBytes(bytes: Uint8Array): ParsedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return fault('', 0, 'found a byte order mark; save the file as UTF-8 without one');
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return fault('', 0, 'found UTF-16; save the file as UTF-8 without a byte order mark');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const whole = decodePrefix(bytes, bytes.length);
    if (whole !== undefined) {
      return fault(
        whole,
        whole.length,
        'found the end of the file within a character. The file may have been cut short',
      );
    }
    const { before, byte } = firstBadByte(bytes);
    const code = byte.toString(16).padStart(2, '0');
    return fault(before, before.length, `found the byte 0x${code}, which is not UTF-8; save the file as UTF-8`);
  }
  return parseJsonText(text);
}

/** Reads JSON text; see parseJsonBytes. */
export function parseJsonText(text: string): ParsedText {
  const problem = scan(text);
  if (problem !== undefined) return fault(text, problem.offset, problem.message);
  return { value: JSON.parse(text) as Json, text };
}

interface Problem {
  offset: number;
  message: string;
}

const fault = (text: string, offset: number, message: string): ParsedText => {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(0, lineStart).split('\n').length;
  return { fault: { line, column: [...text.slice(lineStart, offset)].length + 1, message } };
};

// The longest prefix that decodes is found by halving; streaming keeps a character cut in two from counting as bad.
function firstBadByte(bytes: Uint8Array): { before: string; byte: number } {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodePrefix(bytes, middle) === undefined) bad = middle;
    else good = middle;
  }
  return { before: decodePrefix(bytes, good) ?? '', byte: bytes[good] ?? 0 };
}

function decodePrefix(bytes: Uint8Array, length: number): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}

interface Problem {
  offset: number;
  message: string;
}

type Expected = 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'comma' | 'end';
const inWords: Record<Expected, string> = {
  value: 'a value',
  'first item': 'a value or "]"',
  'first key': 'a key in double quotes or "}"',
  key: 'a key in double quotes',
  colon: '":"',
  comma: '"," or the closing bracket',
  end: 'nothing more after the value',
};

// Strings are written out as runs between escapes: an alternation per character would exhaust the stack on long ones.
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 is what names them.
  /[ \t\n\r]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\u0000-\u001f]*)*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y;

/**
 * The first thing that RFC 8259's grammar or the rules of this file refuse. JSON.parse gives no position for some
 * faults, and none of its versions words them alike. Not recursive: depth is data.
 */
function scan(text: string): Problem | undefined {
  // One entry per open bracket: the keys seen so far in an object, null in an array.
  const open: (Set<string> | null)[] = [];
  let expected: Expected = 'value';
  token.lastIndex = 0;
  for (;;) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      let offset = start;
      while (offset < text.length && ' \t\n\r'.includes(text[offset] as string)) offset++;
      if (offset === text.length && expected === 'end') return undefined;
      return { offset, message: describe(text, offset, expected) };
    }
    const [, mark, string] = match;
    const offset = mark !== undefined ? token.lastIndex - 1 : start + leadingSpace(match[0]);
    const inside = open.at(-1);
    const step = next(mark, string, expected, inside, open.length);
    if (step === undefined) return { offset, message: describe(text, offset, expected) };
    if (step === 'too deep') {
      return {
        offset,
        message: `found more than ${deepestJson} arrays and objects inside each other; that is the limit`,
      };
    }
    if (step === 'colon' && inside) {
      const key = JSON.parse(string as string) as string;
      if (inside.has(key)) return { offset, message: `found the key ${quote(key)} twice in one object; remove one` };
      inside.add(key);
    }
    if (mark === '{') open.push(new Set());
    else if (mark === '[') open.push(null);
    else if (mark === '}' || mark === ']') open.pop();
    expected = step === 'closed' ? (open.length === 0 ? 'end' : 'comma') : step;
  }
}

// What is expected after a token; `closed` when a value is complete, undefined when the token may not stand here.
function next(
  mark: string | undefined,
  string: string | undefined,
  expected: Expected,
  inside: Set<string> | null | undefined,
  depth: number,
): Expected | 'closed' | 'too deep' | undefined {
  const wantsValue = expected === 'value' || expected === 'first item';
  switch (mark) {
    case '{':
    case '[':
      if (!wantsValue) return undefined;
      if (depth === deepestJson) return 'too deep';
      return mark === '{' ? 'first key' : 'first item';
    case '}':
      return inside && (expected === 'comma' || expected === 'first key') ? 'closed' : undefined;
    case ']':
      return inside === null && (expected === 'comma' || expected === 'first item') ? 'closed' : undefined;
    case ',':
      return expected === 'comma' ? (inside ? 'key' : 'value') : undefined;
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    default:
      if (string !== undefined && (expected === 'key' || expected === 'first key')) return 'colon';
      return wantsValue ? 'closed' : undefined;
  }
}

const leadingSpace = (matched: string): number => {
  let spaces = 0;
  while (' \t\n\r'.includes(matched[spaces] as string)) spaces++;
  return spaces;
};

function describe(text: string, offset: number, expected: Expected): string {
  const allowed = `allowed is ${inWords[expected]}`;
  if (offset >= text.length) return `found the end of the file; ${allowed}. The file may have been cut short`;
  token.lastIndex = offset;
  const string = token.exec(text)?.[2];
  if (string !== undefined) return `found ${quote(JSON.parse(string) as string)}; ${allowed}`;
  const character = String.fromCodePoint(text.codePointAt(offset) as number);
  if (character === '"') {
    return 'found a text that is not closed, spans lines or holds an unknown escape; close it, or write \\n, \\" or \\\\';
  }
  const word = /^[\w.+-]+/.exec(text.slice(offset, offset + 40));
  return `found ${quote(word?.[0] ?? character)}; ${allowed}`;
}
