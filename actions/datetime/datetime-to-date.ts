import { defineAction } from '../kit/index.ts';
import { checkYears, moment, writeDate } from './moment.ts';
import { findZone, readIn, wallOf, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/datetime-to-date',
  title: 'Date of a datetime',
  summary: 'Gives the date part of a datetime.',
  documentation: `
The date is that of UTC, unless \`zone\` names another time zone: 23:30 with the offset -05:00 is on the next day. What has no
offset is a time in \`zone\`, so that its date stays as it is written.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    zone: zoneField('In which the date is read off.'),
  },
  output: { type: 'string', format: 'date' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The date is outside of the years 0000 to 9999.',
  },
  examples: [
    { given: { datetime: '2026-11-21T12:34:56.789Z' }, gives: '2026-11-21' },
    { given: { datetime: '2026-11-21T23:30:00-05:00' }, gives: '2026-11-22' },
    { given: { datetime: '2026-11-21T23:30:00-05:00', zone: 'America/New_York' }, gives: '2026-11-21' },
    { given: { datetime: '21.11.2026' }, fails: 'data-invalid', note: 'datetime/parse reads other forms.' },
    { given: { datetime: '9999-12-31T23:00:00-05:00' }, fails: 'out-of-range' },
    { given: { datetime: '2026-11-21', zone: 'Mars/Olympus' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, zone: name }) => {
    const zone = findZone(name);
    const moment = readIn(zone, datetime, 'datetime');
    return writeDate(checkYears({ ...moment, seconds: wallOf(zone, moment) }, 'datetime'));
  },
});
