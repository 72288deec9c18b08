import { defineAction } from '../kit/index.ts';
import { failures, serverSchema, setAllRunning } from './running.ts';

const { 'engine-unavailable': unavailable } = failures;

export default defineAction({
  id: 'server/start-all',
  title: 'Start all servers',
  summary: 'Starts every server of the project and gives the state of each.',
  documentation: `
Each is started as \`server/start\` does it, one after the other, those that listen already included. One that does not start has the state
failed and a \`reason\`, and keeps no other from its turn, so look at the states. The servers are those of the deployment that the run
began with.`,
  fields: {},
  output: { type: 'array', items: serverSchema },
  failures: { 'engine-unavailable': unavailable },
  examples: [
    { given: {}, gives: [{ id: 'web', state: 'listening', host: '127.0.0.1', port: 8080 }] },
    {
      given: { serverReference: 'server/none' },
      gives: [{ id: 'web', state: 'listening', host: '127.0.0.1', port: 8080 }],
      note: 'It takes no fields, and does not look at what is given anyway.',
    },
  ],
  run: (_, context) => setAllRunning(context, true),
});
