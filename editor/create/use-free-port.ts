import { useEffect, useState } from 'react';
import type { ApiClient } from '../api/client.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useResources } from '../drafts/use-drafts.ts';
import { freePort } from './propose.ts';

/**
 * A port for a new server: the first that no server of the project wants, and once the engine has looked, the first that
 * nobody else on its machine has either; null when there is none.
 */
export function useFreePort(): { port: number | null; isSure: boolean } {
  const { api } = useWorkspace();
  const wanting = useResources('server');
  const guess = freePort(wanting);
  const [found, setFound] = useState<{ port: number | null } | null>(null);
  useEffect(() => {
    let isWanted = true;
    freeOnMachine(api, wanting, guess)
      .then((port) => isWanted && setFound({ port }))
      // The guess is good enough; whether it can be had shows when the server starts.
      .catch(() => {});
    return () => {
      isWanted = false;
    };
  }, [api, guess, wanting]);
  return found === null ? { port: guess, isSure: false } : { port: found.port, isSure: true };
}

/** The engine knows the machine and what is live, not what is a draft only. */
async function freeOnMachine(
  api: ApiClient,
  wanting: readonly { port?: number }[],
  from: number,
): Promise<number | null> {
  for (let first = from; ; ) {
    const { port } = await api.get<{ port: number | null }>(`/api/ports/free?from=${first}`);
    if (port === null || freePort(wanting, port) === port) return port;
    first = freePort(wanting, port);
  }
}
