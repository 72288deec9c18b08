import { createStore, type StoreApi } from 'zustand/vanilla';
import { hashJson } from '../../engine/document/hash.ts';
import { folders, resourceKinds } from '../../engine/document/layout.ts';
import type { Api, Client, Resource, ResourceKind, Server, Service } from '../../engine/document/types.ts';
import type { ApiClient } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { asJson, DraftCalls, draftPath, livePath, partsOfName } from './draft-calls.ts';
import { type KeptEdits, keepsNothing } from './draft-keep.ts';
import { type DraftSummary, isSameSummary, summaryOf } from './draft-summary.ts';
import type { LiveProject } from './live-project.ts';
import { type DraftSurroundings, ResourceDraft } from './resource-draft.ts';

/** The document of each kind. */
export interface ResourceOf {
  api: Api;
  server: Server;
  service: Service;
  client: Client;
}

/** Something that happened to edits without anybody here having done it. */
export type DraftEvent =
  /** What somebody else changed was brought together with the edits made here. */
  | { event: 'merged'; name: string }
  /** Edits that were kept in this browser are back. */
  | { event: 'restored'; name: string; edits: number };

/** What a deploy did. */
export interface Deployed {
  /** Names, as in `server/hello`. */
  deployed: readonly string[];
  /** Number in the history; null when nothing was different. */
  revision: number | null;
  warnings: readonly { resource: string; pointer: string; message: string }[];
}

/** All resources that are edited in this tab, and the drafts of everybody. */
export class DraftDesk {
  /** What is edited and not deployed, by name as in `server/hello`; changes only when something did. */
  readonly drafts = createStore<ReadonlyMap<string, DraftSummary>>(() => new Map());

  private readonly open = new Map<string, ResourceDraft>();
  private readonly lists = Object.fromEntries(
    resourceKinds.map((kind) => [kind, createStore<readonly Resource[]>(() => [])]),
  ) as unknown as { readonly [Kind in ResourceKind]: StoreApi<readonly Resource[]> };
  private readonly listeners = new Set<(event: DraftEvent) => void>();
  private readonly calls: DraftCalls;
  private isListing = false;
  private hasLooked = false;
  private isOver = false;

  constructor(
    protected readonly api: ApiClient,
    protected readonly project: LiveProject,
    private readonly kept: KeptEdits = keepsNothing,
    private readonly mayEdit = true,
  ) {
    this.calls = new DraftCalls(api);
    project.subscribe(() => this.follow());
  }

  /** Begins with the edits that were kept in this browser; the function that comes back ends all saving. */
  start(): () => void {
    this.isOver = false;
    // A browser that keeps nothing has nothing to hand over.
    this.look().catch(() => {});
    return () => {
      this.isOver = true;
    };
  }

  /** The resource of a name such as `server/hello`, the same one each time. */
  of(name: string): ResourceDraft {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const around: DraftSurroundings = {
      calls: this.calls,
      isOver: () => this.isOver,
      keep: (_, edit) => (edit === null ? this.kept.drop(name) : this.kept.put(edit)),
      // Faults, and what is different, are for the engine to say.
      saved: () => void this.project.refresh(),
      merged: () => this.tell({ event: 'merged', name }),
    };
    const made = new ResourceDraft(name, around, this.mayEdit);
    this.open.set(name, made);
    made.state.subscribe(({ document, saving, faults }, before) => {
      if (document !== before.document || saving !== before.saving || faults !== before.faults) this.list();
    });
    this.followOne(made);
    return made;
  }

  /** The documents of a kind, drafts in the place of what is live and new ones among them, by id. */
  resources<Kind extends ResourceKind>(kind: Kind): StoreApi<readonly ResourceOf[Kind][]> {
    return this.lists[kind] as unknown as StoreApi<readonly ResourceOf[Kind][]>;
  }

  /** Hears of what happened without anybody here having done it; the function that comes back ends it. */
  onEvent(listener: (event: DraftEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether some edit is neither with the engine nor kept in this browser: leaving would lose it. */
  get isAtRisk(): boolean {
    return [...this.open.values()].some((draft) => draft.isDirty) && !this.kept.isStored();
  }

  /** Saves every edit now. With `isLeaving` the calls outlive the page where they can. */
  async flush(isLeaving = false): Promise<void> {
    await Promise.all([...this.open.values()].map((draft) => (draft.isDirty ? draft.flush(isLeaving) : undefined)));
  }

  /**
   * Begins a new resource as a draft.
   * @throws ApiProblem 409 when there is one with this id, and when the engine refuses or does not answer
   */
  async create<Kind extends ResourceKind>(kind: Kind, document: ResourceOf[Kind]): Promise<ResourceDraft> {
    const name = `${kind}/${document.id}`;
    const isTaken = new ApiProblem(
      409,
      `There is already ${articles[kind]} ${document.id}. Choose another id.`,
      null,
      'id',
    );
    // The lists say what there is; asking for what is not there would be a failed call.
    await this.project.refresh();
    const { connection, drafts } = this.project.snapshot();
    if (connection === 'connected' && (this.live(name) !== null || drafts.has(name))) throw isTaken;
    const draft = this.of(name);
    try {
      const { etag, faults } = await this.calls.save(name, document, null, false);
      draft.begin({ document, etag }, faults);
    } catch (thrown) {
      throw thrown instanceof ApiProblem && thrown.status === 412 ? isTaken : thrown;
    }
    await this.project.refresh();
    return draft;
  }

  /**
   * Makes drafts live in one step: the named ones, or all. With `force` also over what was deployed since they were begun.
   * @throws ApiProblem when one has errors, could not be saved or is in conflict, and when the engine refuses
   */
  async deploy(resources: readonly string[] | null, message = '', force = false): Promise<Deployed> {
    await this.flush();
    await this.project.refresh();
    const names = resources ?? [...this.drafts.getState().keys()];
    for (const name of names) {
      const why = this.whyNotDeployed(name);
      if (why !== undefined) throw new ApiProblem(422, why);
    }
    const body = {
      resources: names,
      ...(message.trim() !== '' && { message: message.trim() }),
      ...(force && { force }),
    };
    const deployed = await this.api.post<Deployed>('/api/deploy', body);
    await this.project.refresh();
    return deployed;
  }

  /**
   * Takes a deploy back, as long as nothing was changed since: what was live before is live again, what was deployed is a draft again.
   * @throws ApiProblem 409 when the project was changed since
   */
  async takeBack({ deployed, revision }: Deployed): Promise<void> {
    if (revision === null) return;
    const { revisions } = await this.api.get<{ revisions: { revision: number }[] }>('/api/history?limit=1');
    if (revisions[0]?.revision !== revision)
      throw new ApiProblem(
        409,
        `The project was changed again after revision ${revision}. History can restore an older state.`,
      );
    const restoring = this.api.post(`/api/history/${revision - 1}/restore`, {});
    const drafts = deployed.map((name) => this.of(name));
    await Promise.all(drafts.map((draft) => draft.during(restoring, () => this.calls.readLive(draft.name))));
    await this.flush();
    await this.project.refresh();
  }

  /** Gives a draft up; its history of edits can bring it back. */
  async discard(name: string): Promise<void> {
    await this.of(name).discard();
  }

  /**
   * Removes a resource with its draft, live at once; what comes back puts both there again.
   * @throws ApiProblem when the engine refuses, such as for a service that is used
   */
  async remove(name: string): Promise<() => Promise<void>> {
    await this.open.get(name)?.flush();
    const [live, now] = await Promise.all([this.calls.readLive(name), this.calls.read(name)]);
    if (live !== null) await this.api.delete(livePath(name), `"${hashJson(asJson(live))}"`);
    if (now.etag !== null) await this.calls.remove(name, now.etag);
    await this.project.refresh();
    return async () => {
      if (live !== null) await this.api.put(livePath(name), live, { ifNone: true });
      if (now.etag !== null) await this.api.put(draftPath(name), now.document, { ifNone: true });
      await this.project.refresh();
    };
  }

  /** Why a draft cannot be made live, as a sentence; undefined when it can. */
  private whyNotDeployed(name: string): string | undefined {
    const saving = this.open.get(name)?.state.getState().saving;
    if (saving?.state === 'conflict') return `${name} was saved elsewhere first. Choose what to keep, then deploy.`;
    if (saving?.state === 'kept') return `The edits of ${name} are not saved yet: ${saving.reason}`;
    const fault = this.drafts
      .getState()
      .get(name)
      ?.faults.find(({ severity }) => severity === 'error');
    return fault && `${name} cannot be deployed yet: ${fault.message}`;
  }

  private tell(event: DraftEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private async look(): Promise<void> {
    if (this.hasLooked) return;
    this.hasLooked = true;
    await this.kept.watch(async (edit) => {
      if (this.isOver) return false;
      const draft = this.of(edit.name);
      // What is typed already goes first; what cannot be put back now stays where it is.
      if (draft.isDirty) await draft.flush();
      if (!(await draft.restore(edit))) return false;
      this.tell({ event: 'restored', name: edit.name, edits: edit.edits });
      return true;
    });
  }

  private follow(): void {
    for (const draft of this.open.values()) this.followOne(draft);
    this.list();
  }

  private followOne(draft: ResourceDraft): void {
    const { connection, drafts } = this.project.snapshot();
    if (connection === 'connecting') return;
    draft.follow(this.live(draft.name), drafts.get(draft.name) ?? null);
    if (connection === 'connected' && draft.isWaiting) void draft.flush();
  }

  private live(name: string): Resource | null {
    const { kind, id } = partsOfName(name);
    return (this.project.snapshot()[folders[kind]] as readonly Resource[]).find((one) => one.id === id) ?? null;
  }

  /** Makes the lists and summaries anew; those that are as before stay the same objects. */
  private list(): void {
    if (this.isListing) return;
    this.isListing = true;
    queueMicrotask(() => {
      this.isListing = false;
      const { drafts } = this.project.snapshot();
      const summaries = new Map<string, DraftSummary>();
      for (const name of new Set([...drafts.keys(), ...this.open.keys()])) {
        const summary = summaryOf(name, this.live(name), drafts.get(name), this.open.get(name)?.state.getState());
        const known = this.drafts.getState().get(name);
        if (summary !== null) summaries.set(name, known && isSameSummary(known, summary) ? known : summary);
      }
      const before = this.drafts.getState();
      const isSame = summaries.size === before.size && [...summaries].every(([name, one]) => before.get(name) === one);
      if (!isSame) this.drafts.setState(new Map([...summaries].sort(([a], [b]) => (a < b ? -1 : 1))), true);
      for (const kind of resourceKinds) this.listKind(kind, summaries);
    });
  }

  private listKind(kind: ResourceKind, summaries: ReadonlyMap<string, DraftSummary>): void {
    const byId = new Map(
      (this.project.snapshot()[folders[kind]] as readonly Resource[]).map((one) => [one.id, one] as const),
    );
    for (const { name, document } of summaries.values()) {
      const parts = partsOfName(name);
      if (parts.kind === kind) byId.set(parts.id, document);
    }
    const listed = [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, document]) => document);
    const before = this.lists[kind].getState();
    if (listed.length === before.length && listed.every((document, index) => document === before[index])) return;
    this.lists[kind].setState(listed, true);
  }
}

const articles = { api: 'an API', server: 'a server', service: 'a service', client: 'a client' } as const;
