import { defineAction } from '../kit/index.ts';
import { addCount, addUnitField } from './calendar-math.ts';
import { currentMoment, wholeNumber } from './units.ts';
import { findZone, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/datetime-add-to-now',
  title: 'Add to now',
  summary: 'Gives the moment that lies some time after the current one.',
  documentation: `
The same as \`datetime/datetime-add\` with the result of \`datetime/now\`: exact time up to hours, days and months of the
calendar in \`zone\` from there on. The result has milliseconds, and six digits of a second for smaller units. A replay gives
the same moment.`,
  fields: {
    count: wholeNumber({ label: 'Count', help: 'How many; a negative number goes back.' }),
    time_unit: addUnitField,
    zone: zoneField(),
  },
  output: { type: 'string', format: 'date-time' },
  failures: { 'out-of-range': 'The result is outside of the years 0000 to 9999.' },
  examples: [
    { given: { count: 8000, time_unit: 'year' }, fails: 'out-of-range' },
    { given: { count: '1', time_unit: 'day' }, fails: 'input-invalid' },
    { given: { count: 1, time_unit: 'fortnight' }, fails: 'input-invalid' },
  ],
  run: ({ count, time_unit: unit, zone: name }, { host }) => {
    const zone = findZone(name);
    return writeIn(zone, addCount(zone, currentMoment(host), count, unit ?? 'second'), 'count');
  },
});
