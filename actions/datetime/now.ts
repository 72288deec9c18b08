import { defineAction } from '../kit/index.ts';
import { currentMoment, timeUnitField } from './units.ts';
import { findZone, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/now',
  title: 'Now',
  summary: 'Gives the current moment as an ISO 8601 text.',
  keywords: ['current time', 'timestamp', 'today'],
  documentation: `
Written with no digits of a second for \`second\`, three for \`millisecond\` and six for the smaller units, the last three of
which are zero: the clock of a run counts milliseconds. It is in UTC and ends with Z unless \`zone\` names another time zone. A
replay gives the same moment.`,
  fields: { time_unit: timeUnitField('millisecond', 'How exactly it is written.'), zone: zoneField() },
  output: { type: 'string', format: 'date-time' },
  examples: [
    { given: { zone: 'Mars/Olympus' }, fails: 'input-invalid' },
    { given: { time_unit: 'hour' }, fails: 'input-invalid', note: 'Any other result would be another one by now.' },
  ],
  run: ({ time_unit: unit, zone }, { host }) => writeIn(findZone(zone), currentMoment(host, unit), 'zone'),
});
