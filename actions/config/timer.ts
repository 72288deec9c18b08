import { type ActionContext, ActionFailure, type FieldSchema, integer, reference, string } from '../kit/index.ts';

export const timerSchema: FieldSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    intervalMs: { type: 'integer' },
    operation: { type: 'string' },
    input: {},
    running: { type: 'boolean' },
  },
  required: ['id', 'intervalMs', 'operation', 'input', 'running'],
};

export const timerId = string({ label: 'Timer', help: 'What config/create-timer gave.' });
export const interval = integer({
  label: 'Interval',
  help: 'Milliseconds from the beginning of one run to that of the next.',
  minimum: 100,
  maximum: 2 ** 31 - 1,
});
export const operation = reference('service', {
  label: 'Operation',
  help: 'What is run, by its address: service/<id>/<operation>.',
});

export const unknownFailure = { 'timer-unknown': 'There is no timer of this id.' };
export const controlFailures = {
  'engine-unavailable': 'The engine is stopping, did not answer within 10 s, or there is none, as in `sluice run`.',
};

/** Says that there is no such timer. */
export const unknownTimer = (): ActionFailure =>
  new ActionFailure('timer-unknown', '`timer-id` must be the id of a timer that was created, and there is none of it');

/** Starts or stops a timer. */
export const setRunning = (context: ActionContext, id: string, running: boolean): Promise<unknown> =>
  context.host.control.changeTimer(id, { running }, context.node);
