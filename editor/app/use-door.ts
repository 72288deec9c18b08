import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { type Credentials, signIn } from '../api/session.ts';

interface Door {
  /** What was wrong with the last try; null before, and while one is under way. */
  failure: string | null;
  busy: boolean;
  name: RefObject<HTMLInputElement | null>;
  password: RefObject<HTMLInputElement | null>;
  submit(event: FormEvent, more?: Pick<Credentials, 'setupSecret'>): Promise<void>;
}

interface DoorProps {
  title: string;
  onSignedIn(name: string): void;
  /** Hears of a failure first; true when there is nothing more to do. */
  onFailure?(thrown: unknown): boolean;
}

/** What the forms for signing in and for the first administrator share. What was typed stays until it was right. */
export function useDoor({ title, onSignedIn, onFailure }: DoorProps): Door {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${title} · Sluice`;
    name.current?.focus();
  }, [title]);

  const submit: Door['submit'] = async (event, more = {}) => {
    event.preventDefault();
    const credentials = {
      username: name.current?.value.trim() ?? '',
      password: password.current?.value ?? '',
      ...more,
    };
    const empty = credentials.username === '' ? name : credentials.password === '' ? password : null;
    if (empty !== null) {
      setFailure(empty === name ? 'Enter a user name.' : 'Enter a password.');
      empty.current?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const user = await signIn(credentials);
      onSignedIn(user.name);
    } catch (thrown) {
      if (onFailure?.(thrown)) return;
      setFailure(messageOf(thrown));
      setBusy(false);
      password.current?.focus();
      password.current?.select();
    }
  };
  return { failure, busy, name, password, submit };
}
