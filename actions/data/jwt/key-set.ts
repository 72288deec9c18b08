import { type ActionContext, ActionFailure, isPlainObject } from '../../kit/index.ts';
import { unlessAborted } from '../../support/cached.ts';
import { decodeJson } from '../../support/json.ts';
import { type Key, openKeySet } from './keys.ts';

const largest = 1_000_000;
/** How long an address is not asked again, after a failure or when a key is missing: forged tokens name any. */
const restMs = 30_000;

/** What came of asking an address; nothing, when the run that asked ended before. */
type Outcome = { keys: Key[] } | { failed: ActionFailure } | undefined;

interface Kept {
  keys?: Key[];
  fetchedAt: number;
  failed?: ActionFailure;
  failedAt: number;
  /** While it is being asked. */
  flight?: Promise<Outcome> | undefined;
}

const refuse = (problem: string): never => {
  throw new ActionFailure('response-invalid', `The answer from \`jwks-url\` ${problem}; check the address`);
};

const fetchKeys = async (url: string, { host, signal }: ActionContext, timeoutMs: number): Promise<Key[]> => {
  // Whoever can redirect, for one by answering in place of a plain http address, must not choose who is trusted.
  const request = { method: 'GET', url, headers: { accept: 'application/json' }, redirects: 0, timeoutMs, signal };
  const { status, body } = await host.request(request);
  if (status !== 200) return refuse(`has the status ${status}, and 200 is needed`);
  if (body.length > largest) return refuse(`has ${body.length} bytes, and at most ${largest} are read`);
  const set = decodeJson(Buffer.from(body).toString('utf8'), 'The answer from `jwks-url`', 'response-invalid');
  if (!isPlainObject(set) || !Array.isArray(set.keys)) return refuse('is not a JWK Set');
  return openKeySet(set, 'verify');
};

interface Times {
  cacheMs: number;
  timeoutMs: number;
}

/**
 * The keys that a JWK Set at an address holds, from memory while they are fresh and hold the one that is asked for. One run at a time
 * asks the address, and the others wait for what it gets; when it ends before, one of them takes over.
 */
export const findKeys = async (url: string, kid: unknown, context: ActionContext, times: Times): Promise<Key[]> => {
  const { host, signal } = context;
  // Those who have less patience do not fail for the others.
  const kept = host.memory.shared<Kept>('jwks', JSON.stringify([url, times.timeoutMs]), () => ({
    fetchedAt: Number.NEGATIVE_INFINITY,
    failedAt: Number.NEGATIVE_INFINITY,
  }));
  for (;;) {
    const now = host.now();
    // After the clock was set back nothing is fresh.
    const isWithin = (since: number, ms: number): boolean => now >= since && now - since < ms;
    if (kept.keys !== undefined && isWithin(kept.fetchedAt, times.cacheMs)) {
      const holds = kid === undefined || kept.keys.some((key) => key.kid === kid);
      if (holds || isWithin(kept.fetchedAt, restMs)) return kept.keys;
    }
    if (kept.failed !== undefined && isWithin(kept.failedAt, restMs)) throw again(kept.failed);
    kept.flight ??= takeOff(kept, url, context, times.timeoutMs);
    const outcome = await unlessAborted(signal, kept.flight);
    if (outcome === undefined) continue;
    if ('failed' in outcome) throw again(outcome.failed);
    return outcome.keys;
  }
};

const takeOff = async (kept: Kept, url: string, context: ActionContext, timeoutMs: number): Promise<Outcome> => {
  try {
    const keys = await fetchKeys(url, context, timeoutMs);
    Object.assign(kept, { keys, fetchedAt: context.host.now(), failed: undefined });
    return { keys };
  } catch (thrown) {
    if (context.signal.aborted) return undefined;
    if (!(thrown instanceof ActionFailure)) throw thrown;
    Object.assign(kept, { failed: thrown, failedAt: context.host.now() });
    return { failed: thrown };
  } finally {
    kept.flight = undefined;
  }
};

/** A failure of its own for each run, since the engine adds to it where it happened. */
const again = ({ code, message, details }: ActionFailure): ActionFailure => new ActionFailure(code, message, details);
