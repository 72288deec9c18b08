import { useId, useRef, useState } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { Icon } from '../ui/icon.tsx';
import { BrandLine } from './brand-line.tsx';
import { Failure } from './failure.tsx';
import { FirstSteps } from './first-steps.tsx';
import { useDoor } from './use-door.ts';

const enough = 12;

interface FirstRunProps {
  /** Others can reach this page: the terminal shows a secret that proves who may go on. */
  needsSecret: boolean;
  onSignedIn(name: string): void;
  /** Somebody else has created the administrator meanwhile. */
  onTooLate(reason: string): void;
}

/** Makes the first account, and says what comes next. */
export function FirstRun({ needsSecret, onSignedIn, onTooLate }: FirstRunProps) {
  const [length, setLength] = useState(0);
  const [isShown, setShown] = useState(false);
  const secret = useRef<HTMLInputElement>(null);
  const id = useId();
  const { failure, busy, name, password, submit } = useDoor({
    title: 'Welcome',
    onSignedIn,
    onFailure(thrown) {
      // 401 is the answer of an engine that has a user by now.
      if (!(thrown instanceof ApiProblem) || (thrown.status !== 409 && thrown.status !== 401)) return false;
      onTooLate('Somebody else has created the administrator meanwhile. Sign in instead.');
      return true;
    },
  });
  const isEnough = length >= enough;
  return (
    <main className="first-run">
      <section className="sign-in" aria-labelledby={`${id}-title`}>
        <BrandLine />
        <form
          className="door"
          method="post"
          onSubmit={(event) => submit(event, needsSecret ? { setupSecret: secret.current?.value.trim() ?? '' } : {})}
        >
          <h1 id={`${id}-title`}>Create the administrator</h1>
          <p className="lead">
            The engine is running. Nobody has signed in here yet, so this page makes the first account.
          </p>
          <div className="door-field">
            <label htmlFor={`${id}-name`}>User name</label>
            <div className="field field-large">
              <input ref={name} id={`${id}-name`} autoComplete="username" autoCapitalize="none" spellCheck={false} />
            </div>
          </div>
          <div className="door-field">
            <label htmlFor={`${id}-password`}>Password</label>
            <div className="field field-large">
              <input
                ref={password}
                id={`${id}-password`}
                type={isShown ? 'text' : 'password'}
                autoComplete="new-password"
                spellCheck={false}
                aria-describedby={`${id}-length ${id}-failure`}
                onChange={(event) => setLength([...event.target.value.normalize('NFKC')].length)}
              />
              <button
                type="button"
                className="btn btn-quiet btn-icon btn-s"
                aria-label="Show what is typed"
                aria-pressed={isShown}
                onClick={() => setShown(!isShown)}
              >
                <Icon name="eye" />
              </button>
            </div>
            <div className="length" aria-hidden="true">
              {[3, 6, 9, enough].map((least) => (
                <i key={least} className={length >= least ? (isEnough ? 'is-enough' : 'is-short') : undefined} />
              ))}
            </div>
            <p id={`${id}-length`} className="note">
              {length === 0 ? '' : `${length} ${length === 1 ? 'character' : 'characters'}. `}
              Any {enough} or more will do; length counts, symbols do not.
            </p>
          </div>
          {needsSecret && (
            <div className="door-field">
              <label htmlFor={`${id}-secret`}>Setup secret</label>
              <div className="field field-large">
                <input
                  ref={secret}
                  id={`${id}-secret`}
                  autoComplete="off"
                  spellCheck={false}
                  aria-describedby={`${id}-terminal`}
                />
              </div>
              <p id={`${id}-terminal`} className="note">
                The terminal in which Sluice was started shows it.
              </p>
            </div>
          )}
          <Failure id={`${id}-failure`} text={failure} />
          <button type="submit" className="btn btn-primary btn-large" disabled={busy}>
            Create administrator
          </button>
          <p className="note">
            Automating this? Start with <code>SLUICE_ADMIN_USERNAME</code> and <code>SLUICE_ADMIN_PASSWORD</code>, and
            this page never shows.
          </p>
        </form>
      </section>
      <FirstSteps />
    </main>
  );
}
