import { ActionFailure, defineAction, string } from '../kit/index.ts';

const named: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['d', '\x7f'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['s', ' '],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

const refuse = (at: number, problem: string): never => {
  throw new ActionFailure(
    'data-invalid',
    `\`string\` has an escape at position ${at} that ${problem}; write \\\\ for a backslash, \\uXXXX, \\u{X} or \\xXX for a code`,
  );
};

// Two escapes are one character where they are the halves of a surrogate pair, as in JSON.
const pair = /u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/y;
const code = /u([0-9a-fA-F]{4})|[ux]\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})/y;

interface Read {
  written: string;
  end: number;
}

/** Reads what stands behind the backslash at an index, which begins with u or x. */
const readCode = (text: string, at: number): Read => {
  pair.lastIndex = at + 1;
  const [both, high = '', low = ''] = pair.exec(text) ?? [];
  if (both !== undefined) {
    return { written: String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)), end: pair.lastIndex };
  }
  code.lastIndex = at + 1;
  const found = code.exec(text) ?? refuse(at, 'is incomplete');
  const point = Number.parseInt(found[1] ?? found[2] ?? (found[3] as string), 16);
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
    refuse(at, `stands for U+${point.toString(16).toUpperCase()}, which is no character`);
  }
  return { written: String.fromCodePoint(point), end: at + 1 + found[0].length };
};

const unescapeAll = (text: string): string => {
  const pieces: string[] = [];
  let done = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', done)) {
    const next = text[at + 1] ?? refuse(at, 'is incomplete');
    if (at > done) pieces.push(text.slice(done, at));
    if (next === 'u' || next === 'x') {
      const { written, end } = readCode(text, at);
      pieces.push(written);
      done = end;
    } else {
      pieces.push(named.get(next) ?? next);
      done = at + 2;
    }
  }
  pieces.push(text.slice(done));
  return pieces.join('');
};

export default defineAction({
  id: 'string/unescape',
  title: 'Unescape',
  summary: 'Turns escape sequences into the characters they stand for.',
  documentation: `
| | |
| --- | --- |
| \`\\n\` \`\\r\` \`\\t\` \`\\v\` \`\\f\` \`\\b\` | line feed, carriage return, tab, vertical tab, form feed, backspace |
| \`\\0\` \`\\a\` \`\\d\` \`\\e\` \`\\s\` | U+0000, bell, delete, escape, blank |
| \`\\uXXXX\` \`\\u{X…}\` \`\\xXX\` | the character with that code, in hex; two \`\\u\` of a surrogate pair are one, as in JSON |
| \`\\\` and a line break | nothing |
| \`\\\` and anything else | that character, so that \`\\\\\` is a backslash and \`\\"\` a quote |

These are the escapes of texts in Elixir (\`Macro.unescape_string\`) together with those of JSON, but for \`\\xXX\`, which is a
code point here and not a byte. A code that is no character, half a pair, and a backslash at the end fail.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  failures: { 'data-invalid': 'An escape is incomplete or stands for no character.' },
  examples: [
    { given: { string: 'first\\nsecond' }, gives: 'first\nsecond' },
    { given: { string: '\\u00e9 \\u{1F600} \\ud83d\\ude00 \\x41' }, gives: 'é 😀 😀 A' },
    { given: { string: 'C:\\\\temp \\"quoted\\"' }, gives: 'C:\\temp "quoted"' },
    { given: { string: 'end\\' }, fails: 'data-invalid' },
    { given: { string: '\\ud800' }, fails: 'data-invalid' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => (string.includes('\\') ? unescapeAll(string) : string),
});
