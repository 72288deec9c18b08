import { defineAction } from '../kit/index.ts';
import { dayNumber, moment, readMoment } from './moment.ts';

export default defineAction({
  id: 'datetime/date-compare',
  title: 'Compare dates',
  summary: 'Says which of two dates is later, whatever the time of day.',
  documentation: `
1 when \`date\` is later than \`to_date\`, -1 when it is earlier, 0 on the same day. The days are those of UTC: 23:30 with the
offset -05:00 is on the next one. A date without a time is fine, and a time without an offset is UTC.`,
  fields: { date: moment({ label: 'Date' }), to_date: moment({ label: 'To date' }) },
  output: { enum: [-1, 0, 1] },
  failures: {
    'data-invalid': 'A text is not a date, or names a day that does not exist.',
    'out-of-range': 'A date is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { date: '2026-11-21T23:59:59Z', to_date: '2026-11-22T00:00:00Z' }, gives: -1 },
    { given: { date: '2026-11-21T08:00:00Z', to_date: '2026-11-21T20:00:00Z' }, gives: 0 },
    { given: { date: '2026-11-21T23:30:00-05:00', to_date: '2026-11-21' }, gives: 1, note: 'In UTC it is the 22nd.' },
    { given: { date: '2026-02-29', to_date: '2026-02-28' }, fails: 'data-invalid', note: 'Not a leap year.' },
    { given: { date: '9999-12-31T23:30:00-01:00', to_date: '2026-02-28' }, fails: 'out-of-range' },
    {
      given: { date: 1763683200, to_date: '2026-02-28' },
      fails: 'input-invalid',
      note: 'Use datetime/datetime-from-unix-time first.',
    },
  ],
  run: ({ date, to_date: to }) => Math.sign(dayNumber(readMoment(date, 'date')) - dayNumber(readMoment(to, 'to_date'))),
});
