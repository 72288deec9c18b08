import { Refusal } from '../api/problem.ts';
import { normalised } from './account.ts';

/** As OWASP's cheat sheet on password storage has it: argon2id (the package's default), 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each takes 19 MiB and a core for some 30 ms. */
const mostAtOnce = 2;
const mostWaiting = 32;

/**
 * Of a text that nobody knows, made with the cost above: what a password is compared with when there is no such user, so
 * that the answer takes the same time.
 */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$c2x1aWNlLW5vLXN1Y2gtdXNlcg$0000000000000000000000000000000000000000000';

/** Hashes and compares passwords, on threads of their own and few at once. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws Refusal 503 when too many wait already */
  hash(password: string): Promise<string> {
    return this.inTurn(async () => (await import('@node-rs/argon2')).hash(normalised(password), cost));
  }

  /**
   * Whether a password is the one of a hash; null stands for the hash of nobody.
   * @throws Refusal 503 when too many wait already
   */
  fits(password: string, hash: string | null): Promise<boolean> {
    return this.inTurn(async () => {
      const { verify } = await import('@node-rs/argon2');
      const same = await verify(hash ?? nobodys, normalised(password));
      return same && hash !== null;
    });
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= mostAtOnce) {
      if (this.waiting.length >= mostWaiting) {
        throw new Refusal(503, 'Too many people sign in at this moment. Try again in a few seconds.', {
          headers: { 'Retry-After': '3' },
        });
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running++;
    try {
      return await work();
    } finally {
      // The turn goes over to the next one in the queue, or back.
      const next = this.waiting.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }
}
