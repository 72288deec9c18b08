import { defineAction } from '../kit/index.ts';
import { moment, readMoment } from './moment.ts';
import { sinceEpoch, timeUnitField } from './units.ts';

export default defineAction({
  id: 'datetime/datetime-to-unix-time',
  title: 'Unix time of a datetime',
  summary: 'Counts the seconds from 1970 to a moment.',
  keywords: ['epoch', 'timestamp'],
  documentation: `
POSIX time, without leap seconds, negative before 1970-01-01T00:00:00Z and rounded down to whole units. What has no offset is
UTC. Nanoseconds of our days are the nearest that a number holds, which may be 128 off.`,
  fields: { datetime: moment({ label: 'Datetime' }), time_unit: timeUnitField('second', 'What is counted.') },
  output: { type: 'integer' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999 in UTC.',
  },
  examples: [
    { given: { datetime: '2016-05-24T13:26:08Z' }, gives: 1464096368 },
    { given: { datetime: '2016-05-24T15:26:08.999+02:00' }, gives: 1464096368 },
    { given: { datetime: '2015-05-25T13:26:08.868569Z', time_unit: 'microsecond' }, gives: 1432560368868569 },
    { given: { datetime: '1969-12-31T23:59:59.5Z' }, gives: -1 },
    { given: { datetime: 'now' }, fails: 'data-invalid' },
    { given: { datetime: '9999-12-31T23:00:00-05:00' }, fails: 'out-of-range' },
    { given: { datetime: null }, fails: 'input-invalid' },
  ],
  run: ({ datetime, time_unit: unit }) => sinceEpoch(readMoment(datetime, 'datetime'), unit ?? 'second'),
});
