import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Operation } from '../../engine/document/types.ts';
import type { OperationSession, SessionState } from '../state/operation-session.ts';
import type { DraftState } from '../state/resource-draft.ts';

export const SessionContext = createContext<OperationSession | null>(null);

/** The operation on screen. */
export function useSession(): OperationSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession() was called outside an operation.');
  return session;
}

/** A part of what is chosen and shown; the component renders again when that part changes. */
export const useSessionState = <T>(part: (state: SessionState) => T): T => useStore(useSession().state, part);

/** A part of the resource's draft. */
export const useDraftState = <T>(part: (state: DraftState) => T): T => useStore(useSession().draft.state, part);

/** The operation as it is edited; undefined when it was removed. */
export function useOperation(): Operation | undefined {
  const session = useSession();
  return useDraftState(() => session.operation());
}
