import { createStore } from 'zustand/vanilla';
import type { Fault, Operation, Resource } from '../../engine/document/types.ts';

/** Where the edits of a resource are. */
export type Saving =
  /** Nothing differs from what is live. */
  | { state: 'live' }
  /** The draft lies with the engine. */
  | { state: 'saved' }
  | { state: 'saving' }
  /** The engine did not take it; it is kept in this browser and tried again, unless it was refused. */
  | { state: 'kept'; reason: string; isRefused: boolean }
  /** Somebody else saved another version of the draft first; `theirs` is that one. */
  | { state: 'conflict'; theirs: Resource };

export interface DraftState {
  /** The document as it is edited: the draft, or what is live; null while it loads and when there is none. */
  document: Resource | null;
  /** null for one that was never deployed. */
  live: Resource | null;
  saving: Saving;
  /** What keeps the draft from being deployed, or is odd about it. */
  faults: readonly Pick<Fault, 'pointer' | 'message' | 'severity'>[];
  /** What undo would take back and redo would bring again; null for nothing. */
  undo: Edit | null;
  redo: Edit | null;
}

/** One step of the history of edits. */
export interface Edit {
  /** As in `Delete greet`. */
  label: string;
  /** Id of the operation that it changed; null for the resource's own fields and its list of operations. */
  operation: string | null;
}

/**
 * One resource while it is edited: its document, the history of edits, and where they are kept. Every change is a new
 * document that shares what did not change with the one before, so that undo is exact.
 */
export class ResourceDraft {
  readonly state = createStore<DraftState>(() => ({
    document: null,
    live: null,
    saving: { state: 'live' },
    faults: [],
    undo: null,
    redo: null,
  }));

  private readonly past: Step[] = [];
  private readonly future: Step[] = [];

  /** @param name as in `server/hello` */
  constructor(readonly name: string) {}

  /** Takes what is live, as long as nothing was edited here. */
  follow(live: Resource | null): void {
    const { document, live: before } = this.state.getState();
    if (live === before) return;
    this.state.setState({ live, ...(document === before && { document: live }) });
  }

  /**
   * Changes the document. Edits in a row with the same `merge` are one step of undo, such as typing into one field. A change
   * that gives back the same object is none.
   */
  edit(edit: Edit, change: (document: Resource) => Resource, merge?: string): void {
    const { document } = this.state.getState();
    if (document === null) return;
    const after = change(document);
    if (after === document) return;
    const last = this.past.at(-1);
    if (merge !== undefined && last?.merge === merge && this.future.length === 0) last.after = after;
    else this.past.push({ ...edit, before: document, after, merge });
    this.future.length = 0;
    this.put(after);
  }

  /** Changes one operation. */
  editOperation(id: string, label: string, change: (operation: Operation) => Operation, merge?: string): void {
    this.edit(
      { label, operation: id },
      (document) => {
        if (!('operations' in document)) return document;
        const before = document.operations as readonly Operation[];
        const operations = before.map((operation) => (operation.id === id ? change(operation) : operation));
        if (operations.every((operation, index) => operation === before[index])) return document;
        return { ...document, operations } as Resource;
      },
      merge,
    );
  }

  /** Takes the last edit back; answers what it was. */
  undo(): Edit | null {
    const step = this.past.pop();
    if (step === undefined) return null;
    this.future.push(step);
    this.put(step.before);
    return step;
  }

  redo(): Edit | null {
    const step = this.future.pop();
    if (step === undefined) return null;
    this.past.push(step);
    this.put(step.after);
    return step;
  }

  /** Saves now what would be saved in a moment; resolves when the engine has it, or has not taken it. */
  async flush(): Promise<void> {}

  /** Gives the draft up: the document is again what is live. */
  async discard(): Promise<void> {}

  /** Ends a conflict: `mine` overwrites theirs, `theirs` takes mine back as one edit that can be undone, `both` merges. */
  async resolve(_which: 'mine' | 'theirs' | 'both'): Promise<void> {}

  private put(document: Resource): void {
    this.state.setState({ document, undo: this.past.at(-1) ?? null, redo: this.future.at(-1) ?? null });
  }
}

interface Step extends Edit {
  before: Resource;
  after: Resource;
  merge: string | undefined;
}
