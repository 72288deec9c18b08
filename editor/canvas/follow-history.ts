import type { Operation } from '../../engine/document/types.ts';
import type { CanvasTools } from '../commands/canvas-tools.ts';
import { changedNodes, goneNodes, placeOf } from '../graph/edits/index.ts';

/**
 * Chooses what undo and redo bring back or change and brings it into sight; what is no more is no longer chosen, whoever
 * took it away. The function that comes back ends it.
 */
export function followHistory(tools: CanvasTools): () => void {
  const { session, view } = tools;
  let before = session.operation();
  return session.draft.state.subscribe((state, earlier) => {
    const after = session.operation();
    if (before === undefined || after === undefined || after === before) {
      before = after;
      return;
    }
    const [from, to] = [before, after];
    before = after;
    const isStep =
      (state.redo !== null && state.redo === earlier.undo) || (state.undo !== null && state.undo === earlier.redo);
    const [first, ...others] = isStep ? changedNodes(from, to) : [];
    if (first !== undefined) {
      unfold(tools, to, first);
      session.select(first, ...others);
      session.reveal(first);
      // Whoever types elsewhere goes on there.
      if (view.stage?.focused() !== null) view.stage?.focus(first);
      return;
    }
    const { selected } = session.state.getState();
    if (selected.length === 0) return;
    const gone = goneNodes(from, to);
    if (selected.some((name) => gone.has(name))) session.select(...selected.filter((name) => !gone.has(name)));
  });
}

/** Opens the containers around an action. */
function unfold({ view }: CanvasTools, operation: Operation, name: string): void {
  const owner = placeOf(operation, name)?.owner;
  if (owner === undefined || placeOf(operation, owner) === undefined) return;
  if (view.state.getState().collapsed.has(owner)) view.collapse(owner, false);
  unfold({ view } as CanvasTools, operation, owner);
}
