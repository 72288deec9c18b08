import { alternatives, quote } from '../../document/found.ts';
import { Refusal } from '../api/problem.ts';
import type { Access } from './access.ts';
import { refuseUnfit, type SignIn } from './sign-in.ts';
import type { Token } from './tokens.ts';
import type { Role, Scope, User } from './user.ts';
import type { Account } from './users.ts';

const dayMs = 86_400_000;

export interface NewUser {
  name: string;
  password: string;
  role: Role;
}

/** @throws Refusal 400, 409 */
export async function createUser({ users, passwords }: Access, { name, password, role }: NewUser): Promise<Account> {
  users.refuseIfDamaged();
  refuseUnfit(name, password);
  return users.add(name, role, await passwords.hash(password));
}

/**
 * Changes a user; what another password, role or suspension ends, is over when it resolves. Whoever changes the own
 * password stays signed in here.
 * @throws Refusal 400, 404, 409
 */
export async function changeUser(
  access: Access,
  name: string,
  { role, suspended, password }: { role?: Role; suspended?: boolean; password?: string },
  by: User,
): Promise<Account> {
  const { users, sessions, passwords } = access;
  const former = users.existing(name);
  if (password !== undefined) refuseUnfit(former.name, password);
  const passwordHash = password === undefined ? undefined : await passwords.hash(password);
  const account = await users.change(name, {
    ...(role !== undefined && { role }),
    ...(suspended !== undefined && { suspended }),
    ...(passwordHash !== undefined && { passwordHash }),
  });
  const { owner, session } = access.originOf(by);
  const isSame = account.role === former.role && account.suspended === former.suspended;
  if (owner === account.id && session !== undefined && isSame) await sessions.carryOver(session, account.epoch);
  await sessions.endOthers(account.id, account.epoch);
  return account;
}

/** @throws Refusal 404, 409 */
export async function removeUser({ users, sessions, tokens }: Access, name: string): Promise<Account> {
  const account = await users.remove(name);
  await sessions.endOthers(account.id, null);
  await tokens.removeOf(account.id);
  return account;
}

/**
 * Changes the own password, for who knows the present one.
 * @throws Refusal 400, 403, 429
 */
export async function changeOwnPassword(
  access: Access,
  signIn: SignIn,
  by: User,
  { current, password }: { current: string; password: string },
  remote: string,
): Promise<void> {
  if (access.originOf(by).session === undefined)
    throw new Refusal(403, 'Only who is signed in with a password can change it; this call was made with a token.');
  await signIn.verify(by.name, current, remote, () => {
    const detail = 'The present password is wrong.';
    return new Refusal(403, detail, { field: 'current' });
  });
  await changeUser(access, by.name, { password }, by);
}

/** The tokens that somebody may see: the own ones, and all for an administrator. */
export const visibleTokens = (access: Access, by: User): Token[] => {
  const { owner } = access.originOf(by);
  return access.tokens.list().filter((token) => by.rights.includes('administer') || token.owner === owner);
};

/**
 * Makes a token for who asks; its text is in the answer and nowhere else.
 * @throws Refusal 403 for rights that the caller has not, and for a caller that is a token of limited rights itself
 */
export async function makeToken(
  access: Access,
  by: User,
  { name, rights, expiresInDays }: { name: string; rights: readonly Scope[]; expiresInDays?: number },
): Promise<{ token: Token; text: string }> {
  refuseLimitedToken(by);
  const lacking = rights.filter((right) => !by.rights.includes(right));
  if (lacking.length > 0) {
    throw new Refusal(
      403,
      `You cannot give the right ${alternatives(lacking.map(quote))}, since you have not got it. You have ${alternatives(by.rights)}.`,
      { field: 'rights' },
    );
  }
  const expires = expiresInDays === undefined ? null : new Date(access.now() + expiresInDays * dayMs).toISOString();
  return access.tokens.make({ name, owner: access.originOf(by).owner, rights: [...new Set(rights)], expires });
}

/** @throws Refusal 403, 404 */
export async function removeToken(access: Access, by: User, id: string): Promise<Token> {
  const token = visibleTokens(access, by).find((each) => each.id === id);
  if (token === undefined) throw new Refusal(404, `There is no token ${quote(id)}.`);
  if (access.originOf(by).token !== id) refuseLimitedToken(by);
  await access.tokens.remove(id);
  return token;
}

// Or whoever got hold of a token could go on with another one after it has expired or was removed.
function refuseLimitedToken(by: User): void {
  if (by.token === undefined || by.rights.includes('administer')) return;
  throw new Refusal(
    403,
    'A token without the right "administer" cannot manage tokens. Sign in with a password instead.',
  );
}
