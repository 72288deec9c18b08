import type * as Levenshtein from 'fastest-levenshtein';
import { ActionFailure, defineAction, oneOf, optional, string } from '../kit/index.ts';
import { toGraphemes } from '../support/graphemes.ts';
import { library } from '../support/library.ts';
import { jaro, sharedPrefix } from './jaro.ts';

const levenshtein = library<typeof Levenshtein>('fastest-levenshtein');

// The time is the product of both lengths.
const longest = 5_000;

const read = (text: string, field: string): string[] => {
  if (text.length <= longest) return toGraphemes(text, field);
  throw new ActionFailure(
    'input-invalid',
    `\`${field}\` has ${text.length} characters, allowed are ${longest}; compare parts of it`,
  );
};

/** A unit for each character, the same for equal ones. */
const numbered = (characters: string[], units: Map<string, string>): string => {
  let text = '';
  for (const character of characters) {
    const unit = units.get(character) ?? String.fromCharCode(units.size);
    units.set(character, unit);
    text += unit;
  }
  return text;
};

export default defineAction({
  id: 'string/similarity',
  title: 'Similarity',
  summary: 'Tells how similar two texts are, from 0 for nothing in common to 1 for the same.',
  keywords: ['distance', 'fuzzy', 'jaro', 'levenshtein'],
  documentation: `
\`jaro\` looks for equal characters at nearby places and suits names and other short texts; it gives what Elixir's
\`String.jaro_distance\` does. \`jaro-winkler\` is the same with a bonus for up to 4 equal characters at the beginning, a tenth of
what is missing for each. \`levenshtein\` is one minus the number of insertions, deletions and replacements that make one text of
the other, divided by the length of the longer. Characters are what people see (grapheme clusters), and upper and lower case
differ. Two empty texts are the same. Each may have 5,000.`,
  fields: {
    string: string({ label: 'Text' }),
    other: string({ label: 'Other', help: 'The text to compare with.' }),
    method: optional(oneOf(['jaro', 'jaro-winkler', 'levenshtein'], { label: 'Method' }), 'jaro'),
  },
  output: { type: 'number', minimum: 0, maximum: 1 },
  examples: [
    { given: { string: 'Dwayne', other: 'Duane' }, gives: 0.8222222222222223 },
    { given: { string: 'even', other: 'odd' }, gives: 0 },
    { given: { string: 'kitten', other: 'sitten', method: 'levenshtein' }, gives: 0.8333333333333334 },
    { given: { string: 'same', other: 'same', method: 'jaro-winkler' }, gives: 1 },
    { given: { string: 'a', other: 'b', method: 'cosine' }, fails: 'input-invalid' },
  ],
  run: ({ string, other, method }) => {
    const left = read(string, 'string');
    const right = read(other, 'other');
    if (string === other) return 1;
    if (method === 'levenshtein') {
      const units = new Map<string, string>();
      const distance = levenshtein().distance(numbered(left, units), numbered(right, units));
      return 1 - distance / Math.max(left.length, right.length);
    }
    const similarity = jaro(left, right);
    if (method === 'jaro') return similarity;
    return similarity + (sharedPrefix(left, right, 4) / 10) * (1 - similarity);
  },
});
