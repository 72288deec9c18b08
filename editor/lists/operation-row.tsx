import { memo } from 'react';
import type { Client, Operation, Server, Service } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { NodeMenu } from '../app/node-menu.tsx';
import { type ListKind, pathTo } from '../app/route.ts';
import { useNode } from '../app/workspace-context.ts';
import { draftNode } from '../state/draft-node.ts';
import { StatusDot } from './status-dot.tsx';
import { SwitchCells } from './switch-cells.tsx';
import { TrafficCells } from './traffic-cells.tsx';

interface OperationRowProps {
  kind: ListKind;
  resource: Server | Service | Client;
  operation: Operation;
  id?: string | undefined;
  isChosen: boolean;
  isEntry: boolean;
  isLast: boolean;
}

export const OperationRow = memo(function OperationRow(props: OperationRowProps) {
  const { kind, resource, operation, id, isChosen, isEntry, isLast } = props;
  const address = `${kind}/${resource.id}/${operation.id}`;
  const node = useNode(address);
  const title = operation.title || operation.id;
  const isOff = operation.active === false;
  return (
    <tr
      id={id}
      className={`operation${isLast ? ' is-last' : ''}${isOff ? ' is-stopped' : ''}`}
      aria-current={isChosen || undefined}
      data-address={address}
      tabIndex={isEntry ? 0 : -1}
    >
      <td className="c-open" />
      <td colSpan={kind === 'server' ? 3 : 2}>
        <div className="row">
          <StatusDot node={node} isDraft={node === undefined} />
          <Entry operation={operation} />
          <Link className="cut" href={pathTo(kind, resource.id, operation.id)} title={title}>
            {title}
          </Link>
          {title !== operation.id && <span className="mono t3 cut op-id">{operation.id}</span>}
          {isOff && <span className="badge badge-plain">not active</span>}
          {node === undefined && <span className="badge badge-warning">draft</span>}
        </div>
      </td>
      <TrafficCells node={node} />
      <SwitchCells node={node} />
      <td className="c-menu">
        <NodeMenu node={node ?? draftNode(address, 'operation', title)} small />
      </td>
    </tr>
  );
});

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
  if ('cron' in operation) return <span className="mono cut">{operation.cron}</span>;
  return 'topic' in operation ? <span className="mono cut">{operation.topic}</span> : null;
}
