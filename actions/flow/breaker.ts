/** What a circuit breaker remembers. Times are of a clock that never goes back. */
export interface Breaker {
  /** When the latest failures came, oldest first; never more than the threshold. */
  failures: number[];
  /** Open, or half open after that time; null when closed. */
  openUntil: number | null;
  /** While half open: probes under way, since when, and how many succeeded. */
  probing: number;
  probingSince: number;
  succeeded: number;
}

export interface BreakerRule {
  readonly threshold: number;
  readonly windowMs: number;
  readonly openMs: number;
  readonly probes: number;
}

/** What a call may do: run its steps in a state of the breaker, or come back later. */
export type Admission = { period: number | null } | { retryAfterMs: number };

export const makeBreaker = (): Breaker => ({
  failures: [],
  openUntil: null,
  probing: 0,
  probingSince: 0,
  succeeded: 0,
});

export const admit = (breaker: Breaker, now: number, { openMs, probes }: BreakerRule): Admission => {
  const { openUntil } = breaker;
  if (openUntil === null) return { period: null };
  if (now < openUntil) return { retryAfterMs: Math.ceil(openUntil - now) };
  // A probe that never ends must not keep the circuit open for good.
  if (breaker.probing > 0 && now - breaker.probingSince >= openMs) breaker.probing = 0;
  if (breaker.probing + breaker.succeeded >= probes)
    return { retryAfterMs: Math.max(1, Math.ceil(breaker.probingSince + openMs - now)) };
  if (breaker.probing === 0) breaker.probingSince = now;
  breaker.probing += 1;
  return { period: openUntil };
};

/** `period` is that of the admission: what began before the circuit changed says nothing about its present state. */
export const reportSuccess = (breaker: Breaker, period: number | null, { probes }: BreakerRule): void => {
  if (period === null || breaker.openUntil !== period) return;
  breaker.probing = Math.max(0, breaker.probing - 1);
  breaker.succeeded += 1;
  if (breaker.succeeded >= probes) Object.assign(breaker, makeBreaker());
};

export const reportFailure = (breaker: Breaker, period: number | null, now: number, rule: BreakerRule): void => {
  if (breaker.openUntil !== period) return;
  if (period === null) {
    breaker.failures = [...breaker.failures.filter((at) => now - at < rule.windowMs), now];
    if (breaker.failures.length < rule.threshold) return;
  }
  Object.assign(breaker, makeBreaker(), { openUntil: now + rule.openMs });
};

/** The call ended without saying anything about what it called. */
export const reportNothing = (breaker: Breaker, period: number | null): void => {
  if (period !== null && breaker.openUntil === period) breaker.probing = Math.max(0, breaker.probing - 1);
};
