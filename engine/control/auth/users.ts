import { randomBytes, randomUUID } from 'node:crypto';
import { quote } from '../../document/found.ts';
import { isObject } from '../../document/shape.ts';
import type { Fault } from '../../document/types.ts';
import { Refusal } from '../api/problem.ts';
import { nameKey, normalised } from './account.ts';
import { EntryFile, isText, isTime } from './entry-file.ts';
import { type Role, roles } from './user.ts';

/** Somebody with a name and a password. */
export interface Account {
  /** Sessions and tokens belong to an id, so that a new user of an old name gets none of them. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** PHC string of argon2id. */
  readonly passwordHash: string;
  /** Sessions hold the epoch they began in; a new one ends them all in the same step as what it came with. */
  readonly epoch: string;
  readonly suspended: boolean;
  /** RFC 3339. */
  readonly created: string;
  readonly changed: string;
}

export interface AccountChange {
  role?: Role;
  suspended?: boolean;
  passwordHash?: string;
}

const isAccount = (value: unknown): value is Account =>
  isObject(value) &&
  [value.id, value.name, value.epoch].every(isText) &&
  isText(value.passwordHash) &&
  value.passwordHash.startsWith('$argon2id$') &&
  roles.some((role) => role === value.role) &&
  typeof value.suspended === 'boolean' &&
  isTime(value.created) &&
  isTime(value.changed);

const freshEpoch = (): string => randomBytes(9).toString('base64url');

/** The users of `users.json`. While that file is damaged there is nobody, and nobody can be added. */
export class Users {
  private readonly file: EntryFile<Account>;
  private accounts: readonly Account[];
  private changes: Promise<unknown> = Promise.resolve();
  readonly isDamaged: boolean;

  constructor(
    dataDir: string,
    report: (fault: Fault) => void,
    private readonly now: () => number,
  ) {
    this.file = new EntryFile<Account>(dataDir, {
      name: 'users',
      isEntry: isAccount,
      damaged: 'stay',
      consequence:
        'Nobody can sign in until it is repaired or put back from a backup and Sluice is started again; without the file, Sluice asks for a first administrator.',
    });
    const read = this.file.read(report);
    this.isDamaged = read === null;
    this.accounts = read ?? [];
  }

  /** There has never been a user. */
  get isEmpty(): boolean {
    return this.accounts.length === 0 && !this.isDamaged;
  }

  list(): readonly Account[] {
    this.refuseIfDamaged();
    return this.accounts;
  }

  named(name: string): Account | undefined {
    const key = nameKey(name);
    return this.accounts.find((account) => nameKey(account.name) === key);
  }

  byId(id: string): Account | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  /**
   * Adds a user; `first` only where there is none yet.
   * @throws Refusal 409 when there is one of that name, or any at all
   */
  add(name: string, role: Role, passwordHash: string, first = false): Promise<Account> {
    return this.inOrder(async () => {
      this.refuseIfDamaged();
      if (first && this.accounts.length > 0)
        throw new Refusal(409, 'Somebody else has created the administrator meanwhile. Sign in instead.');
      if (this.named(name) !== undefined)
        throw new Refusal(409, `There is a user ${quote(name)} already. Choose another name.`, { field: 'name' });
      const time = new Date(this.now()).toISOString();
      const account: Account = {
        id: randomUUID(),
        name: normalised(name),
        role,
        passwordHash,
        epoch: freshEpoch(),
        suspended: false,
        created: time,
        changed: time,
      };
      await this.put([...this.accounts, account]);
      return account;
    });
  }

  /**
   * Changes a user, and ends the sessions of one whose password, role or suspension is another now.
   * @throws Refusal 404 when there is none of that name; 409 when no active administrator would be left
   */
  change(name: string, { role, suspended, passwordHash }: AccountChange): Promise<Account> {
    return this.inOrder(async () => {
      const former = this.existing(name);
      const next = {
        ...former,
        role: role ?? former.role,
        suspended: suspended ?? former.suspended,
        passwordHash: passwordHash ?? former.passwordHash,
      };
      if (next.role === former.role && next.suspended === former.suspended && passwordHash === undefined) return former;
      const account = { ...next, epoch: freshEpoch(), changed: new Date(this.now()).toISOString() };
      await this.put(this.accounts.map((each) => (each.id === former.id ? account : each)));
      return account;
    });
  }

  /** @throws Refusal 404 when there is none of that name; 409 when no active administrator would be left */
  remove(name: string): Promise<Account> {
    return this.inOrder(async () => {
      const former = this.existing(name);
      await this.put(this.accounts.filter((each) => each.id !== former.id));
      return former;
    });
  }

  /** @throws Refusal 404 when there is none of that name */
  existing(name: string): Account {
    this.refuseIfDamaged();
    const account = this.named(name);
    if (account === undefined) throw new Refusal(404, `There is no user ${quote(name)}.`);
    return account;
  }

  /** @throws Refusal 503 */
  refuseIfDamaged(): void {
    if (!this.isDamaged) return;
    throw new Refusal(
      503,
      'The file users.json of the data folder is damaged, so that nobody can sign in. Repair it or put it back from a backup, and start Sluice again.',
    );
  }

  private async put(accounts: readonly Account[]): Promise<void> {
    if (!accounts.some(({ role, suspended }) => role === 'administrator' && !suspended)) {
      throw new Refusal(
        409,
        this.isEmpty
          ? 'There is no administrator yet. Create the first one in the editor, or with POST /api/session.'
          : 'This is the last active administrator. Make somebody else administrator first.',
      );
    }
    await this.file.write(accounts);
    this.accounts = accounts;
  }

  private inOrder<T>(change: () => Promise<T>): Promise<T> {
    const result = this.changes.then(change);
    this.changes = result.catch(() => {});
    return result;
  }
}
