import { defineAction } from '../kit/index.ts';
import { addCount, addUnitField } from './calendar-math.ts';
import { moment } from './moment.ts';
import { wholeNumber } from './units.ts';
import { findZone, readIn, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/datetime-add',
  title: 'Add to datetime',
  summary: 'Gives the moment that lies some time after another one.',
  keywords: ['plus', 'subtract'],
  documentation: `
Seconds and their parts, minutes and hours are exact time. Days, weeks, months, quarters and years are those of the calendar in
\`zone\`: the time of day stays the same when clocks change in between, and moves on by the gap where they skip it. A day that
the new month lacks becomes its last one, so that a month after January 31st is February 28th or 29th.

The result is written in \`zone\`, in UTC with Z by default, with at least as many digits of a second as the unit needs;
nanoseconds are rounded down to microseconds.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    count: wholeNumber({ label: 'Count', help: 'How many; a negative number goes back.' }),
    time_unit: addUnitField,
    zone: zoneField(),
  },
  output: { type: 'string', format: 'date-time' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The result is outside of the years 0000 to 9999.',
  },
  examples: [
    { given: { datetime: '2026-11-21T12:00:00Z', count: 90, time_unit: 'second' }, gives: '2026-11-21T12:01:30Z' },
    {
      given: { datetime: '2026-11-21T12:00:00Z', count: -1, time_unit: 'millisecond' },
      gives: '2026-11-21T11:59:59.999Z',
    },
    { given: { datetime: '2024-01-31', count: 1, time_unit: 'month' }, gives: '2024-02-29T00:00:00Z' },
    {
      given: { datetime: '2026-03-28T12:00:00+01:00', count: 1, time_unit: 'day', zone: 'Europe/Berlin' },
      gives: '2026-03-29T12:00:00+02:00',
      note: 'Summer time began: 23 hours later.',
    },
    {
      given: { datetime: '2026-03-28T12:00:00+01:00', count: 24, time_unit: 'hour', zone: 'Europe/Berlin' },
      gives: '2026-03-29T13:00:00+02:00',
    },
    { given: { datetime: '9999-12-31T23:59:59Z', count: 1, time_unit: 'second' }, fails: 'out-of-range' },
    { given: { datetime: 'soon', count: 1, time_unit: 'second' }, fails: 'data-invalid' },
    { given: { datetime: '2026-11-21', count: 1.5, time_unit: 'day' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, count, time_unit: unit, zone: name }) => {
    const zone = findZone(name);
    return writeIn(zone, addCount(zone, readIn(zone, datetime, 'datetime'), count, unit ?? 'second'), 'count');
  },
});
