import { type FormEvent, lazy, Suspense, useEffect, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import type { SwitchName } from '../state/switch-text.ts';
import { Dialog } from '../ui/dialog.tsx';

const CodeField = lazy(async () => ({ default: (await import('../forms/code/code-field.tsx')).CodeField }));

const nouns = { log: 'Log', capture: 'Capture' } as const;

interface WhenDialogProps {
  request: { address: string; name: SwitchName };
  onClose(): void;
}

/** Asks for the condition on which a run is logged or captured. The engine checks it; what it refuses stays to be mended. */
export function WhenDialog({ request: { address, name }, onClose }: WhenDialogProps) {
  const { project, say } = useWorkspace();
  const node = useNode(address);
  const own = node?.[name].own;
  const [text, setText] = useState(() => (typeof own === 'object' && own !== null ? (own.when ?? '') : ''));
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // The dialog's content comes a moment after the dialog itself.
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  useFocusOnField(box);
  const title = node?.title ?? address;
  const noun = nouns[name];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '') {
      setFault(`A condition is an expression such as ${example}.`);
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await project.change(address, { [name]: { on: true, when: text.trim() } });
      say(`${noun} of ${title} is on for runs that fit.`);
      onClose();
    } catch (thrown) {
      setFault(messageOf(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={`${noun} ${title} only when…`}
      description="A JSONata expression over the scopes, asked when the node begins; one that speaks of output, error or ms is asked when it ends. Where it gives false or null, nothing is written."
      size="medium"
      onClose={onClose}
    >
      <form onSubmit={submit} className="when">
        <div ref={setBox} data-first tabIndex={-1}>
          <Suspense fallback={<textarea className="when-plain" aria-label="Condition" readOnly value={text} />}>
            <CodeField kind="jsonata" label="Condition" value={text} onChange={setText} minLines={2} />
          </Suspense>
        </div>
        <p className="note">
          For example <code>{example}</code>
        </p>
        {fault !== null && (
          <p className="is-failed" role="alert">
            {fault}
          </p>
        )}
        <div className="dialog-buttons">
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn btn-primary" disabled={isBusy}>
            Turn On
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Hands the focus on to the field, and to the editor that takes its place once that is loaded. */
function useFocusOnField(element: HTMLElement | null): void {
  useEffect(() => {
    if (element === null) return;
    const handOn = (): void => {
      const { activeElement } = document;
      // Somebody who went on meanwhile is left where he is; what was replaced leaves the focus with what is around it.
      if (activeElement !== null && !activeElement.contains(element)) return;
      element.querySelector<HTMLElement>('.cm-content, textarea')?.focus();
    };
    const observer = new MutationObserver(handOn);
    observer.observe(element, { childList: true, subtree: true });
    element.addEventListener('focus', handOn);
    handOn();
    return () => {
      observer.disconnect();
      element.removeEventListener('focus', handOn);
    };
  }, [element]);
}

const example = "request.query.name = 'World'";
