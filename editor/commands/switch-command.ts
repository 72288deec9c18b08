import { isOn, isOwnOn, type SwitchName, switchState, switchText } from '../state/switch-text.ts';
import type { NodeCommand } from './command.ts';
import { boundNotes, boundsOf } from './switch-bounds.ts';

/** `Enable …` or `Disable …`: sets the node's own switch; one that is inherited stays in force. */
export const switchCommand = (name: SwitchName, noun: string): NodeCommand => ({
  id: `toggle-${name}`,
  icon: name,
  right: 'operate',
  needsLive: true,
  label: (node) => `${isOwnOn(node, name, Date.now()) ? 'Disable' : 'Enable'} ${noun}`,
  value(node) {
    const state = switchState(node, name, Date.now());
    if (state.kind === 'inherited') return `on, from ${state.badge}`;
    const { effective, left } = node[name];
    return isOn(effective, Date.now()) ? switchText(effective, Date.now(), left) : 'off';
  },
  variants: (node, project) => boundsOf(node, name, noun, project),
  note: boundNotes,
  async perform(node, { project, say }) {
    const next = !isOwnOn(node, name, Date.now());
    await project.change(node.address, { [name]: next });
    say(`${noun} of ${node.title} is ${next ? 'enabled' : 'disabled'}.`);
  },
});
