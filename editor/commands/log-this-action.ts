import { isOn, switchState } from '../state/switch-text.ts';
import type { NodeCommand } from './command.ts';

/** Begin and end of every execution of one action go to user.log. */
export const logThisAction: NodeCommand = {
  id: 'log-this-action',
  icon: 'log',
  right: 'operate',
  label: () => 'Log This Action',
  value: (node) => switchState(node, 'log', Date.now()).badge,
  checked: (node) => isOn(node.log.own, Date.now()),
  async perform(node, { project, say }) {
    const next = !isOn(node.log.own, Date.now());
    await project.change(node.address, { log: next });
    say(next ? `${node.title} is logged.` : `${node.title} is no longer logged.`);
  },
};
