import type { TrafficFigures } from '../../engine/control/traffic.ts';

/** What the figures of a quarter of an hour come to. */
export interface TrafficSummary {
  runs: number;
  errors: number;
  /** Of the whole minutes; of the one under way where there is no other. */
  perMinute: number;
  /** From 0 to 1; null when nothing ran. */
  errorShare: number | null;
}

const none: TrafficSummary = { runs: 0, errors: 0, perMinute: 0, errorShare: null };

/** @param traffic undefined when nothing ran */
export function summaryOf(traffic: TrafficFigures | undefined): TrafficSummary {
  if (traffic === undefined) return none;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const [runs, errors] = [sum(traffic.perMinute), sum(traffic.errors)];
  if (runs === 0) return none;
  // From the first minute in which anything ran, so that a server that began a minute ago is not averaged away.
  const first = traffic.perMinute.findIndex((count) => count > 0);
  const whole = traffic.perMinute.slice(first, -1);
  const perMinute = whole.length === 0 ? runs : sum(whole) / whole.length;
  return { runs, errors, perMinute, errorShare: errors / runs };
}

/** Requests a minute, as in `1,284`, `13` or `0.2`. */
export const rateText = (perMinute: number): string =>
  perMinute >= 10 || perMinute === 0
    ? Math.round(perMinute).toLocaleString('en')
    : perMinute.toLocaleString('en', { maximumFractionDigits: 1 });

/** A share of errors, as in `1.57 %`; a dash when nothing ran. */
export const shareText = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(2)} %`);

/** How long so many runs take at a rate, as in `about 20 s`; undefined when nothing runs. */
export function timeFor(runs: number, perMinute: number): string | undefined {
  if (perMinute <= 0) return undefined;
  const seconds = (runs / perMinute) * 60;
  if (seconds < 1) return 'under a second';
  if (seconds < 100) return `about ${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `about ${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `about ${Math.round(seconds / 3600)} h`;
  return `about ${Math.round(seconds / 86_400)} d`;
}
