import { useCallback, useEffect, useState } from 'react';
import type { Setup } from '../../engine/control/auth/sign-in.ts';
import type { User } from '../../engine/control/auth/user.ts';
import { messageOf } from '../api/problem.ts';
import { askSession } from '../api/session.ts';
import { beginHint } from '../first-run/hint-flag.ts';
import { FirstRun } from './first-run.tsx';
import { navigate, pathTo } from './route.ts';
import { SignIn } from './sign-in.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { Unreached } from './unreached.tsx';
import { Workspace } from './workspace.tsx';

type Phase =
  | { at: 'asking'; note: string | null }
  | { at: 'unreached'; reason: string; note: string | null }
  | { at: 'door'; setup: Setup; note: string | null }
  /** `hasEnded`: the session has; the workspace stays until somebody signs in again. */
  | { at: 'inside'; user: User; hasEnded: boolean };

const againMs = 2000;

/** The example that a first start makes. */
const firstOperation = pathTo('server', 'hello', 'get-hello');

/** The editor: a form until somebody is signed in, then the workspace. The address stays what it is all the while. */
export function App() {
  const [phase, setPhase] = useState<Phase>({ at: 'asking', note: null });
  const ask = useCallback(async (note: string | null) => {
    try {
      const { user, setup } = await askSession();
      setPhase(user === null ? { at: 'door', setup, note } : { at: 'inside', user, hasEnded: false });
    } catch (thrown) {
      setPhase({ at: 'unreached', reason: messageOf(thrown), note });
    }
  }, []);
  useEffect(() => {
    if (phase.at === 'asking') void ask(phase.note);
    if (phase.at !== 'unreached') return;
    const timer = setTimeout(() => void ask(phase.note), againMs);
    return () => clearTimeout(timer);
  }, [phase, ask]);

  /** The engine does not know the session any more: another one may be open already, or the engine be a new one. */
  const notice = async (inside: Extract<Phase, { at: 'inside' }>): Promise<void> => {
    if (inside.hasEnded) return;
    const answer = await askSession().catch(() => null);
    if (answer?.user) setPhase({ at: 'inside', user: answer.user, hasEnded: false });
    else if (answer?.setup) setPhase({ at: 'door', setup: answer.setup, note: null });
    else setPhase({ ...inside, hasEnded: true });
  };

  switch (phase.at) {
    case 'asking':
      return null;
    case 'unreached':
      return <Unreached reason={phase.reason} />;
    case 'door': {
      const entered = (user: User) => setPhase({ at: 'inside', user, hasEnded: false });
      const { setup, note } = phase;
      if (setup === null) return <SignIn note={note} onSignedIn={entered} />;
      return (
        <FirstRun
          needsSecret={setup === 'secret'}
          onSignedIn={(user) => {
            beginHint();
            // Whoever came for something else gets that.
            if (['/', '/servers'].includes(location.pathname)) navigate(firstOperation, true);
            entered(user);
          }}
          onTooLate={(reason) => setPhase({ at: 'asking', note: reason })}
        />
      );
    }
    case 'inside':
      return (
        <>
          <Workspace
            // Another person, or other rights, is another workspace.
            key={`${phase.user.name} ${phase.user.rights.join()}`}
            user={phase.user}
            onSignedOut={(reason) => (reason === null ? setPhase({ at: 'asking', note: null }) : void notice(phase))}
          />
          {phase.hasEnded && <SignInAgain onSignedIn={(user) => setPhase({ at: 'inside', user, hasEnded: false })} />}
        </>
      );
  }
}
