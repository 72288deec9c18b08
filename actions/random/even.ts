import type { Host } from '../kit/index.ts';

/** No source of randomness misses so often, but one that was made up might. */
const mostRounds = 1000;

/** Whole numbers from 0 to below a bound of at most 2 to the 32nd, each as likely as any other. */
export const evenNumbers = (host: Host, count: number, below: number): number[] => {
  // What lies beyond the last whole multiple would make the first numbers likelier.
  const limit = 2 ** 32 - (2 ** 32 % below);
  const numbers: number[] = [];
  for (let round = 0; numbers.length < count; round += 1) {
    const missing = Math.min(count - numbers.length, 4096);
    const bytes = host.randomBytes(missing * 4);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < missing; i += 1) {
      const drawn = view.getUint32(i * 4);
      if (drawn < limit || round > mostRounds) numbers.push(drawn % below);
    }
  }
  return numbers;
};
