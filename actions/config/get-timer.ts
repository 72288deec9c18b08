import { defineAction } from '../kit/index.ts';
import { controlFailures, timerId, timerSchema, unknownFailure, unknownTimer } from './timer.ts';

export default defineAction({
  id: 'config/get-timer',
  title: 'Get timer',
  summary: 'Gives a timer as it is now.',
  documentation: `
\`operation\` is the address of what it runs, \`intervalMs\` the milliseconds between two beginnings, \`input\` what each run gets, and \`running\`
says whether it is on. A timer whose operation was removed is still there; it does nothing until that is back.`,
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
  run: async ({ 'timer-id': id }, { host }) => {
    const timer = (await host.control.timers()).find((candidate) => candidate.id === id);
    if (timer === undefined) throw unknownTimer();
    return timer;
  },
});
