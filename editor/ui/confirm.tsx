import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The button that does it, named like what it does. */
  action: string;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something that cannot be undone. */
export const Confirm = ({ title, children, action, onConfirm, onCancel }: ConfirmProps) => (
  <Dialog
    title={title}
    description={children}
    onClose={onCancel}
    footer={
      <>
        <button type="button" className="btn" onClick={onCancel}>
          Cancel
        </button>
        <button type="button" className="btn btn-danger" onClick={onConfirm}>
          {action}
        </button>
      </>
    }
  />
);
