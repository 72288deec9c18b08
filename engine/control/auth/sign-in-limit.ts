import { isIPv6 } from 'node:net';
import { Refusal } from '../api/problem.ts';
import { PerMinute } from './per-minute.ts';

const mostTries = 10;

/**
 * Ten failed tries in any minute from one address, and ten for one account, whoever makes them. After that right ones
 * are refused too, or the answer would still tell a good guess.
 */
export class SignInLimit {
  private readonly byAddress: PerMinute;
  private readonly byAccount: PerMinute;

  constructor(now: () => number) {
    this.byAddress = new PerMinute(mostTries, now);
    this.byAccount = new PerMinute(mostTries, now);
  }

  /**
   * Counts a try before it is judged, so that many at once are no way around; a right one is then taken back.
   * @throws Refusal 429 when there were too many
   */
  take(remote: string, account: string): { takeBack(): void } {
    const address = networkOf(remote);
    const key = account.slice(0, 100);
    const wait = Math.max(this.byAddress.waitOf(address), this.byAccount.waitOf(key));
    if (wait > 0) {
      throw new Refusal(429, `There were too many failed tries to sign in. Try again in ${wait} s.`, {
        headers: { 'Retry-After': String(wait) },
      });
    }
    this.byAddress.take(address);
    this.byAccount.take(key);
    return {
      takeBack: () => {
        this.byAddress.giveBack(address);
        this.byAccount.giveBack(key);
      },
    };
  }
}

/** What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 address. */
export const networkOf = (remote: string): string => {
  if (!isIPv6(remote)) return remote;
  const [head = '', tail] = (remote.split('%')[0] as string).split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...gap, ...back].slice(0, 4).join(':').toLowerCase()}::/64`;
};
