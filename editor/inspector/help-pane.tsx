import { useState } from 'react';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { useOperation, useSession, useSessionState } from '../canvas/session-context.ts';
import { findAction, updateAction } from '../graph/edits/index.ts';
import { ActionHelp } from '../help/action-help.tsx';
import { FirstHelp } from '../help/first-help.tsx';
import { Icon } from '../ui/icon.tsx';

/** The documentation of the chosen action, and of those that it leads to. */
export function HelpPane() {
  const { library } = useProject();
  const { done, whyNot } = useWorkspace();
  const session = useSession();
  const operation = useOperation();
  const [id, ...others] = useSessionState((state) => state.selected);
  const chosen =
    operation !== undefined && id !== undefined && others.length === 0 ? findAction(operation, id) : undefined;
  /** The actions that links led to, with the chosen one from which they did. */
  const [trail, setTrail] = useState<{ from: string | undefined; ids: readonly string[] }>({ from: id, ids: [] });
  if (trail.from !== id) setTrail({ from: id, ids: [] });

  const shown = trail.ids.at(-1) ?? chosen?.action;
  if (shown === undefined) return <FirstHelp />;
  const action = library.get(shown);
  const back = trail.ids.length > 0 && (
    <button
      type="button"
      className="btn btn-quiet btn-s help-back"
      onClick={() => setTrail({ from: id, ids: trail.ids.slice(0, -1) })}
    >
      <Icon name="left" size={14} />
      Back To {trail.ids.at(-2) ?? chosen?.action ?? 'Help'}
    </button>
  );
  if (action === undefined) {
    return (
      <article className="help" aria-label="Help">
        {back}
        <h2>{shown}</h2>
        <p className="t2">
          {library.size === 0
            ? 'Loading the library…'
            : 'There is no action of this id in the library. A run that reaches it fails with action-unknown.'}
        </p>
      </article>
    );
  }
  const canInsert = chosen?.action === action.id && whyNot('edit') === undefined;
  return (
    <>
      {back}
      <ActionHelp
        key={action.id}
        action={action}
        isKnown={(other) => library.has(other)}
        onOpen={(other) => setTrail({ from: id, ids: [...trail.ids, other] })}
        onInsert={
          canInsert
            ? (input) => {
                const name = chosen.id;
                session.edit(`Insert example into ${name}`, (before) =>
                  updateAction(before, name, (one) => ({ ...one, input })),
                );
                done(`Inserted an example into ${name}`, { label: 'Undo', perform: () => session.draft.undo() });
              }
            : undefined
        }
      />
    </>
  );
}
