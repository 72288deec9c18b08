import { defineAction } from '../kit/index.ts';
import { moment, readMoment } from './moment.ts';
import { sinceEpoch, timeUnitField } from './units.ts';

export default defineAction({
  id: 'datetime/datetime-diff',
  title: 'Difference of datetimes',
  summary: 'Counts the seconds between two moments.',
  keywords: ['elapsed'],
  documentation: `
\`datetime\` minus \`to_datetime\`, as Elixir's DateTime.diff: positive when \`datetime\` is later. Both are rounded down to
whole units of \`time_unit\` first. Leap seconds are ignored. What has no offset is UTC. \`datetime/duration-between\` counts in
months and days.`,
  fields: {
    datetime: moment({ label: 'Datetime' }),
    to_datetime: moment({ label: 'To datetime', help: 'What is taken away.' }),
    time_unit: timeUnitField('second', 'What is counted.'),
  },
  output: { type: 'integer' },
  failures: {
    'data-invalid': 'A text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'A datetime is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { datetime: '2026-11-21T12:00:00Z', to_datetime: '2026-11-20T12:00:00Z' }, gives: 86400 },
    { given: { datetime: '2026-11-21T12:00:00+02:00', to_datetime: '2026-11-21T12:00:00Z' }, gives: -7200 },
    {
      given: { datetime: '2026-11-21T12:00:00.25Z', to_datetime: '2026-11-21T12:00:00Z', time_unit: 'millisecond' },
      gives: 250,
    },
    {
      given: { datetime: '2017-01-01T00:00:00Z', to_datetime: '2016-12-31T23:59:59Z' },
      gives: 1,
      note: 'There was a leap second between.',
    },
    { given: { datetime: '12:00', to_datetime: '2026-11-21' }, fails: 'data-invalid' },
    { given: { datetime: '0000-01-01T00:00:00+00:01', to_datetime: '2026-11-21' }, fails: 'out-of-range' },
    { given: { datetime: '2026-11-21' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, to_datetime: to, time_unit: unit = 'second' }) =>
    sinceEpoch(readMoment(datetime, 'datetime'), unit) - sinceEpoch(readMoment(to, 'to_datetime'), unit) + 0,
});
