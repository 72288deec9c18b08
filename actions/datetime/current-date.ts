import { defineAction } from '../kit/index.ts';
import { writeDate } from './moment.ts';
import { currentMoment } from './units.ts';
import { findZone, wallOf, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/current-date',
  title: 'Current date',
  summary: "Gives today's date.",
  documentation: `
The date is that of UTC unless \`zone\` names another time zone: for a part of every day the two differ. The clock is that of
the run, so that a replay gives the same date.`,
  fields: { zone: zoneField() },
  output: { type: 'string', format: 'date' },
  examples: [
    {
      given: { zone: 'Mars/Olympus' },
      fails: 'input-invalid',
      note: 'Any other result would be another one tomorrow.',
    },
    { given: { zone: 2 }, fails: 'input-invalid' },
  ],
  run: ({ zone }, { host }) => {
    const moment = currentMoment(host);
    return writeDate({ ...moment, seconds: wallOf(findZone(zone), moment) });
  },
});
