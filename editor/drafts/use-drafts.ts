import { useStore } from 'zustand';
import type { ResourceKind } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import type { ResourceOf } from '../state/draft-desk.ts';
import type { DraftSummary } from '../state/draft-summary.ts';
import type { DraftState, ResourceDraft } from '../state/resource-draft.ts';

/** The documents of a kind as they are edited, new ones among them, by id. */
export const useResources = <Kind extends ResourceKind>(kind: Kind): readonly ResourceOf[Kind][] =>
  useStore(useWorkspace().drafts.resources(kind));

/** What is edited and not deployed, by name as in `server/hello`. */
export const useDrafts = (): ReadonlyMap<string, DraftSummary> => useStore(useWorkspace().drafts.drafts);

/** A resource while it is edited, and its state. */
export function useDraft(name: string): { draft: ResourceDraft; state: DraftState } {
  const draft = useWorkspace().drafts.of(name);
  return { draft, state: useStore(draft.state) };
}

/** What a resource is called: its title, or its id. */
export const titleOf = (name: string, document: { title?: string } | null | undefined): string =>
  document?.title || name.slice(name.indexOf('/') + 1);
