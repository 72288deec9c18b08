import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { signIn } from '../api/session.ts';
import { Icon, Mark } from '../ui/icon.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

interface SignInProps {
  /** Why the person is asked again; null at first. */
  note: string | null;
  onSignedIn(token: string): void;
}

export function SignIn({ note, onSignedIn }: SignInProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    document.title = 'Sign in · Sluice';
    field.current?.focus();
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const token = field.current?.value.trim() ?? '';
    setBusy(true);
    setFailure(null);
    try {
      if (token === '') throw new Error('Enter the token that the terminal showed at the start.');
      await signIn(token);
      onSignedIn(token);
    } catch (thrown) {
      setFailure(messageOf(thrown));
      setBusy(false);
      field.current?.focus();
      field.current?.select();
    }
  };

  const shown = failure ?? note;
  return (
    <main className="sign-in">
      <div className="brand-line">
        <Mark />
        <b>Sluice</b>
        <span className="grow" />
        <ThemeSwitch />
      </div>
      <form method="post" onSubmit={submit}>
        <h1>Sign in</h1>
        <p className="lead">The engine asks for its API token.</p>
        <label htmlFor={id}>API token</label>
        <div className={`field field-large${failure === null ? '' : ' bad'}`}>
          <input
            ref={field}
            id={id}
            type="password"
            autoComplete="current-password"
            spellCheck={false}
            aria-invalid={failure !== null}
            aria-describedby={`${id}-failure ${id}-help`}
          />
        </div>
        <p id={`${id}-failure`} className="failure" role="alert">
          {shown !== null && (
            <>
              <Icon name="warn" size={14} />
              <span>{shown}</span>
            </>
          )}
        </p>
        <button type="submit" className="btn btn-primary btn-large" disabled={busy}>
          Sign in
        </button>
        <p id={`${id}-help`} className="note">
          The terminal shows the token at the start; <code>SLUICE_API_TOKEN</code> chooses it. It is kept in this tab
          only.
        </p>
      </form>
    </main>
  );
}
