import type { Resource } from '../../engine/document/types.ts';
import type { Version } from './draft-calls.ts';

/** An edit that the engine does not have yet. */
export interface KeptEdit {
  /** The resource, as in `server/hello`. */
  name: string;
  /** What the engine had when it was made. */
  base: Version;
  document: Resource | null;
  /** How many edits. */
  edits: number;
}

/** Where edits wait until the engine has them. */
export interface KeptEdits {
  /**
   * Hands over what this tab, before it was loaded anew, and closed tabs left behind; what tabs hold that are still open once
   * they are closed. What is taken (true) is kept by this tab from now on.
   */
  watch(found: (edit: KeptEdit) => Promise<boolean>): Promise<void>;
  /** Keeps an edit in the place of the former one. */
  put(edit: KeptEdit): void;
  /** The engine has it. */
  drop(name: string): void;
  /** False while something that was put is not stored yet, or could not be. */
  isStored(): boolean;
}

/** Keeps nothing; for where there is no browser. */
export const keepsNothing: KeptEdits = {
  watch: async () => {},
  put: () => {},
  drop: () => {},
  isStored: () => true,
};
