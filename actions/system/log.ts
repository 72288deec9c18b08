import { any, defineAction, oneOf, optional, string } from '../kit/index.ts';

export default defineAction({
  id: 'system/log',
  title: 'Log',
  summary: 'Writes a record to the log.',
  keywords: ['console', 'debug', 'echo', 'print', 'trace'],
  documentation:
    'The record is written at its level, unless the minimum level in force at this node is higher. It never fails for what the value holds: ' +
    'secrets are redacted and long values cut.',
  fields: {
    label: optional(string({ label: 'Label' })),
    level: optional(oneOf(['debug', 'info', 'warning', 'error'], { label: 'Level' }), 'info'),
    value: any({ label: 'Value' }),
  },
  output: null,
  examples: [
    { given: { label: 'Test', level: 'info', value: 'Hello' }, gives: null },
    { given: { value: { items: 3 } }, gives: null, note: 'The level is info.' },
    { given: { level: 'notice', value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ label, level, value }, context) => {
    context.log(level, label, value);
    return null;
  },
});
