import {
  ActionFailure,
  type Awaitable,
  defineAction,
  describeValue,
  integer,
  lazy,
  listOf,
  optional,
  string,
} from '../kit/index.ts';
import { milliseconds } from '../support/deadline.ts';
import { caughtError, isUncatchable, recover } from '../support/failure.ts';
import {
  admit,
  type Breaker,
  type BreakerRule,
  makeBreaker,
  reportFailure,
  reportNothing,
  reportSuccess,
} from './breaker.ts';

const raise = { $do: { actions: [{ id: 'r', action: 'scope/raise', input: { message: 'Out of order.' } }] } };

export default defineAction({
  id: 'flow/circuit-breaker',
  title: 'Circuit breaker',
  summary: 'Stops running steps for a while when they keep failing.',
  documentation: `
**Closed**: the steps run. When \`failures\` of them have failed within \`window\` milliseconds, the circuit opens.
**Open**: for \`open\` milliseconds nothing runs and every call fails with \`circuit-open\`; \`details.retryAfterMs\`
says for how long. **Half open**: then up to \`probes\` calls run their steps, and the others still fail. When that many
have succeeded the circuit closes; when one fails it opens again. A probe that has not ended after \`open\` milliseconds
no longer counts.

\`fallback\` takes the place of every failure, of the steps as well as \`circuit-open\`, and sees it in the scope
\`error\`; without it they pass through. Codes in \`not-on\` are failures that say nothing about what is called, such as
\`input-invalid\`; they are not counted. The limits and the cancellation of the run are not counted either, and no
fallback stands in for them.

The circuit belongs to its \`key\` and to this worker process: with several workers each finds out for itself.`,
  fields: {
    key: string({ label: 'Key', help: 'What is called, such as the name of a service. Equal keys share a circuit.' }),
    value: lazy({ label: 'Steps' }),
    failures: optional(
      integer({ label: 'Failures', help: 'So many within the window open it.', minimum: 1, maximum: 1000 }),
      5,
    ),
    window: optional(milliseconds('Window', 'How long a failure is counted.', 1), 10_000),
    open: optional(milliseconds('Open', 'How long nothing runs.', 1), 30_000),
    probes: optional(
      integer({ label: 'Probes', help: 'Successes that close it again.', minimum: 1, maximum: 1000 }),
      1,
    ),
    'not-on': optional(listOf(string(), { label: 'Not on', help: 'Failure codes that are not counted.' }), []),
    fallback: optional(lazy({ label: 'Fallback', help: 'Steps or a value in place of any failure.' })),
  },
  output: {},
  failures: { 'circuit-open': 'The circuit is open, or half open with all its probes under way.' },
  examples: [
    { given: { key: 'billing', value: 'paid' }, gives: 'paid' },
    { given: { key: 'billing', value: raise, fallback: { $ref: ['error', 'code'] } }, gives: 'raised' },
    {
      given: { key: 'out of order', value: 'not run' },
      fails: 'circuit-open',
      note: 'The circuit was opened before by other calls of the examples.',
    },
    { given: { key: 'billing', value: 1, failures: 0 }, fails: 'input-invalid' },
  ],
  run: (input, context) => {
    const { key, value, fallback } = input;
    const rule: BreakerRule = {
      threshold: input.failures,
      windowMs: input.window,
      openMs: input.open,
      probes: input.probes,
    };
    const { host } = context;
    const breaker = host.memory.shared('flow/circuit-breaker', key, makeBreaker);
    const report = (thrown: unknown, period: number | null): void => {
      const isOfRun = isUncatchable(thrown) || context.signal.aborted;
      if (isOfRun || input['not-on'].includes(caughtError(thrown).code)) reportNothing(breaker, period);
      else reportFailure(breaker, period, host.monotonic(), rule);
    };
    return recover(
      () => attempt({ key, breaker, rule, now: host.monotonic() }, value, report),
      (thrown) => {
        if (fallback === undefined || isUncatchable(thrown)) throw thrown;
        return fallback({ error: caughtError(thrown) });
      },
    );
  },
});

const attempt = (
  { key, breaker, rule, now }: { key: string; breaker: Breaker; rule: BreakerRule; now: number },
  value: () => Awaitable<unknown>,
  report: (thrown: unknown, period: number | null) => void,
): Awaitable<unknown> => {
  const admission = admit(breaker, now, rule);
  if ('retryAfterMs' in admission) {
    throw new ActionFailure(
      'circuit-open',
      `What has the \`key\` ${describeValue(key)} failed too often and is not called for another ${admission.retryAfterMs} ms.`,
      admission,
    );
  }
  const { period } = admission;
  const result = recover(value, (thrown) => {
    report(thrown, period);
    throw thrown;
  });
  if (!(result instanceof Promise)) {
    reportSuccess(breaker, period, rule);
    return result;
  }
  return result.then((late) => {
    reportSuccess(breaker, period, rule);
    return late;
  });
};
