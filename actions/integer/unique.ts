import { boolean, defineAction, optional } from '../kit/index.ts';

interface Last {
  value: number;
}

export default defineAction({
  id: 'integer/unique',
  title: 'Unique',
  summary: 'Gives a whole number that this process has not given before.',
  documentation: `
The numbers are microseconds since 1970, or one more than the last where that is larger, so that they are positive, always grow,
and are not given again after a restart either; both options are there for configurations that set them, and change nothing.
Another process of the engine may give the same number at the same time: for identifiers that are unique everywhere use
\`uuid/random\`.`,
  fields: {
    positive: optional(boolean({ label: 'Positive', help: 'Only numbers above 0; that is always so.' }), false),
    monotonic: optional(
      boolean({ label: 'Monotonic', help: 'Each number larger than those before; that is always so.' }),
      false,
    ),
  },
  output: { type: 'integer', minimum: 1 },
  examples: [
    {
      given: { monotonic: 'yes' },
      fails: 'input-invalid',
      note: 'What it gives differs every time: a number such as 1795248000000001.',
    },
    { given: { positive: 1 }, fails: 'input-invalid' },
  ],
  run: (_, { host }) => {
    const last = host.memory.shared('integer/unique', '', (): Last => ({ value: 0 }));
    last.value = Math.max(last.value + 1, Math.floor(host.now() * 1000));
    return last.value;
  },
});
