import { defineAction } from '../kit/index.ts';
import { writeTime } from './moment.ts';
import { currentMoment, timeUnitField } from './units.ts';
import { findZone, wallOf, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/current-time',
  title: 'Current time',
  summary: 'Gives the time of day.',
  documentation: `
Written as hh:mm:ss with no digits of a second for \`second\`, three for \`millisecond\` and six for the smaller units, the last
three of which are zero: the clock of a run counts milliseconds. It is the time of UTC unless \`zone\` names another time zone.`,
  fields: { time_unit: timeUnitField('millisecond', 'How exactly it is written.'), zone: zoneField() },
  output: { type: 'string' },
  examples: [
    { given: { time_unit: 'second', zone: 'Mars/Olympus' }, fails: 'input-invalid' },
    { given: { time_unit: 'hour' }, fails: 'input-invalid', note: 'Any other result would be another one by now.' },
  ],
  run: ({ time_unit: unit, zone }, { host }) => {
    const moment = currentMoment(host, unit);
    return writeTime({ ...moment, seconds: wallOf(findZone(zone), moment) });
  },
});
