import type { Operation } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { NodeMenu } from '../app/node-menu.tsx';
import { type ListKind, pathTo } from '../app/route.ts';
import { SwitchBadge } from '../app/switch-badge.tsx';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { addErrorHandler, whyNoErrorHandler } from '../commands/error-handler.ts';
import { DraftTools } from '../drafts/draft-tools.tsx';
import { SimulateButton } from '../runs/simulate-button.tsx';
import { draftNode } from '../state/draft-node.ts';
import { Icon } from '../ui/icon.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { useDraftState, useSession } from './session-context.ts';

const lists = { server: 'Servers', service: 'Services', client: 'Clients' } as const;

/** Where one is, which switches are on, and what can be done with the operation as a whole. */
export function OperationBar({ operation }: { operation: Operation }) {
  const session = useSession();
  const [kind, id] = session.address.split('/') as [ListKind, string];
  const resource = useDraftState((state) => state.document);
  const node = useNode(session.address);
  const { whyNot } = useWorkspace();
  const addHandler: MenuItem = {
    id: 'add-error-handler',
    icon: 'warn',
    label: 'Add Error Handler',
    whyNot: whyNot('edit') ?? whyNoErrorHandler(operation),
    perform: () => addErrorHandler(session),
  };
  return (
    <header className="bar" data-hears="canvas">
      <nav className="crumbs" aria-label="Where this is">
        <Link href={pathTo(kind)}>{lists[kind]}</Link>
        <Icon name="right" size={12} />
        <Link className="cut" href={pathTo(kind, id)}>
          {resource?.title || id}
        </Link>
        <Icon name="right" size={12} />
      </nav>
      <h1 className="cut">{operation.title || operation.id}</h1>
      {'method' in operation && (
        <span className="mono t2 cut bar-route">
          <span className="verb">{operation.method}</span> {operation.path}
        </span>
      )}
      <span className="grow" />
      <SimulateButton />
      <DraftTools name={`${kind}/${id}`} />
      {node && (
        <>
          <SwitchBadge node={node} name="log" />
          <SwitchBadge node={node} name="capture" />
        </>
      )}
      <NodeMenu
        node={node ?? draftNode(session.address, 'operation', operation.title || operation.id)}
        more={[[addHandler]]}
      />
    </header>
  );
}
