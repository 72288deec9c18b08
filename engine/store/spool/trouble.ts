import { levels } from '../../log/record.ts';
import { addCounts, describeCounts, type LevelCounts, noLines } from '../../log/sinks/levels.ts';
import type { SegmentKind } from '../segments.ts';
import type { StoreNotice } from '../spool.ts';

export interface Lost {
  records: Readonly<LevelCounts>;
  captures: number;
}

/** Whether the store can be written. From the first failure until everything works again is one trouble, told twice. */
export class Trouble {
  lastError: string | null = null;
  private readonly failing = new Set<SegmentKind>();
  private reason = '';
  private before: Lost = { records: noLines(), captures: 0 };

  /** @param lost what has been dropped since the start */
  constructor(
    private readonly dir: string,
    private readonly lost: () => Lost,
    private readonly report: (notice: StoreNotice) => void,
  ) {}

  get isOver(): boolean {
    return this.failing.size === 0;
  }

  failed(kind: SegmentKind, reason: string): void {
    this.lastError = reason;
    const begins = this.isOver;
    this.failing.add(kind);
    if (!begins) return;
    this.reason = reason;
    const { records, captures } = this.lost();
    this.before = { records: { ...records }, captures };
    this.report({
      level: 'error',
      event: 'store.failed',
      message: `The store in ${this.dir} cannot be written: ${reason}. Records and captures are kept in memory as long as there is room. Free some space or descriptors, or give the user that runs Sluice the right to write there.`,
    });
  }

  works(kind: SegmentKind): void {
    if (!this.failing.delete(kind) || !this.isOver) return;
    const { records, captures } = this.lost();
    const dropped = noLines();
    addCounts(dropped, records);
    for (const level of levels) dropped[level] -= this.before.records[level];
    const lost = [
      ...(describeCounts(dropped) === '' ? [] : [`records: ${describeCounts(dropped)}`]),
      ...(captures > this.before.captures ? [`captures: ${captures - this.before.captures}`] : []),
    ];
    this.report({
      level: lost.length > 0 ? 'warning' : 'info',
      event: 'store.recovered',
      message: `The store in ${this.dir} can be written again, after: ${this.reason}. ${lost.length > 0 ? `Dropped for lack of room: ${lost.join('; ')}.` : 'Nothing was dropped.'}`,
    });
  }
}
