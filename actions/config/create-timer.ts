import { any, boolean, defineAction, optional, string } from '../kit/index.ts';
import { controlFailures, interval, operation } from './timer.ts';

export default defineAction({
  id: 'config/create-timer',
  title: 'Create timer',
  summary: 'Sets up a timer that runs a service operation again and again, and gives its id.',
  keywords: ['cron', 'interval', 'job', 'recurring', 'schedule'],
  documentation: `
The id is the name. A timer of that name is replaced, so a workflow that sets up its timers each time it runs leaves one of each. The first
run comes after one interval. Each run is an outside run of the operation with \`input\`, in one worker process, whichever is next; a time that
comes while the last run still goes on is left out.

Timers live in memory as long as the engine does: after a restart something must set them up again. There can be 1,000; an input may have
64 KB as JSON, and all inputs together 1 MB. All timers together, stopped ones included, may begin 1,000 runs and hand over 2 MB of input per
second. Setting up, changing and deleting timers is recorded in the audit trail.`,
  fields: {
    'timer-name': string({ label: 'Name', help: 'Up to 200 characters; it becomes the id.' }),
    interval,
    'flow-id': operation,
    input: optional(any({ label: 'Input', help: 'What each run gets; JSON.' })),
    running: optional(boolean({ label: 'Running', help: 'Whether it begins at once.' }), true),
  },
  output: { type: 'string' },
  failures: {
    'timer-invalid':
      'There is no such active operation, the name or the input is not allowed, or it is too much with all other timers.',
    ...controlFailures,
  },
  examples: [
    {
      given: { 'timer-name': 'clean-up', interval: 60_000, 'flow-id': 'service/tools/echo', input: { a: 1 } },
      gives: 'clean-up',
    },
    {
      given: { 'timer-name': 'later', interval: 1000, 'flow-id': 'service/tools/echo', running: false },
      gives: 'later',
      note: 'Nothing happens before config/start-timer.',
    },
    {
      given: { 'timer-name': 'lost', interval: 1000, 'flow-id': 'service/none/echo' },
      fails: 'timer-invalid',
    },
    { given: { 'timer-name': 'fast', interval: 10, 'flow-id': 'service/tools/echo' }, fails: 'input-invalid' },
  ],
  run: async ({ 'timer-name': id, interval: intervalMs, 'flow-id': operation, input, running }, { host, node }) => {
    const timer = await host.control.setTimer({ id, intervalMs, operation, input: input ?? null, running }, node);
    return timer.id;
  },
});
