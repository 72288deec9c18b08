import type { Resource } from '../../engine/document/types.ts';
import type { DraftCalls, DraftFault } from './draft-calls.ts';
import type { Edit } from './draft-history.ts';
import type { KeptEdit } from './draft-keep.ts';
import type { Conflict } from './merge.ts';

/** Where the edits of a resource are. */
export type Saving =
  /** Nothing differs from what is live. */
  | { state: 'live' }
  /** The draft lies with the engine. */
  | { state: 'saved' }
  | { state: 'saving' }
  /** The engine did not take it; it is kept in this browser and tried again, unless it was refused. */
  | { state: 'kept'; reason: string; isRefused: boolean; edits: number }
  /** Somebody else saved another version first, and both changed the same; the edits are kept in this browser. */
  | { state: 'conflict'; theirs: Resource; conflicts: readonly Conflict[] };

export interface DraftState {
  /** The document as it is edited: the draft, or what is live; null while it loads and when there is none. */
  document: Resource | null;
  /** null for one that was never deployed. */
  live: Resource | null;
  saving: Saving;
  /** What is live was changed since this draft was begun. */
  isOutdated: boolean;
  /** What keeps the draft from being deployed, or is odd about it. */
  faults: readonly DraftFault[];
  /** What undo would take back and redo would bring again; null for nothing. */
  undo: Edit | null;
  redo: Edit | null;
}

/** What a draft needs of the world around it. */
export interface DraftSurroundings {
  calls: DraftCalls;
  /** Whether the session has ended: nothing is sent any more. */
  isOver(): boolean;
  /** Keeps an edit in this browser until the engine has it; null when it has. */
  keep(name: string, edit: KeptEdit | null): void;
  /** The engine was told something that changes its drafts. */
  saved(name: string): void;
  /** What somebody else did was brought together with the edits made here. */
  merged(name: string): void;
}
