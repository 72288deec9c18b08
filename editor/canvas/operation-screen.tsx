import { useEffect, useMemo } from 'react';
import type { Operation } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { NodeMenu } from '../app/node-menu.tsx';
import { type ListKind, pathTo } from '../app/route.ts';
import { SwitchBadge } from '../app/switch-badge.tsx';
import { useNode, useProject, useWorkspace } from '../app/workspace-context.ts';
import { workflowGraph } from '../graph/workflow-graph.ts';
import { Icon } from '../ui/icon.tsx';
import { Flow } from './flow.tsx';

interface OperationScreenProps {
  kind: ListKind;
  resource: string;
  operation: string;
}

/** One operation's workflow on the canvas, as it is live. */
export function OperationScreen({ kind, resource: resourceId, operation: operationId }: OperationScreenProps) {
  const { servers, services, library, connection } = useProject();
  const { project } = useWorkspace();
  const address = `${kind}/${resourceId}/${operationId}`;
  const node = useNode(address);
  const resource = (kind === 'server' ? servers : services).find(({ id }) => id === resourceId);
  const operation = (resource?.operations as readonly Operation[] | undefined)?.find(({ id }) => id === operationId);

  const exists = operation !== undefined;
  useEffect(() => {
    if (!exists) return;
    project.watch(address);
    return () => project.watch(null);
  }, [project, address, exists]);
  const title = operation?.title || operationId;
  useEffect(() => {
    document.title = `${title} · Sluice`;
  }, [title]);
  const graph = useMemo(() => {
    const hasResult = (action: string) => (library.get(action)?.output ?? null) !== null;
    return operation && workflowGraph(operation, { operation: address, hasResult }, resource?.onError);
  }, [operation, address, library, resource?.onError]);

  if (graph === undefined) {
    if (connection === 'connecting') return <p className="note loading">Loading the project…</p>;
    return (
      <div className="empty">
        <h1>There is no operation {operationId} here</h1>
        <p>
          {resource === undefined
            ? `There is no ${kind} ${resourceId} either; both may have been removed or renamed.`
            : `The ${kind} ${resourceId} has others.`}
        </p>
        <Link className="btn" href={pathTo(kind, resource && resourceId)}>
          {kind === 'server' ? 'Go To Servers' : 'Go To Services'}
        </Link>
      </div>
    );
  }
  return (
    <>
      <header className="bar">
        <nav className="crumbs" aria-label="Where this is">
          <Link href={pathTo(kind)}>{kind === 'server' ? 'Servers' : 'Services'}</Link>
          <Icon name="right" size={12} />
          <Link className="cut" href={pathTo(kind, resourceId)}>
            {resource?.title || resourceId}
          </Link>
          <Icon name="right" size={12} />
        </nav>
        <h1 className="cut">{title}</h1>
        {operation && 'method' in operation && (
          <span className="mono t2 cut">
            <span className="verb">{operation.method}</span> {operation.path}
          </span>
        )}
        <span className="grow" />
        {node && (
          <>
            <SwitchBadge node={node} name="log" />
            <SwitchBadge node={node} name="capture" />
            <NodeMenu node={node} />
          </>
        )}
      </header>
      <Flow graph={graph} label={`Workflow of ${title}`} />
    </>
  );
}
