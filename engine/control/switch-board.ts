import type { Fault, Level, Project, Switch, Switches } from '../document/types.ts';
import {
  type NodeState,
  nodeState,
  type PolicySettings,
  type SwitchDefaults,
  type SwitchUses,
  switchKey,
} from '../log/policy.ts';
import type { CountedSwitch, SwitchGrant, SwitchNews, SwitchRuns } from '../wire/messages.ts';
import { Leases } from './leases.ts';
import { defaultsIn, hashOf, type Placed, placedIn, untilOf } from './placed-switches.ts';
import { rereadSwitches, saveSwitches } from './state-files.ts';
import { keyOf, readUseCounts, saveUseCounts } from './use-counts.ts';

/** Milliseconds within which what was counted is on disk; a kill -9 may lose as much. */
const saveWithinMs = 400;
/** Milliseconds after which saving is tried again when the disk refuses. */
const retryMs = 5_000;
/** Ended switches that are remembered. */
const mostRemembered = 100;
/** setTimeout wraps beyond. */
const longestMs = 2 ** 31 - 1;

export interface SwitchBoardParts {
  dataDir: string;
  /** As they were stored. */
  switches: Switches;
  /** What is wrong with the file that they were read from. */
  faults?: readonly Fault[];
  /** The live documents, whose switches are defaults. */
  documents(): Project;
  settings(): PolicySettings;
  /** Number of worker processes that share the runs of a counted switch. */
  workers: number;
  /** Switches ended by themselves: the workers must hear of the new state. */
  changed(): void;
  record(level: Level, event: string, message: string, node: string | undefined): void;
  /** Tells a worker something about a counted switch. */
  send(worker: string, message: SwitchGrant): void;
}

/** A counted switch and how far it is. */
interface Counted extends Placed {
  readonly key: string;
  readonly version: number;
  readonly leases: Leases;
  ended: boolean;
  /** It was set while running and has ended: runs that it let in go on to their end. */
  past: boolean;
}

/**
 * Owns the switches set while running, and how often counted ones were used. Takes away what has ended, by its time or its
 * count; in a document such a switch stays, and is off.
 */
export class SwitchBoard {
  /** What is wrong with the file of switches. */
  faults: readonly Fault[];
  private current: Switches;
  private readonly counted = new Map<string, Counted>();
  /** What was counted before this process; taken over once. */
  private readonly stored = new Map<string, number>();
  /** Those that ended; a change that was made before it knew must not bring them back. */
  private readonly over = new WeakSet<object>();
  private readonly reported = new Set<string>();
  private version = 0;
  private seenUntil = Date.now();
  private endTimer: NodeJS.Timeout | undefined;
  private saveTimer: NodeJS.Timeout | undefined;
  private saves: Promise<unknown> = Promise.resolve();
  private unsaved = false;
  private refused = false;
  private closed = false;

  constructor(private readonly parts: SwitchBoardParts) {
    this.current = parts.switches;
    this.faults = parts.faults ?? [];
    for (const count of readUseCounts(parts.dataDir)) this.stored.set(keyOf(count), count.used);
    this.review();
    this.stored.clear();
  }

  /** Ends what ended while nobody was there, and from now on what ends. Before the first state is sent. */
  open(): void {
    this.endOver();
  }

  private endOver(): void {
    for (const placed of placedIn(this.current)) {
      if (untilOf(placed.value) <= Date.now()) this.end(placed, `at its time, ${placed.value.until}`);
    }
    for (const each of [...this.counted.values()]) if (each.leases.left === 0) this.useUp(each, false);
  }

  get switches(): Switches {
    return this.current;
  }

  /** How far the counted switches are: those set while running and those of the documents as they are now. */
  get uses(): SwitchUses {
    this.review();
    return this.usesKnown();
  }

  /** What is in force at a node; `chain` leads to it from its resource. */
  nodeState(chain: readonly SwitchDefaults[]): NodeState {
    const { current: switches, parts } = this;
    return nodeState(chain, { switches, settings: parts.settings(), now: Date.now(), uses: this.usesKnown() });
  }

  /**
   * Puts other switches in place; on disk when it resolves. A switch that is another object than before was set anew, and
   * counts from the start even if it says the same.
   * @throws FileFailure
   */
  replace(next: Switches): Promise<void> {
    return this.inTurn(async () => {
      const before = this.current;
      const wanted = this.withoutOver(next);
      if (JSON.stringify(wanted) !== JSON.stringify(before)) {
        await saveSwitches(this.parts.dataDir, wanted);
        this.faults = [];
      }
      // Others may have ended while the file was written.
      this.current = this.withoutOver(wanted);
      const anew = placedIn(this.current).filter(({ address, kind, value }) => before[address]?.[kind] !== value);
      const restarted = anew.filter((placed) => this.restart(placed));
      this.review();
      if (restarted.length > 0) await this.saveCounts().catch((thrown: Error) => this.sayRefused(thrown));
    });
  }

  /**
   * Takes over switches that somebody wrote into the file by hand. Those that say what they said before go on counting.
   * False when the file is as it was, or cannot be read.
   */
  reload(): Promise<boolean> {
    return this.inTurn(async () => {
      const faults: Fault[] = [];
      const read = rereadSwitches(this.parts.dataDir, (fault) => faults.push(fault));
      if (read !== undefined || faults.length > 0) this.faults = faults;
      for (const { file, pointer, message } of faults)
        this.parts.record('warning', 'switches.invalid', `${file}${pointer && `:${pointer}`} ${message}`, undefined);
      if (read === undefined) return false;
      for (const placed of placedIn(read)) {
        const known = this.current[placed.address]?.[placed.kind];
        const entry = read[placed.address] as Switches[string];
        if (typeof known === 'object' && hashOf(known) === hashOf(placed.value)) entry[placed.kind] = known;
        else this.restart(placed);
      }
      this.current = read;
      this.review();
      this.endOver();
      this.parts.changed();
      return true;
    });
  }

  /** The runs that a worker is to have of switches which it has not heard of. */
  leasesFor(worker: string): SwitchRuns[] {
    const leases: SwitchRuns[] = [];
    for (const { key, version, leases: shares, ended } of this.counted.values()) {
      if (ended || shares.knows(worker)) continue;
      const runs = shares.grant(worker, this.parts.workers);
      if (runs > 0) leases.push({ key, version, runs });
    }
    return leases;
  }

  /** What a worker says of the switches it works under. */
  heard(worker: string, news: SwitchNews): void {
    switch (news.type) {
      case 'switch-used':
        for (const { runs, ...named } of news.switches) {
          const counted = this.find(named);
          if (counted === undefined) continue;
          counted.leases.use(worker, runs);
          this.saveSoon();
          this.settle(counted);
        }
        break;
      case 'switch-wanted': {
        const counted = this.find(news);
        if (counted !== undefined) this.serve(counted, worker);
        break;
      }
      case 'switch-returned': {
        const counted = this.find(news);
        if (counted === undefined) break;
        counted.leases.giveBack(worker, news.runs);
        this.settle(counted);
        break;
      }
      case 'switch-failed':
        if (this.reported.has(news.key)) break;
        this.reported.add(news.key);
        this.parts.record('warning', 'switch.when-failed', news.message, news.node);
    }
  }

  /** A worker ended. Unless it had told everything before, what it held counts as used. */
  gone(worker: string, farewell: boolean): void {
    for (const counted of [...this.counted.values()]) {
      if (!counted.leases.knows(worker)) continue;
      counted.leases.forget(worker, farewell);
      this.saveSoon();
      this.settle(counted);
    }
  }

  /** Writes what is not on disk yet. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.endTimer);
    clearTimeout(this.saveTimer);
    await this.inTurn(async () => {
      if (this.unsaved) await this.saveCounts();
    }).catch((thrown: Error) => this.sayRefused(thrown));
  }

  private usesKnown(): SwitchUses {
    return Object.fromEntries(
      [...this.counted.values()].map(({ key, version, leases, ended }) => [
        key,
        { version, left: ended ? 0 : leases.left },
      ]),
    );
  }

  /** Counts what is counted now, and forgets what is no more. */
  private review(): void {
    const placed = [...placedIn(this.current), ...defaultsIn(this.parts.documents())];
    const wanted = new Set<string>();
    for (const { address, kind, value } of placed) {
      if (!value.on || value.times === undefined) continue;
      const key = switchKey(address, kind, value);
      wanted.add(key);
      if (this.counted.has(key)) continue;
      const leases = new Leases(value.times, this.stored.get(key) ?? 0);
      this.counted.set(key, { address, kind, value, key, version: ++this.version, leases, ended: false, past: false });
    }
    const others = [...this.counted.values()].filter(({ key }) => !wanted.has(key));
    for (const [index, { key, address, kind, past }] of others.entries()) {
      // Unless somebody decided anew at that place, what has ended is remembered for a while.
      const recent = index >= others.length - mostRemembered;
      if (past && recent && this.current[address]?.[kind] === undefined) continue;
      this.counted.delete(key);
      this.reported.delete(key);
    }
    this.watchTime(placed);
  }

  /** The switch was set again: it counts from the start. Says whether it had counted something. */
  private restart({ address, kind, value }: Placed): boolean {
    const key = switchKey(address, kind, value);
    this.reported.delete(key);
    const used = this.counted.get(key)?.leases.used ?? 0;
    this.counted.delete(key);
    return used > 0;
  }

  private find({ key, version }: CountedSwitch): Counted | undefined {
    const counted = this.counted.get(key);
    return counted?.version === version ? counted : undefined;
  }

  /** Gives a worker a share, or asks the others for what they do not use. */
  private serve(counted: Counted, worker: string): void {
    const { key, version, leases } = counted;
    const runs = leases.grant(worker, this.parts.workers);
    if (runs > 0) this.parts.send(worker, { type: 'switch-lease', key, version, runs });
    else for (const holder of leases.holders(worker)) this.parts.send(holder, { type: 'switch-recall', key, version });
  }

  /** Ends the switch when its runs are used up; else serves who waits, from what has become free. */
  private settle(counted: Counted): void {
    const { leases } = counted;
    if (leases.left === 0) this.useUp(counted, true);
    else
      for (let next = leases.next; next !== undefined && leases.anyFree; next = leases.next) this.serve(counted, next);
  }

  private useUp(counted: Counted, news: boolean): void {
    if (counted.ended) return;
    counted.ended = true;
    const why = howUsedUp(counted.leases);
    const own = this.current[counted.address]?.[counted.kind] as Switch | undefined;
    if (typeof own === 'object' && switchKey(counted.address, counted.kind, own) === counted.key) {
      counted.past = true;
      this.end({ ...counted, value: own }, why);
    } else if (news) this.sayEnded(counted, why);
    if (news && !this.closed) this.parts.changed();
  }

  /** Takes a switch away that was set while running, and tells it. */
  private end(placed: Placed, why: string): void {
    this.over.add(placed.value);
    this.current = this.withoutOver(this.current);
    this.sayEnded(placed, why);
    this.unsaved = true;
    // The counts first: a switch that is still in its file must not count from the start after a crash.
    void this.inTurn(async () => {
      await this.saveCounts();
      await saveSwitches(this.parts.dataDir, this.current);
    }).catch((thrown: Error) => this.sayRefused(thrown));
  }

  private sayEnded({ address, kind }: Placed, why: string): void {
    this.parts.record('info', 'switch.ended', `The ${kind} switch of ${address} ended ${why}.`, address);
  }

  private withoutOver(switches: Switches): Switches {
    const kept: Switches = {};
    for (const [address, entry] of Object.entries(switches)) {
      const { log, capture, ...others } = entry;
      const left: Switches[string] = { ...others };
      if (log !== undefined && !this.isOver(log)) left.log = log;
      if (capture !== undefined && !this.isOver(capture)) left.capture = capture;
      if (Object.keys(left).length > 0) kept[address] = left;
    }
    return kept;
  }

  private isOver(value: Switch): boolean {
    return typeof value === 'object' && this.over.has(value);
  }

  /** Waits for the next switch that ends by its time. */
  private watchTime(placed: readonly Placed[]): void {
    clearTimeout(this.endTimer);
    if (this.closed) return;
    const ahead = placed.map(({ value }) => untilOf(value)).filter((until) => until > this.seenUntil);
    const next = ahead.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(next - Date.now(), 0), longestMs);
    this.endTimer = setTimeout(() => this.endByTime(), wait);
    this.endTimer.unref();
  }

  private endByTime(): void {
    const now = Date.now();
    let any = false;
    for (const placed of placedIn(this.current)) {
      if (untilOf(placed.value) > now) continue;
      this.end(placed, `at its time, ${placed.value.until}`);
      any = true;
    }
    const defaults = defaultsIn(this.parts.documents());
    for (const placed of defaults) {
      const until = untilOf(placed.value);
      if (until <= this.seenUntil || until > now) continue;
      this.sayEnded(placed, `at its time, ${placed.value.until}`);
      any = true;
    }
    this.seenUntil = now;
    this.watchTime([...placedIn(this.current), ...defaults]);
    if (any) this.parts.changed();
  }

  private saveSoon(): void {
    this.unsaved = true;
    if (this.saveTimer !== undefined || this.closed) return;
    this.saveTimer = setTimeout(
      () => {
        this.saveTimer = undefined;
        void this.inTurn(() => this.saveCounts()).catch((thrown: Error) => this.sayRefused(thrown));
      },
      this.refused ? retryMs : saveWithinMs,
    );
  }

  private async saveCounts(): Promise<void> {
    this.unsaved = false;
    const counts = [...this.counted.values()]
      .filter(({ leases }) => leases.used > 0)
      .map(({ address, kind, value, leases }) => ({ address, kind, hash: hashOf(value), used: leases.used }));
    try {
      await saveUseCounts(this.parts.dataDir, counts);
      this.refused = false;
    } catch (thrown) {
      this.unsaved = true;
      throw thrown;
    }
  }

  private sayRefused(thrown: Error): void {
    if (!this.refused) {
      const what =
        'How often switches were used could not be stored, so that they may write more runs after a restart.';
      this.parts.record('warning', 'switches.unsaved', `${what} ${thrown.message}`, undefined);
    }
    this.refused = true;
    this.saveSoon();
  }

  private inTurn<T>(save: () => Promise<T>): Promise<T> {
    const result = this.saves.then(save);
    this.saves = result.catch(() => {});
    return result;
  }
}

function howUsedUp({ times, lost }: Leases): string {
  const runs = times === 1 ? 'the one run' : `the ${times} runs`;
  if (lost === 0) return `after ${runs} that it was to write`;
  return `before ${runs} that it was to write were there for certain: a worker process died, and of ${lost} of them it is not known whether they were written`;
}
