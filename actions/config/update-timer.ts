import { any, defineAction, optional } from '../kit/index.ts';
import { controlFailures, interval, operation, timerId, timerSchema, unknownFailure } from './timer.ts';

export default defineAction({
  id: 'config/update-timer',
  title: 'Update timer',
  summary: "Changes a timer's interval, operation or input.",
  documentation: `
What is left out stays as it is; whether the timer runs stays so in any case. A running timer begins its interval anew. A run that goes on at
this moment ends with what it began with. The result is the timer as it is now.`,
  fields: {
    'timer-id': timerId,
    interval: optional(interval),
    'flow-id': optional(operation),
    input: optional(any({ label: 'Input', help: 'What each run gets; JSON.' })),
  },
  output: timerSchema,
  failures: {
    ...unknownFailure,
    'timer-invalid':
      'There is no such active operation, the input is not allowed, or it is too much with all other timers.',
    ...controlFailures,
  },
  examples: [
    {
      given: { 'timer-id': 'clean-up', interval: 1000 },
      gives: { id: 'clean-up', intervalMs: 1000, operation: 'service/tools/echo', input: { a: 1 }, running: true },
    },
    { given: { 'timer-id': 'clean-up', 'flow-id': 'service/none/echo' }, fails: 'timer-invalid' },
    { given: { 'timer-id': 'none', interval: 1000 }, fails: 'timer-unknown' },
    { given: { 'timer-id': 'none', interval: 10 }, fails: 'input-invalid' },
  ],
  run: ({ 'timer-id': id, interval: intervalMs, 'flow-id': operation, input }, { host, node }) =>
    host.control.changeTimer(
      id,
      {
        ...(intervalMs !== undefined && { intervalMs }),
        ...(operation !== undefined && { operation }),
        ...(input !== undefined && { input }),
      },
      node,
    ),
});
