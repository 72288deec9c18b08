import type { ActionStep } from '../graph/steps.ts';
import type { NodeRun } from '../state/shown-run.ts';
import { stateWords } from './run-text.ts';

/** An action in one sentence, for those who do not see its node. */
export function actionSummary(
  { action, title, output, lanes }: ActionStep,
  { run, faults }: { run?: NodeRun | undefined; faults?: readonly string[] } = {},
): string {
  const parts = [`${title}, ${action.action}`];
  if (action.enabled === false) parts.push('disabled');
  if (action.mock?.enabled) parts.push('mocked');
  if (output !== null) parts.push(`result to ${output}`);
  if (lanes.length > 0) parts.push(`holds ${lanes.map((lane) => lane.label).join(', ')}`);
  if (run !== undefined) parts.push(stateWords(run));
  const [fault] = faults ?? [];
  if (fault !== undefined) parts.push(`not valid yet: ${fault.replace(/\.$/, '')}`);
  return parts.join('; ');
}
