import { defineAction, integer, oneOf, optional } from '../kit/index.ts';
import { periods, startOf } from './calendar-math.ts';
import { moment } from './moment.ts';
import { findZone, readIn, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/start-of',
  title: 'Start of period',
  summary: 'Gives the beginning of the day, week, month and so on that holds a moment.',
  documentation: `
The period is that of \`zone\`. Where its clocks skip midnight, the day begins after the gap, at 01:00. Weeks begin on Monday as
in ISO 8601 unless \`week-start\` says otherwise; quarters begin in January, April, July and October.`,
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
    { given: { datetime: '2026-11-21T12:34:56.789Z', unit: 'month' }, gives: '2026-11-01T00:00:00Z' },
    { given: { datetime: '2026-11-22T12:00:00Z', unit: 'week' }, gives: '2026-11-16T00:00:00Z', note: 'A Sunday.' },
    { given: { datetime: '2026-11-22T12:00:00Z', unit: 'week', 'week-start': 7 }, gives: '2026-11-22T00:00:00Z' },
    {
      given: { datetime: '2026-11-21T23:30:00Z', unit: 'day', zone: 'Asia/Tokyo' },
      gives: '2026-11-22T00:00:00+09:00',
    },
    {
      given: { datetime: '2018-11-04T12:00:00', unit: 'day', zone: 'America/Sao_Paulo' },
      gives: '2018-11-04T01:00:00-02:00',
      note: 'Summer time began at midnight.',
    },
    { given: { datetime: '0000-01-01', unit: 'week' }, fails: 'out-of-range' },
    { given: { datetime: '', unit: 'day' }, fails: 'data-invalid' },
    { given: { datetime: '2026-11-21', unit: 'century' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, unit, zone: name, 'week-start': weekStart = 1 }) => {
    const zone = findZone(name);
    const seconds = startOf(zone, readIn(zone, datetime, 'datetime'), unit, weekStart, 0);
    return writeIn(zone, { seconds, micros: 0, digits: 0 }, 'datetime');
  },
});
