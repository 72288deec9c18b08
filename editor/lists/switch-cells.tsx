import type { NodeAnswer } from '../../engine/control/control.ts';
import { SwitchBadge } from '../app/switch-badge.tsx';

/** What is logged and captured, at which level where that is set here. */
export function SwitchCells({ node }: { node: NodeAnswer | undefined }) {
  const level = node?.logLevel.own ?? null;
  return (
    <>
      <td className="c-badge">
        {node && <SwitchBadge node={node} name="log" />}
        {level !== null && (
          <span className="badge badge-on" title={`Level ${level}, set here`}>
            {level}
          </span>
        )}
      </td>
      <td className="c-badge">{node && <SwitchBadge node={node} name="capture" />}</td>
    </>
  );
}
