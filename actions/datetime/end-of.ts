import { defineAction, integer, oneOf, optional } from '../kit/index.ts';
import { periods, startOf } from './calendar-math.ts';
import { moment } from './moment.ts';
import { findZone, readIn, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/end-of',
  title: 'End of period',
  summary: 'Gives the last millisecond of the day, week, month and so on that holds a moment.',
  documentation: `
One step before the next period begins: a millisecond, or less where the datetime is written with more digits. What lies in the
period is easier to ask with \`datetime/start-of\` and "before the next one". The period is that of \`zone\`; a day on which
clocks change has 23 or 25 hours. Weeks end on Sunday unless \`week-start\` says otherwise.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    unit: oneOf(periods, { label: 'Unit' }),
    zone: zoneField(),
    'week-start': optional(
      integer({ label: 'First day of the week', help: '1 for Monday to 7 for Sunday.', minimum: 1, maximum: 7 }),
      1,
    ),
  },
  output: { type: 'string', format: 'date-time' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The datetime or the result is outside of the years 0000 to 9999.',
  },
  examples: [
    { given: { datetime: '2024-02-10T12:00:00Z', unit: 'month' }, gives: '2024-02-29T23:59:59.999Z' },
    { given: { datetime: '2026-11-21T12:00:00.000000Z', unit: 'hour' }, gives: '2026-11-21T12:59:59.999999Z' },
    {
      given: { datetime: '2026-11-21', unit: 'quarter', zone: 'Europe/Berlin' },
      gives: '2026-12-31T23:59:59.999+01:00',
    },
    { given: { datetime: '9999-12-31T23:00:00-05:00', unit: 'day' }, fails: 'out-of-range' },
    { given: { datetime: '2026-02-30', unit: 'day' }, fails: 'data-invalid' },
    { given: { datetime: '2026-11-21', unit: 'day', 'week-start': 0 }, fails: 'input-invalid' },
  ],
  run: ({ datetime, unit, zone: name, 'week-start': weekStart = 1 }) => {
    const zone = findZone(name);
    const moment = readIn(zone, datetime, 'datetime');
    const seconds = startOf(zone, moment, unit, weekStart, 1) - 1;
    return writeIn(zone, { seconds, micros: 999_999, digits: Math.max(3, moment.digits) }, 'datetime');
  },
});
