import type { Query, ValueTest } from './query.ts';

/** Characters that stand in JSON as they are. */
const asWritten = /^[ !#-[\]-~]+$/;
/** A number may be written in several ways, and a text that could be one may be a number. */
const isSafe = (text: string): boolean => asWritten.test(text) && /[a-df-z]/.test(text);

/** Fields whose value stands in the record as it is, and is not made from others. */
const unfit = ['type', 'level', 'time', 'begin'];

/**
 * Texts without which the JSON of a record cannot fit, in lower case: to be looked for before it is parsed. There may be
 * none.
 */
export function literalsOf(query: Query): string[] {
  switch (query.kind) {
    case 'text':
      return isSafe(query.text) ? [query.text] : [];
    case 'and':
      return query.of.flatMap(literalsOf);
    case 'field':
      return unfit.includes(query.field) ? [] : textsOf(query.test).filter(isSafe);
    default:
      return [];
  }
}

function textsOf(test: ValueTest): string[] {
  switch (test.is) {
    case 'equal':
    case 'containing':
      return [test.text];
    case 'within':
      return [test.address];
    case 'like':
      return [...test.parts];
    default:
      return [];
  }
}
