import { type ActionFailure, defineAction, lazy, optional } from '../kit/index.ts';
import { openBranches, timeoutFailure } from '../support/branches.ts';
import { milliseconds } from '../support/deadline.ts';
import { caughtError, recover } from '../support/failure.ts';

const late = { $do: { actions: [{ id: 's', action: 'thread/sleep', input: { duration: 60_000 } }] } };

export default defineAction({
  id: 'flow/timeout',
  title: 'Timeout',
  summary: 'Runs steps, but waits for them no longer than a given time.',
  keywords: ['deadline', 'time limit'],
  documentation: `
When the time is over the steps are stopped: no further one begins, and what they wait for is given up. Then
\`onTimeout\` runs with the scope \`error\` and its result takes the place of theirs; without it the action fails with
\`timeout\`. Other failures of the steps pass through, a \`timeout\` of an action inside them too. The steps see a copy
of the variables: what they set is not seen outside, their result is.`,
  fields: {
    value: lazy({ label: 'Steps' }),
    timeout: milliseconds('Timeout', 'How long the steps may take.', 1),
    onTimeout: optional(lazy({ label: 'On timeout', help: 'Steps or a value for when the time is over.' })),
  },
  output: {},
  failures: { timeout: 'The steps took longer than `timeout`, and there is no `onTimeout`.' },
  examples: [
    { given: { value: 'quick', timeout: 1000 }, gives: 'quick' },
    { given: { value: late, timeout: 5 }, fails: 'timeout' },
    { given: { value: late, timeout: 5, onTimeout: { $ref: ['error', 'code'] } }, gives: 'timeout' },
    { given: { value: 1, timeout: 0 }, fails: 'input-invalid' },
  ],
  run: ({ value, timeout, onTimeout }, context) => {
    const branches = openBranches(context);
    let over: ActionFailure | undefined;
    const work = () =>
      branches.runWithin(value, timeout, () => {
        over = timeoutFailure('`value`', timeout);
        return over;
      });
    if (onTimeout === undefined) return work();
    return recover(work, (thrown) => {
      if (over === undefined || thrown !== over) throw thrown;
      return onTimeout({ error: caughtError(thrown) });
    });
  },
});
