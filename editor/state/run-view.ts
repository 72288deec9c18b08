import type { SpanTree } from '../../engine/store/run-head.ts';
import type { ShownRun } from './run-shape.ts';

/** What is seen of a run when one iteration of each container is chosen. */
export interface RunView {
  /** The span of the whole run; null where only single actions were captured. */
  root: SpanTree | null;
  /** The spans of each action by its id, one for each attempt. */
  attempts: ReadonlyMap<string, readonly SpanTree[]>;
}

const views = new WeakMap<ShownRun, { iterations: ReadonlyMap<string, number>; view: RunView }>();

/** The chosen part of a run; made once for each choice. Linear in the spans that are chosen. */
export function viewOf(run: ShownRun, iterations: ReadonlyMap<string, number>): RunView {
  const known = views.get(run);
  if (
    known !== undefined &&
    (known.iterations === iterations || (known.iterations.size === 0 && iterations.size === 0))
  )
    return known.view;
  const attempts = new Map<string, SpanTree[]>();
  const add = (spans: readonly SpanTree[]): void => {
    for (const span of spans) {
      // Runs that it called have a canvas of their own, even where an operation calls itself.
      if (span.run !== undefined) continue;
      const id = actionIdOf(span);
      const earlier = attempts.get(id);
      if (earlier === undefined || !isRepeated(earlier, span)) attempts.set(id, [span]);
      else earlier.push(span);
      add(chosenChildren(span, iterations));
    }
  };
  const root = rootOf(run);
  add(root?.children ?? run.spans);
  const view = { root, attempts };
  views.set(run, { iterations, view });
  return view;
}

/** The span of the whole run; null where there is none. */
export const rootOf = (run: ShownRun): SpanTree | null =>
  run.spans.find((span) => span.run === run.id) ?? run.spans.find((span) => span.run !== undefined) ?? null;

const isRepeated = (earlier: readonly SpanTree[], { attempt }: SpanTree): boolean =>
  attempt !== undefined && attempt === (earlier.at(-1)?.attempt ?? 0) + 1;

export const actionIdOf = ({ node }: SpanTree): string => node.slice(node.lastIndexOf('/') + 1);

/** The spans inside a span, of the chosen iteration where there are several. */
function chosenChildren(span: SpanTree, iterations: ReadonlyMap<string, number>): readonly SpanTree[] {
  const passes = passesOf(span);
  if (passes === null) return span.children;
  const shown = Math.min(iterations.get(actionIdOf(span)) ?? failedPasses(span)[0] ?? 0, passes.count - 1);
  return span.children.filter(({ iteration }) => iteration === undefined || iteration === shown);
}

/**
 * How often a span repeats the steps inside it, and how many of these times were begun; null for one that does not. What
 * repeats has a scope for its steps, and gives them numbers of their own.
 */
export function passesOf(span: SpanTree): { count: number; reached: number } | null {
  let last = -1;
  let isOwn = hasScope(span.input);
  for (const { iteration } of span.children) {
    if (iteration === undefined) continue;
    if (iteration !== span.iteration) isOwn = true;
    if (iteration > last) last = iteration;
  }
  if (!isOwn || last < 0) return null;
  return { count: Math.max(itemsOf(span.input), last + 1), reached: last + 1 };
}

/** The numbers of the iterations that failed: those with a step whose last attempt did. */
export function failedPasses(span: SpanTree): number[] {
  const last = new Map<string, SpanTree>();
  for (const child of span.children) if (child.run === undefined) last.set(`${child.node} ${child.iteration}`, child);
  const failed = new Set<number>();
  for (const { error, iteration } of last.values())
    if (error !== null && iteration !== undefined) failed.add(iteration);
  return [...failed].sort((a, b) => a - b);
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasScope = (input: unknown): boolean => isObject(input) && typeof input.scope === 'string';

function itemsOf(input: unknown): number {
  if (!isObject(input)) return 0;
  const items = input.array ?? input.values;
  if (Array.isArray(items)) return items.length;
  return typeof input.times === 'number' && Number.isSafeInteger(input.times) ? input.times : 0;
}

/**
 * The span of a node in the iterations that are chosen; of several attempts the last one, of `start` and `end` that of the
 * whole run. Undefined where the node was not reached.
 */
export function spanAt(
  run: ShownRun,
  id: string,
  iterations: ReadonlyMap<string, number> = new Map(),
): SpanTree | undefined {
  if (id === 'start' || id === 'end') return viewOf(run, iterations).root ?? undefined;
  return attemptsAt(run, id, iterations).at(-1);
}

/** The spans of all attempts of a node in the iterations that are chosen, the first one first. */
export const attemptsAt = (
  run: ShownRun,
  id: string,
  iterations: ReadonlyMap<string, number> = new Map(),
): readonly SpanTree[] => viewOf(run, iterations).attempts.get(id) ?? [];
