import { alternatives, quote } from '../../document/found.ts';
import { QueryFault } from '../../query/query.ts';
import { createRecordFilter } from '../../query/record-filter.ts';
import { Refusal } from './problem.ts';
import { type Parameter, textParameter, timeParameter, type ValuesOf, wordParameter } from './query.ts';

/** One of some words, or undefined. */
export const optionalWord = <const T extends string>(
  description: string,
  words: readonly T[],
): Parameter<T | undefined> => {
  const asked = wordParameter(description, words, words[0] as T);
  return {
    description,
    schema: { type: 'string', enum: words },
    read: (given, name, now) => (given === undefined ? undefined : asked.read(given, name, now)),
  };
};

const kinds = ['server', 'service', 'client'];
const addressForm = new RegExp(`^(${kinds.join('|')})(/[\\w.-]{1,64}){0,3}$`);

const addressParameter = (description: string): Parameter<string | undefined> => ({
  description,
  schema: { type: 'string', examples: ['server/hello/get-hello'] },
  read(given, name) {
    if (given === undefined || addressForm.test(given)) return given;
    throw new Refusal(
      400,
      `The query parameter "${name}" must be an address, which begins with ${alternatives(kinds)}, such as server/hello; found ${quote(given)}.`,
      { field: name },
    );
  },
});

export const queryParameter = textParameter(
  'Words that must all occur, "phrases", -not, field:value, field:>10, field:a*, OR, parentheses.',
);
export const levelParameter = optionalWord('The lowest level.', ['debug', 'info', 'warning', 'error']);

/** Which records are asked for, of those that are and those that come. */
export const streamQuery = {
  q: queryParameter,
  level: levelParameter,
  from: timeParameter('The earliest time.'),
  node: addressParameter('An address: this node and all below it.'),
  run: textParameter('Id of a run.'),
  kind: optionalWord('One kind of records.', ['application', 'usage', 'system', 'security', 'audit', 'performance']),
  file: optionalWord('What goes to user.log, or what goes to usage.log.', ['user', 'usage']),
} as const;

/** Which records are asked for, of those that are there. */
export const recordQuery = { ...streamQuery, to: timeParameter('The latest time.') } as const;

/** @throws Refusal 400 that names the place in the query */
export const recordFilter = (
  asked: ValuesOf<typeof streamQuery> & { to?: number | undefined },
): ((line: string) => boolean) => {
  checkRange(asked);
  return withoutQueryFault(() => createRecordFilter(asked));
};

/** Turns what is wrong with a query into a refusal. */
export function withoutQueryFault<T>(make: () => T): T {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof QueryFault)
      throw new Refusal(400, `q, column ${thrown.column}: ${thrown.reason}`, { field: 'q' });
    throw thrown;
  }
}

export function checkRange({ from, to }: { from?: number | undefined; to?: number | undefined }): void {
  if (from === undefined || to === undefined || from <= to) return;
  const [first, last] = [from, to].map((time) => new Date(time).toISOString());
  throw new Refusal(400, `"from" (${first}) is later than "to" (${last}); swap them.`, { field: 'from' });
}
