import type { ActionStep } from '../graph/steps.ts';

/** An action in one sentence, for those who do not see its node. */
export function actionSummary({ action, title, output, lanes }: ActionStep): string {
  const parts = [`${title}, ${action.action}`];
  if (action.enabled === false) parts.push('disabled');
  if (output !== null) parts.push(`result to ${output}`);
  if (lanes.length > 0) parts.push(`holds ${lanes.map((lane) => lane.label).join(', ')}`);
  return parts.join('; ');
}
