import { alternatives, quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import type { JsonSchema } from '../../document/shape.ts';
import { parseTimePoint, timePointForms } from '../../log/time-point.ts';
import { Refusal } from './problem.ts';

/** A parameter of a query: what it means, and how its text is read. */
export interface Parameter<T = unknown> {
  readonly description: string;
  readonly schema: JsonSchema;
  /**
   * Its value; `given` is undefined when it is left out, `now` is the time of the request in milliseconds since 1970.
   * @throws Refusal 400 with what was found and what is allowed
   */
  read(given: string | undefined, name: string, now: number): T;
}

/** The parameters that a route takes, by name. */
export interface Query {
  readonly [name: string]: Parameter;
}

export type ValuesOf<Q extends Query> = { readonly [K in keyof Q]: Q[K] extends Parameter<infer T> ? T : never };

/**
 * The parameters of a request's query, read. Each may be given once.
 * @throws Refusal 400 for a parameter that is not declared, that is given twice, or whose text is not allowed
 */
export function readQuery<Q extends Query>(url: string, declared: Q): ValuesOf<Q> {
  const given = new Map<string, string>();
  const names = Object.keys(declared);
  const at = url.indexOf('?');
  for (const [name, value] of new URLSearchParams(at === -1 ? '' : url.slice(at + 1))) {
    if (!names.includes(name)) {
      const allowed = names.length === 0 ? 'There are none here.' : `Allowed are ${alternatives(names)}.`;
      throw refusal(name, `There is no query parameter ${quote(name)}.${didYouMean(name, names) || ` ${allowed}`}`);
    }
    if (given.has(name)) throw refusal(name, `The query parameter ${quote(name)} is given twice; give it once.`);
    given.set(name, value);
  }
  const now = Date.now();
  const values = Object.entries(declared).map(([name, parameter]) => [
    name,
    parameter.read(given.get(name), name, now),
  ]);
  return Object.fromEntries(values) as ValuesOf<Q>;
}

const refusal = (name: string, detail: string): Refusal => new Refusal(400, detail, { field: name });

const mustBe = (name: string, allowed: string, given: string): Refusal =>
  refusal(name, `The query parameter ${quote(name)} must be ${allowed}, found ${quote(given)}.`);

/** Any text; undefined when it is left out. */
export const textParameter = (description: string): Parameter<string | undefined> => ({
  description,
  schema: { type: 'string' },
  read: (given) => given,
});

/** One of some words; `otherwise` stands for none. */
export const wordParameter = <const T extends string>(
  description: string,
  words: readonly T[],
  otherwise: NoInfer<T>,
): Parameter<T> => ({
  description,
  schema: { type: 'string', enum: words, default: otherwise },
  read(given, name) {
    if (given === undefined) return otherwise;
    const word = words.find((candidate) => candidate === given);
    if (word === undefined) throw mustBe(name, alternatives(words), given);
    return word;
  },
});

/** `true` or `false`; false for none. */
export const flagParameter = (description: string): Parameter<boolean> => ({
  description,
  schema: { type: 'boolean', default: false },
  read(given, name) {
    if (given !== undefined && given !== 'true' && given !== 'false') throw mustBe(name, 'true or false', given);
    return given === 'true';
  },
});

/** A whole number within bounds; `otherwise` stands for none. */
export const wholeParameter = (
  description: string,
  least: number,
  most: number,
  otherwise: number,
): Parameter<number> => ({
  description,
  schema: { type: 'integer', minimum: least, maximum: most, default: otherwise },
  read(given, name) {
    if (given === undefined) return otherwise;
    const value = /^-?\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= least && value <= most)) throw mustBe(name, `a whole number from ${least} to ${most}`, given);
    return value;
  },
});

/**
 * A time in milliseconds since 1970: RFC 3339, a date, or a duration back from now such as 15m, 2h or 7d; undefined for none. A date
 * is its first millisecond, and as `to` its last.
 */
export const timeParameter = (description: string): Parameter<number | undefined> => ({
  description,
  schema: {
    type: 'string',
    description: 'A time as in RFC 3339, a date in UTC, or a duration back such as 15m, 2h or 7d.',
  },
  read(given, name, now) {
    if (given === undefined) return undefined;
    // A plus sign that was not encoded arrives as a space.
    const time = parseTimePoint(given.replace(/ (?=\d\d:\d\d$)/, '+'), now, name === 'to' ? 'to' : 'from');
    if (time === undefined) throw mustBe(name, timePointForms, given);
    return time;
  },
});
