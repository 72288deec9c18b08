import { useEffect, useState } from 'react';
import type { RunHead } from '../../engine/store/run-head.ts';
import { messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';

const everyMs = 2000;
const most = 100;

export type RunsFilter = 'all' | 'failed' | 'captured';

export interface LatestRuns {
  /** null until they are known. */
  runs: readonly RunHead[] | null;
  /** Why they are not there, or not of now. */
  fault: string | null;
}

/** The latest runs of an operation, asked for every 2 s while the page is seen. */
export function useLatestRuns(address: string, filter: RunsFilter): LatestRuns {
  const { api } = useWorkspace();
  const [latest, setLatest] = useState<LatestRuns>({ runs: null, fault: null });
  useEffect(() => {
    const [kind, resource, operation] = address.split('/') as [string, string, string];
    const query = new URLSearchParams({ [kind]: resource, operation, limit: String(most) });
    if (filter === 'failed') query.set('state', 'failed');
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      clearTimeout(timer);
      try {
        const { runs } = await api.get<{ runs: readonly RunHead[] }>(`/api/runs?${query}`);
        if (isWanted)
          setLatest({ runs: filter === 'captured' ? runs.filter((run) => run.capture !== null) : runs, fault: null });
      } catch (thrown) {
        if (isWanted) setLatest(({ runs }) => ({ runs, fault: messageOf(thrown) }));
      }
      if (isWanted && !document.hidden) timer = setTimeout(() => void ask(), everyMs);
    };
    const onVisible = (): void => {
      if (!document.hidden) void ask();
    };
    setLatest({ runs: null, fault: null });
    void ask();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [api, address, filter]);
  return latest;
}
