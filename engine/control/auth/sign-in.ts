import { quote } from '../../document/found.ts';
import type { Settings } from '../../settings/table.ts';
import { Refusal } from '../api/problem.ts';
import { type Access, unauthorized } from './access.ts';
import { nameFault, nameKey, passwordFault } from './account.ts';
import { sessionIdsIn } from './cookie.ts';
import { isReachedByOthers } from './reach.ts';
import { RefusalRecords } from './refusal-records.ts';
import { hashOf } from './sessions.ts';
import { SetupSecret } from './setup-secret.ts';
import { SignInLimit } from './sign-in-limit.ts';
import type { User } from './user.ts';
import type { Account } from './users.ts';

export interface Credentials {
  username: string;
  password: string;
  setupSecret?: string;
}

/** From where somebody signs in. */
export interface From {
  remote: string;
  cookie: string | undefined;
}

export interface SignedIn {
  user: User;
  /** For the cookie. */
  id: string;
  /** The first administrator was created by this. */
  isFirst: boolean;
}

/** What creating the first administrator takes: nothing, or the secret from the terminal. null when there are users. */
export type Setup = 'open' | 'secret' | null;

/** Longer ones are no password of anybody, and are not worth hashing. */
const longestTried = 4096;

/** Signing in and out, and the first administrator. */
export class SignIn {
  private readonly limit: SignInLimit;
  private readonly refusals: RefusalRecords;
  private secret: SetupSecret | null = null;

  constructor(
    private readonly access: Access,
    private readonly settings: () => Pick<Settings, 'host' | 'publicUrl'>,
  ) {
    this.limit = new SignInLimit(access.now);
    this.refusals = new RefusalRecords(
      (event, message, remote) => access.record('warning', 'security', event, message, { remote }),
      access.now,
    );
  }

  get setup(): Setup {
    if (!this.access.users.isEmpty) return null;
    return isReachedByOthers(this.settings()) ? 'secret' : 'open';
  }

  /** The secret that creating the first administrator takes, for the terminal; null where none is needed. */
  setupSecret(): string | null {
    if (this.setup !== 'secret') return null;
    this.secret ??= new SetupSecret(this.access.now);
    return this.secret.text;
  }

  /**
   * Begins a session; where there is no user yet, creates the administrator first.
   * @throws Refusal 400 for what cannot be a name or password, 401 wrong, 403 no setup secret, 409 somebody else was
   * first, 429 too many tries, 503 too many at once or a damaged file
   */
  async signIn(given: Credentials, from: From): Promise<SignedIn> {
    this.access.users.refuseIfDamaged();
    const isFirst = this.setup !== null;
    const account = isFirst ? await this.first(given, from.remote) : await this.known(given, from.remote);
    // Whatever session the browser had before is over, so that nobody can have planted it.
    for (const id of sessionIdsIn(from.cookie)) await this.access.sessions.end(hashOf(id));
    const id = await this.access.sessions.begin(account.id, account.epoch);
    const user = this.access.ofSession(hashOf(id));
    if (user === null) throw wrong();
    this.access.record('info', 'security', 'sign-in', `${account.name} signed in.`, {
      user: account.name,
      remote: from.remote,
    });
    return { user, id, isFirst };
  }

  /** Ends the sessions of a Cookie header. */
  async signOut({ cookie, remote }: From): Promise<void> {
    for (const id of sessionIdsIn(cookie)) {
      const user = this.access.ofSession(hashOf(id));
      await this.access.sessions.end(hashOf(id));
      if (user !== null)
        this.access.record('info', 'security', 'sign-out', `${user.name} signed out.`, { user: user.name, remote });
    }
  }

  /**
   * Creates the first administrator.
   * @throws Refusal 400, 409
   */
  async createFirst(name: string, password: string, remote?: string): Promise<Account> {
    refuseUnfit(name, password, 'username');
    const account = await this.access.users.add(
      name,
      'administrator',
      await this.access.passwords.hash(password),
      true,
    );
    this.access.record('warning', 'audit', 'user.created', `The first administrator ${account.name} was created.`, {
      user: account.name,
      ...(remote !== undefined && { remote }),
    });
    return account;
  }

  /**
   * Compares the password of somebody, within the limits of signing in.
   * @throws Refusal 429, 503, and whatever `refusal` makes of a wrong one
   */
  async verify(name: string, password: string, remote: string, refusal: () => Refusal): Promise<Account> {
    const shown = quote(name);
    const tried = this.take(remote, nameKey(name), `a sign-in as ${shown}: too many tries`);
    const { users, passwords } = this.access;
    const account = users.named(name);
    const isTooLong = password.length > longestTried;
    let fits: boolean;
    try {
      fits = await passwords.fits(isTooLong ? '' : password, isTooLong ? null : (account?.passwordHash ?? null));
    } catch (thrown) {
      tried.takeBack();
      throw thrown;
    }
    // It may have been changed or suspended while the password was compared.
    const present = account && users.byId(account.id);
    if (!fits || present === undefined || present.suspended || present.epoch !== account?.epoch) {
      this.refusals.add('sign-in.refused', `Refused a sign-in as ${shown}.`, remote);
      throw refusal();
    }
    tried.takeBack();
    return present;
  }

  /** Writes what is not recorded yet. */
  close(): void {
    this.refusals.close();
  }

  private known({ username, password }: Credentials, remote: string): Promise<Account> {
    return this.verify(username, password, remote, wrong);
  }

  private first({ username, password, setupSecret }: Credentials, remote: string): Promise<Account> {
    if (this.setup === 'secret') {
      const tried = this.take(remote, ' setup', 'the creation of the administrator: too many tries');
      if (setupSecret === undefined || !this.secret?.fits(setupSecret)) {
        this.refusals.add('sign-in.refused', 'Refused to create the administrator: the setup secret is wrong.', remote);
        throw new Refusal(403, this.remedy(setupSecret), { field: 'setupSecret' });
      }
      tried.takeBack();
    }
    return this.createFirst(username, password, remote);
  }

  private remedy(given: string | undefined): string {
    if (this.secret === null || this.secret.isExpired)
      return 'The setup secret has expired. Start Sluice again: the terminal then shows a new one.';
    return given === undefined
      ? 'Creating the administrator from here needs the setup secret that the terminal shows.'
      : 'The setup secret is wrong. It is the one that the terminal showed at the last start.';
  }

  private take(remote: string, account: string, what: string): { takeBack(): void } {
    try {
      return this.limit.take(remote, account);
    } catch (thrown) {
      this.refusals.add('sign-in.refused', `Refused ${what}.`, remote);
      throw thrown;
    }
  }
}

const wrong = (): Refusal => unauthorized('The user name or the password is wrong.', undefined, 'password');

/** @throws Refusal 400 */
export function refuseUnfit(name: string, password: string | undefined, nameField = 'name'): void {
  const refuse = (field: string, detail: string) => {
    throw new Refusal(400, detail, { field, errors: [{ pointer: `/${field}`, detail }] });
  };
  const unfitName = nameFault(name);
  if (unfitName !== undefined) refuse(nameField, unfitName);
  const unfit = password === undefined ? undefined : passwordFault(password, name);
  if (unfit !== undefined) refuse('password', unfit);
}
