import { boolean, defineAction, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { toGraphemes } from '../support/graphemes.ts';
import { countOccurrences, longestNative, openSearch } from './search.ts';

const replaceFirst = (text: string, pattern: string, replacement: string): string => {
  const at = pattern === '' ? 0 : openSearch(text, pattern)(0);
  return at < 0 ? text : text.slice(0, at) + replacement + text.slice(at + pattern.length);
};

/** Where the runtime's search may take too long. */
const splitAtEach = (text: string, pattern: string): string[] => {
  const find = openSearch(text, pattern);
  const pieces: string[] = [];
  let from = 0;
  for (let at = find(0); at >= 0; at = find(from)) {
    pieces.push(text.slice(from, at));
    from = at + pattern.length;
  }
  pieces.push(text.slice(from));
  return pieces;
};

export default defineAction({
  id: 'string/replace',
  title: 'Replace',
  summary: 'Replaces a piece of text by another wherever it occurs.',
  documentation: `
Both texts are taken literally: for patterns use \`string/regex-replace\`. Occurrences are found from left to right and do not
overlap; what was put in is not searched again. An empty pattern occurs before each character and at the end. With \`global\` set
to false only the first occurrence is replaced. The result may have 10,000,000 characters.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to look for.' }),
    replacement: string({ label: 'Replacement' }),
    global: optional(boolean({ label: 'Global', help: 'Replace every occurrence, not only the first.' }), true),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'a,b,c', pattern: ',', replacement: '-' }, gives: 'a-b-c' },
    { given: { string: 'a,b,c', pattern: ',', replacement: '', global: false }, gives: 'ab,c' },
    { given: { string: 'price: 1$', pattern: '1$', replacement: '$&' }, gives: 'price: $&' },
    { given: { string: 'aaa', pattern: 'aa', replacement: 'b' }, gives: 'ba' },
    { given: { string: 'abc', pattern: '', replacement: '.' }, gives: '.a.b.c.' },
    { given: { string: 'a1', pattern: 1, replacement: '2' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern, replacement, global }) => {
    if (!global) {
      checkTotal(string.length + replacement.length, 'replacement', 'characters');
      return replaceFirst(string, pattern, replacement);
    }
    const characters = pattern === '' ? toGraphemes(string, 'string') : undefined;
    const count = characters ? characters.length + 1 : countOccurrences(string, pattern);
    if (count === 0) return string;
    checkTotal(string.length + count * (replacement.length - pattern.length), 'string', 'characters');
    if (characters) return replacement + characters.map((character) => character + replacement).join('');
    // Replacing by the runtime takes several times as long.
    const pieces = pattern.length <= longestNative ? string.split(pattern) : splitAtEach(string, pattern);
    return pieces.join(replacement);
  },
});
