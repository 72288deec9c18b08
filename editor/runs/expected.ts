import { type Difference, differences } from '../../engine/document/difference.ts';
import type { Json, Simulation } from '../../engine/document/types.ts';
import type { ShownRun } from '../state/shown-run.ts';

/** Whether a simulation is a test, and how it went; `unknown` before it was run. */
export type Verdict =
  | { kind: 'none' }
  | { kind: 'unknown' }
  | { kind: 'passed' }
  | { kind: 'failed'; differences: readonly Difference[] };

const most = 100;

/** Compares what a run gave with what is expected. */
export function verdictOf(simulation: Simulation, run: ShownRun | undefined): Verdict {
  if (simulation.expected === undefined) return { kind: 'none' };
  if (run === undefined || run.upTo !== undefined) return { kind: 'unknown' };
  const ignore = (simulation.ignore ?? []).map(pathOf);
  const found = differences(without(simulation.expected, ignore), without(plain(run.output), ignore), most);
  // A run that failed, and that nothing answered for, gives null: that is no output.
  const isAnswered = run.state === 'succeeded' || run.output !== null;
  return found.length === 0 && isAnswered ? { kind: 'passed' } : { kind: 'failed', differences: found };
}

/** How a run ended: what was expected of it counts more than that it came to its end. */
export interface RunEnd {
  /** As in `Test failed: 2 differences`. */
  words: string;
  tone: 'ok' | 'failed' | 'off';
  /** It gave something else than is expected. */
  differs: boolean;
}

const tones = { succeeded: 'ok', failed: 'failed', cancelled: 'off', interrupted: 'failed', running: 'off' } as const;

/** How a run ended; `simulation` is the stored one that it is a run of, if it is of one. */
export function endOf(simulation: Simulation | undefined, run: ShownRun): RunEnd {
  const verdict = simulation === undefined ? null : verdictOf(simulation, run);
  const words = `${run.kind === 'simulation' ? 'Simulation' : 'Run'} ${run.state}`;
  if (verdict?.kind === 'passed') return { words: `${words}, test passed`, tone: 'ok', differs: false };
  // A run without an output has a reason of its own, which says more than what it lacks.
  if (verdict?.kind !== 'failed' || (run.state !== 'succeeded' && run.output === null))
    return { words, tone: tones[run.state], differs: false };
  const { length } = verdict.differences;
  const count = length === 1 ? '1 difference' : `${length === most ? `${most} or more` : length} differences`;
  return { words: `Test failed: ${count}`, tone: 'failed', differs: true };
}

const plain = (output: unknown): Json => (output === undefined ? null : (output as Json));

/** A path as a simulation holds it: `body.id`, `body.lines.*.id`, `/body/id`, or an array of keys. */
export function pathOf(path: Json): string[] {
  if (Array.isArray(path)) return path.map(String);
  const text = String(path);
  if (text.startsWith('/'))
    return text
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return text.split('.').filter((part) => part !== '');
}

/** A copy of a value without what lies at the paths; `*` stands for any key. */
function without(value: Json, paths: readonly (readonly string[])[]): Json {
  if (paths.length === 0 || typeof value !== 'object' || value === null) return value;
  const of = (key: string) => paths.filter(([first]) => first === key || first === '*').map(([, ...rest]) => rest);
  if (Array.isArray(value))
    return value.map((item, index) => {
      const below = of(String(index));
      // Its place stays, so that the others keep theirs.
      return below.some((path) => path.length === 0) ? null : without(item, below);
    });
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const below = of(key);
      return below.some((path) => path.length === 0) ? [] : [[key, without(member, below)]];
    }),
  );
}

/** `/body/lines/0` as `body.lines.0`. */
export const pointerInWords = (pointer: string): string => pathOf(pointer).join('.') || 'the whole output';
