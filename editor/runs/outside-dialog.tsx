import { useWorkspace } from '../app/workspace-context.ts';
import { useOperation, useSession } from '../canvas/session-context.ts';
import { findAction, updateAction } from '../graph/edits/index.ts';
import type { OutsideQuestion } from '../state/run-desk.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { outsideOf } from './outside-consent.ts';

/** Asks before a simulation acts on the outside world for the first time; each such step can be mocked instead. */
export function OutsideDialog({ question }: { question: OutsideQuestion }) {
  const session = useSession();
  const tools = useWorkspace();
  const operation = useOperation();
  const still = new Map(outsideOf(session, tools).map((step) => [step.id, step]));
  const mock = (id: string, enabled: boolean): void =>
    session.edit(`${enabled ? 'Mock' : 'Stop mocking'} ${id}`, (before) =>
      updateAction(before, id, (action) => ({ ...action, mock: { value: null, ...action.mock, enabled } })),
    );
  return (
    <Dialog
      title="This simulation acts on the outside world"
      description="It runs the steps for real, as a request would. What is mocked is left out and gives its stored value instead."
      size="medium"
      onClose={() => question.answer(false)}
      footer={
        <>
          <button type="button" className="btn" onClick={() => question.answer(false)}>
            Cancel
          </button>
          <button type="button" className="btn btn-primary" onClick={() => question.answer(true)}>
            Run It
          </button>
        </>
      }
    >
      <ul className="outside">
        {question.ids.map((id) => {
          const step = still.get(id);
          const action = operation === undefined ? undefined : findAction(operation, id);
          if (action === undefined) return null;
          const title = action.title || id;
          return (
            <li key={id}>
              <Icon name={step === undefined ? 'mock' : 'globe'} />
              <b className="cut">{title}</b>
              <code className="t2 cut grow">{step?.by ?? action.action}</code>
              <button
                type="button"
                className="btn btn-s"
                aria-label={`Mock ${title}`}
                aria-pressed={step === undefined}
                onClick={() => mock(id, step !== undefined)}
              >
                {step === undefined && <Icon name="check" size={12} />}
                Mock
              </button>
            </li>
          );
        })}
      </ul>
      <p className="note">You are asked once for each step of this operation. Mocks are part of the draft.</p>
    </Dialog>
  );
}
