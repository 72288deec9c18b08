import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Operation } from '../../engine/document/types.ts';
import { useProject } from '../app/workspace-context.ts';
import { workflowGraph } from '../graph/workflow-graph.ts';
import { Flow } from './flow.tsx';
import { useSession } from './session-context.ts';

/** The workflow of an operation, as it is edited. */
export function Canvas({ operation }: { operation: Operation }) {
  const { library } = useProject();
  const session = useSession();
  const onError = useStore(session.draft.state, ({ document }) =>
    document !== null && 'onError' in document ? document.onError : undefined,
  );
  const graph = useMemo(() => {
    const hasResult = (action: string) => (library.get(action)?.output ?? null) !== null;
    return workflowGraph(operation, { operation: session.address, hasResult }, onError);
  }, [operation, session, library, onError]);
  return <Flow graph={graph} label={`Workflow of ${operation.title || operation.id}`} />;
}
