import type { Service } from '../../engine/document/types.ts';
import { browserStore } from '../state/browser-store.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { runDeskOf } from '../state/run-desk.ts';
import { type OutsideAction, outsideActions } from './outside.ts';

/** Where this browser remembers which steps may act outside when an operation is simulated. */
const keyOf = (address: string): string => `sluice.outside.${address}`;

function allowed(address: string): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(browserStore.getItem(keyOf(address)) ?? '[]');
    return new Set(Array.isArray(ids) ? ids.map(String) : []);
  } catch {
    return new Set();
  }
}

interface LiveServices {
  project: { snapshot(): { services: readonly Service[] } };
}

/** The steps of the operation on screen that act on the outside world. */
export function outsideOf(session: OperationSession, { project }: LiveServices): OutsideAction[] {
  const operation = session.operation();
  return operation === undefined ? [] : outsideActions(operation, project.snapshot().services);
}

/**
 * Whether a simulation may go on: asks where a step acts outside that was not spoken of before.
 * @param isAgain what was done once is to be done again, which is spoken of each time
 */
export function askOutside(session: OperationSession, tools: LiveServices, isAgain: boolean): Promise<boolean> {
  if (runDeskOf(session).getState().asking !== null) return Promise.resolve(false);
  const known = allowed(session.address);
  const ids = outsideOf(session, tools).map(({ id }) => id);
  if (ids.length === 0 || (!isAgain && ids.every((id) => known.has(id)))) return Promise.resolve(true);
  const desk = runDeskOf(session);
  return new Promise((resolve) => {
    const answer = (goOn: boolean): void => {
      if (goOn) {
        const now = outsideOf(session, tools).map(({ id }) => id);
        browserStore.setItem(keyOf(session.address), JSON.stringify([...new Set([...known, ...now])]));
      }
      desk.setState({ asking: null });
      resolve(goOn);
    };
    desk.setState({ asking: { ids, answer } });
  });
}
