import type { Expression } from 'jsonata';
import { jsonata } from './library.ts';
import { expressionLimits as limits, sizeLimit } from './limits.ts';

/** A built-in function as the library keeps it: bound as a value, called with `this` of the evaluation. */
interface BuiltIn {
  implementation(this: unknown, ...args: unknown[]): unknown;
}
type Check = (args: readonly unknown[]) => string | undefined;

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);
const shortPicture =
  (position: number): Check =>
  (args) =>
    lengthOf(args[position]) > limits.picture
      ? `a picture may have ${limits.picture} characters, this one has ${lengthOf(args[position])}`
      : undefined;

// Time is only looked at between steps of an evaluation, so what one step may do is bounded here.
const checks: Record<string, Check> = {
  pad: ([text, width, filler]) => {
    const size = Math.abs(Number(width)) * Math.max(1, lengthOf(filler)) + lengthOf(text);
    return size > limits.size
      ? `the result would have ${size} characters; at most ${limits.size} are allowed`
      : undefined;
  },
  join: ([texts, separator]) => {
    if (!Array.isArray(texts)) return undefined;
    const size = texts.reduce((sum: number, text) => sum + lengthOf(text), lengthOf(separator) * texts.length);
    return size > limits.size
      ? `the result would have ${size} characters; at most ${limits.size} are allowed`
      : undefined;
  },
  formatNumber: shortPicture(1),
  formatInteger: shortPicture(1),
  parseInteger: shortPicture(1),
  fromMillis: shortPicture(1),
  toMillis: (args) => shortPicture(0)(args) ?? shortPicture(1)(args),
  replace: ([text]) => tooLong([text]),
  split: ([text]) => tooLong([text]),
  eval: ([text]) =>
    lengthOf(text) > limits.patternLength ? `an expression may have ${limits.patternLength} characters` : undefined,
};
const tooLong: Check = ([text]) =>
  lengthOf(text) > limits.size
    ? `a text may have ${limits.size} characters, this one has ${lengthOf(text)}`
    : undefined;

const names = Object.keys(checks);
let originals: Record<string, BuiltIn> | null = null;

/** The library gives its built-in functions only as results of an evaluation, so this has to be awaited once. */
export const loadBuiltIns = async (): Promise<void> => {
  const members = names.map((name) => `"${name}": $${name}`).join(', ');
  originals = (await jsonata()(`{${members}}`).evaluate({})) as Record<string, BuiltIn>;
};
export const builtInsLoaded = (): boolean => originals !== null;

/** Puts bounds on the built-in functions of an expression whose single call could take any time or memory. */
export function guard(expression: Expression): void {
  for (const name of names) {
    const { implementation: original, ...shape } = (originals as Record<string, BuiltIn>)[name] as BuiltIn;
    const check = checks[name] as Check;
    const implementation = function (this: unknown, ...args: unknown[]): unknown {
      const refusal = check(args);
      if (refusal !== undefined) throw { code: sizeLimit, message: `$${name}: ${refusal}` };
      return original.apply(this, args);
    };
    expression.assign(name, { ...shape, implementation });
  }
}
