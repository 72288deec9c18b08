import type { Source } from './source.ts';
import type { ImportWarning } from './types.ts';

/** Collects what could not be carried over, in the order in which it was met. */
export class Report {
  private readonly list: (ImportWarning & { count: number; compose?: (more: string) => string })[] = [];
  private readonly tallies = new Map<string, (typeof this.list)[number]>();

  warn(resource: string | null, at: Source, message: string): void {
    this.list.push({ resource, pointer: at.pointer, message, count: 1 });
  }

  /** Warns once for everything with the same key: at the first place, with the number of the others. */
  tally(key: string, resource: string | null, at: Source, compose: (more: string) => string): void {
    const former = this.tallies.get(key);
    if (former !== undefined) {
      former.count += 1;
      return;
    }
    const entry = { resource, pointer: at.pointer, message: '', count: 1, compose };
    this.tallies.set(key, entry);
    this.list.push(entry);
  }

  get warnings(): ImportWarning[] {
    return this.list.map(({ resource, pointer, message, count, compose }) => {
      const others =
        count === 1 ? '' : count === 2 ? ', here and in one more place' : `, here and in ${count - 1} more places`;
      return { resource, pointer, message: compose?.(others) ?? message };
    });
  }
}
