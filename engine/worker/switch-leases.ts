import type { SwitchKeeper } from '../compile/bounded-switches.ts';
import type { SwitchKind, SwitchUses } from '../log/policy.ts';
import type { CountedSwitch, SwitchNews, SwitchRuns } from '../wire/messages.ts';

/** Milliseconds after which the control process hears of runs that were counted. */
const tellWithinMs = 50;

interface Lease extends CountedSwitch {
  /** Runs that may still be written. */
  left: number;
  /** Runs that were written since the control process heard of it. */
  untold: number;
  /** More was asked for, and has not come. */
  asked: boolean;
}

/** What this worker may write under counted switches. It writes nothing that it was not given, and asks when it has used it up. */
export class SwitchLeases implements SwitchKeeper {
  private readonly leases = new Map<string, Lease>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (news: SwitchNews) => void) {}

  grant({ key, version, runs }: SwitchRuns): void {
    const lease = this.leaseOf(key, version);
    if (lease === undefined) return;
    lease.left += runs;
    lease.asked = false;
  }

  take(key: string, version: number): boolean {
    const lease = this.leaseOf(key, version);
    if (lease === undefined) return false;
    const taken = lease.left > 0;
    if (taken) {
      lease.left--;
      lease.untold++;
    }
    if (lease.left === 0) this.ask(lease);
    else this.timer ??= setTimeout(() => this.tellUses(), tellWithinMs);
    return taken;
  }

  /** Gives back what is not used. */
  recall({ key, version }: CountedSwitch): void {
    const lease = this.leases.get(key);
    if (lease?.version !== version) return;
    this.tellUses();
    this.tell({ type: 'switch-returned', key, version, runs: lease.left });
    lease.left = 0;
  }

  failed(key: string, kind: SwitchKind, node: string, failure: Error): void {
    const message = `The condition of the ${kind} switch of ${node} failed, which counts as not met: ${failure.message}`;
    this.tell({ type: 'switch-failed', key, node, message });
  }

  /** Forgets the switches that are no more, or have been set again. */
  keep(uses: SwitchUses): void {
    for (const [key, { version }] of this.leases) if ((uses[key]?.version ?? 0) !== version) this.leases.delete(key);
  }

  /** Tells what has been counted so far. */
  tellUses(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const switches: SwitchRuns[] = [];
    for (const lease of this.leases.values()) {
      if (lease.untold === 0) continue;
      switches.push({ key: lease.key, version: lease.version, runs: lease.untold });
      lease.untold = 0;
    }
    if (switches.length > 0) this.tell({ type: 'switch-used', switches });
  }

  private ask(lease: Lease): void {
    if (lease.asked) return;
    lease.asked = true;
    this.tellUses();
    this.tell({ type: 'switch-wanted', key: lease.key, version: lease.version });
  }

  /** The lease of a switch in its version; undefined when a later one is known. */
  private leaseOf(key: string, version: number): Lease | undefined {
    const known = this.leases.get(key);
    if (known !== undefined && known.version >= version) return known.version === version ? known : undefined;
    const lease = { key, version, left: 0, untold: 0, asked: false };
    this.leases.set(key, lease);
    return lease;
  }
}
