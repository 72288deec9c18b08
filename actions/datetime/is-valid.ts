import { ActionFailure, any, defineAction } from '../kit/index.ts';
import { readMoment } from './moment.ts';

export default defineAction({
  id: 'datetime/is-valid',
  title: 'Is a datetime',
  summary: 'Says whether a value is a datetime that the other actions read.',
  documentation: `
True for an ISO 8601 text with a date, and perhaps a time and an offset, whose day and time exist: 2026-02-29 does not, nor do
24:00 and the leap second 23:59:60. The years are 0000 to 9999. White space around it does not matter. Any other value, numbers
included, is false and no failure.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: '2024-02-29T12:00:00Z' }, gives: true },
    { given: { value: '2026-11-21' }, gives: true },
    { given: { value: '2026-02-29' }, gives: false },
    { given: { value: 1763683200 }, gives: false },
    { given: { value: null }, gives: false },
    { given: {}, fails: 'input-invalid' },
  ],
  run: ({ value }) => {
    if (typeof value !== 'string' && !(value instanceof Date)) return false;
    try {
      readMoment(value, 'value');
      return true;
    } catch (thrown) {
      if (thrown instanceof ActionFailure) return false;
      throw thrown;
    }
  },
});
