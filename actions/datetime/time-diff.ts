import { defineAction } from '../kit/index.ts';
import { moment, readTime } from './moment.ts';
import { sinceEpoch, timeUnitField } from './units.ts';

export default defineAction({
  id: 'datetime/time-diff',
  title: 'Difference of times',
  summary: 'Counts the seconds between two times of day, whatever the date.',
  documentation: `
\`time\` minus \`to_time\`, as Elixir's Time.diff: from -86399 to 86399 seconds, positive when \`time\` is later in the day.
Each is the time of day in UTC, rounded down to whole units first. A time alone is fine; without an offset it is UTC.`,
  fields: {
    time: moment({ label: 'Time', help: 'An ISO 8601 datetime, or a time such as 12:30:00.' }),
    to_time: moment({ label: 'To time', help: 'What is taken away.' }),
    time_unit: timeUnitField('second', 'What is counted.'),
  },
  output: { type: 'integer' },
  failures: { 'data-invalid': 'A text is no datetime and no time.' },
  examples: [
    { given: { time: '2026-11-21T12:00:00Z', to_time: '2027-01-01T11:00:00Z' }, gives: 3600 },
    { given: { time: '00:00:00', to_time: '23:59:59' }, gives: -86399 },
    { given: { time: '12:00:00.5', to_time: '12:00', time_unit: 'millisecond' }, gives: 500 },
    { given: { time: '', to_time: '12:00' }, fails: 'data-invalid' },
    { given: { time: '12:00' }, fails: 'input-invalid' },
  ],
  run: ({ time, to_time: to, time_unit: unit = 'second' }) =>
    sinceEpoch(readTime(time, 'time'), unit) - sinceEpoch(readTime(to, 'to_time'), unit) + 0,
});
