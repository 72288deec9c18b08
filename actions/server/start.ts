import { defineAction } from '../kit/index.ts';
import { failures, serverReference, serverSchema, setRunning } from './running.ts';

export default defineAction({
  id: 'server/start',
  title: 'Start server',
  summary: 'Starts a server and gives its state once it listens.',
  documentation: `
It does what the start button of the editor does: the server's document becomes active, so that it is started with the engine from now on,
the history and the audit trail name this action as the one who did it, and \`port\` is the port that it really has. Starting one that
listens already changes nothing. When the port is taken the action fails, and the engine goes on trying until the server is stopped.`,
  fields: { serverReference },
  output: serverSchema,
  failures,
  examples: [
    {
      given: { serverReference: 'server/web' },
      gives: { id: 'web', state: 'listening', host: '127.0.0.1', port: 8080 },
    },
    { given: { serverReference: 'server/none' }, fails: 'server-unknown' },
    { given: { serverReference: '' }, fails: 'input-invalid' },
  ],
  run: ({ serverReference }, context) => setRunning(context, serverReference, true),
});
