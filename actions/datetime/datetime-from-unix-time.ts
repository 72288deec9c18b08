import { defineAction } from '../kit/index.ts';
import { checkYears, writeMoment } from './moment.ts';
import { addUnits, timeUnitField, wholeNumber } from './units.ts';

const epoch = { seconds: 0, micros: 0, digits: 0 };

export default defineAction({
  id: 'datetime/datetime-from-unix-time',
  title: 'Datetime from Unix time',
  summary: 'Writes a Unix time as an ISO 8601 text in UTC.',
  keywords: ['epoch', 'timestamp'],
  documentation: `
The result has no digits of a second for \`second\`, three for \`millisecond\` and six for the smaller units; nanoseconds are
rounded down to microseconds. The years 0000 to 9999 can be written: -62167219200 to 253402300799 seconds. A time in
milliseconds that is taken for seconds leads beyond that and fails, which is the usual mistake.`,
  fields: {
    unix_time: wholeNumber({ label: 'Unix time', help: 'Since 1970-01-01T00:00:00Z; negative before.' }),
    time_unit: timeUnitField('second', 'What the Unix time counts.'),
  },
  output: { type: 'string', format: 'date-time' },
  failures: { 'out-of-range': 'The time is outside of the years 0000 to 9999.' },
  examples: [
    { given: { unix_time: 1464096368, time_unit: 'second' }, gives: '2016-05-24T13:26:08Z' },
    { given: { unix_time: 1432560368868, time_unit: 'millisecond' }, gives: '2015-05-25T13:26:08.868Z' },
    { given: { unix_time: 1432560368868569, time_unit: 'microsecond' }, gives: '2015-05-25T13:26:08.868569Z' },
    { given: { unix_time: -1, time_unit: 'nanosecond' }, gives: '1969-12-31T23:59:59.999999Z' },
    { given: { unix_time: 253402300799 }, gives: '9999-12-31T23:59:59Z' },
    { given: { unix_time: 253402300800 }, fails: 'out-of-range' },
    { given: { unix_time: 0.5 }, fails: 'input-invalid' },
  ],
  run: ({ unix_time: time, time_unit: unit }) =>
    writeMoment(checkYears(addUnits(epoch, time, unit ?? 'second'), 'unix_time')),
});
