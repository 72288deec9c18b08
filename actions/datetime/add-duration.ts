import { boolean, defineAction, optional } from '../kit/index.ts';
import { addStep } from './calendar-math.ts';
import { durationField, readDuration, stepOf } from './duration.ts';
import { moment } from './moment.ts';
import { findZone, readIn, writeIn, zoneField } from './zone.ts';

export default defineAction({
  id: 'datetime/add-duration',
  title: 'Add duration',
  summary: 'Gives the moment that lies a duration after or before another one.',
  documentation: `
Years and months come first, then weeks and days, both on the calendar of \`zone\`: the time of day stays when clocks change,
and a day that the new month lacks becomes its last one. Hours, minutes and seconds come last and are exact time, as is a part
of a day. Taking away a month is therefore not always the way back: March 31st minus a month is February 28th, and a month later
March 28th.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    duration: durationField({ label: 'Duration' }),
    subtract: optional(boolean({ label: 'Subtract', help: 'Goes back instead.' }), false),
    zone: zoneField(),
  },
  output: { type: 'string', format: 'date-time' },
  failures: {
    'data-invalid': 'The datetime or the duration is not as ISO 8601 has it.',
    'out-of-range': 'The result is outside of the years 0000 to 9999.',
  },
  examples: [
    { given: { datetime: '2026-11-21T12:00:00Z', duration: 'P1DT2H' }, gives: '2026-11-22T14:00:00Z' },
    { given: { datetime: '2024-02-29', duration: { years: 1 } }, gives: '2025-02-28T00:00:00Z' },
    { given: { datetime: '2026-03-31', duration: 'P1M', subtract: true }, gives: '2026-02-28T00:00:00Z' },
    {
      given: { datetime: '2026-10-24T12:00:00', duration: 'P1D', zone: 'Europe/Berlin' },
      gives: '2026-10-25T12:00:00+01:00',
      note: '25 hours later.',
    },
    { given: { datetime: '2026-11-21', duration: 'PT0.25S' }, gives: '2026-11-21T00:00:00.250Z' },
    { given: { datetime: '2026-11-21', duration: 'P9000Y' }, fails: 'out-of-range' },
    { given: { datetime: '2026-11-21', duration: '1 day' }, fails: 'data-invalid' },
    { given: { datetime: '2026-11-21', duration: null }, fails: 'input-invalid' },
  ],
  run: ({ datetime, duration, subtract, zone: name }) => {
    const zone = findZone(name);
    const from = readIn(zone, datetime, 'datetime');
    const step = stepOf(readDuration(duration, 'duration'), subtract ? -1 : 1);
    const digits = step.micros % 1_000_000 === 0 ? 0 : step.micros % 1000 === 0 ? 3 : 6;
    return writeIn(
      zone,
      addStep(zone, { ...from, digits: Math.max(from.digits, digits) }, step, 'duration'),
      'duration',
    );
  },
});
