import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  /** The button that does it, named like what it does. */
  action: string;
  size?: 'small' | 'medium' | 'large';
  /** Why it cannot be done yet, as a sentence; null when it can. Enter and the button then show it. */
  whyNot: string | null;
  children: ReactNode;
  /** Does it; the dialog stays with what was typed when it fails. */
  onSubmit(): Promise<void>;
  /** Called when somebody tried while it could not be done: time to show what is wrong with each field. */
  onRefused?(): void;
  onClose(): void;
}

/** A dialog that is a form: Enter does it, a failure is told in it and keeps what was typed. */
export function FormDialog({
  title,
  description,
  action,
  size = 'medium',
  whyNot,
  children,
  onSubmit,
  onRefused,
  onClose,
}: FormDialogProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);

  const submit = async (): Promise<void> => {
    if (isBusy) return;
    if (whyNot !== null) {
      onRefused?.();
      // Once the faults are drawn. The field says by itself what is wrong; without one, it is said here.
      requestAnimationFrame(() => {
        const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
        setProblem(wrong ? null : whyNot);
        wrong?.focus();
      });
      return;
    }
    setProblem(null);
    setBusy(true);
    try {
      await onSubmit();
    } catch (thrown) {
      if (isThere.current) setProblem(messageOf(thrown));
    } finally {
      if (isThere.current) setBusy(false);
    }
  };

  return (
    <Dialog
      title={title}
      {...(description !== undefined && { description })}
      size={size}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className="btn btn-primary" aria-disabled={isBusy}>
            {isBusy && <Icon name="running" size={14} className="spin" />}
            {action}
          </button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        <div role="alert">
          {problem !== null && (whyNot === null || whyNot === problem) && (
            <p className="form-fault">
              <Icon name="warn" size={14} />
              <span>{problem}</span>
            </p>
          )}
        </div>
      </form>
    </Dialog>
  );
}
