import type { LiveProject } from '../state/live-project.ts';
import { isOwnOn } from '../state/switch-text.ts';
import type { NodeCommand } from './command.ts';

/** The same as Log This Action at every action of an operation, nested ones included. */
export const logAllActions: NodeCommand = {
  id: 'log-all-actions',
  icon: 'steps',
  right: 'operate',
  needsLive: true,
  label: () => 'Log All Actions',
  checked: ({ address }, project) => share(address, project),
  async perform(node, { project, say }) {
    const next = share(node.address, project) !== true;
    await project.change(node.address, { logActions: next });
    say(next ? `All actions of ${node.title} are logged.` : `No action of ${node.title} is logged.`);
  },
};

function share(operation: string, project: LiveProject): boolean | 'mixed' {
  const now = Date.now();
  const actions = [...project.snapshot().nodes.values()].filter(
    (node) => node.kind === 'action' && node.address.startsWith(`${operation}/`),
  );
  const logged = actions.filter((node) => isOwnOn(node, 'log', now)).length;
  if (logged === 0) return false;
  return logged === actions.length ? true : 'mixed';
}
