import { Popover as Parts } from 'radix-ui';
import type { ReactNode } from 'react';

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
}) => (
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
        onKeyDown={(event) => event.stopPropagation()}
      >
        {children}
      </Parts.Content>
    </Parts.Portal>
  </Parts.Root>
);
