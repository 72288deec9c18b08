import { defineAction } from '../kit/index.ts';
import { failures, serverSchema, setAllRunning } from './running.ts';

const { 'engine-unavailable': unavailable } = failures;

export default defineAction({
  id: 'server/stop-all',
  title: 'Stop all servers',
  summary: 'Stops every server of the project and gives the state of each.',
  documentation: `
Each is stopped as \`server/stop\` does it, one after the other: what they have begun is answered, this request too if it came through one of
them. Afterwards nothing calls the project from outside until a server is started again in the editor, over the control API or by a
timer; the editor and the control API go on.`,
  fields: {},
  output: { type: 'array', items: serverSchema },
  failures: { 'engine-unavailable': unavailable },
  examples: [
    { given: {}, gives: [{ id: 'web', state: 'stopped', host: '127.0.0.1', port: 8080 }] },
    {
      given: { serverReference: 'server/none' },
      gives: [{ id: 'web', state: 'stopped', host: '127.0.0.1', port: 8080 }],
      note: 'It takes no fields, and does not look at what is given anyway.',
    },
  ],
  run: (_, context) => setAllRunning(context, false),
});
