import { memo } from 'react';
import type { Client, Server, Service } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { NodeMenu } from '../app/node-menu.tsx';
import { type ListKind, pathTo } from '../app/route.ts';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { toggleRunning } from '../commands/toggle-running.ts';
import { draftNode } from '../state/draft-node.ts';
import { fieldRequest } from '../state/field-request.ts';
import { Icon } from '../ui/icon.tsx';
import { StatusDot, statusOf } from './status-dot.tsx';
import { SwitchCells } from './switch-cells.tsx';
import { TrafficCells } from './traffic-cells.tsx';

interface ResourceRowProps {
  kind: ListKind;
  resource: Server | Service | Client;
  isOpen: boolean;
  isChosen: boolean;
  /** It differs from what is live, or is not live at all. */
  isDraft: boolean;
  /** The one row that Tab reaches. */
  isEntry: boolean;
  /** Id of the first row of its operations. */
  controls: string;
  onToggle(id: string): void;
}

/** One of possibly thousands: drawn again only when something of its own changed. */
export const ResourceRow = memo(function ResourceRow(props: ResourceRowProps) {
  const { kind, resource, isOpen, isChosen, isDraft, isEntry, controls, onToggle } = props;
  const tools = useWorkspace();
  const address = `${kind}/${resource.id}`;
  const node = useNode(address);
  const title = resource.title || resource.id;
  const status = node && statusOf(node);
  const count = resource.operations?.length ?? 0;
  const hasFailed = status?.look === 'failed';
  const whyNotStart = tools.whyNot('operate');
  return (
    <>
      <tr
        className={`resource${hasFailed ? ' has-reason' : ''}${status?.look === 'stopped' ? ' is-stopped' : ''}`}
        aria-current={isChosen || undefined}
        data-address={address}
        tabIndex={isEntry ? 0 : -1}
      >
        <td className="c-open">
          {count > 0 && (
            <button
              type="button"
              className="btn btn-quiet btn-icon btn-s expand"
              aria-label={`Operations of ${title}`}
              aria-expanded={isOpen}
              aria-controls={isOpen ? controls : undefined}
              onClick={() => onToggle(resource.id)}
            >
              <Icon name="right" size={14} />
            </button>
          )}
        </td>
        <td>
          <div className="row">
            <StatusDot node={node} isDraft={node === undefined} />
            <b className="cut" title={title}>
              {title}
            </b>
            {title !== resource.id && <span className="mono t3 cut">{resource.id}</span>}
            {isDraft && (
              <span className="badge badge-warning" title="Has edits that are not deployed">
                draft
              </span>
            )}
          </div>
        </td>
        <td className="c-where">
          {kind === 'server' ? (
            <Listens server={resource as Server} port={node?.server?.port} />
          ) : (
            <span className="t2">{kind === 'client' ? (resource as Client).type : count}</span>
          )}
        </td>
        {kind === 'server' && <td className="c-api t2 cut">{(resource as Server).api ?? ''}</td>}
        <TrafficCells node={node} />
        <SwitchCells node={node} />
        <td className="c-menu">
          <NodeMenu node={node ?? draftNode(address, kind, title)} small />
        </td>
      </tr>
      {hasFailed && node && (
        <tr className="reason">
          <td />
          <td colSpan={7 + (kind === 'server' ? 1 : 0)}>
            <span className="row">
              <Icon name="warn" size={14} />
              <span>{status.text}</span>
              {kind === 'server' && node.server !== undefined && (
                <>
                  <button
                    type="button"
                    className="btn btn-quiet btn-s"
                    aria-disabled={whyNotStart !== undefined}
                    title={whyNotStart}
                    onClick={() => whyNotStart === undefined && tools.run(toggleRunning, { ...node, active: false })}
                  >
                    Try Again
                  </button>
                  <Link
                    href={pathTo(kind, resource.id)}
                    onClick={() => fieldRequest.setState({ resource: address, field: 'Port' })}
                  >
                    Change Port…
                  </Link>
                </>
              )}
            </span>
          </td>
        </tr>
      )}
    </>
  );
});

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
