import { useEffect } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { useDraftState, useSession } from '../canvas/session-context.ts';
import { pathToAddress } from '../state/address-path.ts';
import { loadRun } from './replay-run.ts';

/** Shows the run that the address bar names; going back to an address without one takes it away again. */
export function useRunOfAddress(id: string | undefined): void {
  const session = useSession();
  const { api, attempt, go } = useWorkspace();
  const isLoaded = useDraftState(({ document }) => document !== null);
  useEffect(() => {
    const { run } = session.state.getState();
    if (id === undefined) {
      if (run?.kind === 'captured') session.show(null);
      return;
    }
    if (run?.id === id || !isLoaded) return;
    let isWanted = true;
    attempt(`The run ${id} could not be opened`, async () => {
      const loaded = await loadRun(session, api, id);
      if (!isWanted) return;
      if (loaded.address === session.address) session.show(loaded);
      else go(pathToAddress(loaded.address, id));
    });
    return () => {
      isWanted = false;
    };
  }, [session, api, attempt, go, isLoaded, id]);
}
