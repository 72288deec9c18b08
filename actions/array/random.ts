import { ActionFailure, array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/random',
  title: 'Random',
  summary: 'Picks one item of an array at random.',
  documentation: `
Each position is as likely as any other. An empty array has nothing to pick and fails. The choice is recorded with the run, so
that a replay picks the same. It can be foretold with some effort and must not decide about secrets.`,
  fields: { array: array({ label: 'Array' }) },
  output: {},
  examples: [
    { given: { array: ['only'] }, gives: 'only', note: 'With one item there is one choice.' },
    { given: { array: [7, 7, 7] }, gives: 7 },
    { given: { array: [] }, fails: 'input-invalid' },
  ],
  run: ({ array }, { host }) => {
    if (array.length === 0) {
      throw new ActionFailure('input-invalid', '`array` must have at least one item to pick, found an empty array');
    }
    return array[Math.floor(host.random() * array.length)] ?? null;
  },
});
