import type { Zone } from 'luxon';
import { oneOf, optional } from '../kit/index.ts';
import { checkYears, daySeconds, type Moment, modulo, weekdayOf } from './moment.ts';
import { addUnits, type TimeUnit } from './units.ts';
import { resolveWall, wallOf } from './zone.ts';

/** What a clock shows, from the seconds that it counts since 1970. */
export const wallParts = (wall: number) => {
  const day = Math.floor(wall / daySeconds);
  const date = new Date(day * daySeconds * 1000);
  const rest = wall - day * daySeconds;
  return {
    year: date.getUTCFullYear(),
    /** 1 to 12. */
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    /** 1 for Monday to 7 for Sunday. */
    weekday: weekdayOf(day),
    dayNumber: day,
  };
};

/** Days since 1970 of a day of a month, which may be 13 or -5. */
export const dayNumberOf = (year: number, month: number, day: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000 / daySeconds;
};

export const daysInMonth = (year: number, month: number): number =>
  dayNumberOf(year, month + 1, 1) - dayNumberOf(year, month, 1);

/** Ten thousand years: more leads outside of what can be written wherever it begins. */
const mostDays = 3_652_500;
const mostMonths = 120_000;

export interface Step {
  readonly months: number;
  readonly days: number;
  /** Exact time, which changes of the clocks do not alter. */
  readonly micros: number;
}

const unitsAdded: { readonly [unit: string]: Partial<Step> } = {
  minute: { micros: 60_000_000 },
  hour: { micros: 3_600_000_000 },
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
};

/**
 * A moment some months, days and some exact time later. A day that a month lacks becomes its last one; the time of day stays, unless
 * clocks of the zone skip it.
 */
export const addStep = (zone: Zone, moment: Moment, step: Step, field: string): Moment => {
  let { seconds } = moment;
  if (step.months !== 0 || step.days !== 0) {
    if (Math.abs(step.months) > mostMonths || Math.abs(step.days) > mostDays) {
      return checkYears({ ...moment, seconds: Number.MAX_SAFE_INTEGER }, field);
    }
    const wall = wallOf(zone, moment);
    const { year, month, day, dayNumber } = wallParts(wall);
    const months = year * 12 + month - 1 + step.months;
    const [newYear, newMonth] = [Math.floor(months / 12), modulo(months, 12) + 1];
    const newDay = dayNumberOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth))) + step.days;
    const target = checkYears({ ...moment, seconds: wall + (newDay - dayNumber) * daySeconds }, field);
    // What is not moved keeps its offset, also when clocks show its time twice.
    if (target.seconds !== wall) seconds = resolveWall(zone, target.seconds, 'compatible', field);
  }
  return checkYears(addUnits({ ...moment, seconds }, step.micros, 'microsecond', moment.digits), field);
};

const addUnitNames = [
  'second',
  'millisecond',
  'microsecond',
  'nanosecond',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
] as const;
type AddUnit = (typeof addUnitNames)[number];

export const addUnitField = optional(
  oneOf(addUnitNames, {
    label: 'Time unit',
    help: 'Up to hour exact time; from day on, days and months of the calendar.',
  }),
  'second',
);

export const addCount = (zone: Zone, moment: Moment, count: number, unit: AddUnit): Moment => {
  const { months = 0, days = 0, micros = 0 } = unitsAdded[unit] ?? {};
  if (micros !== 0) return checkYears(addUnits(moment, count * (micros / 1_000_000), 'second', moment.digits), 'count');
  if (months + days === 0) return checkYears(addUnits(moment, count, unit as TimeUnit), 'count');
  return addStep(zone, moment, { months: months * count, days: days * count, micros: 0 }, 'count');
};

export const periods = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof periods)[number];

/** The first day of the period that lies so many periods after the one of a day. */
const firstDay = (wall: number, period: Period, weekStart: number, later: number): number => {
  const { year, month, weekday, dayNumber } = wallParts(wall);
  switch (period) {
    case 'week':
      return dayNumber - modulo(weekday - weekStart, 7) + 7 * later;
    case 'month':
      return dayNumberOf(year, month + later, 1);
    case 'quarter':
      return dayNumberOf(year, month - ((month - 1) % 3) + 3 * later, 1);
    case 'year':
      return dayNumberOf(year + later, 1, 1);
    default:
      return dayNumber + later;
  }
};

const exactSeconds: { readonly [period: string]: number } = { second: 1, minute: 60, hour: 3600 };

/** Where the period begins that holds a moment, or the one after it. */
export const startOf = (zone: Zone, moment: Moment, period: Period, weekStart: number, later: 0 | 1): number => {
  const wall = wallOf(zone, moment);
  const exact = exactSeconds[period];
  if (exact !== undefined) return moment.seconds - modulo(wall, exact) + later * exact;
  // Where clocks skip midnight the day begins after the gap.
  return resolveWall(zone, firstDay(wall, period, weekStart, later) * daySeconds, 'compatible', 'datetime');
};
