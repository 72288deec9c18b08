import type { Client, Server, Service } from '../../engine/document/types.ts';
import { NodeMenu } from '../app/node-menu.tsx';
import type { ListKind } from '../app/route.ts';
import { SwitchBadge } from '../app/switch-badge.tsx';
import { useNode } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { StatusDot, statusOf } from './status-dot.tsx';

interface ResourceRowProps {
  kind: ListKind;
  resource: Server | Service | Client;
  isOpen: boolean;
  /** Id of the first row of its operations. */
  controls: string;
  onToggle(): void;
}

export function ResourceRow({ kind, resource, isOpen, controls, onToggle }: ResourceRowProps) {
  const node = useNode(`${kind}/${resource.id}`);
  const title = resource.title || resource.id;
  const status = node && statusOf(node);
  const count = resource.operations?.length ?? 0;
  const hasFailed = status?.look === 'failed';
  return (
    <>
      <tr className={`resource${hasFailed ? ' has-reason' : ''}${status?.look === 'stopped' ? ' is-stopped' : ''}`}>
        <td className="c-open">
          {count > 0 && (
            <button
              type="button"
              className="btn btn-quiet btn-icon btn-s expand"
              aria-label={`Operations of ${title}`}
              aria-expanded={isOpen}
              aria-controls={isOpen ? controls : undefined}
              onClick={onToggle}
            >
              <Icon name="right" size={14} />
            </button>
          )}
        </td>
        <td>
          <div className="row">
            <StatusDot node={node} />
            <b className="cut" title={title}>
              {title}
            </b>
            <span className="mono t3 cut">{resource.id}</span>
          </div>
        </td>
        <td className="c-where">
          {kind === 'server' ? (
            <Listens server={resource as Server} port={node?.server?.port} />
          ) : (
            <span className="t2">{kind === 'client' ? (resource as Client).type : count}</span>
          )}
        </td>
        <td className="c-badge">{node && <SwitchBadge node={node} name="log" />}</td>
        <td className="c-badge">{node && <SwitchBadge node={node} name="capture" />}</td>
        <td className="c-menu">{node && <NodeMenu node={node} small />}</td>
      </tr>
      {hasFailed && (
        <tr className="reason">
          <td />
          <td colSpan={5}>
            <span className="row">
              <Icon name="warn" size={14} />
              <span>{status.text}</span>
            </span>
          </td>
        </tr>
      )}
    </>
  );
}

// The port it really has says more than the document's, which may be 0 or moved by an offset.
function Listens({ server, port = server.port }: { server: Server; port?: number | undefined }) {
  const isSchedule = server.type === 'schedule';
  return (
    <span className="row">
      <Icon name={isSchedule ? 'clock' : 'globe'} size={14} />
      <span className={isSchedule ? 't2' : 'mono t2'}>{isSchedule ? 'schedule' : `:${port ?? '?'}`}</span>
    </span>
  );
}
