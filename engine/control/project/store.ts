import { join } from 'node:path';
import type { CheckContext } from '../../document/check-context.ts';
import { checkLinksOf, checkProject } from '../../document/check-project.ts';
import { hashJson } from '../../document/hash.ts';
import { parseJsonBytes } from '../../document/json-text.ts';
import { folders, resourceKinds } from '../../document/layout.ts';
import type { Fault, Json, Project, Resource, ResourceKind } from '../../document/types.ts';
import { nextTurn, overdue } from '../../run/turn.ts';
import { FileFailure } from '../atomic-file.ts';
import { ControlFault } from '../control.ts';
import { readBytes } from '../document-file.ts';
import { editJson } from '../json-edit.ts';
import { lastGoodProject, loadProject } from '../project-files.ts';
import type { Variables, VariableValues } from '../variables.ts';
import { changesBetween, projectWith } from './changes.ts';
import { type Draft, Drafts } from './drafts.ts';
import { faultsOfDocument, faultsOfValue } from './faults.ts';
import { History, type NewRevision } from './history.ts';
import {
  conflicting,
  invalid,
  type Precondition,
  precondition,
  type ResourceFault,
  unknownResource,
  unusableName,
  wayBackGone,
} from './refusals.ts';
import { type Change, fileOfChange, fileText, nameOf, parseName, type Revision, variablesName } from './revision.ts';

/** What the project is put to work with. Without it, as on the command line, nothing runs. */
export interface Workplace {
  /** Tries what cannot be told from the documents alone; gives what would not run. */
  rehearse(project: Project): Promise<ResourceFault[]>;
  /** Puts the project in force everywhere. */
  apply(): Promise<void>;
}

/** Who changes something, and why. */
export type Author = Pick<NewRevision, 'user' | 'action'> & { message?: string | null };

/** What came of a change. */
export interface Committed {
  /** null when nothing was different. */
  revision: Revision | null;
  /** What is odd but allowed in what was changed. */
  warnings: ResourceFault[];
}

const idle: Workplace = { rehearse: async () => [], apply: async () => {} };

/**
 * The project as it is live, on disk and in history, and the drafts beside it. Every change goes through here: checked,
 * written in one step with its revision, then put in force, one after the other.
 */
export class ProjectStore {
  private project: Project;
  private documentFaults: Fault[];
  private links: Fault[];
  private changes: Promise<unknown> = Promise.resolve();
  private workplace: Workplace = idle;
  readonly drafts: Drafts;

  private constructor(
    private readonly dataDir: string,
    private readonly check: CheckContext,
    private readonly variables: Variables,
    readonly history: History,
  ) {
    this.drafts = new Drafts(dataDir);
    const { project, faults, links } = loadProject(dataDir, check);
    this.project = project;
    this.documentFaults = history.fault === null ? faults : [history.fault, ...faults];
    this.links = links;
  }

  /**
   * Reads the project of a data folder that this process has locked. What was changed there meanwhile becomes a revision.
   * @throws FileFailure when a change that a crash interrupted cannot be completed
   */
  static async open(dataDir: string, check: CheckContext, variables: Variables): Promise<ProjectStore> {
    const history = await History.open(dataDir);
    const before = lastGoodProject(dataDir);
    const store = new ProjectStore(dataDir, check, variables, history);
    variables.employ((next, user) =>
      store.change(() => new Map([[variablesName, next()]]), { user, action: 'variables' }),
    );
    await store.noteFiles(before, 'The files were changed while Sluice was not running.');
    return store;
  }

  /** Lets changes be tried and put in force by whoever runs the project. */
  employ(workplace: Workplace): void {
    this.workplace = workplace;
  }

  get documents(): Project {
    return this.project;
  }

  /** What is wrong with the documents on disk, and between them. */
  get faults(): Fault[] {
    return [...this.documentFaults, ...this.links];
  }

  get(kind: ResourceKind, id: string): Resource | undefined {
    return this.project[folders[kind]].get(id);
  }

  /** The fingerprint of a live document; null when there is none. */
  etagOf(kind: ResourceKind, id: string): string | null {
    const document = this.get(kind, id);
    return document === undefined ? null : hashJson(document as unknown as Json);
  }

  /** The fingerprint of the whole project, variables included. */
  etag(): string {
    return hashJson([
      ...resourceKinds.map((kind) => [...this.project[folders[kind]].values()] as unknown as Json),
      this.variables.all(),
    ]);
  }

  /**
   * Saves a live document, or removes it with null.
   * @throws ControlFault 412 when it is not what the precondition says, 422 when it is not in order
   */
  save(
    kind: ResourceKind,
    id: string,
    document: Json,
    when: Precondition,
    author: Author,
  ): Promise<Committed & { created: boolean }> {
    return this.inOrder(async () => {
      const current = this.etagOf(kind, id);
      precondition(when, current, nameOf(kind, id));
      if (document === null && current === null) throw unknownResource(kind, id, this.project);
      const committed = await this.commit(new Map([[nameOf(kind, id), document]]), author);
      return { ...committed, created: current === null };
    });
  }

  /** Changes a live document by a function of what it is; for changes of a single value. */
  revise(kind: ResourceKind, id: string, change: (document: Resource) => Resource, author: Author): Promise<Committed> {
    return this.inOrder(async () => {
      const document = this.get(kind, id);
      if (document === undefined) throw unknownResource(kind, id, this.project);
      return this.commit(new Map([[nameOf(kind, id), change(document) as unknown as Json]]), author);
    });
  }

  /**
   * Keeps a draft. It may be wrong in any way but its id; the faults are for whoever types.
   * @throws ControlFault 412
   */
  saveDraft(
    kind: ResourceKind,
    id: string,
    document: Json,
    when: Precondition,
    user: string,
  ): Promise<{ draft: Draft; faults: ResourceFault[]; created: boolean }> {
    return this.inOrder(async () => {
      const name = nameOf(kind, id);
      if (fileOfChange(name) === undefined) throw unusableName(name);
      const former = this.drafts.get(name);
      precondition(when, former?.etag ?? null, `The draft of ${name}`);
      const base = former === undefined ? this.etagOf(kind, id) : former.base;
      const draft = await this.drafts.put(kind, id, document, { base, time: new Date().toISOString(), user });
      return { draft, faults: this.faultsOf(kind, id, document), created: former === undefined };
    });
  }

  /** Gives up a draft. @throws ControlFault 404, 412 */
  discardDraft(kind: ResourceKind, id: string, when: Precondition): Promise<void> {
    return this.inOrder(async () => {
      const name = nameOf(kind, id);
      const draft = this.drafts.get(name);
      if (draft === undefined) throw new ControlFault(404, `There is no draft of ${name}.`);
      precondition(when, draft.etag, `The draft of ${name}`);
      await this.drafts.remove([name]);
    });
  }

  /**
   * Makes drafts live in one step: all of them, or the named ones.
   * @throws ControlFault 404 for a name without a draft, 409 when a live document is no longer what its draft began with
   * (unless `force`), 422 when one is not in order; nothing is live then
   */
  deploy(names: readonly string[] | null, force: boolean, author: Author): Promise<Committed & { deployed: string[] }> {
    return this.inOrder(async () => {
      const drafts = names === null ? this.drafts.list() : names.map((name) => this.draftNamed(name));
      const late = drafts.filter((draft) => this.isOutdated(draft)).map(({ kind, id }) => nameOf(kind, id));
      if (late.length > 0 && !force) throw conflicting(late);
      const changes = new Map(drafts.map(({ kind, id, document }) => [nameOf(kind, id), document]));
      const committed = await this.commit(changes, author);
      await this.drafts.remove([...changes.keys()]);
      return { ...committed, deployed: [...changes.keys()] };
    });
  }

  /** Whether the live document is no longer what the draft was made from, nor what the draft is. */
  isOutdated({ kind, id, base, etag }: Draft): boolean {
    const live = this.etagOf(kind, id);
    return base !== undefined && base !== live && etag !== live;
  }

  /** The live document that a draft was begun with; null when there was none, or the history no longer has it. */
  async baseOf({ kind, id, base }: Draft): Promise<Json> {
    if (typeof base !== 'string') return null;
    const live = this.get(kind, id) as Json | undefined;
    if (live !== undefined && this.etagOf(kind, id) === base) return live;
    const name = nameOf(kind, id);
    for await (const { changes } of this.history.newestFirst({ resource: name })) {
      const before = changes.find(({ resource }) => resource === name)?.before ?? null;
      if (before !== null && hashJson(before) === base) return before;
    }
    return null;
  }

  /**
   * Changes many things in one step: by name, null removes. `changes` is asked when it is this change's turn, and may throw.
   * @throws ControlFault 422 when something is not in order; nothing is changed then
   */
  change(changes: () => ReadonlyMap<string, Json>, author: Author): Promise<Committed> {
    return this.inOrder(() => this.commit(changes(), author));
  }

  /**
   * Replaces the whole project: every document, and the variables if they are given.
   * @throws ControlFault 412, 422; nothing is changed then
   */
  replace(wanted: ReadonlyMap<string, Json>, when: Precondition, author: Author): Promise<Committed> {
    return this.inOrder(() => {
      precondition(when, this.etag(), 'The project');
      const changes = new Map(wanted);
      for (const kind of resourceKinds)
        for (const id of this.project[folders[kind]].keys())
          if (!wanted.has(nameOf(kind, id))) changes.set(nameOf(kind, id), null);
      return this.commit(changes, author);
    });
  }

  /**
   * Puts the project back to what it was right after a revision; forward again by restoring a later one.
   * @throws ControlFault 404 when there is no such revision or the way to it is gone
   */
  restore(number: number, user: string): Promise<Committed> {
    return this.inOrder(async () => {
      const { newest } = this.history;
      if (number > newest) throw new ControlFault(404, `There is no revision ${number}; the newest is ${newest}.`);
      const { state, missing } = await this.history.stateAfter(number);
      if (state === undefined) throw wayBackGone(number, missing);
      const wanted = new Map([...state].filter(([name]) => fileOfChange(name) !== undefined));
      return this.commit(wanted, { user, action: 'restore', message: `Back to revision ${number}` });
    });
  }

  /** Notes a change that somebody else has written already, such as that of a variable. */
  note(changes: Change[], author: Author): Promise<void> {
    return this.inOrder(async () => {
      await this.history.note({ message: null, ...author, changes });
    });
  }

  /**
   * Reads the documents again after somebody changed the files. What is at fault keeps its last good version. Gives the
   * faults that are new.
   */
  reload(): Promise<Fault[]> {
    return this.inOrder(async () => {
      const before = this.project;
      const known = new Set(this.faults.map((fault) => JSON.stringify(fault)));
      const { project, faults, links } = loadProject(this.dataDir, this.check);
      this.project = project;
      this.documentFaults = faults;
      this.links = links;
      await this.workplace.apply();
      await this.noteFiles(before, 'The files were changed.');
      return this.faults.filter((fault) => !known.has(JSON.stringify(fault)));
    });
  }

  /** What is wrong with a document under a name, in itself and where it refers to others, whether or not it is live. */
  faultsOf(kind: ResourceKind, id: string, document: Json): ResourceFault[] {
    const faults = faultsOfDocument(kind, id, document, this.check);
    if (faults.some(({ severity }) => severity === 'error')) return faults;
    const resource = nameOf(kind, id);
    const next = projectWith(this.project, [{ resource, before: null, after: document }]);
    const links = checkLinksOf(kind, id, next, this.check);
    return [...faults, ...links.map(({ pointer, message, severity }) => ({ resource, pointer, message, severity }))];
  }

  private async commit(wanted: ReadonlyMap<string, Json>, author: Author): Promise<Committed> {
    const changes = this.changesTo(wanted);
    for (const { resource } of changes) if (fileOfChange(resource) === undefined) throw unusableName(resource);
    const checked: ResourceFault[] = [];
    for (const { resource, after } of changes) {
      // A large project must not keep this process from answering while it is checked.
      if (overdue(performance.now())) await nextTurn();
      checked.push(...faultsOfValue(resource, after, this.check));
    }
    const refused = checked.filter(({ severity }) => severity === 'error');
    if (refused.length > 0) throw invalid(refused);
    if (changes.length === 0) return { revision: null, warnings: [] };
    const next = projectWith(this.project, changes);
    const names = new Set([...changes.map(({ resource }) => resource), 'project']);
    // What was broken before, such as by a hand edit, keeps nobody from mending something else.
    const broken = (await this.workplace.rehearse(next)).filter(({ resource }) => names.has(resource));
    if (broken.length > 0) throw invalid(broken);

    const files = new Map(changes.map((change) => [fileOfChange(change.resource) as string, this.textAfter(change)]));
    const revision = await this.history.commit({ message: null, ...author, changes }, files);
    this.project = next;
    this.documentFaults = this.documentFaults.filter(({ file }) => !files.has(file));
    for (const { resource, pointer, message, severity } of checked)
      this.documentFaults.push({ file: fileOfChange(resource) as string, pointer, message, severity });
    this.links = checkProject(next, this.check);
    const variables = changes.find(({ resource }) => resource === variablesName);
    if (variables) this.variables.adopt((variables.after ?? {}) as VariableValues);
    await this.workplace.apply();
    return { revision, warnings: this.warningsAbout(changes) };
  }

  /** What is really different from what is live, or is to mend a file that could not be used. */
  private changesTo(wanted: ReadonlyMap<string, Json>): Change[] {
    const faulty = new Set(this.documentFaults.flatMap(({ file, severity }) => (severity === 'error' ? [file] : [])));
    return [...wanted].flatMap(([resource, after]) => {
      const before = this.current(resource);
      if (faulty.has(fileOfChange(resource) ?? '')) return [{ resource, before, after }];
      // The order of keys is part of a file that people read.
      const isSame =
        before === null || after === null ? before === after : JSON.stringify(before) === JSON.stringify(after);
      return isSame ? [] : [{ resource, before, after }];
    });
  }

  /** The file's new text. What people have laid out in their own way is changed only where its content changes. */
  private textAfter({ resource, before, after }: Change): string | null {
    const text = fileText(after);
    if (text === null || before === null) return text;
    const { bytes } = readBytes(join(this.dataDir, fileOfChange(resource) as string));
    const there = bytes?.toString('utf8') ?? '';
    const isOwn = there === '' || there === fileText(before);
    const isKnown =
      !isOwn && JSON.stringify(parseJsonBytes(bytes ?? new Uint8Array()).value) === JSON.stringify(before);
    return (isKnown ? editJson(there, before, after) : undefined) ?? text;
  }

  private current(resource: string): Json {
    if (resource === variablesName) return this.variables.all();
    const parsed = parseName(resource);
    return ((parsed && this.get(parsed.kind, parsed.id)) ?? null) as Json;
  }

  private warningsAbout(changes: readonly Change[]): ResourceFault[] {
    const names = new Map(changes.map(({ resource }) => [fileOfChange(resource), resource]));
    return this.faults.flatMap(({ file, pointer, message, severity }) => {
      const resource = names.get(file);
      return resource === undefined ? [] : [{ resource, pointer, message, severity }];
    });
  }

  private draftNamed(name: string): Draft {
    const draft = this.drafts.get(name);
    if (draft !== undefined) return draft;
    throw new ControlFault(
      404,
      `There is no draft of ${JSON.stringify(name)}; GET /api/drafts lists those that are.`,
      'resources',
    );
  }

  /** A revision of what the files have become since they were last in force. */
  private async noteFiles(before: Project, message: string): Promise<void> {
    const changes = changesBetween(before, this.project);
    if (changes.length === 0) return;
    // The project runs whether or not this can be written; the next change will say that the disk is full.
    await this.history.note({ user: 'files', action: 'files', message, changes }).catch(() => {});
  }

  private inOrder<T>(change: () => Promise<T>): Promise<T> {
    const result = this.changes.then(change).catch((thrown: unknown) => {
      throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
    });
    this.changes = result.catch(() => {});
    return result;
  }
}
