import { defineAction } from '../kit/index.ts';
import { momentOf } from './moment.ts';
import { sinceEpoch, timeUnitField } from './units.ts';

export default defineAction({
  id: 'datetime/current-unix-time',
  title: 'Current Unix time',
  summary: 'Gives the time since 1970-01-01T00:00:00Z.',
  keywords: ['epoch', 'timestamp'],
  documentation: `
Unix time (POSIX), without leap seconds, as whole units, rounded down. Micro- and nanoseconds are multiples of a millisecond,
and nanoseconds the nearest that a number holds, which may be 128 off. \`datetime/datetime-from-unix-time\` makes a text of it.`,
  fields: { time_unit: timeUnitField('second') },
  output: { type: 'integer' },
  examples: [
    { given: { time_unit: 'hour' }, fails: 'input-invalid', note: 'Any other result would be another one by now.' },
    { given: { time_unit: 1 }, fails: 'input-invalid' },
  ],
  run: ({ time_unit: unit }, { host }) => sinceEpoch(momentOf(host.now()), unit ?? 'second'),
});
