import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { User } from '../../engine/control/auth/user.ts';
import { ApiProblem, messageOf } from '../api/problem.ts';
import { type Credentials, signIn } from '../api/session.ts';

type Field = keyof Credentials;

interface Door {
  /** What was wrong with the last try; null before, and while one is under way. */
  failure: string | null;
  /** The field that is wrong; null when it may be any. */
  wrong: Field | null;
  busy: boolean;
  name: RefObject<HTMLInputElement | null>;
  password: RefObject<HTMLInputElement | null>;
  /** Only where a secret is asked for. */
  secret: RefObject<HTMLInputElement | null>;
  submit(event: FormEvent): Promise<void>;
}

interface DoorProps {
  title: string;
  /** Takes the focus only when nobody has pressed a key for a while: what is being typed belongs elsewhere. */
  isPatient?: boolean;
  onSignedIn(user: User): void;
  /** Hears of a failure first; true when there is nothing more to do. */
  onFailure?(thrown: unknown): boolean;
}

/** Milliseconds without a key after which nobody is typing. */
const pauseMs = 800;

/** What the forms for signing in and for the first administrator share. What was typed stays until it was right. */
export function useDoor({ title, isPatient = false, onSignedIn, onFailure }: DoorProps): Door {
  const [{ failure, wrong }, setFailure] = useState<Pick<Door, 'failure' | 'wrong'>>({ failure: null, wrong: null });
  const [busy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const inputs = { username: name, password, setupSecret: secret };
  useEffect(() => {
    document.title = `${title} · Sluice`;
    if (!isPatient) {
      name.current?.focus();
      return;
    }
    const focus = (): void => {
      removeEventListener('keydown', wait, true);
      name.current?.focus();
    };
    let timer = setTimeout(focus, pauseMs);
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(focus, pauseMs);
    };
    addEventListener('keydown', wait, true);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', wait, true);
    };
  }, [title, isPatient]);

  const submit: Door['submit'] = async (event) => {
    event.preventDefault();
    const credentials = {
      username: name.current?.value.trim() ?? '',
      password: password.current?.value ?? '',
      ...(secret.current && { setupSecret: secret.current.value.trim() }),
    };
    const empty = credentials.username === '' ? 'username' : credentials.password === '' ? 'password' : null;
    if (empty !== null) {
      setFailure({ failure: empty === 'username' ? 'Enter a user name.' : 'Enter a password.', wrong: empty });
      inputs[empty].current?.focus();
      return;
    }
    setBusy(true);
    setFailure({ failure: null, wrong: null });
    try {
      onSignedIn(await signIn(credentials));
    } catch (thrown) {
      if (onFailure?.(thrown)) return;
      const field = thrown instanceof ApiProblem && isField(thrown.field) ? thrown.field : null;
      setFailure({ failure: messageOf(thrown), wrong: field });
      setBusy(false);
      const input = inputs[field ?? 'password'].current;
      input?.focus();
      input?.select();
    }
  };
  return { failure, wrong, busy, name, password, secret, submit };
}

const isField = (name: string | null): name is Field =>
  name === 'username' || name === 'password' || name === 'setupSecret';
