import { useEffect } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { isAnythingUnfinished } from '../state/unfinished.ts';
import { titleOf } from './use-drafts.ts';

/** Saves before the page is left, brings kept edits back, and tells what happened to edits. Draws nothing. */
export function DraftLife() {
  const { drafts, done } = useWorkspace();
  useEffect(() => drafts.start(), [drafts]);
  useEffect(() => {
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') void drafts.flush(true);
    };
    const onLeave = (): void => void drafts.flush(true);
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (drafts.isAtRisk || isAnythingUnfinished()) event.preventDefault();
    };
    document.addEventListener('visibilitychange', onHide);
    addEventListener('pagehide', onLeave);
    addEventListener('beforeunload', onUnload);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      removeEventListener('pagehide', onLeave);
      removeEventListener('beforeunload', onUnload);
    };
  }, [drafts]);
  useEffect(
    () =>
      drafts.onEvent((event) => {
        const title = titleOf(event.name, drafts.of(event.name).state.getState().document);
        if (event.event === 'merged') done(`${title} was changed elsewhere too. Both are in the draft now.`);
        else if (event.edits === 1) done(`1 edit of ${title} that was kept in this browser is back.`);
        else done(`${event.edits} edits of ${title} that were kept in this browser are back.`);
      }),
    [drafts, done],
  );
  return null;
}
