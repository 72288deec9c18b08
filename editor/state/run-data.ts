import type { Action, Operation } from '../../engine/document/types.ts';
import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';
import { actionsById } from './run-actions.ts';
import type { ShownRun } from './run-shape.ts';
import { timeOf } from './run-time.ts';
import { actionIdOf, attemptsAt, rootOf } from './run-view.ts';

/** All scopes at one moment, by name. */
export type RunData = { readonly [scope: string]: unknown };

/** Two clocks of microseconds differ by less than that, in milliseconds. */
const tolerance = 0.01;

/**
 * The data that a node found when it began, as far as the spans tell: the request or input, the variables as the steps before
 * had written them, the scopes of the iterations around it, and the error it was to handle. Of a node that was not reached,
 * and of `end`, the data when the run was over. Linear in the spans.
 * @param operation says where results went; left out, the definition that ran
 */
export function dataBefore(
  run: ShownRun,
  id: string,
  iterations: ReadonlyMap<string, number> = new Map(),
  operation: Operation | null = run.ran ?? run.nearest ?? null,
): RunData {
  const root = rootOf(run);
  const found = id === 'end' || id === 'start' ? undefined : attemptsAt(run, id, iterations)[0];
  const data = new MomentData(operation, found);
  const top = root?.children ?? run.spans;
  if (id !== 'start') data.read(top, found === undefined ? [] : (pathTo(top, found) ?? []));
  const own = root === null ? {} : { [ownScope(run.address)]: root.input };
  return { ...own, ...data.scopes(), run: { id: run.id } };
}

const ownScope = (address: string): string =>
  ({ server: 'request', service: 'input', client: 'received' })[address.split('/')[0] as 'server'] ?? 'input';

/** The spans from the outermost one to the one that is looked for, itself last. */
function pathTo(spans: readonly SpanTree[], target: SpanTree): SpanTree[] | null {
  for (const span of spans) {
    if (span === target) return [span];
    const below = span.run === undefined ? pathTo(span.children, target) : null;
    if (below !== null) return [span, ...below];
  }
  return null;
}

class MomentData {
  private readonly variables: { [name: string]: unknown } = {};
  private readonly locals: { [name: string]: unknown } = {};
  private readonly actions: ReadonlyMap<string, Action>;
  private error: ErrorShape | null = null;
  private readonly until: number;

  constructor(operation: Operation | null, target: SpanTree | undefined) {
    this.actions = operation === null ? new Map() : actionsById(operation);
    this.until = target === undefined ? Number.POSITIVE_INFINITY : timeOf(target.begin) + tolerance;
  }

  scopes(): RunData {
    return { variables: this.variables, ...this.locals, ...(this.error !== null && { error: this.error }) };
  }

  /** Reads what was written before the last span of the path, which leads from one of these spans to it. */
  read(spans: readonly SpanTree[], [next, ...path]: readonly SpanTree[]): void {
    let failed: SpanTree | null = null;
    for (const span of spans) {
      if (span === next) break;
      // Other iterations share the variables with this one, but not its scope.
      const isBeside = next !== undefined && span.iteration !== next.iteration;
      this.take(span, isBeside);
      if (isBeside || span.run !== undefined) continue;
      if (span.error !== null) failed = span;
      else if (failed?.node === span.node) failed = null;
    }
    if (next === undefined) return;
    if (failed !== null) this.error = failed.error;
    const below = path[0];
    if (below === undefined) return;
    this.lend(next, below.iteration);
    this.read(next.children, path);
  }

  /** The scope of an iteration, as its steps found it. */
  private lend({ input }: SpanTree, index: number | undefined): void {
    if (typeof input !== 'object' || input === null || index === undefined) return;
    const { scope, array, values, initial } = input as { [key: string]: unknown };
    if (typeof scope !== 'string') return;
    const items = array ?? values;
    this.locals[scope] = {
      index,
      ...(Array.isArray(items) && { value: items[index] }),
      ...(initial !== undefined && index === 0 && { accumulator: initial }),
    };
  }

  /** What a span and those inside it wrote. */
  private take(span: SpanTree, isBeside: boolean): void {
    if (span.run !== undefined) return;
    for (const child of span.children) this.take(child, isBeside);
    if (span.error !== null || timeOf(span.begin) + span.ms > this.until) return;
    const action = this.actions.get(actionIdOf(span));
    if (action === undefined || action.output === null) return;
    // An action without a result writes nothing where the document does not say so.
    if (action.output === undefined && span.output === null) return;
    const [scope, ...keys] = action.output ?? ['variables', 'output'];
    if (!keys.every((key) => typeof key === 'string' || typeof key === 'number')) return;
    if (scope === 'variables') Object.assign(this.variables, put(this.variables, keys, span.output));
    else if (typeof scope === 'string' && !isBeside && Object.hasOwn(this.locals, scope))
      this.locals[scope] = put(this.locals[scope], keys, span.output);
  }
}

/** A copy of data with a value at a path. */
function put(data: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof key === 'number' && (data === null || data === undefined || Array.isArray(data))) {
    const items: unknown[] = [...(data ?? [])];
    const index = key < 0 ? items.length + key : key;
    if (index >= 0 && index <= items.length + 1000) items[index] = put(items[index], rest, value);
    return items;
  }
  const members = { ...(data as { [name: string]: unknown } | null | undefined) };
  members[key] = put(Object.hasOwn(members, key) ? members[key] : undefined, rest, value);
  return members;
}
