import { type ReactNode, useEffect, useId, useRef } from 'react';

interface ConfirmProps {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The button that does it, named like what it does. */
  action: string;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something that cannot be undone. A modal dialog: focus stays inside, Escape cancels. */
export function Confirm({ title, children, action, onConfirm, onCancel }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <div id={`${id}-text`} className="dialog-text">
        {children}
      </div>
      <div className="dialog-buttons">
        <button type="button" className="btn" onClick={onCancel}>
          Cancel
        </button>
        <button type="button" className="btn btn-danger" onClick={onConfirm}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
