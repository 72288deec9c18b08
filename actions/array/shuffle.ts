import { array, defineAction } from '../kit/index.ts';
import { drawItems } from './draw.ts';

export default defineAction({
  id: 'array/shuffle',
  title: 'Shuffle',
  summary: 'Puts the items of an array into a random order.',
  documentation: `
Every order is as likely as any other, the one that was given included. The order is recorded with the run, so that a replay
gives the same. It can be foretold with some effort and must not decide about secrets.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: [5] }, gives: [5], note: 'With one item there is one order.' },
    { given: { array: ['x', 'x'] }, gives: ['x', 'x'] },
    { given: { array: [] }, gives: [] },
    { given: { array: 'abc' }, fails: 'input-invalid' },
  ],
  run: ({ array }, { host }) => drawItems(array, array.length, () => host.random()),
});
