import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const validMs = 15 * 60_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Proves that who creates the first administrator can see the terminal that Sluice was started in. */
export class SetupSecret {
  readonly text = randomBytes(18).toString('base64url');
  private readonly until: number;

  constructor(private readonly now: () => number) {
    this.until = now() + validMs;
  }

  get isExpired(): boolean {
    return this.now() >= this.until;
  }

  fits(given: string): boolean {
    return !this.isExpired && timingSafeEqual(digest(given), digest(this.text));
  }
}
