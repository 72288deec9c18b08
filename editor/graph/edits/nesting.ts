import { expressionKind } from '../../../engine/document/expression.ts';
import { deepestWorkflow, tooDeep } from '../../../engine/document/nesting.ts';
import type { Json, Operation, Workflow } from '../../../engine/document/types.ts';
import { isVerbatim } from './lists.ts';

/** Why an edit cannot be made, as a sentence: it nests workflows deeper than any run would take them. */
export const whyTooDeep = (before: Operation, after: Operation): string | undefined =>
  after !== before && depthOf(after) > Math.max(deepestWorkflow, depthOf(before)) ? tooDeep : undefined;

/** How many workflows are nested in each other at most; 0 where only the operation's own have steps. */
const depthOf = ({ workflow, onError }: Operation): number =>
  Math.max(inWorkflow(workflow), onError === undefined ? 0 : inWorkflow(onError));

function inWorkflow({ actions, output }: Workflow): number {
  let deepest = output === undefined ? 0 : inValue(output);
  for (const { action, input, output: path } of actions) {
    for (const [field, value] of Object.entries(input ?? {}))
      if (!isVerbatim(action, field)) deepest = Math.max(deepest, inValue(value));
    if (Array.isArray(path)) deepest = Math.max(deepest, inValue(path));
  }
  return deepest;
}

function inValue(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  const kind = expressionKind(value);
  if (kind === '$literal') return 0;
  if (kind === '$do') return 1 + inWorkflow((value as { $do: unknown }).$do as Workflow);
  return Object.values(value).reduce<number>((deepest, part) => Math.max(deepest, inValue(part as Json)), 0);
}
