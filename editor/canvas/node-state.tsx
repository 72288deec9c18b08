import type { NodeRun } from '../state/shown-run.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { msText, stateWords } from './run-text.ts';

const icons: Record<NodeRun['state'], IconName> = {
  ok: 'ok',
  failed: 'failed',
  'holds-failure': 'failed',
  'not-reached': 'none',
  running: 'running',
};

/** What became of a node in the shown run: a sign, and how long it took. */
export const NodeState = ({ run }: { run: NodeRun }) => (
  <span className={`node-state run-${run.state}${run.isStale ? ' is-stale' : ''}`} title={stateWords(run)}>
    <Icon name={icons[run.state]} {...(run.state === 'running' && { className: 'spin' })} />
    {run.ms !== undefined && run.state !== 'not-reached' && msText(run.ms)}
  </span>
);

/** The class that draws a state's outline. */
export const stateClass = (run: NodeRun | undefined): string =>
  run === undefined ? '' : ` run-${run.state}${run.isStale ? ' is-stale' : ''}`;
