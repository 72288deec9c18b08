import { ActionFailure, type HostTimer } from '../../actions/kit/define.ts';
import { quote } from '../document/found.ts';

/** Bounds of what workflows can set up. */
const mostTimers = 1_000;
const shortestMs = 100;
const longestMs = 2 ** 31 - 1;
const longestId = 200;
/** Characters of an input as JSON, and of all inputs together; whoever asks for a timer gets them all in one message. */
const longestInput = 64 * 1024;
const longestInputs = 1024 * 1024;
/**
 * What all timers may do together in a second: begin runs, and hand over characters of input. Each is a message to a worker,
 * which the control process writes beside everything else that it does. Stopped ones count, so that each can be started.
 */
const mostPerSecond = 1_000;
const mostInputPerSecond = 2 * 1024 * 1024;

export interface TimerEvents {
  /** Whether there is an active service operation of that address. */
  isOperation(address: string): boolean;
  /** Runs the operation in one worker. Resolves when that is over, in whatever way. */
  fire(timer: HostTimer): Promise<void>;
  /** The operation of a timer is not there any more; said once. */
  lost(timer: HostTimer): void;
}

interface Entry {
  readonly timer: HostTimer;
  /** Of the input as JSON. */
  readonly length: number;
  ticking: NodeJS.Timeout | null;
  isLost: boolean;
}

/** Timers that workflows set up. They are gone when the engine ends. */
export class Timers {
  private readonly entries = new Map<string, Entry>();
  /** Timers whose last run goes on; a tick meanwhile is left out. */
  private readonly busy = new Set<string>();

  constructor(private readonly events: TimerEvents) {}

  list(): HostTimer[] {
    return [...this.entries.values()].map(({ timer }) => timer);
  }

  /** Makes a timer, or replaces the one of that id. @throws ActionFailure timer-invalid */
  set(timer: HostTimer): HostTimer {
    return this.put(timer, true);
  }

  /** @throws ActionFailure timer-unknown, timer-invalid */
  change(id: string, change: Partial<HostTimer>): HostTimer {
    const entry = this.entries.get(id);
    if (entry === undefined) throw new ActionFailure('timer-unknown', `There is no timer ${quote(id)}.`);
    // One whose operation is gone can be stopped all the same.
    return this.put({ ...entry.timer, ...change, id }, change.operation !== undefined);
  }

  /** Whether there was one. */
  delete(id: string): boolean {
    const entry = this.entries.get(id);
    if (entry?.ticking) clearInterval(entry.ticking);
    return this.entries.delete(id);
  }

  close(): void {
    for (const id of [...this.entries.keys()]) this.delete(id);
  }

  private put({ id, intervalMs, operation, input = null, running }: HostTimer, isNewOperation: boolean): HostTimer {
    const before = this.entries.get(id);
    const timer: HostTimer = { id, intervalMs, operation, input, running };
    const length = before !== undefined && before.timer.input === input ? before.length : JSON.stringify(input).length;
    const entry: Entry = { timer, length, ticking: null, isLost: false };
    const fault =
      faultOf(entry) ?? (isNewOperation ? this.faultOfOperation(operation) : null) ?? this.excessOf(entry, before);
    if (fault !== null) throw new ActionFailure('timer-invalid', fault);
    if (before?.ticking) clearInterval(before.ticking);
    this.entries.set(id, entry);
    if (running) entry.ticking = setInterval(() => void this.tick(entry), intervalMs);
    return timer;
  }

  private async tick(entry: Entry): Promise<void> {
    const { timer } = entry;
    if (this.busy.has(timer.id)) return;
    if (!this.events.isOperation(timer.operation)) {
      if (!entry.isLost) this.events.lost(timer);
      entry.isLost = true;
      return;
    }
    entry.isLost = false;
    this.busy.add(timer.id);
    await this.events.fire(timer);
    this.busy.delete(timer.id);
  }

  private faultOfOperation(operation: string): string | null {
    return typeof operation === 'string' && this.events.isOperation(operation)
      ? null
      : `There is no active service operation ${quote(String(operation))}; a timer names one by its address, service/<id>/<operation>.`;
  }

  /** What would be too much of all timers together, with this one in the place of the one before. */
  private excessOf(entry: Entry, before: Entry | undefined): string | null {
    const all = [...this.entries.values()].filter((other) => other !== before).concat(entry);
    if (all.length > mostTimers) return `There are ${mostTimers} timers already, which is the most; delete one first.`;
    if (sum(all, ({ length }) => length) > longestInputs)
      return `The inputs of all timers together must not be longer than ${longestInputs} characters as JSON; delete a timer or shorten an input first.`;
    const often = Math.floor(sum(all, perSecond));
    if (often > mostPerSecond)
      return `All timers together may begin ${mostPerSecond} runs per second, and these would begin ${often}; take longer intervals, or delete a timer first.`;
    return sum(all, (each) => perSecond(each) * each.length) > mostInputPerSecond
      ? `All timers together may hand over ${mostInputPerSecond} characters of input per second, as JSON; take longer intervals or shorter inputs, or delete a timer first.`
      : null;
  }
}

/** What is wrong with a timer by itself. */
function faultOf({ timer: { id, intervalMs, running }, length }: Entry): string | null {
  if (typeof id !== 'string' || id === '' || id.length > longestId)
    return `The id of a timer must be a text of 1 to ${longestId} characters.`;
  if (!Number.isInteger(intervalMs) || intervalMs < shortestMs || intervalMs > longestMs)
    return `The interval of a timer must be ${shortestMs} to ${longestMs} ms, found ${String(intervalMs)}.`;
  if (typeof running !== 'boolean') return '`running` of a timer must be true or false.';
  return length > longestInput
    ? `The input of a timer must not be longer than ${longestInput} characters as JSON, found ${length}.`
    : null;
}

const perSecond = ({ timer }: Entry): number => 1000 / timer.intervalMs;

const sum = (entries: readonly Entry[], of: (entry: Entry) => number): number =>
  entries.reduce((total, entry) => total + of(entry), 0);
