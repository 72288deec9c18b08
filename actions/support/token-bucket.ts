import { type ActionContext, ActionFailure, describeValue } from '../kit/index.ts';

/** Tokens that come back evenly. Only the time at which it is full again is kept. */
interface Bucket {
  fullAt: number;
}

export interface Rate {
  readonly key: string;
  /** Tokens that come back within `windowMs`. */
  readonly limit: number;
  readonly windowMs: number;
  /** Tokens there are at most. */
  readonly burst: number;
  /** How long to wait for a token. */
  readonly maxWaitMs: number;
}

// Less than what the arithmetic of milliseconds since the start of a machine may be off by.
const negligibleMs = 0.001;

/**
 * Takes a token, and waits for it if need be; gives how many are left. A token is never reserved beyond `maxWaitMs`, so that those who
 * give up leave no more than that behind.
 * @throws ActionFailure rate-limited, with `details.retryAfterMs`
 */
export const takeToken = (rate: Rate, context: ActionContext): number | Promise<number> => {
  const { host } = context;
  const { key, limit, windowMs, burst, maxWaitMs } = rate;
  const bucket = host.memory.shared('rate-limit', key, (): Bucket => ({ fullAt: Number.NEGATIVE_INFINITY }));
  const now = host.monotonic();
  const intervalMs = windowMs / limit;
  const fullAt = Math.max(bucket.fullAt, now);
  const waitMs = fullAt - (burst - 1) * intervalMs - now;
  if (waitMs > Math.max(maxWaitMs, negligibleMs)) {
    const retryAfterMs = Math.ceil(waitMs - maxWaitMs);
    throw new ActionFailure(
      'rate-limited',
      `More than ${limit} calls in ${windowMs} ms came with the \`key\` ${describeValue(key)}; there is room again in ${retryAfterMs} ms.`,
      { retryAfterMs },
    );
  }
  bucket.fullAt = fullAt + intervalMs;
  const left = Math.max(0, Math.floor(burst - (bucket.fullAt - now) / intervalMs + 1e-6));
  return waitMs > negligibleMs ? context.sleep(waitMs).then(() => left) : left;
};
