import { createHash, randomBytes } from 'node:crypto';
import { isObject } from '../../document/shape.ts';
import type { Fault } from '../../document/types.ts';
import { EntryFile, isText } from './entry-file.ts';

/** Somebody is signed in. What the browser holds is not stored, only its hash. */
export interface Session {
  /** SHA-256 of the id, in hex. */
  readonly hash: string;
  /** Id of the user. */
  readonly user: string;
  epoch: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  used: number;
}

const hour = 3_600_000;
const idleMs = 12 * hour;
const longestMs = 7 * 24 * hour;
/** A use is written to disk when the one written last is older than this. */
const writeUsesMs = hour / 4;
const mostPerUser = 50;

const isSession = (value: unknown): value is Session =>
  isObject(value) &&
  [value.hash, value.user, value.epoch].every(isText) &&
  [value.created, value.used].every(Number.isSafeInteger);

/** SHA-256 in hex: what is stored of texts that are random and long, so that the file gives none of them away. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The sessions of `sessions.json`. In force at once; a disk that is full keeps nobody from signing in or out. */
export class Sessions {
  private readonly file: EntryFile<Session>;
  private readonly sessions: Map<string, Session>;
  private written: number;

  constructor(
    dataDir: string,
    report: (fault: Fault) => void,
    private readonly now: () => number,
    /** Hears of sessions that could not be stored. */
    private readonly unsaved: (message: string) => void,
  ) {
    this.file = new EntryFile<Session>(dataDir, {
      name: 'sessions',
      isEntry: isSession,
      damaged: 'leave',
      consequence: 'Everybody has to sign in again.',
    });
    this.sessions = new Map((this.file.read(report) ?? []).map((session) => [session.hash, session]));
    this.written = now();
  }

  /** Begins a session; what comes back is for the browser alone. On disk when it resolves, if the disk lets it. */
  async begin(user: string, epoch: string): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const hash = hashOf(id);
    const time = this.now();
    this.forgetOld(user);
    this.sessions.set(hash, { hash, user, epoch, created: time, used: time });
    await this.save();
    return id;
  }

  /** The session with an id, unless it was ended or is too old; this counts as a use of it. */
  use(id: string): Session | undefined {
    const session = this.look(hashOf(id));
    if (session === undefined) return undefined;
    session.used = Math.max(session.used, this.now());
    if (session.used - this.written > writeUsesMs) void this.save();
    return session;
  }

  /** The same by the hash, without counting as a use. */
  look(hash: string): Session | undefined {
    const session = this.sessions.get(hash);
    if (session !== undefined && this.isOver(session)) {
      this.sessions.delete(hash);
      return undefined;
    }
    return session;
  }

  /** Lets a session go on in a new epoch of its user. */
  async carryOver(hash: string, epoch: string): Promise<void> {
    const session = this.sessions.get(hash);
    if (session === undefined) return;
    session.epoch = epoch;
    await this.save();
  }

  async end(hash: string): Promise<void> {
    if (this.sessions.delete(hash)) await this.save();
  }

  /** Ends what a user began before the present epoch; null for all of it. */
  async endOthers(user: string, epoch: string | null): Promise<void> {
    for (const [hash, session] of this.sessions)
      if (session.user === user && session.epoch !== epoch) this.sessions.delete(hash);
    await this.save();
  }

  save(): Promise<void> {
    this.written = this.now();
    return this.file.write([...this.sessions.values()]).catch((thrown: Error) => this.unsaved(thrown.message));
  }

  private isOver({ created, used }: Session): boolean {
    const time = this.now();
    return time - used > idleMs || time - created > longestMs;
  }

  private forgetOld(user: string): void {
    for (const [hash, session] of this.sessions) if (this.isOver(session)) this.sessions.delete(hash);
    const own = [...this.sessions.values()].filter((session) => session.user === user);
    for (const { hash } of own.slice(0, Math.max(0, own.length - mostPerUser + 1))) this.sessions.delete(hash);
  }
}
