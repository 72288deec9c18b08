import { ActionFailure, describeValue, type Field, string } from '../kit/index.ts';

/**
 * A moment on the UTC clock, to the microsecond: what luxon and Date hold to the millisecond only. `digits` is how many
 * digits of a second it was written with, 0 to 6, and what is made of it is written with as many.
 */
export interface Moment {
  /** Whole seconds since 1970; leap seconds do not count. */
  readonly seconds: number;
  /** 0 to 999,999. */
  readonly micros: number;
  readonly digits: number;
}

export const daySeconds = 86_400;
/** 0000-01-01T00:00:00Z to 9999-12-31T23:59:59Z. */
const firstSecond = -62_167_219_200;
const lastSecond = 253_402_300_799;

/** A field that takes an ISO 8601 text, or a date as some documents hold it. */
export const moment = (options: { label: string; help?: string }): Field<string | Date> & { optional: false } => ({
  ...(string({
    help: 'ISO 8601, such as 2026-11-21T12:00:00Z; without an offset it is UTC.',
    ...options,
  }) as Field<never> & {
    optional: false;
  }),
  schema: { type: 'string', format: 'date-time' },
  check: (value) =>
    typeof value === 'string' || value instanceof Date ? undefined : 'an ISO 8601 text such as 2026-11-21T12:00:00Z',
});

const refuse = (value: string, field: string, problem: string): never => {
  throw new ActionFailure('data-invalid', `\`${field}\` ${problem}, found ${describeValue(value)}`);
};

const dateForm = /^(\d{4})-(\d\d)-(\d\d)/;
const timeForm = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,40}))?)?/;
const offsetForm = /^(?:[Zz]|([+-])(\d\d)(?::?(\d\d)(?::(\d\d))?)?)$/;

/** Days since 1970 of a date of the proleptic Gregorian calendar, or undefined when there is no such day. */
const dayOf = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 1000 / daySeconds : undefined;
};

interface Clock {
  seconds: number;
  micros: number;
  digits: number;
  length: number;
}

const readClock = (text: string): Clock | undefined => {
  const match = timeForm.exec(text);
  if (match === null) return undefined;
  const [whole, hour, minute, second = '0', fraction = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return {
    seconds: Number(hour) * 3600 + Number(minute) * 60 + Number(second),
    micros: Number(fraction.slice(0, 6).padEnd(6, '0')),
    digits: Math.min(fraction.length, 6),
    length: whole.length,
  };
};

const allowed = 'must be a date and time as ISO 8601 has it, such as 2026-11-21T12:00:00Z';

/** What is written, before an offset is taken into account. */
export interface Written extends Moment {
  /** Seconds east of UTC; undefined when the text names none. */
  readonly offset: number | undefined;
}

/** A date, a date with a time, or, with `today`, a time alone on that day. */
export const readWritten = (value: string | Date, field: string, timeAlone = false): Written => {
  if (value instanceof Date) {
    const ms = value.getTime();
    if (!Number.isFinite(ms)) return refuse('', field, 'is a date that does not exist');
    return { ...momentOf(ms), offset: 0 };
  }
  const text = value.trim();
  const date = dateForm.exec(text);
  const day = date === null ? undefined : dayOf(Number(date[1]), Number(date[2]), Number(date[3]));
  if (date !== null && day === undefined) return refuse(value, field, 'names a day that does not exist');
  if (day === undefined && !timeAlone) return refuse(value, field, allowed);
  const rest = date === null ? text.replace(/^T/i, '') : text.slice(date[0].length);
  if (day !== undefined && rest === '') {
    return { seconds: day * daySeconds, micros: 0, digits: 0, offset: undefined };
  }
  if (day !== undefined && !/^[Tt ]/.test(rest)) return refuse(value, field, allowed);
  const time = day === undefined ? rest : rest.slice(1);
  const clock = readClock(time);
  if (clock === undefined) return refuse(value, field, allowed);
  const zone = time.slice(clock.length);
  const offset = offsetForm.exec(zone);
  if (zone !== '' && offset === null) return refuse(value, field, allowed);
  const [, sign, hours = '0', minutes = '0', odd = '0'] = offset ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(odd) > 59) return refuse(value, field, allowed);
  const east = (Number(hours) * 60 + Number(minutes)) * 60 + Number(odd);
  return {
    seconds: (day ?? 0) * daySeconds + clock.seconds,
    micros: clock.micros,
    digits: clock.digits,
    offset: zone === '' ? undefined : sign === '-' ? -east : east,
  };
};

/** The moment that a text names; without an offset it is UTC. Throws data-invalid. */
export const readMoment = (value: string | Date, field: string): Moment => {
  const { seconds, micros, digits, offset = 0 } = readWritten(value, field);
  return checkYears({ seconds: seconds - offset, micros, digits }, field);
};

/** Seconds and microseconds since midnight UTC, of a moment or of a time alone. */
export const readTime = (value: string | Date, field: string): Moment => {
  const { seconds, offset = 0, ...rest } = readWritten(value, field, true);
  return { ...rest, seconds: modulo(seconds - offset, daySeconds) };
};

export const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: number): number => modulo(day + 3, 7) + 1;

export const dayNumber = ({ seconds }: Moment): number => Math.floor(seconds / daySeconds);

/** What cannot be written with four digits of a year is refused. */
export const checkYears = (moment: Moment, field: string): Moment => {
  if (moment.seconds >= firstSecond && moment.seconds <= lastSecond) return moment;
  throw new ActionFailure(
    'out-of-range',
    `\`${field}\` leads to a time outside of the years 0000 to 9999 in UTC, which is all that can be written; choose another one`,
  );
};

/** From milliseconds since 1970, which may have a fraction. */
export const momentOf = (ms: number, digits = 3): Moment => {
  const seconds = Math.floor(ms / 1000);
  return { seconds, micros: Math.floor(ms * 1000 - seconds * 1_000_000), digits };
};

/** In UTC: `2026-11-21T12:00:00.123Z`. */
export const writeMoment = (moment: Moment): string => `${writeDate(moment)}T${writeTime(moment)}Z`;

export const writeDate = ({ seconds }: Moment): string => {
  const date = new Date(Math.floor(seconds / daySeconds) * daySeconds * 1000);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
};

export const writeTime = ({ seconds, micros, digits }: Moment): string => {
  const rest = modulo(seconds, daySeconds);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const fraction = digits === 0 ? '' : `.${String(micros).padStart(6, '0').slice(0, digits)}`;
  return `${two(rest / 3600)}:${two((rest / 60) % 60)}:${two(rest % 60)}${fraction}`;
};

export const compareMoments = (a: Moment, b: Moment): number =>
  Math.sign(a.seconds - b.seconds) || Math.sign(a.micros - b.micros);
