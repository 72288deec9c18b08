import { alternatives, quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import { parseTimePoint, timePointForms } from '../../log/time-point.ts';
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

/**
 * A parameter that is a time: RFC 3339, or a duration back from `now` such as 15m, 2h or 7d. Milliseconds since 1970;
 * undefined when it is not given.
 * @throws Refusal 400 with what was found and what is allowed
 */
export function timeOf(query: ReadonlyMap<string, string>, name: string, now: number): number | undefined {
  const given = query.get(name);
  if (given === undefined) return undefined;
  // A plus sign that was not encoded arrives as a space.
  const time = parseTimePoint(given.replace(/ (?=\d\d:\d\d$)/, '+'), now);
  if (time !== undefined) return time;
  throw new Refusal(400, `The query parameter ${quote(name)} must be ${timePointForms}, found ${quote(given)}.`, {
    field: name,
  });
}
