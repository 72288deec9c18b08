import { walkWorkflow } from '../../engine/document/expression.ts';
import type { Action, Resource, Workflow } from '../../engine/document/types.ts';
import { pointerTo } from '../forms/value-path.ts';

/** Where an operation stands in its resource's document, as a JSON Pointer; null when it is not there. */
export function pointerOfOperation(document: Resource | null, id: string): string | null {
  if (document === null || !('operations' in document)) return null;
  const index = (document.operations as readonly { id: string }[] | undefined)?.findIndex((one) => one.id === id) ?? -1;
  return index < 0 ? null : `/operations/${index}`;
}

/**
 * Where an action of an operation stands in it, nested ones too; undefined when it is not there. `isVerbatim` knows the fields
 * that are never searched.
 */
export function pointerOfAction(
  operation: { workflow: Workflow; onError?: Workflow },
  id: string,
  isVerbatim: (action: string, field: string) => boolean,
): string | undefined {
  let pointer: string | undefined;
  for (const part of ['workflow', 'onError'] as const) {
    const workflow = operation[part];
    if (workflow === undefined) continue;
    walkWorkflow(workflow, {
      action: (action: Action, path) => {
        if (action.id === id) pointer ??= `/${part}${pointerTo(path)}`;
      },
      verbatim: isVerbatim,
    });
  }
  return pointer;
}
