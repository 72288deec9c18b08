import { Popover as Parts } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useCanvas } from './canvas-context.ts';

/** A small panel beside a place of the page. It stands inside the page's main part, and gives the focus back when it goes. */
export const PopoverAt = ({
  at,
  label,
  side = 'bottom',
  className = '',
  onClose,
  children,
}: {
  at: DOMRect;
  label: string;
  side?: 'bottom' | 'right';
  className?: string;
  onClose(): void;
  children: ReactNode;
}) => {
  const { view, session } = useCanvas();
  const [opener] = useState(() => document.activeElement);
  const giveBack = (event: Event): void => {
    event.preventDefault();
    // What was done may have put the focus somewhere already, as a click elsewhere does.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
    else view.stage?.focus(session.state.getState().selected.at(-1) ?? 'start');
  };
  return (
    <Parts.Root open onOpenChange={(open) => !open && onClose()}>
      <Parts.Anchor asChild>
        <span
          className="popover-anchor"
          style={{ left: at.left, top: at.top, width: at.width, height: Math.min(at.height, 56) }}
        />
      </Parts.Anchor>
      <Parts.Portal container={document.getElementById('work')}>
        <Parts.Content
          className={`popover ${className}`}
          aria-label={label}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={giveBack}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
};
