import { defineAction } from '../kit/index.ts';
import { dayNumber, weekdayOf } from './moment.ts';
import { currentMoment } from './units.ts';
import { findZone, wallOf, zoneField } from './zone.ts';

const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export default defineAction({
  id: 'datetime/current-day',
  title: 'Current day',
  summary: 'Gives the English name of the weekday.',
  documentation: `
Monday to Sunday, of the day that it is in UTC unless \`zone\` names another time zone. \`datetime/format\` with the format EEEE
gives names in other languages.`,
  fields: { zone: zoneField() },
  output: { enum: names },
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
    return names[weekdayOf(dayNumber({ ...moment, seconds: wallOf(findZone(zone), moment) })) - 1];
  },
});
