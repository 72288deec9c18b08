import { createStore } from 'zustand/vanilla';
import type { Operation, Resource } from '../../engine/document/types.ts';
import { ApiProblem, messageOf } from '../api/problem.ts';
import { asJson, type DraftFault, type Version } from './draft-calls.ts';
import { type Edit, EditHistory } from './draft-history.ts';
import type { KeptEdit } from './draft-keep.ts';
import type { DraftState, DraftSurroundings, Saving } from './draft-state.ts';
import { QuietTimer } from './draft-timer.ts';
import { type Conflict, mergeDocuments } from './merge.ts';
import { isSame, type Part, sharing } from './same-json.ts';

export type { Edit } from './draft-history.ts';
export type { DraftState, DraftSurroundings, Saving } from './draft-state.ts';

/** Milliseconds until the engine is asked again after it did not take an edit. */
const againMs = 2000;
const nothing: readonly DraftFault[] = [];

/**
 * One resource while it is edited: its document, the history of edits, and where they are kept. Every change is a new
 * document that shares what did not change with the one before, so that undo is exact. Edits are saved as a draft when the
 * typing pauses; one call at a time.
 */
export class ResourceDraft {
  readonly state = createStore<DraftState>(() => ({
    document: null,
    live: null,
    saving: { state: 'live' },
    isOutdated: false,
    faults: nothing,
    undo: null,
    redo: null,
  }));

  private readonly history = new EditHistory();
  /** What the engine had when it was last heard; the document is edits on top of it. null while nothing is known. */
  private base: Version | null = null;
  /** Documents that were sent without an answer: what the engine has may be one of them. */
  private sent: Resource[] = [];
  /** What was saved elsewhere, while somebody has to choose; `isLive` when it was deployed rather than saved. */
  private rival: { theirs: Version; ancestor: Resource | null; isLive: boolean } | null = null;
  private readonly timer = new QuietTimer(() => void this.flush());
  private queue: Promise<unknown> = Promise.resolve();
  private isReading = false;
  /** What the engine said last is wrong with its draft, and with which version of it. */
  private heard: { etag: string | null; faults: readonly DraftFault[] } = { etag: null, faults: nothing };
  /** Edits that the engine does not have yet. */
  private unsaved = 0;

  /**
   * @param name as in `server/hello`
   * @param around left out, nothing is saved anywhere
   * @param mayEdit without the right to, no edit does anything: the engine would take none of them
   */
  constructor(
    readonly name: string,
    private readonly around: DraftSurroundings | null = null,
    readonly mayEdit = true,
  ) {}

  /** Whether the engine does not have all edits. */
  get isDirty(): boolean {
    return this.base !== null && this.state.getState().document !== this.base.document;
  }

  /** Whether an edit waits for the engine to be back. */
  get isWaiting(): boolean {
    const { saving } = this.state.getState();
    return saving.state === 'kept' && !saving.isRefused;
  }

  /** Takes what the engine has: what is live, and the draft on top of it where there is one. */
  follow(
    live: Resource | null,
    draft: (Version & { faults?: readonly DraftFault[]; outdated?: boolean }) | null = null,
  ): void {
    const { live: before, isOutdated } = this.state.getState();
    const outdated = draft?.outdated ?? false;
    if (live !== before || outdated !== isOutdated) this.state.setState({ live, isOutdated: outdated });
    this.heard = { etag: draft?.etag ?? null, faults: draft?.faults ?? nothing };
    const now: Version =
      draft === null ? { document: live, etag: null } : { document: draft.document, etag: draft.etag };
    if (this.base === null) {
      this.base = now;
      this.state.setState({ document: now.document, faults: draft?.faults ?? nothing, saving: this.resting() });
      return;
    }
    if (this.isKnown(now)) {
      if (this.isDirty || this.rival !== null) return;
      if (live !== before) this.state.setState({ saving: this.resting() });
      this.takeFaults();
      return;
    }
    if (this.around === null) this.take(now);
    // What was heard may be older than what was saved here meanwhile.
    else if (!this.isReading && this.rival === null) void this.inOrder(() => this.read()).catch(() => {});
  }

  /**
   * Changes the document. Edits in a row with the same `merge` are one step of undo, such as typing into one field. A change
   * that gives back the same object is none.
   */
  edit(edit: Edit, change: (document: Resource) => Resource, merge?: string): void {
    const { document } = this.state.getState();
    if (!this.mayEdit || document === null) return;
    this.step(edit, change(document), merge);
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
    const step = this.history.undo();
    if (step !== null) this.put(step.before);
    return step;
  }

  redo(): Edit | null {
    const step = this.history.redo();
    if (step !== null) this.put(step.after);
    return step;
  }

  /** Saves now what would be saved in a moment; resolves when the engine has it, or has not taken it. */
  flush(isLeaving = false): Promise<void> {
    this.timer.stop();
    return this.inOrder(() => this.save(isLeaving));
  }

  /** Gives the draft up: the document is again what is live. One edit, which can be undone. */
  async discard(): Promise<void> {
    this.giveUpRival();
    this.step({ label: 'Discard draft', operation: null }, this.state.getState().live);
    await this.flush();
  }

  /**
   * Ends a conflict: where both changed the same, it is as chosen; what only one side changed stays. `theirs` is one edit
   * that can be undone.
   */
  async resolve(which: 'mine' | 'theirs'): Promise<void> {
    const { rival } = this;
    const { document } = this.state.getState();
    if (rival === null || document === null || rival.theirs.document === null) return;
    const theirs = rival.theirs.document;
    const chosen = mergeDocuments(rival.ancestor, theirs, document).document;
    if (rival.isLive) await this.inOrder(() => this.beginAnew(theirs, rival.ancestor));
    else this.moveTo(rival.theirs, rival.ancestor);
    this.rival = null;
    this.state.setState({ saving: { state: 'saving' } });
    if (which === 'theirs') this.step({ label: 'Take theirs', operation: null }, chosen);
    else this.put(this.state.getState().document);
    await this.flush();
  }

  /** Brings what was deployed since the draft was begun into it; a conflict where both changed the same. */
  mergeLive(): Promise<void> {
    return this.inOrder(async () => {
      const { around } = this;
      const { document } = this.state.getState();
      if (around === null || document === null || this.base === null) return;
      const [live, ancestor] = await Promise.all([around.calls.readLive(this.name), around.calls.readBase(this.name)]);
      if (live === null) return;
      const { conflicts } = mergeDocuments(ancestor, document, live);
      if (conflicts.length > 0) {
        this.dispute({ document: live, etag: null }, ancestor, conflicts, true);
        return;
      }
      await this.beginAnew(live, ancestor);
      around.merged(this.name);
      await this.save(false);
    });
  }

  /** Puts edits back that were kept in this browser; false when others are being saved, which goes first. */
  async restore({ base, document, edits }: KeptEdit): Promise<boolean> {
    if (!this.mayEdit || this.isDirty || this.rival !== null) return false;
    this.timer.stop();
    this.base = base;
    this.history.push({ label: 'Edits kept in this browser', operation: null }, base.document, document);
    this.unsaved = edits;
    this.state.setState({ document, saving: { state: 'saving' } });
    this.put(document);
    await this.inOrder(() => this.read()).catch(() => {});
    await this.flush();
    return true;
  }

  /** Shows what somebody put there in one step, such as a new resource. */
  begin(version: Version, faults: readonly DraftFault[]): void {
    this.base = version;
    this.state.setState({ document: version.document, faults, saving: this.resting() });
  }

  /** Lets nothing be read or saved until `work` is done; then what is live is `live`, and the document is edits on it. */
  during(work: Promise<unknown>, live: () => Promise<Resource | null>): Promise<void> {
    return this.inOrder(async () => {
      await work;
      const document = await live();
      this.base = { document, etag: null };
      this.state.setState({ live: document });
      this.put(this.state.getState().document);
    });
  }

  private step(edit: Edit, after: Resource | null, merge?: string): void {
    const { document } = this.state.getState();
    if (!this.mayEdit || after === document) return;
    if (this.history.push(edit, document, after, merge)) this.unsaved++;
    this.put(after);
  }

  /** Shows a document, and sees to it that the engine gets it. */
  private put(document: Resource | null): void {
    this.state.setState({ document, undo: this.history.undoable, redo: this.history.redoable });
    if (this.around === null || this.base === null) return;
    if (!this.isDirty) {
      this.around.keep(this.name, null);
      // A call that is under way saves something else: it looks again when it is done.
      if (this.rival === null && this.state.getState().saving.state !== 'saving') this.settle();
      else this.timer.touch();
      return;
    }
    this.unsaved = Math.max(1, this.unsaved);
    this.around.keep(this.name, { name: this.name, base: this.base, document, edits: this.unsaved });
    const { saving } = this.state.getState();
    if (saving.state === 'kept') this.state.setState({ saving: { ...saving, edits: this.unsaved } });
    else if (saving.state !== 'conflict' && saving.state !== 'saving')
      this.state.setState({ saving: { state: 'saving' } });
    this.timer.touch();
  }

  private async save(isLeaving: boolean, isAgain = false): Promise<void> {
    const { around, base } = this;
    const { document, live } = this.state.getState();
    if (around === null || around.isOver() || base === null || this.rival !== null) return;
    if (!this.isDirty) return this.settle();
    const saved = this.unsaved;
    try {
      if (document === null || (live !== null && same(document, live))) {
        if (base.etag !== null) await around.calls.remove(this.name, base.etag);
        this.base = { document, etag: null };
        this.state.setState({ faults: nothing });
      } else if (base.etag !== null && base.document !== null && same(document, base.document)) {
        this.base = { document, etag: base.etag };
      } else {
        this.sent.push(document);
        const { etag, faults } = await around.calls.save(this.name, document, base.etag, isLeaving);
        this.base = { document, etag };
        this.state.setState({ faults });
      }
      this.sent = [];
      this.unsaved -= saved;
      around.saved(this.name);
      if (!this.isDirty) this.settle();
      else this.put(this.state.getState().document);
    } catch (thrown) {
      const isElsewhere = thrown instanceof ApiProblem && (thrown.status === 412 || thrown.status === 404);
      if (!isElsewhere || isAgain) return this.keepFor(thrown);
      try {
        await this.read();
      } catch (silence) {
        return this.keepFor(silence);
      }
      await this.save(isLeaving, true);
    }
  }

  /** Everything is with the engine. */
  private settle(): void {
    this.timer.stop();
    this.unsaved = 0;
    this.around?.keep(this.name, null);
    this.state.setState({ saving: this.resting() });
  }

  private takeFaults(): void {
    const { etag, faults } = this.heard;
    if (etag === this.base?.etag && faults !== this.state.getState().faults) this.state.setState({ faults });
  }

  private resting(): Saving {
    const { live } = this.state.getState();
    const document = this.base?.document ?? null;
    const isLive = document === null || (live !== null && same(document, live));
    return isLive ? { state: 'live' } : { state: 'saved' };
  }

  private keepFor(thrown: unknown): void {
    const status = thrown instanceof ApiProblem ? thrown.status : 0;
    // What is wrong with the edit itself is wrong the next time too; the next edit may mend it.
    const isRefused = status >= 400 && status < 500 && ![401, 408, 412, 429].includes(status);
    this.state.setState({ saving: { state: 'kept', reason: messageOf(thrown), isRefused, edits: this.unsaved } });
    if (!isRefused) this.timer.later(againMs);
  }

  /** Asks what the engine has, and brings it together with what is edited here. */
  private async read(): Promise<void> {
    const { around, base } = this;
    if (around === null || around.isOver() || base === null) return;
    this.isReading = true;
    try {
      const now = await around.calls.read(this.name);
      if (now.etag === null) this.state.setState({ live: now.document });
      if (this.isKnown(now)) return;
      const arrived = now.document && this.sent.find((document) => same(document, now.document as Resource));
      // The answer was lost, the edit was not.
      if (arrived) this.base = { document: arrived, etag: now.etag };
      else this.take(now);
      this.sent = [];
      around.saved(this.name);
      if (this.isDirty) return;
      this.settle();
      this.takeFaults();
    } finally {
      this.isReading = false;
    }
  }

  private isKnown({ document, etag }: Version): boolean {
    const { base } = this;
    if (base === null || etag !== base.etag) return false;
    return etag !== null || document === base.document || isSame(part(document), part(base.document));
  }

  /** Goes on from what somebody else saved. */
  private take(now: Version): void {
    const base = this.base as Version;
    const theirs: Version = {
      ...now,
      document: now.document && (sharing(part(base.document), asJson(now.document)) as unknown as Resource),
    };
    const { document } = this.state.getState();
    const isAlike = isSame(part(document), part(theirs.document));
    if (!this.isDirty || isAlike || document === null) {
      this.moveTo(theirs, base.document);
      this.state.setState({ document: theirs.document, undo: this.history.undoable, redo: this.history.redoable });
      if (this.around === null) this.state.setState({ saving: this.resting() });
      return;
    }
    // It was removed: what was typed here is a draft of a new one.
    if (theirs.document === null) {
      this.base = theirs;
      return;
    }
    const { conflicts } = mergeDocuments(base.document, document, theirs.document);
    if (conflicts.length > 0) {
      this.dispute(theirs, base.document, conflicts, false);
      return;
    }
    this.moveTo(theirs, base.document);
    this.put(this.state.getState().document);
    this.around?.merged(this.name);
  }

  /** Puts the document and its history on top of another version than the one they were made from. */
  private moveTo(theirs: Version, ancestor: Resource | null): void {
    const { document } = this.state.getState();
    this.base = theirs;
    const target = theirs.document;
    if (target === null) return;
    const onTop = (mine: Resource): Resource => mergeDocuments(ancestor, mine, target).document;
    if (ancestor !== null) this.history.rebase(onTop);
    const moved = document === null ? target : onTop(document);
    this.state.setState({ document: moved, undo: this.history.undoable, redo: this.history.redoable });
  }

  private dispute(theirs: Version, ancestor: Resource | null, conflicts: readonly Conflict[], isLive: boolean): void {
    this.rival = { theirs, ancestor, isLive };
    this.timer.stop();
    this.state.setState({ saving: { state: 'conflict', theirs: theirs.document as Resource, conflicts } });
  }

  /** Begins the draft again on top of what is live now: the engine notes the version that a draft was begun with. */
  private async beginAnew(live: Resource, ancestor: Resource | null): Promise<void> {
    const { around, base } = this;
    if (around === null || base === null) return;
    if (base.etag !== null) await around.calls.remove(this.name, base.etag);
    this.moveTo({ document: live, etag: null }, ancestor);
    this.state.setState({ live, isOutdated: false });
    this.put(this.state.getState().document);
  }

  private giveUpRival(): void {
    if (this.rival !== null && !this.rival.isLive) this.base = this.rival.theirs;
    this.rival = null;
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work, work);
    this.queue = turn.catch(() => {});
    return turn;
  }
}

const part = (document: Resource | null): Part => (document === null ? null : asJson(document));
const same = (a: Resource, b: Resource): boolean => isSame(asJson(a), asJson(b));
