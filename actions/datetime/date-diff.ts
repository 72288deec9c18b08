import { defineAction } from '../kit/index.ts';
import { dayNumber, moment, readMoment } from './moment.ts';

export default defineAction({
  id: 'datetime/date-diff',
  title: 'Days between',
  summary: 'Counts the days between two dates, whatever the time of day.',
  keywords: ['age', 'difference'],
  documentation: `
\`date\` minus \`to_date\`, as Elixir's Date.diff: positive when \`date\` is later. The days are those of UTC, so that a minute
around midnight is a day. A date without a time is fine, and a time without an offset is UTC.`,
  fields: { date: moment({ label: 'Date' }), to_date: moment({ label: 'To date', help: 'What is taken away.' }) },
  output: { type: 'integer' },
  failures: {
    'data-invalid': 'A text is not a date, or names a day that does not exist.',
    'out-of-range': 'A date is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { date: '2026-11-21T10:00:00Z', to_date: '2026-11-01T23:00:00Z' }, gives: 20 },
    { given: { date: '2024-02-28', to_date: '2024-03-01' }, gives: -2, note: 'A leap year.' },
    { given: { date: '2026-11-22T00:00:01Z', to_date: '2026-11-21T23:59:59Z' }, gives: 1 },
    { given: { date: 'tomorrow', to_date: '2024-03-01' }, fails: 'data-invalid' },
    { given: { date: '0000-01-01T00:00:00+01:00', to_date: '2024-03-01' }, fails: 'out-of-range' },
    { given: { date: null, to_date: '2024-03-01' }, fails: 'input-invalid' },
  ],
  // Plus 0, since minus 0 would show as such.
  run: ({ date, to_date: to }) => dayNumber(readMoment(date, 'date')) - dayNumber(readMoment(to, 'to_date')) + 0,
});
