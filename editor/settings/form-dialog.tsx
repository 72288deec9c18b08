import { type ReactNode, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { Dialog } from '../ui/dialog.tsx';

/** A form in a dialog. What `onSubmit` throws is said above the buttons, and what was typed stays. */
export function FormDialog({
  title,
  action,
  size = 'small',
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  /** The button that does it, named like what it does. */
  action: string;
  size?: 'small' | 'medium';
  onSubmit(): Promise<void>;
  onClose(): void;
  children: ReactNode;
}) {
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <Dialog title={title} size={size} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit().catch((thrown: unknown) => setFailure(messageOf(thrown)));
        }}
      >
        {children}
        {failure !== null && (
          <p className="is-failed" role="alert">
            {failure}
          </p>
        )}
        <div className="dialog-buttons">
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn btn-primary">
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
