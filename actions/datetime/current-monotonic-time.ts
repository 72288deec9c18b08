import { defineAction } from '../kit/index.ts';
import { momentOf } from './moment.ts';
import { sinceEpoch, timeUnitField } from './units.ts';

export default defineAction({
  id: 'datetime/current-monotonic-time',
  title: 'Current monotonic time',
  summary: 'Reads a clock that never goes back, from an arbitrary beginning.',
  documentation: `
For measuring how long something takes: only the difference of two readings in one process means anything, and setting the clock
of the machine does not change it. Nanoseconds are multiples of a thousand.`,
  fields: { time_unit: timeUnitField('millisecond') },
  output: { type: 'integer' },
  examples: [
    { given: { time_unit: 'hour' }, fails: 'input-invalid', note: 'Any other result would be another one by now.' },
    { given: { time_unit: 1 }, fails: 'input-invalid' },
  ],
  run: ({ time_unit: unit }, { host }) => sinceEpoch(momentOf(host.monotonic()), unit ?? 'millisecond'),
});
