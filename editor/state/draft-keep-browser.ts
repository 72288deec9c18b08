import type { Resource } from '../../engine/document/types.ts';
import { tabStore } from './browser-store.ts';
import type { Version } from './draft-calls.ts';
import type { KeptEdit, KeptEdits } from './draft-keep.ts';

const databaseName = 'sluice-edits';
const [editTable, baseTable] = ['edits', 'bases'] as const;

/** The document that an edit was made on lies beside it: it is large, and stays while one types. */
interface EditRow {
  user: string;
  tab: string;
  name: string;
  document: Resource | null;
  edits: number;
}
interface BaseRow {
  base: Version;
}

/** Names this tab for as long as it is open, loading it anew included. */
const tabKey = 'sluice-tab';

/**
 * Keeps edits in this browser's IndexedDB: unlike localStorage it holds documents of any size and does not stop the page
 * while it writes. Each tab keeps its own; those of a closed one are handed to whichever asked first.
 */
export class BrowserKeptEdits implements KeptEdits {
  private readonly database: Promise<IDBDatabase | null>;
  private readonly tab: Promise<string>;
  private readonly waiting = new Map<string, KeptEdit | null>();
  private readonly bases = new Map<string, Version>();
  private writing = false;
  private hasFailed = false;

  /** @param user whose edits; nobody else is handed them */
  constructor(private readonly user: string) {
    this.database = open().catch(() => null);
    this.tab = claimTab();
  }

  async watch(found: (edit: KeptEdit) => Promise<boolean>): Promise<void> {
    const own = await this.tab;
    const rows = await this.rows();
    for (const tab of new Set(rows.map((row) => row.tab))) {
      const handOver = async (): Promise<void> => {
        for (const row of await this.rows()) if (row.tab === tab) await this.offer(row, found);
      };
      if (tab === own) await handOver();
      // A tab holds its lock as long as it is open. Without locks nobody knows: it is taken for closed.
      else void (locks()?.request(lockOf(tab), handOver) ?? handOver());
    }
  }

  private async rows(): Promise<readonly EditRow[]> {
    const database = await this.database;
    if (database === null) return [];
    const rows = await answer<EditRow[]>(database.transaction(editTable, 'readonly').objectStore(editTable).getAll());
    return rows.filter(({ user }) => user === this.user);
  }

  private async offer(row: EditRow, found: (edit: KeptEdit) => Promise<boolean>): Promise<void> {
    const database = await this.database;
    if (database === null) return;
    const key = keyOf(row);
    const stored = await answer<BaseRow | undefined>(
      database.transaction(baseTable, 'readonly').objectStore(baseTable).get(key),
    );
    if (stored === undefined) return;
    const { name, document, edits } = row;
    if (!(await found({ name, base: stored.base, document, edits })) || row.tab === (await this.tab)) return;
    const clearing = database.transaction([editTable, baseTable], 'readwrite');
    for (const table of [editTable, baseTable]) clearing.objectStore(table).delete(key);
  }

  put(edit: KeptEdit): void {
    this.waiting.set(edit.name, edit);
    void this.write();
  }

  drop(name: string): void {
    this.waiting.set(name, null);
    void this.write();
  }

  isStored(): boolean {
    if (this.hasFailed) return false;
    return !this.writing && [...this.waiting.values()].every((edit) => edit === null);
  }

  /** One transaction at a time; what comes meanwhile goes into the next one, the last of each resource only. */
  private async write(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    try {
      const [database, tab] = [await this.database, await this.tab];
      if (database === null) throw new Error('This browser keeps nothing for the page.');
      while (this.waiting.size > 0) {
        const edits = [...this.waiting];
        this.waiting.clear();
        const transaction = database.transaction([editTable, baseTable], 'readwrite');
        for (const [name, edit] of edits) this.writeOne(transaction, { user: this.user, tab, name }, edit);
        // Without this the writing would end with the page.
        transaction.commit();
        await completion(transaction);
      }
      this.hasFailed = false;
    } catch {
      // No room, or a browser that keeps nothing: leaving the page asks first.
      this.hasFailed = true;
    } finally {
      this.writing = false;
    }
  }

  private writeOne(
    transaction: IDBTransaction,
    owner: Pick<EditRow, 'user' | 'tab' | 'name'>,
    edit: KeptEdit | null,
  ): void {
    const [edits, bases] = [transaction.objectStore(editTable), transaction.objectStore(baseTable)];
    const key = keyOf(owner);
    if (edit === null) {
      edits.delete(key);
      bases.delete(key);
      this.bases.delete(owner.name);
      return;
    }
    edits.put({ ...owner, document: edit.document, edits: edit.edits } satisfies EditRow, key);
    if (this.bases.get(owner.name) === edit.base) return;
    bases.put({ base: edit.base } satisfies BaseRow, key);
    this.bases.set(owner.name, edit.base);
  }
}

const keyOf = ({ user, tab, name }: Pick<EditRow, 'user' | 'tab' | 'name'>): string => `${user} ${tab} ${name}`;

// Async, since a browser may throw at the first touch.
async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    for (const table of [editTable, baseTable]) request.result.createObjectStore(table);
  };
  return answer(request);
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completion = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** Locks are there on https and on this machine only. */
const locks = (): LockManager | undefined => (navigator as { locks?: LockManager }).locks;
const lockOf = (tab: string): string => `sluice-tab ${tab}`;

/** A page that is loaded anew lets go of its name within milliseconds; the original of a copied tab does not. */
const letGoMs = 1000;
/** The name that this page holds already. */
let held: string | null = null;

/** The name of this tab, held until it is closed. A copied tab has the name of the other one, and takes a new one. */
async function claimTab(): Promise<string> {
  if (held !== null) return held;
  const known = tabStore.getItem(tabKey);
  if (known !== null && (await hold(known))) return known;
  const made = [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  tabStore.setItem(tabKey, made);
  await hold(made);
  return made;
}

function hold(tab: string): Promise<boolean> {
  const manager = locks();
  if (manager === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const asked = manager.request(lockOf(tab), { signal: AbortSignal.timeout(letGoMs) }, () => {
      held = tab;
      resolve(true);
      // Held as long as the page is there.
      return new Promise<never>(() => {});
    });
    asked.catch(() => resolve(false));
  });
}
