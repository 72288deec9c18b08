import type { NodeAnswer } from '../../engine/control/control.ts';
import { type SwitchName, switchState } from '../state/switch-text.ts';
import { Icon } from '../ui/icon.tsx';

const looks = { own: 'badge-on', inherited: 'badge-inherited', off: 'badge-off' } as const;

/** Filled: set here. Dashed: inherited, naming from where. */
export function SwitchBadge({
  node,
  name,
  hideOff = false,
  isSpoken = true,
}: {
  node: NodeAnswer;
  name: SwitchName;
  hideOff?: boolean;
  /** Left out where the same is said beside it. */
  isSpoken?: boolean;
}) {
  const state = switchState(node, name, Date.now());
  if (state.kind === 'off' && hideOff) return null;
  return (
    <span className={`badge ${looks[state.kind]}`} title={state.text}>
      <Icon name={name} size={12} />
      <span aria-hidden="true">{state.badge}</span>
      {isSpoken && <span className="vh">{state.text}</span>}
    </span>
  );
}
