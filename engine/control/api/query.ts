import { alternatives, quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import { Refusal } from './problem.ts';

/**
 * The parameters of a request's query, each at most once.
 * @throws Refusal 400 for a parameter that is not declared, or that is given twice
 */
export function readQuery(url: string, declared: readonly string[]): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  const at = url.indexOf('?');
  if (at === -1) return query;
  for (const [name, value] of new URLSearchParams(url.slice(at + 1))) {
    if (!declared.includes(name)) {
      const allowed = declared.length === 0 ? 'There are none here.' : `Allowed are ${alternatives(declared)}.`;
      throw new Refusal(
        400,
        `There is no query parameter ${quote(name)}.${didYouMean(name, declared) || ` ${allowed}`}`,
        { field: name },
      );
    }
    if (query.has(name))
      throw new Refusal(400, `The query parameter ${quote(name)} is given twice; give it once.`, { field: name });
    query.set(name, value);
  }
  return query;
}

/**
 * A parameter that is one of some words.
 * @throws Refusal 400 with what was found and what is allowed
 */
export function oneOf<const T extends string>(
  query: ReadonlyMap<string, string>,
  name: string,
  words: readonly T[],
  otherwise: T,
): T {
  const given = query.get(name);
  if (given === undefined) return otherwise;
  const word = words.find((candidate) => candidate === given);
  if (word !== undefined) return word;
  throw new Refusal(400, `The query parameter ${quote(name)} must be ${alternatives(words)}, found ${quote(given)}.`, {
    field: name,
  });
}

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * A parameter that is a time: RFC 3339, or a duration back from `now` such as 15m, 2h or 7d. Milliseconds since 1970;
 * undefined when it is not given.
 * @throws Refusal 400 with what was found and what is allowed
 */
export function timeOf(query: ReadonlyMap<string, string>, name: string, now: number): number | undefined {
  const given = query.get(name);
  if (given === undefined) return undefined;
  const back = /^(\d{1,9})([smhd])$/.exec(given);
  if (back) return now - Number(back[1]) * units[back[2] as keyof typeof units];
  // A plus sign that was not encoded arrives as a space.
  const text = given.replace(/ (?=\d\d:\d\d$)/, '+');
  const time = rfc3339.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new Refusal(
    400,
    `The query parameter ${quote(name)} must be a time as in RFC 3339, such as 2026-11-21T12:00:00Z, or a duration back such as 15m, 2h or 7d, found ${quote(given)}.`,
    { field: name },
  );
}
