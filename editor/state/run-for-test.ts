import type { Operation } from '../../engine/document/types.ts';
import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';
import type { ShownRun } from './shown-run.ts';

const address = 'server/shop/order';
const zero = Date.parse('2026-11-21T12:00:00.000Z');

interface Part extends Partial<Omit<SpanTree, 'begin' | 'children'>> {
  /** Milliseconds after the run began. */
  at?: number;
  children?: readonly SpanTree[];
}

/** A span of an action of the operation that tests look at. */
export const span = (id: string, { at = 0, children = [], ...part }: Part = {}): SpanTree => ({
  node: `${address}/${id}`,
  begin: new Date(zero + at).toISOString(),
  ms: 1,
  input: null,
  output: null,
  error: null,
  ...part,
  children: [...children],
});

export const failure = (id: string, code = 'raised', message = 'no'): ErrorShape => ({
  name: 'ActionFailure',
  message,
  code,
  node: `${address}/${id}`,
});

/** A run with these spans as its steps. */
export function runOf(children: readonly SpanTree[], ran: Operation | null, part: Partial<ShownRun> = {}): ShownRun {
  const { error = null, output = null } = part;
  const root = { ...span('', { ms: 20, input: { query: { name: 'ann' } }, output, error, children }), node: address };
  return {
    kind: 'simulation',
    id: 'R1',
    address,
    state: error === null ? 'succeeded' : 'failed',
    output,
    error,
    spans: [{ ...root, run: 'R1' }],
    ms: 20,
    begin: root.begin,
    ran,
    ...part,
  };
}
