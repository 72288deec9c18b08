import { defineAction } from '../kit/index.ts';
import { failures, serverReference, serverSchema, setRunning } from './running.ts';

export default defineAction({
  id: 'server/stop',
  title: 'Stop server',
  summary: 'Stops a server and gives its state.',
  documentation: `
It does what the stop button of the editor does: the server's document becomes inactive, so that it stays stopped when the engine starts
again, and the history and the audit trail name this action as the one who did it. Requests that the server has begun are answered, this
one too if it came through that server; new ones find nobody. Stopping one that does not run changes nothing.`,
  fields: { serverReference },
  output: serverSchema,
  failures,
  examples: [
    { given: { serverReference: 'server/web' }, gives: { id: 'web', state: 'stopped', host: '127.0.0.1', port: 8080 } },
    { given: { serverReference: 'web' }, gives: { id: 'web', state: 'stopped', host: '127.0.0.1', port: 8080 } },
    { given: { serverReference: 'server/none' }, fails: 'server-unknown' },
    { given: { serverReference: 7 }, fails: 'input-invalid' },
  ],
  run: ({ serverReference }, context) => setRunning(context, serverReference, false),
});
