import type { Json } from '../../engine/document/types.ts';
import { updateAction } from '../graph/edits/index.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { spanAt } from '../state/shown-run.ts';

/** Lets an action give a value instead of acting, what it gave last where a run is shown, and goes to that value. */
export function mockWith(session: OperationSession, id: string): void {
  const { run, iterations } = session.state.getState();
  const value = (run === null ? null : (spanAt(run, id, iterations)?.output ?? null)) as Json;
  session.edit(`Mock ${id}`, (operation) =>
    updateAction(operation, id, (action) =>
      action.mock?.enabled ? action : { ...action, mock: { enabled: true, value: action.mock?.value ?? value } },
    ),
  );
  session.state.setState({ selected: [id], upper: 'inspector' });
  // The form is drawn first.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>('#upper [data-field="mock value"]');
      field?.scrollIntoView({ block: 'nearest' });
      field?.querySelector<HTMLElement>('input, textarea, select, [contenteditable="true"], button')?.focus();
    }),
  );
}
