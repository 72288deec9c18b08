import { isOwnOn, type SwitchName, switchState } from '../state/switch-text.ts';
import type { NodeCommand } from './command.ts';
import { boundNotes, boundsOf } from './switch-bounds.ts';

/** A switch of an action as a toggle with its bounds. `inWords` begins what is said afterwards, as in "Greet is logged". */
export const actionSwitch = (
  name: SwitchName,
  noun: string,
  { label, inWords, ...more }: Pick<NodeCommand, 'id' | 'keys'> & { label: string; inWords: string },
): NodeCommand => ({
  ...more,
  icon: name,
  right: 'operate',
  needsLive: true,
  label: () => label,
  value(node) {
    const { kind, badge } = switchState(node, name, Date.now());
    return kind === 'inherited' ? `on, from ${badge}` : badge;
  },
  checked: (node) => isOwnOn(node, name, Date.now()),
  variants: (node, project) => boundsOf(node, name, noun, project),
  note: boundNotes,
  async perform(node, { project, say }) {
    const next = !isOwnOn(node, name, Date.now());
    await project.change(node.address, { [name]: next });
    say(next ? `${node.title} is ${inWords}.` : `${node.title} is no longer ${inWords}.`);
  },
});
