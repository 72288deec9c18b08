import { timeOf } from '../../log/parse-line.ts';
import { type Block, beginOfLine, linesOfBlock } from './blocks.ts';
import type { Place } from './cursor.ts';
import type { Pace } from './pace.ts';
import { endOfHead, indexedRun, usageLines, usedRun } from './run-lines.ts';
import type { PlacedBlock } from './walk.ts';

/** A line about a run that has ended. */
export interface EndedRun {
  id: string;
  /** Milliseconds since 1970. */
  end: number;
  line: string;
  /** Where the line begins. */
  place: Place;
}

/** The runs of a block in their order, with where their lines begin in the file. */
type RunsOfBlock = (block: Block) => (Omit<EndedRun, 'place'> & { at: number })[];

/** Of the index of captured runs. */
export const indexedRuns: RunsOfBlock = (block) => {
  const runs: ReturnType<RunsOfBlock> = [];
  let { at } = block;
  for (const line of linesOfBlock(block)) {
    const id = indexedRun(line);
    const end = endOfHead(line);
    if (id !== undefined && end !== undefined) runs.push({ id, end, line, at });
    at += Buffer.byteLength(line) + 1;
  }
  // Bytes that are no UTF-8 are longer as text.
  if (at !== block.at + block.bytes.length) {
    const lines = linesOfBlock(block);
    for (const run of runs) run.at = beginOfLine(block, lines.indexOf(run.line));
  }
  return runs;
};

/** Of log records. */
export const usedRuns: RunsOfBlock = ({ bytes, at }) => {
  const runs: ReturnType<RunsOfBlock> = [];
  for (const { line, begin } of usageLines(bytes)) {
    const id = usedRun(line);
    const end = timeOf(line);
    if (id !== undefined && end !== undefined) runs.push({ id, end, line, at: at + begin });
  }
  return runs;
};

/** Runs in the reverse order of their arrival, of which the next can be seen before it is taken. */
export class EndedRuns {
  /** Everything that ended after this, in milliseconds since 1970, has been read; roughly, and if anything too late. */
  readTill = Number.POSITIVE_INFINITY;
  /** Of those that have been read. */
  readonly ids = new Set<string>();
  /** What has been read and not been taken, the last ones first. */
  private ahead: EndedRun[] = [];
  private first = 0;
  private isRead = false;
  private hasBegun = false;
  private taken: Place | null;
  private reached: Place | null;

  /** @param place before which they begin; null for the newest */
  constructor(
    private readonly blocks: AsyncGenerator<PlacedBlock>,
    private readonly runsOf: RunsOfBlock,
    private readonly pace: Pace,
    place: Place | null,
  ) {
    this.taken = place;
    this.reached = place;
  }

  /** The next one; null when there is none, undefined when there is no time left to look. */
  async peek(): Promise<EndedRun | null | undefined> {
    for (;;) {
      const run = this.ahead[this.first];
      if (run !== undefined) return run;
      if (this.isRead) return null;
      if (this.hasBegun && this.pace.isOver) return undefined;
      await this.read();
    }
  }

  /** Takes the one that was seen. */
  take(): void {
    this.taken = (this.ahead[this.first] as EndedRun).place;
    this.first++;
    if (this.first < this.ahead.length) return;
    this.ahead = [];
    this.first = 0;
  }

  /** Reads on until all that ended after a time have been read, or so many wait. */
  async readTo(end: number, most: number): Promise<void> {
    while (!this.isRead && this.readTill > end && this.ahead.length - this.first < most) await this.read();
  }

  /** One that has been read and not been taken. */
  waiting(id: string): EndedRun | undefined {
    return this.ids.has(id) ? this.ahead.find((run, i) => i >= this.first && run.id === id) : undefined;
  }

  /** Where to go on later; null when nothing is left. */
  get place(): Place | null {
    if (this.first < this.ahead.length) return this.taken;
    return this.isRead ? null : this.reached;
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    await this.blocks.return(undefined);
  }

  private async read(): Promise<void> {
    const next = await this.blocks.next();
    await this.pace.breathe();
    if (next.done) {
      this.isRead = true;
      this.readTill = Number.NEGATIVE_INFINITY;
      return;
    }
    const block = next.value;
    const { day, segment } = block;
    this.hasBegun = true;
    this.taken ??= { day, segment, at: block.at + block.bytes.length };
    this.reached = { day, segment, at: block.at };
    const runs = this.runsOf(block);
    for (const { id, end, line, at } of runs.reverse()) {
      this.ids.add(id);
      this.ahead.push({ id, end, line, place: { day, segment, at } });
    }
    const till = runs.length > 0 ? Math.max(...runs.map(({ end }) => end)) : timeOfBlock(block);
    if (till !== undefined) this.readTill = till;
  }
}

const headBytes = 1024;

const timeOfBlock = ({ bytes }: Block): number | undefined => {
  const head = bytes.toString('latin1', 0, headBytes);
  return timeOf(head) ?? endOfHead(head);
};
