import type { Resource } from '../../engine/document/types.ts';

/** One step of the history of edits. */
export interface Edit {
  /** As in `Delete greet`. */
  label: string;
  /** Id of the operation that it changed; null for the resource's own fields and its list of operations. */
  operation: string | null;
}

interface Step extends Edit {
  before: Resource | null;
  after: Resource | null;
  merge: string | undefined;
  /** Milliseconds since 1970 of the last edit in it. */
  at: number;
}

/** Edits of the same field with a longer pause between them are steps of their own. */
const pauseMs = 2000;

/** The edits of one resource, linear and without limit. Documents are kept as they were, so that undo is exact. */
export class EditHistory {
  private past: Step[] = [];
  private future: Step[] = [];
  /** Whether the next edit may join the last step: not after an undo, nor after something from elsewhere. */
  private isOpen = false;

  get undoable(): Edit | null {
    return this.past.at(-1) ?? null;
  }

  get redoable(): Edit | null {
    return this.future.at(-1) ?? null;
  }

  /** Notes an edit; answers whether it is a step of its own. */
  push(edit: Edit, before: Resource | null, after: Resource | null, merge?: string): boolean {
    const at = Date.now();
    const last = this.past.at(-1);
    this.future = [];
    if (this.isOpen && last !== undefined && merge !== undefined && last.merge === merge && at - last.at <= pauseMs) {
      this.past[this.past.length - 1] = { ...last, after, at };
      return false;
    }
    this.past.push({ ...edit, before, after, merge, at });
    this.isOpen = true;
    return true;
  }

  undo(): Step | null {
    this.isOpen = false;
    const step = this.past.pop() ?? null;
    if (step !== null) this.future.push(step);
    return step;
  }

  redo(): Step | null {
    this.isOpen = false;
    const step = this.future.pop() ?? null;
    if (step !== null) this.past.push(step);
    return step;
  }

  /**
   * Puts every document of the history on top of what somebody else changed, so that an undo takes back what was done
   * here and nothing else.
   */
  rebase(change: (document: Resource) => Resource): void {
    this.isOpen = false;
    // Neighbours share a document; so they do afterwards.
    const done = new Map<Resource, Resource>();
    const moved = (document: Resource | null): Resource | null => {
      if (document === null) return null;
      const known = done.get(document) ?? change(document);
      done.set(document, known);
      return known;
    };
    const rebased = (step: Step): Step => ({ ...step, before: moved(step.before), after: moved(step.after) });
    this.past = this.past.map(rebased);
    this.future = this.future.map(rebased);
  }
}
