import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledOperation } from '../compile/operation.ts';
import type { Server } from '../document/types.ts';
import type { Encode } from '../log/encode.ts';
import type { Captures, RunEnd } from '../run/environment.ts';
import type { Run } from '../run/run.ts';
import { Room, type SpanRecorder } from '../run/spans.ts';
import { type Placed, placeSpans } from '../run/stored-spans.ts';
import type { CaptureNote } from '../store/run-head.ts';
import type { Channel } from './channel.ts';
import { headJson, spanJson } from './stored-run.ts';

/** Milliseconds that may be spent on captures before others have their turn. */
const sliceMs = 5;
/** What runs that wait to be written may hold in their values, in bytes, and how many they may be. */
const mostWaitingBytes = 64 * 1024 * 1024;
const mostWaiting = 1_000;
/** Characters of one capture; values that find no room in it are left out, and it says so. */
const longestCapture = 16 * 1024 * 1024;
/** A run whose values weigh less is written at once. */
const smallBytes = 32 * 1024;

interface Waiting {
  readonly run: Run;
  readonly recorder: SpanRecorder;
  readonly end: RunEnd;
  /** What its values weigh. */
  readonly bytes: number;
  /** Resolves when what the run never looked at of its input has been read; null when nothing has to be. */
  readonly read: Promise<void> | null;
}

/** Writes runs that are to be stored: bounded and redacted, after they have been answered, and in slices that hold nobody up. */
export class CaptureWriter implements Captures {
  readonly room = new Room(0);
  private encode: Encode = () => 'null';
  /** The types of servers, by address. */
  private types: ReadonlyMap<string, string> = new Map();
  /** The same by the addresses of their operations. */
  private typesOf = new Map<string, string>();
  private queue: Waiting[] = [];
  private waitingBytes = 0;
  private working: Promise<void> | null = null;
  private left = 0;

  constructor(
    private readonly channel: Channel,
    private readonly worker: string,
  ) {}

  /** @param roomBytes memory for the values of runs that go on */
  use(encode: Encode, roomBytes: number, servers: readonly Server[]): void {
    this.encode = encode;
    this.room.size = roomBytes;
    this.typesOf = new Map();
    this.types = new Map(servers.map(({ id, type }) => [`server/${id}`, type]));
  }

  /** Runs that found no room since the start. */
  get dropped(): number {
    return this.left + this.channel.droppedCaptures;
  }

  take(run: Run, recorder: SpanRecorder, end: RunEnd): void {
    const bytes = recorder.bytes + recorder.knownBytes;
    // One that is too large for all of the room still is the only evidence there will be.
    const isFull = this.queue.length >= mostWaiting || this.waitingBytes + bytes > mostWaitingBytes;
    if (isFull && this.queue.length > 0) {
      this.left++;
      return;
    }
    const waiting = { run, recorder, end, bytes, read: readInput(run, recorder) };
    if (this.working === null && waiting.read === null && bytes <= smallBytes) {
      this.writeAtOnce(waiting);
      return;
    }
    this.queue.push(waiting);
    this.waitingBytes += bytes;
    this.working ??= this.work();
  }

  /** Resolves when nothing waits to be written. */
  async written(): Promise<void> {
    await this.working;
  }

  private writeAtOnce(waiting: Waiting): void {
    const pieces = this.pieces(waiting);
    let piece = pieces.next();
    while (!piece.done) piece = pieces.next();
    this.channel.capture(piece.value);
  }

  private async work(): Promise<void> {
    await nextTurn();
    for (let waiting = this.queue[0]; waiting !== undefined; waiting = this.queue[0]) {
      await waiting.read;
      const pieces = this.pieces(waiting);
      let piece = pieces.next();
      for (let begun = performance.now(); !piece.done; piece = pieces.next()) {
        if (performance.now() - begun < sliceMs) continue;
        await nextTurn();
        begun = performance.now();
      }
      this.channel.capture(piece.value);
      this.queue.shift();
      this.waitingBytes -= waiting.bytes;
      await nextTurn();
    }
    this.working = null;
  }

  /** Writes a run a span at a time; gives the lines of a frame in the end (see Channel.capture). */
  private *pieces({ run, recorder, end }: Waiting): Generator<void, string> {
    const { encode } = this;
    const [root] = recorder.spans;
    const reason = run.captured ?? 'asked';
    const isPartial = reason === 'switch' && root?.keep !== 'all';
    const placed = placeSpans(recorder, !isPartial);
    const zero = run.begin - run.begunAt;
    let spans = '';
    let { leftOut } = recorder;
    for (const each of placed) {
      const room = longestCapture - spans.length;
      if (room <= 0) leftOut++;
      spans += `${spans === '' ? '[' : ','}${spanJson(each, zero, encode, room)}`;
      yield;
    }
    const note = { reason, partial: isPartial, leftOut };
    const sizes = sizesOf(placed);
    let lines = `${this.head(run, end, { ...note, spans: placed.length })}\n`;
    for (const [i, { span }] of placed.entries()) {
      if (span.run === null || span.run === run) continue;
      const { ms, failure } = span;
      const capture = { ...note, partial: isPartial && !isWhole(placed, i), spans: sizes[i] as number };
      lines += `${this.head(span.run, { ms: Math.max(ms, 0), failure, status: null }, capture)}\n`;
      yield;
    }
    return `${lines}${spans === '' ? '[' : spans}]\n`;
  }

  private head(run: Run, end: RunEnd, capture: CaptureNote): string {
    const { ms, failure, status } = end;
    const parts = { type: this.typeOf(run.operation), worker: this.worker, ms, failure, status, capture };
    return headJson(run, parts, this.encode);
  }

  private typeOf({ address, kind }: CompiledOperation): string {
    if (kind !== 'server') return kind;
    let type = this.typesOf.get(address);
    if (type === undefined) {
      type = this.types.get(address.slice(0, address.lastIndexOf('/'))) ?? 'http';
      this.typesOf.set(address, type);
    }
    return type;
  }
}

/** Puts in what the run was given and never looked at: at once, or with the promise that it gives. */
function readInput(run: Run, recorder: SpanRecorder): Promise<void> | null {
  const [root] = recorder.spans;
  const evidence = run.trigger?.evidence;
  if (root?.run !== run || evidence === undefined) return null;
  const put = (input: unknown): void => {
    root.input = input;
  };
  const whole = evidence.readWhole(root.input);
  if (whole instanceof Promise) return whole.then(put);
  put(whole);
  return null;
}

/** How many spans each one is, with those that are part of it. */
function sizesOf(placed: readonly Placed[]): number[] {
  const sizes = placed.map(() => 1);
  for (let i = placed.length - 1; i > 0; i--) {
    const within = placed[i]?.within;
    if (within !== null && within !== undefined) sizes[within] = (sizes[within] as number) + (sizes[i] as number);
  }
  return sizes;
}

/** Whether everything of a called run is there, because its capture, or that of a run around it, is on. */
function isWhole(placed: readonly Placed[], index: number): boolean {
  for (let at = placed[index]; at !== undefined; at = at.within === null ? undefined : placed[at.within])
    if (at.span.keep === 'all') return true;
  return false;
}
