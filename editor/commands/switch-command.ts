import { isOn, type SwitchName, switchState, switchText } from '../state/switch-text.ts';
import type { NodeCommand } from './command.ts';

/** `Enable …` or `Disable …`: sets the node's own switch; one that is inherited stays in force. */
export const switchCommand = (name: SwitchName, noun: string): NodeCommand => ({
  id: `toggle-${name}`,
  icon: name,
  right: 'operate',
  label: (node) => `${isOn(node[name].own, Date.now()) ? 'Disable' : 'Enable'} ${noun}`,
  value(node) {
    const state = switchState(node, name, Date.now());
    return state.kind === 'inherited' ? `on, from ${state.badge}` : switchText(node[name].effective, Date.now());
  },
  async perform(node, { project, say }) {
    const next = !isOn(node[name].own, Date.now());
    await project.change(node.address, { [name]: next });
    say(`${noun} of ${node.title} is ${next ? 'enabled' : 'disabled'}.`);
  },
});
