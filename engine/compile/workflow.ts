import type { Workflow } from '../document/types.ts';
import { Break } from '../run/context.ts';
import type { Scopes } from '../run/scopes.ts';
import { compileAction } from './action.ts';
import type { OperationBuilder, Step } from './builder.ts';
import type { Evaluate } from './evaluate.ts';

/** Compiles a workflow; evaluating it runs its steps and gives its output. */
export function compileWorkflow(workflow: Workflow, build: OperationBuilder): Evaluate {
  const steps = workflow.actions
    .filter((action) => action.enabled !== false)
    .map((action) => compileAction(action, build));
  const output = workflow.output === undefined ? null : build.value(workflow.output).evaluate;
  return (scopes) => runSteps(steps, 0, scopes, output, null);
}

// The execution model: steps one after the other, and only what is a promise is waited for.
function runSteps(
  steps: readonly Step[],
  from: number,
  scopes: Scopes,
  output: Evaluate | null,
  before: unknown,
): unknown {
  let last = before;
  for (let i = from; i < steps.length; i++) {
    last = (steps[i] as Step)(scopes);
    if (last instanceof Promise) {
      return last.then((result) =>
        result instanceof Break ? result.value : runSteps(steps, i + 1, scopes, output, result),
      );
    }
    if (last instanceof Break) return last.value;
  }
  return output === null ? last : output(scopes);
}
