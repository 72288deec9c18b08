import { defineAction } from '../kit/index.ts';
import { controlFailures, setRunning, timerId, timerSchema, unknownFailure } from './timer.ts';

export default defineAction({
  id: 'config/stop-timer',
  title: 'Stop timer',
  summary: 'Stops a timer.',
  documentation: `
The timer stays and can be started again with \`config/start-timer\`. A run that goes on at this moment is not ended. The result is the timer as it is
now, \`running\` being false.`,
  fields: { 'timer-id': timerId },
  output: timerSchema,
  failures: { ...unknownFailure, ...controlFailures },
  examples: [
    {
      given: { 'timer-id': 'clean-up' },
      gives: { id: 'clean-up', intervalMs: 60_000, operation: 'service/tools/echo', input: { a: 1 }, running: false },
    },
    { given: { 'timer-id': 'none' }, fails: 'timer-unknown' },
    { given: { 'timer-id': 7 }, fails: 'input-invalid' },
  ],
  run: ({ 'timer-id': id }, context) => setRunning(context, id, false),
});
