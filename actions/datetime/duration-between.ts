import { defineAction, listOf, oneOf, optional } from '../kit/index.ts';
import { library } from '../support/library.ts';
import { type Duration, durationUnits, writeDuration } from './duration.ts';
import { compareMoments, type Moment, moment } from './moment.ts';
import { findZone, readIn, zoneField } from './zone.ts';

const luxon = library<typeof import('luxon')>('luxon');

export default defineAction({
  id: 'datetime/duration-between',
  title: 'Duration between',
  summary: 'Gives the duration from one moment to another in years, months, days and so on.',
  documentation: `
An ISO 8601 duration of whole units on the calendar of \`zone\`, largest first, and of milliseconds at the end; it begins with a
minus when \`to\` is earlier. Only the units in \`units\` are used; what is left over becomes a part of the smallest, or is
dropped where that is years or months. Added to \`from\` it leads to \`to\`, except when the end of a month was cut.
\`datetime/datetime-diff\` counts exact seconds.`,
  fields: {
    from: moment({ label: 'From', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    to: moment({ label: 'To', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    units: optional(listOf(oneOf(durationUnits), { label: 'Units' }), [
      'years',
      'months',
      'days',
      'hours',
      'minutes',
      'seconds',
    ]),
    zone: zoneField(),
  },
  output: { type: 'string', format: 'duration' },
  failures: {
    'data-invalid': 'A text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'A datetime is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { from: '1990-05-23', to: '2026-11-21' }, gives: 'P36Y5M29D' },
    { given: { from: '2026-11-21T12:00:00Z', to: '2026-11-20T10:30:00Z' }, gives: '-P1DT1H30M' },
    { given: { from: '2026-01-01', to: '2026-11-21', units: ['weeks', 'days'] }, gives: 'P46W2D' },
    { given: { from: '2026-01-01', to: '2027-07-01', units: ['years'] }, gives: 'P1Y' },
    { given: { from: '2026-01-01', to: '2026-01-01T00:00:01.5Z', units: ['minutes'] }, gives: 'PT0.025M' },
    { given: { from: '2026-01-01', to: '2026-01-01' }, gives: 'PT0S' },
    { given: { from: '2026-01-01', to: 'then' }, fails: 'data-invalid' },
    { given: { from: '2026-01-01', to: '9999-12-31T23:00:00-05:00' }, fails: 'out-of-range' },
    { given: { from: '2026-01-01', to: '2026-01-02', units: ['fortnights'] }, fails: 'input-invalid' },
  ],
  run: ({ from, to, units, zone: name }) => {
    const zone = findZone(name);
    const [start, end] = [readIn(zone, from, 'from'), readIn(zone, to, 'to')];
    const timeOf = ({ seconds, micros }: Moment) =>
      luxon().DateTime.fromMillis(seconds * 1000 + Math.floor(micros / 1000), { zone });
    const asked = durationUnits.filter((unit) => units?.includes(unit));
    const backwards = compareMoments(start, end) > 0;
    const [first, last] = backwards ? [end, start] : [start, end];
    const counted = timeOf(last)
      .diff(timeOf(first), asked.length > 0 ? asked : ['seconds'])
      .toObject();
    const duration = Object.fromEntries(
      durationUnits.map((unit) => {
        const count = counted[unit] ?? 0;
        const whole = unit === 'years' || unit === 'months' ? Math.floor(count) : count;
        return [unit, backwards ? -whole : whole];
      }),
    ) as Duration;
    return writeDuration(duration);
  },
});
