import { useMemo } from 'react';
import type { ResourceKind } from '../../engine/document/types.ts';
import { useResources } from '../drafts/use-drafts.ts';

/** Ids that resources of a kind have: live ones, and those that are drafts only. */
export function useTaken(kind: ResourceKind): ReadonlySet<string> {
  const resources = useResources(kind);
  return useMemo(() => new Set(resources.map(({ id }) => id)), [resources]);
}
