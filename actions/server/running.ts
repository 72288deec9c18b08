import { type ActionContext, ActionFailure, type FieldSchema, reference } from '../kit/index.ts';

export const serverReference = reference('server', { label: 'Server', help: 'Its address: server/<id>.' });

export const serverSchema: FieldSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    state: { enum: ['listening', 'stopped', 'failed'] },
    host: { type: 'string' },
    port: { type: 'integer' },
    reason: { type: 'string' },
  },
  required: ['id', 'state'],
};

export const failures = {
  'server-unknown': 'The project has no server of this id.',
  'server-failed':
    'The server does not listen, for example because its port is taken, or the change could not be stored.',
  'engine-unavailable': 'The engine is stopping, did not answer within 10 s, or there is none, as in `sluice run`.',
};

/** Starts or stops the server that a reference names: its address, or its bare id. */
export const setRunning = ({ host, node }: ActionContext, reference: string, running: boolean): Promise<unknown> => {
  const id = reference.replace(/^server\//, '');
  return running ? host.control.startServer(id, node) : host.control.stopServer(id, node);
};

/** The same for every server of the project, one after the other. One that fails is told of, and keeps no other from its turn. */
export const setAllRunning = async (context: ActionContext, running: boolean): Promise<unknown[]> => {
  const states: unknown[] = [];
  for (const { id } of context.host.project.list('server')) {
    try {
      states.push(await setRunning(context, String(id), running));
    } catch (thrown) {
      if (!(thrown instanceof ActionFailure) || !thrown.code.startsWith('server-')) throw thrown;
      states.push({ id, state: 'failed', reason: thrown.message });
    }
    context.signal.throwIfAborted();
  }
  return states;
};
