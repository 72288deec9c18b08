import type { RunCount } from '../wire/messages.ts';

/** Minutes that are looked back. */
const trafficMinutes = 15;
/** More operations than this are not counted one by one. */
const mostOperations = 10_000;
const minuteMs = 60_000;

/** Runs that ended in each of the last 15 minutes, the oldest first; the last minute is the one that is under way. */
export interface TrafficFigures {
  perMinute: number[];
  /** Those of them that failed; of HTTP those that were answered with 5xx. */
  errors: number[];
}

/** The counts of one operation, in a ring of minutes. */
interface Ring {
  runs: Uint32Array;
  errors: Uint32Array;
  /** The minute (since 1970) that was counted last. */
  last: number;
}

/** How often operations ran in the last quarter of an hour, as the workers tell. It begins anew with the engine. */
export class Traffic {
  private readonly rings = new Map<string, Ring>();

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  add(counts: readonly RunCount[]): void {
    const minute = this.minute();
    for (const [address, runs, errors] of counts) {
      const ring = this.ringOf(address, minute);
      if (ring === undefined) continue;
      forget(ring, minute);
      const at = minute % trafficMinutes;
      ring.runs[at] = (ring.runs[at] as number) + runs;
      ring.errors[at] = (ring.errors[at] as number) + errors;
    }
  }

  /** The figures of some operations together; undefined when none of them ran. */
  of(addresses: Iterable<string>): TrafficFigures | undefined {
    const minute = this.minute();
    const perMinute = new Array<number>(trafficMinutes).fill(0);
    const errors = new Array<number>(trafficMinutes).fill(0);
    let ran = false;
    for (const address of addresses) {
      const ring = this.rings.get(address);
      if (ring === undefined) continue;
      forget(ring, minute);
      for (let back = 0; back < trafficMinutes; back++) {
        const at = (minute - back) % trafficMinutes;
        const place = trafficMinutes - 1 - back;
        perMinute[place] = (perMinute[place] as number) + (ring.runs[at] as number);
        errors[place] = (errors[place] as number) + (ring.errors[at] as number);
        ran ||= ring.runs[at] !== 0;
      }
    }
    return ran ? { perMinute, errors } : undefined;
  }

  private minute(): number {
    return Math.floor(this.now() / minuteMs);
  }

  private ringOf(address: string, minute: number): Ring | undefined {
    const known = this.rings.get(address);
    if (known !== undefined) return known;
    if (this.rings.size >= mostOperations) {
      for (const [quiet, { last }] of this.rings) if (minute - last >= trafficMinutes) this.rings.delete(quiet);
      if (this.rings.size >= mostOperations) return undefined;
    }
    const made = { runs: new Uint32Array(trafficMinutes), errors: new Uint32Array(trafficMinutes), last: minute };
    this.rings.set(address, made);
    return made;
  }
}

/** Clears the minutes that passed since a ring was counted last. */
function forget(ring: Ring, minute: number): void {
  // A clock that was set back counts on in the minute that it had reached.
  const passed = Math.min(minute - ring.last, trafficMinutes);
  for (let step = 1; step <= passed; step++) {
    const at = (ring.last + step) % trafficMinutes;
    ring.runs[at] = 0;
    ring.errors[at] = 0;
  }
  if (passed > 0) ring.last = minute;
}
