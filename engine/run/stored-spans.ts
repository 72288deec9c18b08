import { preciseTime } from '../log/timestamp.ts';
import type { SpanTree } from '../store/run-head.ts';
import { errorShape } from './failure.ts';
import { holderOf, type Span, type SpanRecorder } from './spans.ts';

/** A span that is to be stored, and the index of the one that it is stored below; null for none. */
export interface Placed {
  readonly span: Span;
  readonly within: number | null;
}

/** The spans of a recorded run that are to be stored, in the order in which they began: all of them, or those that ask for it. */
export function placeSpans(recorder: SpanRecorder, whole: boolean): Placed[] {
  const placed: Placed[] = [];
  const indexes = new Map<Span, number>();
  /** Spans that everything below is stored of. */
  const open = new Set<Span>();
  for (const span of recorder.spans) {
    const holder = holderOf(span);
    if (!whole) {
      if (span.keep === 'all' || (holder !== null && open.has(holder))) open.add(span);
      else if (span.keep === 'no') continue;
    }
    let above = holder;
    while (above !== null && !indexes.has(above)) above = holderOf(above);
    indexes.set(span, placed.length);
    placed.push({ span, within: above === null ? null : (indexes.get(above) as number) });
  }
  return placed;
}

/** Which values of a span are only outlines; undefined for none. */
export function leftOutOf({ isInputCut, isOutputCut }: Span): ('input' | 'output')[] | undefined {
  if (!isInputCut && !isOutputCut) return undefined;
  return [...(isInputCut ? (['input'] as const) : []), ...(isOutputCut ? (['output'] as const) : [])];
}

/** The spans of a recorded run as trees. `zero` is what performance.now() was in 1970. */
export function spanTrees(recorder: SpanRecorder, zero: number): SpanTree[] {
  const placed = placeSpans(recorder, true);
  const trees = placed.map(({ span }) => treeOf(span, zero));
  for (const [i, { within }] of placed.entries())
    if (within !== null) trees[within]?.children.push(trees[i] as SpanTree);
  return trees.filter((_, i) => placed[i]?.within === null);
}

const treeOf = (span: Span, zero: number): SpanTree => ({
  node: span.node,
  ...(span.run && { run: span.run.id }),
  ...(span.iteration !== undefined && { iteration: span.iteration }),
  ...(span.attempt !== undefined && { attempt: span.attempt }),
  begin: preciseTime(zero + span.begin),
  ms: Math.round(Math.max(span.ms, 0) * 1000) / 1000,
  input: span.input,
  output: span.output ?? null,
  error: span.failure && errorShape(span.failure),
  ...(leftOutOf(span) && { leftOut: leftOutOf(span) as ('input' | 'output')[] }),
  ...(span.dropped > 0 && { spansLeftOut: span.dropped }),
  children: [],
});
