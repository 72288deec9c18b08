import { Dialog as Parts } from 'radix-ui';
import type { User } from '../../engine/control/auth/user.ts';
import { SignInForm } from './sign-in.tsx';

/**
 * The session has ended while somebody was at work: the form lies over the workspace, which stays as it is with all that was
 * typed. Whoever types on goes on typing; the form takes the focus when the keys rest.
 */
export const SignInAgain = ({ onSignedIn }: { onSignedIn(user: User): void }) => (
  <Parts.Root open>
    <Parts.Portal>
      <Parts.Overlay className="scrim" />
      <Parts.Content
        className="dialog sign-in-again"
        aria-describedby={undefined}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <Parts.Title className="vh">Sign in again</Parts.Title>
        <SignInForm
          note="The session has ended. Sign in again. What you typed is kept."
          isPatient
          onSignedIn={onSignedIn}
        />
      </Parts.Content>
    </Parts.Portal>
  </Parts.Root>
);
