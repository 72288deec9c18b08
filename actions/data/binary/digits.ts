import { ActionFailure, boolean, bytes, oneOf, optional, string } from '../../kit/index.ts';

export const dataField = bytes({ label: 'Data', help: 'Binary data, or a text, which stands for its UTF-8 bytes.' });
export const textField = string({ label: 'Text', help: 'Spaces, tabs and line breaks in it do not matter.' });
export const caseField = optional(oneOf(['upper', 'lower'], { label: 'Letters' }), 'upper');
export const paddingField = optional(
  boolean({ label: 'Padding', help: 'Whether = fills the last group of characters.' }),
  true,
);

/** How a text stands for bytes: the characters that do not belong, and the group that whole bytes fill. */
export interface Notation {
  readonly name: string;
  readonly foreign: RegExp;
  /** Characters of a group, and which lengths its last one may have. */
  readonly group: number;
  readonly rests: readonly number[];
}

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`string\` ${problem}`);
};

/** The digits alone, without white space and padding. Throws data-invalid for what the notation does not allow. */
export const readDigits = (text: string, { name, foreign, group, rests }: Notation): string => {
  const compact = text.replace(/[ \t\r\n]/g, '');
  let end = compact.length;
  while (end > 0 && compact[end - 1] === '=') end -= 1;
  const digits = compact.slice(0, end);
  const padding = compact.length - end;
  const found = foreign.exec(digits);
  if (found) {
    const character = String.fromCodePoint(digits.codePointAt(found.index) as number);
    fail(`has ${JSON.stringify(character)} where only characters of ${name} are allowed`);
  }
  if (padding > 0 && (padding >= group || compact.length % group !== 0)) {
    fail(`has ${digits.length} characters of ${name} and ${padding} of padding, which do not make groups of ${group}`);
  }
  if (!rests.includes(digits.length % group)) {
    fail(`has ${digits.length} characters of ${name}, which do not make whole bytes; something of it is missing`);
  }
  return digits;
};
