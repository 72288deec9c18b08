import { ActionFailure, boolean, defineAction, optional } from '../kit/index.ts';
import { addStep } from './calendar-math.ts';
import { durationField, readDuration, stepOf } from './duration.ts';
import { compareMoments, type Moment, moment } from './moment.ts';
import { findZone, readIn, writeIn, zoneField } from './zone.ts';

const most = 5_000;

export default defineAction({
  id: 'datetime/range',
  title: 'Range of datetimes',
  summary: 'Lists the moments from one to another in equal steps.',
  keywords: ['calendar', 'dates'],
  documentation: `
Each moment is \`from\` plus a whole number of steps, so that monthly steps from January 31st give the last day of every month.
Steps of days and more follow the calendar of \`zone\`, shorter ones are exact time. The end is part of the list when a step
meets it, unless \`inclusive\` is false. When the step leads away from the end the list is empty. At most 5,000 moments are
given.`,
  fields: {
    from: moment({ label: 'From', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    to: moment({ label: 'To', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    step: optional(durationField({ label: 'Step' }), 'P1D'),
    inclusive: optional(boolean({ label: 'Inclusive', help: 'Whether the end itself may be in the list.' }), true),
    zone: zoneField(),
  },
  output: { type: 'array', items: { type: 'string', format: 'date-time' } },
  failures: {
    'data-invalid': 'A datetime or the step is not as ISO 8601 has it.',
    'out-of-range': 'A moment is outside of the years 0000 to 9999.',
    'too-large': 'There are more than 5,000 moments.',
  },
  examples: [
    {
      given: { from: '2026-01-31', to: '2026-04-30', step: 'P1M' },
      gives: ['2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z', '2026-04-30T00:00:00Z'],
    },
    {
      given: { from: '2026-11-21', to: '2026-11-22', step: { hours: 12 }, inclusive: false },
      gives: ['2026-11-21T00:00:00Z', '2026-11-21T12:00:00Z'],
    },
    {
      given: { from: '2026-03-28', to: '2026-03-30', zone: 'Europe/Berlin' },
      gives: ['2026-03-28T00:00:00+01:00', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    },
    { given: { from: '2026-11-22', to: '2026-11-21' }, gives: [] },
    {
      given: { from: '2026-11-22', to: '2026-11-21', step: '-P1D' },
      gives: ['2026-11-22T00:00:00Z', '2026-11-21T00:00:00Z'],
    },
    { given: { from: '2026-01-01', to: '2026-12-31', step: 'PT1S' }, fails: 'too-large' },
    { given: { from: '2026-01-01', to: '2026-12-31', step: 'PT0S' }, fails: 'input-invalid' },
    { given: { from: '2026-01-01', to: 'later' }, fails: 'data-invalid' },
    { given: { from: '9999-12-31T23:00:00-05:00', to: '2026-12-31' }, fails: 'out-of-range' },
  ],
  run: ({ from, to, step = 'P1D', inclusive, zone: name }) => {
    const zone = findZone(name);
    const first = readIn(zone, from, 'from');
    const last = readIn(zone, to, 'to');
    const duration = readDuration(step, 'step');
    const momentAt = (index: number): Moment => addStep(zone, first, stepOf(duration, index), 'step');
    const direction = compareMoments(momentAt(1), first);
    if (direction === 0)
      throw new ActionFailure('input-invalid', '`step` must not be empty; give at least a microsecond');

    const listed: string[] = [];
    for (let index = 0; ; index += 1) {
      const next = outOfYears(() => momentAt(index));
      const order = next === undefined ? 1 : compareMoments(next, last) * direction;
      if (next === undefined || order > 0 || (order === 0 && inclusive === false)) return listed;
      if (index === most) {
        throw new ActionFailure(
          'too-large',
          `\`step\` gives more than ${most} moments up to \`to\`; take a longer step`,
        );
      }
      listed.push(writeIn(zone, next, 'from'));
    }
  },
});

/** Beyond the last year lies beyond every end. */
const outOfYears = (make: () => Moment): Moment | undefined => {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof ActionFailure && thrown.code === 'out-of-range') return undefined;
    throw thrown;
  }
};
