import { Dialog as Parts } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface DialogProps {
  title: string;
  /** One or two sentences below the title. */
  description?: ReactNode;
  /** What the person fills in or reads. */
  children?: ReactNode;
  /** The buttons, from the least to the most likely. */
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  onClose(): void;
}

/** A modal dialog, open as long as it is rendered: focus stays inside and returns, Escape closes it. */
export const Dialog = ({ title, description, children, footer, size = 'small', onClose }: DialogProps) => (
  <Parts.Root open onOpenChange={(open) => !open && onClose()}>
    <Parts.Portal>
      <Parts.Overlay className="scrim" />
      <Parts.Content
        className={`dialog dialog-${size}`}
        {...(description === undefined && { 'aria-describedby': undefined })}
      >
        <header className="dialog-head">
          <Parts.Title className="dialog-title">{title}</Parts.Title>
          <Parts.Close className="btn btn-quiet btn-icon btn-s" aria-label="Close">
            <Icon name="close" size={14} />
          </Parts.Close>
        </header>
        {description !== undefined && (
          <Parts.Description asChild>
            <div className="dialog-text">{description}</div>
          </Parts.Description>
        )}
        {children !== undefined && <div className="dialog-body">{children}</div>}
        {footer !== undefined && <footer className="dialog-buttons">{footer}</footer>}
      </Parts.Content>
    </Parts.Portal>
  </Parts.Root>
);
