import { defineAction, optional, string } from '../kit/index.ts';
import { moment } from './moment.ts';
import { choiceField, findZone, readIn, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/convert-zone',
  title: 'Convert time zone',
  summary: 'Writes a moment as clocks of another time zone show it.',
  keywords: ['offset', 'timezone', 'tz', 'utc'],
  documentation: `
The moment stays the same. A datetime without an offset is a time in \`from\`. Where clocks are put forward, such a time may not
exist: it is then as much later as the gap is long, 02:30 becoming 03:30. Where they are put back it comes twice: the first of
the two is meant. \`skipped\` chooses otherwise, in the words of Temporal's disambiguation, or lets it fail.

Zones are those of the IANA database, as the Node.js that runs the engine knows them. Offsets before the time of standard zones
may have seconds, as in +00:53:28.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `from`.' }),
    zone: zoneField('To which it is converted, such as Europe/Berlin, UTC or +05:30.'),
    from: optional(string({ label: 'From', help: 'Zone of a datetime without an offset.' }), 'UTC'),
    skipped: choiceField,
  },
  output: { type: 'string', format: 'date-time' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist, or one that comes twice.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999.',
  },
  examples: [
    { given: { datetime: '2026-07-01T12:00:00Z', zone: 'Europe/Berlin' }, gives: '2026-07-01T14:00:00+02:00' },
    {
      given: { datetime: '2026-07-01T12:00:00.500', from: 'America/New_York', zone: 'UTC' },
      gives: '2026-07-01T16:00:00.500Z',
    },
    { given: { datetime: '2026-07-01T12:00:00Z', zone: '+05:30' }, gives: '2026-07-01T17:30:00+05:30' },
    {
      given: { datetime: '2026-03-29T02:30:00', from: 'Europe/Berlin', zone: 'Europe/Berlin' },
      gives: '2026-03-29T03:30:00+02:00',
      note: 'Clocks skip this time.',
    },
    {
      given: { datetime: '2026-10-25T02:30:00', from: 'Europe/Berlin', zone: 'UTC', skipped: 'later' },
      gives: '2026-10-25T01:30:00Z',
      note: 'Clocks show this time twice.',
    },
    {
      given: { datetime: '2026-10-25T02:30:00', from: 'Europe/Berlin', zone: 'UTC', skipped: 'fail' },
      fails: 'data-invalid',
    },
    { given: { datetime: '9999-12-31T23:00:00Z', zone: '+02:00' }, fails: 'out-of-range' },
    { given: { datetime: '2026-07-01T12:00:00Z', zone: 'local' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, zone, from, skipped }) =>
    writeIn(findZone(zone), readIn(findZone(from, 'from'), datetime, 'datetime', skipped), 'datetime'),
});
