import { useState } from 'react';
import { idRule, isId } from '../../engine/document/address.ts';
import { found } from '../../engine/document/found.ts';
import { freeId, idOf } from './propose.ts';

/** A title, and the id that is made of it until somebody writes one. */
export interface Identity {
  title: string;
  setTitle(title: string): void;
  id: string;
  setId(id: string): void;
  /** Why the id cannot be used; null when it can. */
  fault: string | null;
  /** The same, but not before there is something to judge. */
  shownFault: string | null;
}

/**
 * @param what it is an id of, as in `server`
 * @param proposed a better id than the title's, as long as none is written; empty for none
 */
export function useIdentity(what: string, taken: ReadonlySet<string>, proposed = ''): Identity {
  const [title, setTitle] = useState('');
  // null while the title says what it is.
  const [own, setOwn] = useState<string | null>(null);
  const id = own ?? freeId(proposed || idOf(title), taken);
  const fault = !isId(id)
    ? `The id must be ${idRule}, found ${found(id)}.`
    : taken.has(id)
      ? `The id "${id}" is already that of another ${what}. Choose another.`
      : null;
  return {
    title,
    setTitle,
    id,
    setId: (text) => setOwn(text === '' && (title !== '' || proposed !== '') ? null : text),
    fault,
    shownFault: id === '' && own === null ? null : fault,
  };
}
