import { Dialog as Parts } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
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
export function Dialog({ title, description, children, footer, size = 'small', onClose }: DialogProps) {
  // Nothing of the kit opened it, so the kit does not know where the focus came from.
  const before = useRef(document.activeElement);
  return (
    <Parts.Root open onOpenChange={(open) => !open && onClose()}>
      <Parts.Portal>
        <Parts.Overlay className="scrim" />
        <Parts.Content
          className={`dialog dialog-${size}`}
          onOpenAutoFocus={focusFirst}
          onEscapeKeyDown={leaveCompletion}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
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
}

/** The field that says it is the first has the focus, not the button that closes. */
function focusFirst(event: Event): void {
  const first = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('[data-first]');
  if (first === null) return;
  event.preventDefault();
  first.focus();
}

/** Escape leaves the list of completions of a code field first, not the dialog with what was typed. */
function leaveCompletion(event: KeyboardEvent): void {
  const field = (event.target as HTMLElement).closest<HTMLElement>('.cm-content');
  if (field?.closest('.cm-editor')?.querySelector('.cm-tooltip-autocomplete') == null) return;
  event.preventDefault();
  // The field does not hear a key that was taken, but closes its list when the focus leaves it for a moment.
  field.blur();
  setTimeout(() => field.focus(), 50);
}
