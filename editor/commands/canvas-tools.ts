import type { WorkspaceTools } from '../app/workspace-context.ts';
import type { CanvasView } from '../canvas/canvas-view.ts';
import type { OperationSession } from '../state/operation-session.ts';

/** What commands on the canvas work with. */
export interface CanvasTools {
  view: CanvasView;
  session: OperationSession;
  workspace: WorkspaceTools;
}

/** Ids of the chosen actions; start, end and error handler can be chosen too, but not be edited like these. */
export function chosenActions({ view, session }: CanvasTools): string[] {
  return session.state.getState().selected.filter((name) => {
    const node = view.walk.node(name);
    return node?.kind === 'action' && node.place !== null;
  });
}

/** What to call some actions: the title of one, or how many they are. */
export function namesOf({ view }: CanvasTools, ids: readonly string[]): string {
  const [first] = ids;
  const node = first === undefined ? undefined : view.walk.node(first);
  return ids.length === 1 && node?.kind === 'action' ? node.step.title : `${ids.length} actions`;
}
