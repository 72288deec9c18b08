import { useId } from 'react';
import type { User } from '../../engine/control/auth/user.ts';
import { BrandLine } from './brand-line.tsx';
import { Failure } from './failure.tsx';
import { useDoor } from './use-door.ts';

interface SignInProps {
  /** Why the person is asked again; null at first. */
  note: string | null;
  onSignedIn(user: User): void;
}

export const SignIn = (props: SignInProps) => (
  <main className="sign-in">
    <BrandLine />
    <SignInForm {...props} />
  </main>
);

/** The form alone. `isPatient` leaves the focus where it is until nobody types. */
export function SignInForm({ note, isPatient = false, onSignedIn }: SignInProps & { isPatient?: boolean }) {
  const { failure, busy, name, password, submit } = useDoor({ title: 'Sign in', isPatient, onSignedIn });
  const id = useId();
  const field = `field field-large${failure === null ? '' : ' bad'}`;
  return (
    <form className="door" method="post" onSubmit={submit}>
      <h1>Sign in</h1>
      <div className="door-field">
        <label htmlFor={`${id}-name`}>User name</label>
        <div className={field}>
          <input
            ref={name}
            id={`${id}-name`}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={failure !== null}
            aria-describedby={`${id}-failure`}
          />
        </div>
      </div>
      <div className="door-field">
        <label htmlFor={`${id}-password`}>Password</label>
        <div className={field}>
          <input
            ref={password}
            id={`${id}-password`}
            type="password"
            autoComplete="current-password"
            aria-invalid={failure !== null}
            aria-describedby={`${id}-failure`}
          />
        </div>
      </div>
      <Failure id={`${id}-failure`} text={failure ?? note} />
      <button type="submit" className="btn btn-primary btn-large" disabled={busy}>
        Sign in
      </button>
    </form>
  );
}
