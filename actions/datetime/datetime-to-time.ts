import { defineAction } from '../kit/index.ts';
import { moment, writeTime } from './moment.ts';
import { findZone, readIn, wallOf, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/datetime-to-time',
  title: 'Time of a datetime',
  summary: 'Gives the time of day of a datetime.',
  documentation: `
Written as hh:mm:ss with as many digits of a second as the datetime has, six at most. The time is that of UTC, unless \`zone\`
names another time zone; what has no offset is a time in \`zone\`, so that it stays as it is written, unless clocks skip it
there.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    zone: zoneField('In which the time is read off.'),
  },
  output: { type: 'string' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { datetime: '2026-11-21T12:34:56.789Z' }, gives: '12:34:56.789' },
    { given: { datetime: '2026-11-21T12:34:56+02:00' }, gives: '10:34:56' },
    { given: { datetime: '2026-07-01T12:34:56Z', zone: 'Europe/Berlin' }, gives: '14:34:56', note: 'Summer time.' },
    { given: { datetime: '2026-11-21' }, gives: '00:00:00' },
    { given: { datetime: '2026-11-21T12:60:00Z' }, fails: 'data-invalid' },
    { given: { datetime: '9999-12-31T23:00:00-05:00' }, fails: 'out-of-range' },
    { given: { datetime: 20261121 }, fails: 'input-invalid' },
  ],
  run: ({ datetime, zone: name }) => {
    const zone = findZone(name);
    const moment = readIn(zone, datetime, 'datetime');
    return writeTime({ ...moment, seconds: wallOf(zone, moment) });
  },
});
