import { defineAction } from '../kit/index.ts';
import { controlFailures, setRunning, timerId, timerSchema, unknownFailure } from './timer.ts';

export default defineAction({
  id: 'config/start-timer',
  title: 'Start timer',
  summary: 'Starts a timer.',
  documentation: `
The first run comes after one interval. Starting a timer that runs begins its interval anew. The result is the timer as it is now, \`running\` being
true.`,
  fields: { 'timer-id': timerId },
  output: timerSchema,
  failures: { ...unknownFailure, ...controlFailures },
  examples: [
    {
      given: { 'timer-id': 'clean-up' },
      gives: { id: 'clean-up', intervalMs: 60_000, operation: 'service/tools/echo', input: { a: 1 }, running: true },
    },
    { given: { 'timer-id': 'none' }, fails: 'timer-unknown' },
    { given: { 'timer-id': 7 }, fails: 'input-invalid' },
  ],
  run: ({ 'timer-id': id }, context) => setRunning(context, id, true),
});
