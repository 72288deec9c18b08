import { defineAction } from '../kit/index.ts';
import { compareMoments, moment, readTime } from './moment.ts';

export default defineAction({
  id: 'datetime/time-compare',
  title: 'Compare times',
  summary: 'Says which of two times of day is later, whatever the date.',
  documentation: `
1 when \`time\` is later than \`to_time\`, -1 when it is earlier, 0 when both are the same. Each is the time of day in UTC. A
time alone is fine, with or without an offset; without one it is UTC.`,
  fields: {
    time: moment({ label: 'Time', help: 'An ISO 8601 datetime, or a time such as 12:30:00.' }),
    to_time: moment({ label: 'To time', help: 'An ISO 8601 datetime, or a time such as 12:30:00.' }),
  },
  output: { enum: [-1, 0, 1] },
  failures: { 'data-invalid': 'A text is no datetime and no time.' },
  examples: [
    { given: { time: '2026-11-21T12:00:00Z', to_time: '2027-01-01T11:00:00Z' }, gives: 1 },
    { given: { time: '12:00:00', to_time: '12:00:00.001' }, gives: -1 },
    { given: { time: '2026-11-21T01:00:00+02:00', to_time: '23:00' }, gives: 0 },
    { given: { time: 'noon', to_time: '12:00' }, fails: 'data-invalid' },
    { given: { time: 12, to_time: '12:00' }, fails: 'input-invalid' },
  ],
  run: ({ time, to_time: to }) => compareMoments(readTime(time, 'time'), readTime(to, 'to_time')),
});
