import { ActionFailure, boolean, defineAction, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { matchesOfSlice, openPattern, type Pattern } from '../support/pattern.ts';
import { inSlices } from '../support/slices.ts';
import { aboutPatterns, modifiers, patternInvalid, regexFields } from './regex-fields.ts';

type Piece = string | number;

// They are gone through for every match.
const mostPieces = 2_000;

const reference = /\\(?:(\d+)|g\{(\d+|[A-Za-z_]\w*)\}|\\)/g;

/** A replacement as texts and numbers of groups. */
const piecesOf = (replacement: string, pattern: Pattern): Piece[] => {
  const groups = new Map(pattern.names);
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of replacement.matchAll(reference)) {
    const [piece, digits, name = digits] = found;
    pieces.push(replacement.slice(done, found.index));
    if (name === undefined) pieces.push('\\');
    else pieces.push(groups.get(name) ?? Number(name));
    done = found.index + piece.length;
  }
  pieces.push(replacement.slice(done));
  if (pieces.length > mostPieces) {
    throw new ActionFailure(
      'input-invalid',
      `\`replacement\` has ${(pieces.length - 1) / 2} references, and at most ${mostPieces / 2} are allowed; write fewer`,
    );
  }
  return pieces.filter((piece) => piece !== '' && !(typeof piece === 'number' && !(piece <= pattern.groups)));
};

function* replace(pattern: Pattern, text: string, pieces: readonly Piece[], global: boolean): Generator<void, string> {
  const next = pattern.search(text, 'string');
  let replaced = '';
  let done = 0;
  let work = 0;
  for (let match = next(); match !== undefined; match = next()) {
    replaced += text.slice(done, match.start);
    for (const piece of pieces) {
      replaced += typeof piece === 'string' ? piece : (match.group(piece) ?? '');
      checkTotal(replaced.length, 'string', 'characters');
    }
    done = match.end;
    if (!global) break;
    work += 1 + pieces.length / 8;
    if (work > matchesOfSlice) {
      work = 0;
      yield;
    }
  }
  checkTotal(replaced.length + text.length - done, 'string', 'characters');
  return done === 0 && replaced === '' ? text : replaced + text.slice(done);
}

export default defineAction({
  id: 'string/regex-replace',
  title: 'Regex replace',
  summary: 'Replaces what a regular expression matches.',
  keywords: ['gsub', 'pattern', 'regexp', 'sub'],
  documentation: `
In the replacement, \`\\1\` or \`\\g{1}\` is what the first group matched, \`\\g{name}\` that of a named one, \`\\0\` the whole
match and \`\\\\\` a backslash, as in Elixir's \`Regex.replace\`; \`$1\` means nothing. A group that took no part or does not
exist is empty. Matches go from left to right and do not overlap. With \`global\` set to false only the first is replaced. The
replacement may have 1,000 references, and the result 10,000,000 characters.
${aboutPatterns}`,
  fields: {
    ...regexFields,
    replacement: string({ label: 'Replacement', help: '\\1 stands for the first group, \\0 for the match.' }),
    modifiers,
    global: optional(boolean({ label: 'Global', help: 'Replace every match, not only the first.' }), true),
  },
  output: { type: 'string' },
  failures: patternInvalid,
  examples: [
    { given: { string: 'a  b   c', regex: ' +', replacement: ' ' }, gives: 'a b c' },
    { given: { string: '2026-11-21', regex: '(\\d+)-(\\d+)-(\\d+)', replacement: '\\3.\\2.\\1' }, gives: '21.11.2026' },
    { given: { string: 'abc', regex: '(?<letter>b)', replacement: '[\\g{letter}]$1\\\\' }, gives: 'a[b]$1\\c' },
    { given: { string: 'abcadc', regex: 'a', replacement: 'A', global: false }, gives: 'Abcadc' },
    { given: { string: 'abc', regex: 'x', replacement: 'y' }, gives: 'abc' },
    { given: { string: 'abc', regex: '*', replacement: '' }, fails: 'pattern-invalid' },
    { given: { string: 'abc', regex: 'a', replacement: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, regex, replacement, modifiers, global }, context) => {
    const pattern = openPattern(regex, modifiers);
    const pieces = piecesOf(replacement, pattern);
    return inSlices(replace(pattern, string, pieces, global), () => context.signal);
  },
});
