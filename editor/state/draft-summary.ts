import type { Resource } from '../../engine/document/types.ts';
import type { DraftFault, StoredDraft } from './draft-calls.ts';
import type { DraftState, Saving } from './draft-state.ts';

/** A resource with edits that are not deployed. */
export interface DraftSummary {
  /** As in `server/hello`. */
  name: string;
  kind: 'added' | 'changed';
  document: Resource;
  faults: readonly DraftFault[];
  /** What is live was changed since it was begun. */
  isOutdated: boolean;
  /** Who saved it last, and when (RFC 3339); null when that is not known yet. */
  user: string | null;
  time: string | null;
  /** How many places differ from what is live, as the engine counted last. */
  differences: number;
  saving: Saving['state'];
}

/** What is told of a draft; null when there is nothing to deploy. What is edited in this tab is ahead of what the engine said. */
export function summaryOf(
  name: string,
  live: Resource | null,
  stored: StoredDraft | undefined,
  edited: DraftState | undefined,
): DraftSummary | null {
  const isEdited = edited !== undefined && (edited.document !== null || stored === undefined);
  const document = isEdited ? edited.document : (stored?.document ?? null);
  const saving = isEdited ? edited.saving.state : stored?.kind === 'same' ? 'live' : 'saved';
  if (document === null || saving === 'live') return null;
  return {
    name,
    kind: live === null ? 'added' : 'changed',
    document,
    faults: (isEdited ? edited.faults : stored?.faults) ?? [],
    isOutdated: stored?.outdated ?? false,
    user: stored?.user ?? null,
    time: stored?.time ?? null,
    differences: stored?.diff.length ?? 0,
    saving,
  };
}

export const isSameSummary = (a: DraftSummary, b: DraftSummary): boolean =>
  (Object.keys(a) as (keyof DraftSummary)[]).every((key) => a[key] === b[key]);
