import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Control } from '../control.ts';
import { addressOf } from './guard.ts';
import { DistinctPerMinute, PerMinute } from './per-minute.ts';
import { Refusal } from './problem.ts';
import type { User } from './route.ts';

/** Wrong tokens per address and minute, and records of refusals per address and minute. */
const mostTries = 10;
const mostRecords = 10;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Checks `Authorization: Bearer TOKEN` (RFC 6750), and keeps the record of who was refused. */
export class TokenCheck {
  private readonly expected: Buffer;
  private readonly tries = new PerMinute(mostTries);
  private readonly guesses = new DistinctPerMinute(mostTries);
  private readonly records = new PerMinute(mostRecords);

  constructor(
    token: string,
    private readonly control: Control,
  ) {
    if (token === '')
      throw new Error('The API token is empty; set SLUICE_API_TOKEN to one, or leave it out to have one made.');
    this.expected = digest(token);
  }

  /**
   * Who is calling; null without an Authorization header.
   * @throws Refusal 401 when the token is wrong; 429 after ten wrong ones in a minute from one address. Ten different
   * ones close the address for right ones too, or the answer would still tell a good guess.
   */
  check(req: Request): User | null {
    const { authorization } = req.headers;
    if (authorization === undefined) return null;
    const remote = addressOf(req.socket.remoteAddress);
    const closed = this.guesses.waitOf(remote);
    if (closed > 0) throw tooMany(closed);
    const match = /^Bearer +([^\s]+) *$/i.exec(authorization);
    if (match === null) {
      this.refused(req, 'sign-in.refused', `credentials that are no Bearer token`);
      throw unauthorized('The Authorization header is not of the form "Bearer TOKEN".', 'invalid_request');
    }
    const given = digest(match[1] as string);
    if (timingSafeEqual(given, this.expected)) return { name: 'api-token', kind: 'token' };
    this.guesses.add(remote, given.toString('hex'));
    const wait = this.tries.take(remote);
    this.refused(req, 'sign-in.refused', 'a wrong API token');
    if (wait > 0) throw tooMany(wait);
    throw unauthorized(
      'The API token is wrong. It is the one printed at the start, or the value of SLUICE_API_TOKEN.',
      'invalid_token',
    );
  }

  /** @throws Refusal 401 for a call without credentials that needs some */
  missing(req: Request): never {
    this.refused(req, 'sign-in.refused', 'a call without a token');
    throw unauthorized('This needs an API token: send the header "Authorization: Bearer TOKEN".');
  }

  /** Writes a security record, unless this address has filled its share of them for this minute. */
  refused(req: Request, event: string, what: string): void {
    const remote = addressOf(req.socket.remoteAddress);
    if (this.records.take(remote) > 0) return;
    this.control.record('warning', 'security', event, `Refused ${what}: ${req.method} ${req.path}`, { remote });
  }
}

const unauthorized = (detail: string, error?: string): Refusal => {
  const challenge = error === undefined ? 'Bearer realm="sluice"' : `Bearer realm="sluice", error="${error}"`;
  return new Refusal(401, detail, { field: 'Authorization', headers: { 'WWW-Authenticate': challenge } });
};

const tooMany = (seconds: number): Refusal =>
  new Refusal(429, `Too many wrong tokens came from this address. Try again in ${seconds} s.`, {
    field: 'Authorization',
    headers: { 'Retry-After': String(seconds) },
  });
