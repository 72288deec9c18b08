import { optional, string } from '../kit/index.ts';

/** The fields that all regex actions have. */
export const regexFields = {
  string: string({ label: 'Text' }),
  regex: string({ label: 'Regular expression', help: 'In the syntax of RE2, without slashes around it.' }),
};

export const modifiers = optional(
  string({
    label: 'Modifiers',
    help: 'Letters: i ignores case, m lets ^ and $ match at line breaks, s lets . match line breaks, U makes * and + lazy.',
  }),
  '',
);

export const patternInvalid = {
  'pattern-invalid':
    'The regular expression has a fault, is too large, or has what RE2 does not: look-around and back-references.',
};

/** What the documentation of each says about patterns. */
export const aboutPatterns = `
Patterns have the syntax of RE2 (https://github.com/google/re2/wiki/Syntax) and take time in proportion to the text: there is no
look-around and no back-reference. \`\\d\`, \`\\w\`, \`\\s\` and \`\\b\` know ASCII only; \`\\pL\` is any letter. A pattern may
have 2,000 characters; one that takes too long for a text fails.`;
