import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../canvas/session-context.ts';
import { type RunDeskState, runDeskOf } from '../state/run-desk.ts';

/** A part of what is simulated with the operation on screen. */
export const useRunDesk = <T>(part: (state: RunDeskState) => T): T => useStore(runDeskOf(useSession()), part);

const shownAfterMs = 300;
const tickMs = 100;

/** Milliseconds that something runs, ten times a second; null until it has run for 300 ms. */
export function useElapsed(since: number | null): number | null {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [since]);
  return since === null || now - since < shownAfterMs ? null : now - since;
}
