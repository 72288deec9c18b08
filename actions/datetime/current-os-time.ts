import { defineAction } from '../kit/index.ts';
import { momentOf } from './moment.ts';
import { sinceEpoch, timeUnitField } from './units.ts';

export default defineAction({
  id: 'datetime/current-os-time',
  title: 'Current OS time',
  summary: "Gives the time since 1970 by the machine's clock.",
  documentation: `
Unix time in UTC, without leap seconds, as whole units. It can go back when the clock is set. Seconds are rounded down; micro-
and nanoseconds are multiples of a millisecond, and nanoseconds the nearest that a number holds, which may be 128 off.
\`datetime/current-system-time\` gives the same here: there is one clock.`,
  fields: { time_unit: timeUnitField('millisecond') },
  output: { type: 'integer' },
  examples: [
    { given: { time_unit: 'hour' }, fails: 'input-invalid', note: 'Any other result would be another one by now.' },
    { given: { time_unit: 1 }, fails: 'input-invalid' },
  ],
  run: ({ time_unit: unit }, { host }) => sinceEpoch(momentOf(host.now()), unit ?? 'millisecond'),
});
