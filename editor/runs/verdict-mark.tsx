import type { Simulation } from '../../engine/document/types.ts';
import type { ShownRun } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';
import { verdictOf } from './expected.ts';

/** How the last run of a simulation went: against what is expected, or else by itself. */
export function VerdictMark({ simulation, run }: { simulation: Simulation; run: ShownRun | undefined }) {
  const { kind } = verdictOf(simulation, run);
  const [icon, tone, words] =
    kind === 'passed'
      ? (['ok', 'is-ok', 'passed'] as const)
      : kind === 'failed'
        ? (['failed', 'is-failed', 'failed'] as const)
        : run === undefined || run.upTo !== undefined
          ? (['none', 't3', kind === 'unknown' ? 'test, not run yet' : 'not run yet'] as const)
          : run.state === 'succeeded'
            ? (['ok', 'is-ok', 'ran'] as const)
            : (['failed', 'is-failed', `run ${run.state}`] as const);
  return (
    <>
      <Icon name={icon} className={tone} />
      <span className="vh">{words}: </span>
      {simulation.expected !== undefined && (
        <span className="badge badge-plain" aria-hidden="true">
          test
        </span>
      )}
    </>
  );
}
