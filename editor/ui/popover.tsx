import { Popover as Parts } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** A small panel beside what opened it; focus goes in, Escape and a click outside close it. */
export const Popover = ({
  label,
  open,
  onOpenChange,
  align = 'start',
  side = 'bottom',
  className = '',
  anchor,
  children,
}: {
  label: string;
  open: boolean;
  onOpenChange(open: boolean): void;
  align?: 'start' | 'center' | 'end';
  side?: 'bottom' | 'top' | 'left' | 'right';
  className?: string;
  /** What it belongs to, usually the button that opens it. */
  anchor: ReactElement;
  children: ReactNode;
}) => (
  <Parts.Root open={open} onOpenChange={onOpenChange}>
    <Parts.Trigger asChild>{anchor}</Parts.Trigger>
    <Parts.Portal>
      <Parts.Content
        className={`popover ${className}`}
        aria-label={label}
        align={align}
        side={side}
        sideOffset={4}
        collisionPadding={8}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
      >
        {children}
      </Parts.Content>
    </Parts.Portal>
  </Parts.Root>
);
