import { createContext, type ReactNode } from 'react';
import { useWorkspace } from './workspace-context.ts';

/** Whether what is typed inside has no effect: for fields that a `fieldset` cannot disable. */
export const ReadOnlyContext = createContext(false);

/** Fields that edit. Without the right to edit they are disabled, and a line above them says why. */
export function EditGuard({ children }: { children: ReactNode }) {
  const why = useWorkspace().whyNot('edit');
  if (why === undefined) return children;
  return (
    <ReadOnlyContext value={true}>
      <p className="note">Read only. {why}</p>
      <fieldset className="read-only" disabled>
        {children}
      </fieldset>
    </ReadOnlyContext>
  );
}

/** The same in a box that scrolls, which the keyboard reaches although nothing in it can be focused. */
export function EditGuardBox({ className, children }: { className: string; children: ReactNode }) {
  const why = useWorkspace().whyNot('edit');
  if (why === undefined) return <div className={className}>{children}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: its fields are disabled, so nothing else would scroll it.
    <section className={className} aria-label="Read only" tabIndex={0}>
      <EditGuard>{children}</EditGuard>
    </section>
  );
}
