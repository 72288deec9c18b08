import { defineAction } from '../kit/index.ts';
import { controlFailures, timerId } from './timer.ts';

export default defineAction({
  id: 'config/delete-timer',
  title: 'Delete timer',
  summary: 'Removes a timer and tells whether there was one.',
  documentation: `
Removing a timer that is not there is no failure, so that workflows that run at the same time can both clean up. A run that goes on at this
moment is not ended.`,
  fields: { 'timer-id': timerId },
  output: { type: 'boolean' },
  failures: controlFailures,
  examples: [
    { given: { 'timer-id': 'clean-up' }, gives: true },
    { given: { 'timer-id': 'none' }, gives: false },
    { given: { 'timer-id': 7 }, fails: 'input-invalid' },
  ],
  run: ({ 'timer-id': id }, { host, node }) => host.control.deleteTimer(id, node),
});
