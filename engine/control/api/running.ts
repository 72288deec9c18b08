import type { Control } from '../control.ts';
import { jsonAnswer, problemAnswer } from './answer.ts';
import { nodeAnswer } from './nodes.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

/** Starting and stopping what runs from outside: servers and clients. */
export const runningRoutes = (control: Control): Route[] =>
  (['server', 'client'] as const).flatMap((kind) => [start(control, kind), stop(control, kind)]);

const start = (control: Control, kind: 'server' | 'client'): Route => ({
  method: 'POST',
  path: `/api/${kind}s/:id/start`,
  right: 'operate',
  audit: `${kind}.start`,
  summary: `Starts a ${kind}, also for the next start of Sluice.`,
  answers: {
    200: jsonAnswer(kind === 'server' ? 'It listens.' : 'It is connected.', nodeAnswer),
    409: problemAnswer('It cannot, and why.'),
    422: problemAnswer('What it is to run cannot be used, and why; it stays stopped.'),
  },
  async handle(call) {
    const id = call.parameter('id');
    const client = kind === 'client' ? control.project().clients.get(id) : undefined;
    if (client)
      throw new Refusal(
        409,
        `The client "${id}" was not started: this version has no clients of type "${client.type}".`,
      );
    const answer = await control.setRunning(kind, id, true, call.by);
    const { server } = answer;
    if (server && server.state !== 'listening') {
      const reason = server.reason ?? 'Its socket is not open yet; look again in a moment.';
      call.audit('warning', `Asked ${kind}/${id} to start, which does not listen: ${reason}`, `${kind}/${id}`);
      throw new Refusal(409, `${reason} It is tried again every 5 s until it is stopped.`);
    }
    call.audit('info', `Started ${kind}/${id}`, `${kind}/${id}`);
    call.res.json(answer);
  },
});

const stop = (control: Control, kind: 'server' | 'client'): Route => ({
  method: 'POST',
  path: `/api/${kind}s/:id/stop`,
  right: 'operate',
  audit: `${kind}.stop`,
  summary: `Stops a ${kind}, also for the next start of Sluice; requests that it has begun are finished.`,
  answers: { 200: jsonAnswer('It has stopped.', nodeAnswer) },
  async handle(call) {
    const id = call.parameter('id');
    const answer = await control.setRunning(kind, id, false, call.by);
    call.audit('info', `Stopped ${kind}/${id}`, `${kind}/${id}`);
    call.res.json(answer);
  },
});
