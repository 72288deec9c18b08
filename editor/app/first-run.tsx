import { useId, useState } from 'react';
import type { User } from '../../engine/control/auth/user.ts';
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
  onSignedIn(user: User): void;
  /** Somebody else has created the administrator meanwhile. */
  onTooLate(reason: string): void;
}

const fieldLook = (isWrong: boolean): string => `field field-large${isWrong ? ' bad' : ''}`;

/** Makes the first account, and says what comes next. */
export function FirstRun({ needsSecret, onSignedIn, onTooLate }: FirstRunProps) {
  const [length, setLength] = useState(0);
  const [isShown, setShown] = useState(false);
  const id = useId();
  const { failure, wrong, busy, name, password, secret, submit } = useDoor({
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
        <form className="door" method="post" onSubmit={submit}>
          <h1 id={`${id}-title`}>Create the administrator</h1>
          <p className="lead">
            The engine is running. Nobody has signed in here yet, so this page makes the first account.
          </p>
          <div className="door-field">
            <label htmlFor={`${id}-name`}>User name</label>
            <div className={fieldLook(wrong === 'username')}>
              <input
                ref={name}
                id={`${id}-name`}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                aria-invalid={wrong === 'username'}
                aria-describedby={`${id}-failure`}
              />
            </div>
          </div>
          <div className="door-field">
            <label htmlFor={`${id}-password`}>Password</label>
            <div className={fieldLook(wrong === 'password')}>
              <input
                ref={password}
                id={`${id}-password`}
                type={isShown ? 'text' : 'password'}
                autoComplete="new-password"
                spellCheck={false}
                aria-invalid={wrong === 'password'}
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
              <div className={fieldLook(wrong === 'setupSecret')}>
                <input
                  ref={secret}
                  id={`${id}-secret`}
                  autoComplete="off"
                  spellCheck={false}
                  aria-invalid={wrong === 'setupSecret'}
                  aria-describedby={`${id}-terminal ${id}-failure`}
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
