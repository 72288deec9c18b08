import type { SpanTree } from '../../engine/store/run-head.ts';
import { timeOf } from '../state/run-time.ts';
import { actionIdOf, passesOf } from '../state/run-view.ts';
import type { ShownRun } from '../state/shown-run.ts';

/** One line of the waterfall. */
export interface WaterfallRow {
  /** From the root: the index of the span in each list. */
  key: string;
  span: SpanTree;
  /** From 0. */
  level: number;
  /** What it is called: the id of the action, or the operation of a run, as in `tools/echo`. */
  name: string;
  /** `item 2`, `attempt 1`. */
  note: string;
  hasChildren: boolean;
  isOpen: boolean;
  /** How many stand in the same list, and which one it is, from 1. */
  size: number;
  position: number;
  /** Parts of the whole duration, from 0 to 1. */
  from: number;
  width: number;
  /** The run that it belongs to: the address of its operation, and the span of that run where it was called by another. */
  called: (SpanTree & { run: string }) | null;
  /** The iteration of each container around it within its run, by the container's id. */
  iterations: ReadonlyMap<string, number>;
}

const none: ReadonlyMap<string, number> = new Map();

/** The spans of a run as lines, depth first, without what is folded. Linear in the lines that are there. */
export function waterfallRows(run: ShownRun, folded: ReadonlySet<string>): WaterfallRow[] {
  const starts = run.spans.map(({ begin }) => timeOf(begin));
  const zero = Math.min(...starts);
  const end = run.spans.reduce((latest, { ms }, index) => Math.max(latest, (starts[index] as number) + ms), zero);
  const total = Math.max(end - zero, 0.001);
  const rows: WaterfallRow[] = [];
  const add = (
    spans: readonly SpanTree[],
    level: number,
    above: string,
    called: WaterfallRow['called'],
    around: ReadonlyMap<string, number>,
    container: SpanTree | null,
  ): void => {
    const repeats = container !== null && passesOf(container) !== null;
    for (const [index, span] of spans.entries()) {
      const key = above === '' ? String(index) : `${above}.${index}`;
      const isCalled = span.run !== undefined && span.run !== run.id;
      const own = isCalled ? (span as SpanTree & { run: string }) : called;
      const iterations =
        repeats && container !== null && span.iteration !== undefined && !isCalled
          ? new Map(around).set(actionIdOf(container), span.iteration)
          : isCalled
            ? none
            : around;
      const isOpen = !folded.has(key);
      rows.push({
        key,
        span,
        level,
        name: span.run === undefined ? actionIdOf(span) : span.node.slice(span.node.indexOf('/') + 1),
        note: noteOf(span, repeats),
        hasChildren: span.children.length > 0,
        isOpen,
        size: spans.length,
        position: index + 1,
        from: Math.min(Math.max((timeOf(span.begin) - zero) / total, 0), 1),
        width: Math.min(span.ms / total, 1),
        called: own,
        iterations,
      });
      if (isOpen) add(span.children, level + 1, key, own, iterations, span.run === undefined ? span : null);
    }
  };
  add(run.spans, 0, '', null, none, null);
  return rows;
}

function noteOf({ iteration, attempt, run }: SpanTree, repeats: boolean): string {
  const parts: string[] = [];
  if (repeats && iteration !== undefined) parts.push(`item ${(iteration + 1).toLocaleString('en')}`);
  if (attempt !== undefined) parts.push(`attempt ${attempt}`);
  if (run !== undefined) parts.push('run');
  return parts.join(', ');
}
