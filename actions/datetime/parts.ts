import { defineAction } from '../kit/index.ts';
import { dayNumberOf, daysInMonth, wallParts } from './calendar-math.ts';
import { moment } from './moment.ts';
import { findZone, offsetAt, readIn, zoneField } from './zone.ts';

/** The year and number of a week (ISO 8601): the one that holds the Thursday. */
const weekOf = (dayNumber: number, weekday: number): { week: number; weekYear: number } => {
  const thursday = dayNumber - weekday + 4;
  const { year } = wallParts(thursday * 86_400);
  return { week: Math.floor((thursday - dayNumberOf(year, 1, 1)) / 7) + 1, weekYear: year };
};

export default defineAction({
  id: 'datetime/parts',
  title: 'Parts of a datetime',
  summary: 'Takes a datetime apart into year, month, day and so on.',
  keywords: ['hour', 'minute', 'second', 'weekday'],
  documentation: `
All parts are those that clocks and calendars of \`zone\` show. Months count from 1, weekdays from 1 for Monday to 7 for Sunday;
\`week\` and \`weekYear\` are those of ISO 8601, so that the first days of January may be in a week of the year before.
\`microsecond\` is that of the second, 0 to 999999. \`offset\` is in seconds east of UTC, \`summerTime\` whether the zone is
ahead of its usual time, \`unix\` in whole seconds.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    zone: zoneField(),
  },
  output: { type: 'object' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    {
      given: { datetime: '2027-01-01T12:34:56.789Z' },
      gives: {
        year: 2027,
        month: 1,
        day: 1,
        hour: 12,
        minute: 34,
        second: 56,
        microsecond: 789000,
        weekday: 5,
        dayOfYear: 1,
        week: 53,
        weekYear: 2026,
        quarter: 1,
        daysInMonth: 31,
        leapYear: false,
        offset: 0,
        summerTime: false,
        unix: 1798806896,
      },
    },
    {
      given: { datetime: '2024-07-01', zone: 'America/New_York' },
      gives: {
        year: 2024,
        month: 7,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        microsecond: 0,
        weekday: 1,
        dayOfYear: 183,
        week: 27,
        weekYear: 2024,
        quarter: 3,
        daysInMonth: 31,
        leapYear: true,
        offset: -14400,
        summerTime: true,
        unix: 1719806400,
      },
    },
    { given: { datetime: '2026-13-01' }, fails: 'data-invalid' },
    { given: { datetime: '9999-12-31T23:00:00-05:00' }, fails: 'out-of-range' },
    { given: { datetime: '2026-01-01', zone: '' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, zone: name }) => {
    const zone = findZone(name);
    const { seconds, micros } = readIn(zone, datetime, 'datetime');
    const offset = offsetAt(zone, seconds);
    const { year, month, day, hour, minute, second, weekday, dayNumber } = wallParts(seconds + offset);
    const winter = Math.min(
      offsetAt(zone, dayNumberOf(year, 1, 1) * 86_400),
      offsetAt(zone, dayNumberOf(year, 7, 1) * 86_400),
    );
    return {
      year,
      month,
      day,
      hour,
      minute,
      second,
      microsecond: micros,
      weekday,
      dayOfYear: dayNumber - dayNumberOf(year, 1, 1) + 1,
      ...weekOf(dayNumber, weekday),
      quarter: Math.ceil(month / 3),
      daysInMonth: daysInMonth(year, month),
      leapYear: daysInMonth(year, 2) === 29,
      offset,
      summerTime: offset > winter,
      unix: seconds,
    };
  },
});
