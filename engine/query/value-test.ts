import { alternatives, quote } from '../document/found.ts';
import { didYouMean } from '../document/nearest.ts';
import { type Field, rankOfLevel } from './fields.ts';
import { type Comparison, QueryFault, type ValueTest } from './query.ts';

/** The value of a field as it was written. */
export interface WrittenValue {
  readonly how: Comparison | null;
  readonly text: string;
  /** In quotes: a star in it is a star. */
  readonly isQuoted: boolean;
  /** Column of the text. */
  readonly column: number;
}

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const rfc3339 = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/** A text as a number; NaN when it is not wholly one. */
export const numberOf = (text: string): number => (decimal.test(text) ? Number(text) : Number.NaN);

/** A time as in RFC 3339, or a date, which is its begin in UTC, in milliseconds since 1970; NaN for anything else. */
export const timeOfText = (text: string): number =>
  rfc3339.test(text) && isDay(text.slice(0, 'yyyy-mm-dd'.length))
    ? Date.parse(text.replace(' ', 'T').toUpperCase())
    : Number.NaN;

/** Days that a month does not have would be taken for some of the next. */
function isDay(date: string): boolean {
  const begin = Date.parse(date);
  return !Number.isNaN(begin) && new Date(begin).toISOString().startsWith(date);
}

/** Seconds or milliseconds since 1970, told apart by their size. */
const unixTime = (text: string): number => {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return number < 1e11 ? number * 1000 : number;
};

/**
 * What a value of the field must be.
 * @param hasPath it is about something inside the field's value
 * @throws QueryFault
 */
export function valueTest(name: string, field: Field, written: WrittenValue, hasPath: boolean): ValueTest {
  if (written.how !== null) return comparison(name, field, written, hasPath);
  const { text, isQuoted, column } = written;
  const lower = text.toLowerCase();
  if (!isQuoted && lower.includes('*')) {
    return /^\*+$/.test(lower) ? { is: 'present' } : { is: 'like', parts: lower.split('*') };
  }
  const number = numberOf(text);
  if (field.values && !field.values.includes(lower)) throw notOneOf(name, field.values, text, column);
  if (field.form === 'address') return { is: 'within', address: lower };
  if (field.form === 'time') return timeEqual(name, text, column);
  if (field.form === 'status' && /^[1-5]xx$/.test(lower)) return { is: 'class', hundreds: Number(lower[0]) };
  if ((field.form === 'number' || field.form === 'status') && Number.isNaN(number)) {
    const also = field.form === 'status' ? ', or a class such as 5xx' : '';
    throw new QueryFault(column, `${name} must be a number${also}, found ${quote(text)}.`);
  }
  const isPart = field.form === 'text' || (field.form === 'data' && !hasPath);
  return { is: isPart ? 'containing' : 'equal', text: lower, number };
}

const notOneOf = (name: string, values: readonly string[], text: string, column: number): QueryFault =>
  new QueryFault(column, `${name} must be ${alternatives(values)}, found ${quote(text)}.${didYouMean(text, values)}`);

/** Times are stored in UTC with milliseconds, however they are asked for; a date is all of its day. */
function timeEqual(name: string, text: string, column: number): ValueTest {
  const time = timeOfText(text);
  if (Number.isNaN(time)) throw new QueryFault(column, `${name} must be ${time3339}, found ${quote(text)}.`);
  if (text.length === 'yyyy-mm-dd'.length) return { is: 'like', parts: [text, ''] };
  return { is: 'equal', text: new Date(time).toISOString().toLowerCase(), number: time };
}

const time3339 = 'a time as in RFC 3339, such as 2026-11-21T12:00:00Z, or a date';
const ordered = ['number', 'status', 'time', 'level', 'data'];

function comparison(name: string, field: Field, { how, text, column }: WrittenValue, hasPath: boolean): ValueTest {
  const compared = (by: 'number' | 'time' | 'level', than: number): ValueTest => ({
    is: 'compared',
    how: how as Comparison,
    by,
    than,
  });
  if (!ordered.includes(field.form) || (field.form === 'data' && !hasPath && name !== 'value')) {
    const remedy = field.form === 'data' ? `Name what is in it, such as ${name}.count:>10` : 'Leave out the sign';
    throw new QueryFault(column, `${name} cannot be compared with ${how}. ${remedy}.`);
  }
  if (field.form === 'level') {
    const rank = rankOfLevel(text);
    if (rank < 0) throw notOneOf(name, field.values ?? [], text, column);
    return compared('level', rank);
  }
  const number = numberOf(text);
  if (field.form !== 'time' && !Number.isNaN(number)) return compared('number', number);
  const time = timeOfText(text);
  const stamp = Number.isNaN(time) && field.form === 'time' ? unixTime(text) : time;
  if ((field.form === 'time' || field.form === 'data') && !Number.isNaN(stamp)) return compared('time', stamp);
  const allowed = field.form === 'time' ? time3339 : field.form === 'data' ? `a number or ${time3339}` : 'a number';
  throw new QueryFault(column, `${name} can be compared with ${allowed}, found ${quote(text)}.`);
}
