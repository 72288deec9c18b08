import { defineAction } from '../kit/index.ts';
import { durationField, readDuration, secondsOf } from './duration.ts';

export default defineAction({
  id: 'datetime/duration-parse',
  title: 'Parse duration',
  summary: 'Takes an ISO 8601 duration apart.',
  documentation: `
Each unit comes as it is written; nothing is carried over, so that PT90M is 90 minutes. A sign may stand before the whole or
before a number. Weeks may be mixed with other units, as ISO 8601-2 allows. Numbers may have up to nine decimals, but years and
months must be whole.

\`total\` is the exact length in seconds, with days of 24 hours, and null when there are years or months: these have no definite
length until they are added to a date.`,
  fields: { duration: durationField({ label: 'Duration' }) },
  output: {
    type: 'object',
    properties: { hours: { type: 'number' }, total: { type: ['number', 'null'] } },
    required: ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'total'],
  },
  failures: { 'data-invalid': 'The duration is not one of ISO 8601, or one of its numbers is too large.' },
  examples: [
    {
      given: { duration: 'P3DT4H30M0.5S' },
      gives: { years: 0, months: 0, weeks: 0, days: 3, hours: 4, minutes: 30, seconds: 0.5, total: 275400.5 },
    },
    {
      given: { duration: '-P1Y2M' },
      gives: { years: -1, months: -2, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0, total: null },
    },
    {
      given: { duration: { hours: 36 } },
      gives: { years: 0, months: 0, weeks: 0, days: 0, hours: 36, minutes: 0, seconds: 0, total: 129600 },
    },
    { given: { duration: 'P' }, fails: 'data-invalid' },
    { given: { duration: 'P0.5Y' }, fails: 'data-invalid', note: 'Half a year is 181 to 184 days.' },
    { given: { duration: { fortnights: 1 } }, fails: 'data-invalid' },
    { given: { duration: 90 }, fails: 'input-invalid' },
  ],
  run: ({ duration }) => {
    const parsed = readDuration(duration, 'duration');
    return { ...parsed, total: secondsOf(parsed) ?? null };
  },
});
