import { randomBytes } from 'node:crypto';
import { quote } from '../../document/found.ts';
import { isObject } from '../../document/shape.ts';
import type { Fault } from '../../document/types.ts';
import { Refusal } from '../api/problem.ts';
import { EntryFile, isText, isTime } from './entry-file.ts';
import { hashOf } from './sessions.ts';
import { type Scope, scopes } from './user.ts';

/** A token that somebody made for a program. What the program holds is not stored, only its hash. */
export interface Token {
  readonly id: string;
  /** SHA-256 of the token, in hex. */
  readonly hash: string;
  readonly name: string;
  /** Id of the user who made it, or the reserved name of somebody who is no user. */
  readonly owner: string;
  readonly rights: readonly Scope[];
  /** RFC 3339. */
  readonly created: string;
  /** RFC 3339; null for never. */
  readonly expires: string | null;
  /** The day in UTC, `2026-11-21`; null for never. */
  readonly lastUsed: string | null;
}

export type NewToken = Pick<Token, 'name' | 'owner' | 'rights' | 'expires'>;

const mostPerOwner = 200;

const isToken = (value: unknown): value is Token =>
  isObject(value) &&
  [value.id, value.hash, value.name, value.owner].every(isText) &&
  Array.isArray(value.rights) &&
  value.rights.every((right) => scopes.some((scope) => scope === right)) &&
  isTime(value.created) &&
  (value.expires === null || isTime(value.expires)) &&
  (value.lastUsed === null || isTime(value.lastUsed));

/** The API tokens of `tokens.json`. */
export class Tokens {
  private readonly file: EntryFile<Token>;
  private tokens: readonly Token[];
  private changes: Promise<unknown> = Promise.resolve();
  /** Days of use that are not in the file yet, by hash. */
  private readonly used = new Map<string, string>();

  constructor(
    dataDir: string,
    report: (fault: Fault) => void,
    private readonly now: () => number,
  ) {
    this.file = new EntryFile<Token>(dataDir, {
      name: 'tokens',
      isEntry: isToken,
      damaged: 'leave',
      consequence: 'No API token that was made in Sluice is valid any more; make new ones.',
    });
    this.tokens = this.file.read(report) ?? [];
  }

  list(): readonly Token[] {
    return this.tokens;
  }

  /** The token with a hash, expired or not. */
  find(hash: string): Token | undefined {
    return this.tokens.find((token) => token.hash === hash);
  }

  isExpired({ expires }: Token): boolean {
    return expires !== null && Date.parse(expires) <= this.now();
  }

  /** Notes the day of a use; it is on disk some time later. */
  use({ hash, lastUsed }: Token): void {
    const day = new Date(this.now()).toISOString().slice(0, 10);
    if (lastUsed === day || this.used.get(hash) === day) return;
    this.used.set(hash, day);
    // Nothing depends on it: where it cannot be written, the next use tries again.
    void this.change((tokens) => tokens).catch(() => this.used.delete(hash));
  }

  /**
   * Makes a token; `text` is what the program sends, and is never to be had again.
   * @throws Refusal 409 when its owner has too many
   */
  async make(wanted: NewToken): Promise<{ token: Token; text: string }> {
    const text = `slc_${randomBytes(32).toString('base64url')}`;
    const token: Token = {
      id: randomBytes(9).toString('hex'),
      hash: hashOf(text),
      ...wanted,
      created: new Date(this.now()).toISOString(),
      lastUsed: null,
    };
    await this.change((tokens) => {
      if (tokens.filter(({ owner }) => owner === wanted.owner).length >= mostPerOwner)
        throw new Refusal(409, `You have ${mostPerOwner} tokens, which is the limit. Remove some that are not in use.`);
      return [...tokens, token];
    });
    return { token, text };
  }

  /** @throws Refusal 404 when it is gone already */
  async remove(id: string): Promise<void> {
    await this.change((tokens) => {
      const rest = tokens.filter((token) => token.id !== id);
      if (rest.length === tokens.length) throw new Refusal(404, `There is no token ${quote(id)}.`);
      return rest;
    });
  }

  async removeOf(owner: string): Promise<void> {
    if (this.tokens.some((token) => token.owner === owner))
      await this.change((tokens) => tokens.filter((token) => token.owner !== owner));
  }

  private change(step: (tokens: readonly Token[]) => readonly Token[]): Promise<void> {
    const result = this.changes.then(async () => {
      const next = step(this.tokens).map((token) => ({
        ...token,
        lastUsed: this.used.get(token.hash) ?? token.lastUsed,
      }));
      await this.file.write(next);
      this.tokens = next;
      for (const { hash, lastUsed } of next) if (this.used.get(hash) === lastUsed) this.used.delete(hash);
    });
    this.changes = result.catch(() => {});
    return result;
  }
}
