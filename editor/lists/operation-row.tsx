import type { Client, Operation, Server, Service } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { NodeMenu } from '../app/node-menu.tsx';
import { type ListKind, pathTo } from '../app/route.ts';
import { SwitchBadge } from '../app/switch-badge.tsx';
import { useNode } from '../app/workspace-context.ts';
import { StatusDot } from './status-dot.tsx';

interface OperationRowProps {
  kind: ListKind;
  resource: Server | Service | Client;
  operation: Operation;
  id?: string | undefined;
  isLast: boolean;
}

export function OperationRow({ kind, resource, operation, id, isLast }: OperationRowProps) {
  const node = useNode(`${kind}/${resource.id}/${operation.id}`);
  const title = operation.title || operation.id;
  const isOff = operation.active === false;
  return (
    <tr id={id} className={`operation${isLast ? ' is-last' : ''}${isOff ? ' is-stopped' : ''}`}>
      <td className="c-open" />
      <td>
        <div className="row">
          <StatusDot node={node} />
          <Entry operation={operation} />
          <Link className="cut" href={pathTo(kind, resource.id, operation.id)} title={title}>
            {title}
          </Link>
          {title !== operation.id && <span className="mono t3 cut op-id">{operation.id}</span>}
          {isOff && <span className="badge badge-plain">not active</span>}
        </div>
      </td>
      <td className="c-where" />
      <td className="c-badge">{node && <SwitchBadge node={node} name="log" />}</td>
      <td className="c-badge">{node && <SwitchBadge node={node} name="capture" />}</td>
      <td className="c-menu">{node && <NodeMenu node={node} small />}</td>
    </tr>
  );
}

/** What starts it from outside. */
function Entry({ operation }: { operation: Operation }) {
  if ('method' in operation) {
    return (
      <>
        <span className="verb">{operation.method}</span>
        <span className="mono cut">{operation.path}</span>
      </>
    );
  }
  return 'cron' in operation ? <span className="mono cut">{operation.cron}</span> : null;
}
