import { createHash, timingSafeEqual } from 'node:crypto';
import { alternatives, quote } from '../../document/found.ts';
import type { Fault } from '../../document/types.ts';
import { Refusal } from '../api/problem.ts';
import type { Control } from '../control.ts';
import { sessionIdsIn } from './cookie.ts';
import { proofOf } from './local-access.ts';
import { Passwords } from './passwords.ts';
import { DistinctPerMinute, PerMinute } from './per-minute.ts';
import { RefusalRecords } from './refusal-records.ts';
import { hashOf, Sessions } from './sessions.ts';
import { type Token, Tokens } from './tokens.ts';
import { apiTokenName, localName, type Role, rightsOf, rolesWith, type Scope, scopes, type User } from './user.ts';
import { Users } from './users.ts';

/** Wrong tokens per address and minute. */
const mostTries = 10;

export interface AccessParts {
  dataDir: string;
  /** The value of SLUICE_API_TOKEN; left out when it is not set. Not empty. */
  apiToken?: string | undefined;
  /** What the data folder gives to whoever may read it. */
  localToken?: string;
  record: Control['record'];
  /** Hears of files that are damaged. */
  report(fault: Fault): void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** What a request says of who makes it. */
export interface Caller {
  authorization: string | undefined;
  cookie: string | undefined;
  /** Address of the other end of the connection. */
  remote: string;
  /** For records: `GET /api/servers`. */
  request: string;
}

/** Where a user's rights come from, to be looked up again. */
interface Origin {
  again(): User | null;
  /** Id of the user, or the reserved name of somebody who is none. */
  owner: string;
  /** Hash of the session. */
  session?: string;
  /** Id of the API token. */
  token?: string;
}

/**
 * Who may do what. Every request is looked up anew in what is stored, so that whatever ends a right ends it at the next
 * request.
 */
export class Access {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly passwords = new Passwords();
  readonly now: () => number;
  readonly record: Control['record'];
  private readonly localHash: string | undefined;
  /** Proves to a command on this machine that it is this engine that it talks to; undefined without a local token. */
  readonly prove: (nonce: string) => string | undefined;
  private readonly apiTokenHash: Buffer | undefined;
  private readonly origins = new WeakMap<User, Origin>();
  private readonly tries: PerMinute;
  private readonly guesses: DistinctPerMinute;
  private readonly refusals: RefusalRecords;

  /** @throws Error when a token is empty */
  constructor({ dataDir, apiToken, localToken, record, report, now = Date.now }: AccessParts) {
    if (apiToken === '' || localToken === '') throw new Error('An API token is empty; leave it out to have none.');
    this.now = now;
    this.record = record;
    this.users = new Users(dataDir, report, now);
    this.sessions = new Sessions(dataDir, report, now, (message) =>
      record('warning', 'system', 'sessions.unsaved', `Who is signed in could not be stored: ${message}`),
    );
    this.tokens = new Tokens(dataDir, report, now);
    this.apiTokenHash = apiToken === undefined ? undefined : digest(apiToken);
    this.localHash = localToken === undefined ? undefined : hashOf(localToken);
    this.prove = (nonce) => (localToken === undefined ? undefined : proofOf(localToken, nonce));
    this.tries = new PerMinute(mostTries, now);
    this.guesses = new DistinctPerMinute(mostTries, now);
    this.refusals = new RefusalRecords(
      (event, message, remote) => record('warning', 'security', event, message, { remote }),
      now,
    );
  }

  /**
   * Who is calling; null for nobody, also where a session has ended.
   * @throws Refusal 401 when there are credentials of another kind and they are wrong; 429 after too many of them
   */
  authenticate(caller: Caller): User | null {
    if (caller.authorization !== undefined) return this.bearer(caller.authorization, caller);
    for (const id of sessionIdsIn(caller.cookie)) {
      const session = this.sessions.use(id);
      const user = session && this.ofSession(session.hash);
      if (user) return user;
    }
    return null;
  }

  /**
   * The caller, who must be somebody; with a right, somebody who has it.
   * @throws Refusal 401, 403, 429
   */
  admit(caller: Caller, right: Scope | null): User {
    const user = this.authenticate(caller);
    if (user === null) {
      this.refused('sign-in.refused', `Refused a call without credentials: ${caller.request}`, caller.remote);
      const hadSession = caller.cookie !== undefined && sessionIdsIn(caller.cookie).length > 0;
      throw unauthorized(
        hadSession
          ? 'The session has ended. Sign in again.'
          : 'This needs an API token or a session: send the header "Authorization: Bearer TOKEN", or sign in.',
      );
    }
    if (right !== null && !user.rights.includes(right)) throw this.forbidden(user, right, caller);
    return user;
  }

  /** Whether somebody would be let in now; for what goes on long after it was allowed, such as streams. */
  isStillAllowed(user: User, right: Scope = 'view'): boolean {
    return this.originOf(user).again()?.rights.includes(right) ?? false;
  }

  /** Where a user that authenticate() gave comes from. */
  originOf(user: User): Origin {
    const origin = this.origins.get(user);
    if (origin === undefined) throw new Error(`The user ${user.name} was not made by authenticate().`);
    return origin;
  }

  /** The user that a session is of, as long as it lasts. */
  ofSession(hash: string): User | null {
    const session = this.sessions.look(hash);
    const account = session && this.users.byId(session.user);
    if (session === undefined || account === undefined || account.suspended || account.epoch !== session.epoch)
      return null;
    const { id, name, role } = account;
    const user: User = { name, role, rights: rightsOf[role], kind: 'session' };
    this.origins.set(user, { again: () => this.ofSession(hash), owner: id, session: hash });
    return user;
  }

  /** Name and role of the owner of a token; undefined while he may do nothing. */
  ownerOf({ owner }: Pick<Token, 'owner'>): { name: string; role: Role } | undefined {
    if (owner === localName || (owner === apiTokenName && this.apiTokenHash))
      return { name: owner, role: 'administrator' };
    const account = this.users.byId(owner);
    return account === undefined || account.suspended ? undefined : account;
  }

  /** Writes a security record, unless this address has filled its share for this minute; then it is only counted. */
  refused(event: string, message: string, remote: string): void {
    this.refusals.add(event, message, remote);
  }

  /** Writes what is not on disk yet. */
  async close(): Promise<void> {
    this.refusals.close();
    await this.sessions.save();
  }

  private bearer(authorization: string, caller: Caller): User {
    const { remote, request } = caller;
    const text = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
    // These are too long to be guessed: they work even while somebody at the same address tries tokens.
    const strong = text === undefined ? null : this.ofHash(hashOf(text), caller);
    if (strong !== null) return strong;
    const closed = this.guesses.waitOf(remote);
    if (closed > 0) {
      this.refused('sign-in.refused', `Refused a token after too many wrong ones: ${request}`, remote);
      throw tooMany(closed);
    }
    if (text === undefined) {
      this.refused('sign-in.refused', `Refused credentials that are no Bearer token: ${request}`, remote);
      throw unauthorized('The Authorization header is not of the form "Bearer TOKEN".', 'invalid_request');
    }
    const given = digest(text);
    if (this.apiTokenHash !== undefined && timingSafeEqual(given, this.apiTokenHash)) return this.system(apiTokenName);
    this.guesses.add(remote, given.toString('hex'));
    const wait = this.tries.take(remote);
    this.refused('sign-in.refused', `Refused a wrong API token: ${request}`, remote);
    if (wait > 0) throw tooMany(wait);
    throw unauthorized(
      'The API token is wrong. It is the value of SLUICE_API_TOKEN, or one that a user made.',
      'invalid_token',
    );
  }

  /** Whose a random token is; null when it is nobody's. */
  private ofHash(hash: string, { remote, request }: Caller): User | null {
    if (hash === this.localHash) return this.system(localName);
    const token = this.tokens.find(hash);
    if (token === undefined) return null;
    const user = this.ofToken(token.id);
    if (user === null) {
      this.refused(
        'sign-in.refused',
        `Refused the API token ${quote(token.name)}, which has ended: ${request}`,
        remote,
      );
      throw unauthorized(
        this.tokens.isExpired(token)
          ? 'The API token has expired. Make a new one.'
          : 'The API token is not valid any more: its user is suspended or gone.',
        'invalid_token',
      );
    }
    this.tokens.use(token);
    return user;
  }

  private ofToken(id: string): User | null {
    const token = this.tokens.list().find((each) => each.id === id);
    const owner = token && this.ownerOf(token);
    if (token === undefined || owner === undefined || this.tokens.isExpired(token)) return null;
    const rights = rightsOf[owner.role].filter((right) => token.rights.includes(right));
    const user: User = { name: owner.name, role: owner.role, rights, kind: 'token', token: token.name };
    this.origins.set(user, { again: () => this.ofToken(id), owner: token.owner, token: id });
    return user;
  }

  /** Somebody who is in no list: these tokens are good as long as this process lives. */
  private system(name: string): User {
    const user: User = { name, role: 'administrator', rights: scopes, kind: 'token' };
    this.origins.set(user, { again: () => user, owner: name });
    return user;
  }

  private forbidden(user: User, right: Scope, { remote, request }: Caller): Refusal {
    const roles = alternatives(rolesWith(right));
    this.record('warning', 'security', 'right.refused', `Refused ${request}, which needs the right ${right}.`, {
      user: user.name,
      remote,
    });
    const has = `${user.name} is ${user.role}${user.token === undefined ? '.' : ', and this is a token of limited rights.'}`;
    return new Refusal(403, `This needs the right "${right}", which the role ${roles} has. ${has}`);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** RFC 9110 wants a challenge with every 401; RFC 6750 says how it looks. */
export const unauthorized = (detail: string, error?: string, field = 'Authorization'): Refusal => {
  const challenge = error === undefined ? 'Bearer realm="sluice"' : `Bearer realm="sluice", error="${error}"`;
  return new Refusal(401, detail, { field, headers: { 'WWW-Authenticate': challenge } });
};

const tooMany = (seconds: number): Refusal =>
  new Refusal(429, `Too many wrong tokens came from this address. Try again in ${seconds} s.`, {
    field: 'Authorization',
    headers: { 'Retry-After': String(seconds) },
  });
