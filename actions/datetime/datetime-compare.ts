import { defineAction } from '../kit/index.ts';
import { compareMoments, moment, readMoment } from './moment.ts';

export default defineAction({
  id: 'datetime/datetime-compare',
  title: 'Compare datetimes',
  summary: 'Says which of two moments is later.',
  documentation: `
1 when \`datetime\` is later than \`to_datetime\`, -1 when it is earlier, 0 when both are the same moment, even when they are
written with different offsets or digits. Microseconds count; further digits do not. What has no offset is UTC, and a date alone
its first moment.`,
  fields: { datetime: moment({ label: 'Datetime' }), to_datetime: moment({ label: 'To datetime' }) },
  output: { enum: [-1, 0, 1] },
  failures: {
    'data-invalid': 'A text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'A datetime is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { datetime: '2026-11-21T12:00:00.001Z', to_datetime: '2026-11-21T12:00:00Z' }, gives: 1 },
    { given: { datetime: '2026-11-21T13:00:00+01:00', to_datetime: '2026-11-21T12:00:00.000Z' }, gives: 0 },
    { given: { datetime: '2026-11-21', to_datetime: '2026-11-21T00:00:00.000001Z' }, gives: -1 },
    { given: { datetime: '2026-11-21T24:00:00Z', to_datetime: '2026-11-21' }, fails: 'data-invalid' },
    { given: { datetime: '9999-12-31T23:59:59-00:01', to_datetime: '2026-11-21' }, fails: 'out-of-range' },
    { given: { datetime: true, to_datetime: '2026-11-21' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, to_datetime: to }) =>
    compareMoments(readMoment(datetime, 'datetime'), readMoment(to, 'to_datetime')),
});
