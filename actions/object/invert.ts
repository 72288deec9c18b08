import { ActionFailure, defineAction, describeValue, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/invert',
  title: 'Invert',
  summary: 'Exchanges the keys and the values of an object.',
  documentation: `
For reading a table of codes the other way round. Values that are numbers, true or false become texts, since keys are texts;
null, arrays and objects fail. Two equal values would lose a key and fail as well: 1 and "1" are equal here.`,
  fields: { object: object({ label: 'Object' }) },
  output: { type: 'object', additionalProperties: { type: 'string' } },
  failures: { 'key-conflict': 'Two keys have the same value.' },
  examples: [
    { given: { object: { open: 1, paid: 2 } }, gives: { 1: 'open', 2: 'paid' } },
    { given: { object: { de: 'German', fr: 'French' } }, gives: { German: 'de', French: 'fr' } },
    { given: { object: {} }, gives: {} },
    { given: { object: { a: 1, b: '1' } }, fails: 'key-conflict' },
    { given: { object: { a: null } }, fails: 'input-invalid' },
  ],
  run: ({ object }) => {
    const keys = new Map<string, string>();
    for (const [key, value] of Object.entries(object)) {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw new ActionFailure(
          'input-invalid',
          `Every value of \`object\` must be a text, a number, true or false to be a key, found ${describeValue(value)}`,
        );
      }
      const name = String(value);
      if (keys.has(name)) {
        throw new ActionFailure(
          'key-conflict',
          `Two keys of \`object\` have the value ${describeValue(value)}; remove one of them first`,
        );
      }
      keys.set(name, key);
    }
    return Object.fromEntries(keys);
  },
});
