import { pathOf } from '../api/client.ts';
import type { NodeCommand } from './command.ts';

/** Starts or stops a server or client, also for the next start of the engine. */
export const toggleRunning: NodeCommand = {
  id: 'toggle-running',
  icon: 'power',
  right: 'operate',
  needsLive: true,
  // The engine says of every one that is live whether it is switched on; what was never deployed does not run.
  label: (node) => (node.active === true ? 'Stop' : 'Start'),
  async perform({ address, title, active }, { api, project, say }) {
    const [kind, id] = address.split('/') as [string, string];
    const starts = active === false;
    try {
      await api.post(`/api/${kind}s/${pathOf(id)}/${starts ? 'start' : 'stop'}`, {});
    } finally {
      // One that could not start is switched on all the same, and says why.
      await project.refresh();
    }
    say(`${title} is ${starts ? 'started' : 'stopped'}.`);
  },
};
