import { ActionFailure, describeValue, either, isPlainObject, object, type Plain, string } from '../kit/index.ts';
import type { Step } from './calendar-math.ts';

export const durationUnits = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type Duration = { readonly [unit in (typeof durationUnits)[number]]: number };

export const durationField = (options: { label: string; help?: string }) =>
  either(string(), object(), {
    help: 'ISO 8601, such as P1Y2M3DT4H5M6S, or an object such as {days: 3, hours: 4}.',
    ...options,
  });

const number = String.raw`([+-]?\d{1,12}(?:[.,]\d{1,9})?)`;
const form = new RegExp(
  `^([+-])?P(?:${number}Y)?(?:${number}M)?(?:${number}W)?(?:${number}D)?(?:T(?:${number}H)?(?:${number}M)?(?:${number}S)?)?$`,
  'i',
);

/** About thirty thousand years of seconds. */
const most = 1e12;

const refuse = (field: string, problem: string): never => {
  throw new ActionFailure('data-invalid', `\`${field}\` ${problem}`);
};

const checkNumbers = (duration: Duration, field: string): Duration => {
  for (const unit of durationUnits) {
    const value = duration[unit];
    if (!(Math.abs(value) <= most)) return refuse(field, `has more than ${most} ${unit}, which is the most`);
    if ((unit === 'years' || unit === 'months') && !Number.isInteger(value)) {
      return refuse(field, `has a part of a ${unit.slice(0, -1)}, which has no definite length; use smaller units`);
    }
  }
  return duration;
};

const ofNumbers = (numberOf: (unit: (typeof durationUnits)[number], index: number) => number): Duration =>
  Object.fromEntries(durationUnits.map((unit, index) => [unit, numberOf(unit, index) + 0])) as Duration;

const readText = (text: string, field: string): Duration => {
  const match = text.length <= 200 ? form.exec(text.trim()) : null;
  if (match === null || match.slice(2).every((part) => part === undefined) || /T$/i.test(text.trim())) {
    return refuse(field, `must be a duration as ISO 8601 has it, such as P3DT4H5M, found ${describeValue(text)}`);
  }
  const sign = match[1] === '-' ? -1 : 1;
  return ofNumbers((_, index) => sign * Number((match[index + 2] ?? '0').replace(',', '.')));
};

const readObject = (given: Plain, field: string): Duration => {
  for (const name of Object.keys(given)) {
    if (!durationUnits.includes(name as 'years')) {
      return refuse(field, `may hold ${durationUnits.join(', ')}, and holds something else; remove it`);
    }
  }
  return ofNumbers((unit) => {
    const value = Object.hasOwn(given, unit) ? (given[unit] ?? 0) : 0;
    return typeof value === 'number'
      ? value
      : refuse(field, `must hold numbers, found ${describeValue(value)} as ${unit}`);
  });
};

/** Throws data-invalid. */
export const readDuration = (value: string | Plain, field: string): Duration =>
  checkNumbers(isPlainObject(value) ? readObject(value, field) : readText(value, field), field);

const secondsIn = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 };

/** Months and days of the calendar; parts of days, and hours to seconds, are exact time. */
export const stepOf = ({ years, months, weeks, days, hours, minutes, seconds }: Duration, times = 1): Step => {
  const allDays = (weeks * 7 + days) * times;
  const whole = Math.trunc(allDays);
  const exact =
    (allDays - whole) * secondsIn.days + (hours * secondsIn.hours + minutes * secondsIn.minutes + seconds) * times;
  return { months: (years * 12 + months) * times, days: whole, micros: Math.round(exact * 1_000_000) };
};

/** Exact seconds; undefined when there are years or months, which have no definite length. Days have 24 hours. */
export const secondsOf = ({ years, months, weeks, days, hours, minutes, seconds }: Duration): number | undefined =>
  years === 0 && months === 0
    ? (weeks * 7 + days) * secondsIn.days + hours * secondsIn.hours + minutes * secondsIn.minutes + seconds
    : undefined;

const letters: readonly (readonly [unit: (typeof durationUnits)[number], letter: string])[] = [
  ['years', 'Y'],
  ['months', 'M'],
  ['weeks', 'W'],
  ['days', 'D'],
  ['hours', 'H'],
  ['minutes', 'M'],
  ['seconds', 'S'],
];

/** A number without an exponent, and without what adding up brings in. */
const plain = (value: number): string => String(Number(value.toFixed(9)));

export const writeDuration = (duration: Duration): string => {
  const negative =
    durationUnits.every((unit) => duration[unit] <= 0) && durationUnits.some((unit) => duration[unit] < 0);
  const part = ([unit, letter]: (typeof letters)[number]): string =>
    duration[unit] === 0 ? '' : `${plain(negative ? -duration[unit] : duration[unit])}${letter}`;
  const date = letters.slice(0, 4).map(part).join('');
  const time = letters.slice(4).map(part).join('');
  const written = `${date}${time === '' ? '' : `T${time}`}`;
  return written === '' ? 'PT0S' : `${negative ? '-' : ''}P${written}`;
};
