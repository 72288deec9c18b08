import { type Field, type Host, oneOf, optional, string } from '../kit/index.ts';
import { type Moment, momentOf } from './moment.ts';

/** How many of a unit are in a second, and how many digits of a second it needs. */
const units = {
  second: { perSecond: 1, digits: 0 },
  millisecond: { perSecond: 1000, digits: 3 },
  microsecond: { perSecond: 1_000_000, digits: 6 },
  // A time is kept to the microsecond, as in Elixir.
  nanosecond: { perSecond: 1_000_000_000, digits: 6 },
} as const;
export type TimeUnit = keyof typeof units;

const names = Object.keys(units) as TimeUnit[];
export const timeUnitField = (fallback: TimeUnit, help?: string) =>
  optional(oneOf(names, { label: 'Time unit', ...(help !== undefined && { help }) }), fallback);

/** More than the years 0000 to 9999 have nanoseconds. */
const mostWhole = 1e21;

/** A whole number that may be inexact: nanoseconds since 1970 have more digits than a number holds. */
export const wholeNumber = (options: { label: string; help?: string }): Field<number> & { optional: false } =>
  ({
    ...string(options),
    schema: { type: 'integer' },
    check: (value: unknown) =>
      Number.isInteger(value) && Math.abs(value as number) <= mostWhole ? undefined : 'a whole number',
  }) as never;

/** The current moment, to be written with as many digits as the unit has. */
export const currentMoment = (host: Host, unit: TimeUnit = 'millisecond'): Moment =>
  momentOf(host.now(), units[unit].digits);

/** Whole units since 1970. Nanoseconds of our days are rounded to what a number can hold, a multiple of 256. */
export const sinceEpoch = ({ seconds, micros }: Moment, unit: TimeUnit): number => {
  const { perSecond } = units[unit];
  return seconds * perSecond + Math.floor((micros * perSecond) / 1_000_000);
};

const floorDivide = (value: bigint, by: bigint): bigint => {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
};

/** The moment that many units after another one; it may lie outside of the years that can be written. */
export const addUnits = (
  moment: Moment,
  count: number,
  unit: TimeUnit,
  digits: number = units[unit].digits,
): Moment => {
  const { perSecond } = units[unit];
  const added = floorDivide(BigInt(count) * 1_000_000n, BigInt(perSecond));
  const total = BigInt(moment.seconds) * 1_000_000n + BigInt(moment.micros) + added;
  const seconds = floorDivide(total, 1_000_000n);
  return {
    seconds: Number(seconds),
    micros: Number(total - seconds * 1_000_000n),
    digits: Math.max(digits, moment.digits),
  };
};
