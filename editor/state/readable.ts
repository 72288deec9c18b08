import { expressionKind } from '../../engine/document/expression.ts';
import type { Resource } from '../../engine/document/types.ts';

type Found = { [key: string]: unknown };
const isObject = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Why a document cannot be shown; null when it can. A draft may be wrong in any way, which the engine tells as faults; what is
 * looked at here is only what the screens build on: lists that are lists, ids and titles that are texts, workflows with actions.
 */
export function whyUnreadable(document: unknown): string | null {
  if (!isObject(document)) return 'it is not an object';
  return (
    whyNamedWrong(document, 'it') ??
    listOf(document, 'operations', operationFault) ??
    (document.onError === undefined ? null : workflowFault(document.onError, 'onError'))
  );
}

/** A document that can be shown, or null. */
export const readableOrNull = (document: unknown): Resource | null =>
  whyUnreadable(document) === null ? (document as Resource) : null;

function whyNamedWrong(found: Found, what: string): string | null {
  if (typeof found.id !== 'string') return `${what} has no id that is a text`;
  for (const key of ['title', 'description'])
    if (found[key] !== undefined && typeof found[key] !== 'string') return `the ${key} of ${found.id} is not a text`;
  return null;
}

function operationFault(operation: Found): string | null {
  const named = whyNamedWrong(operation, 'an operation');
  if (named !== null) return named;
  for (const key of ['method', 'path', 'cron', 'topic'])
    if (operation[key] !== undefined && typeof operation[key] !== 'string')
      return `the ${key} of ${operation.id} is not a text`;
  return (
    workflowFault(operation.workflow, `the workflow of ${operation.id}`) ??
    (operation.onError === undefined ? null : workflowFault(operation.onError, `onError of ${operation.id}`)) ??
    listOf(operation, 'simulations', (simulation) => whyNamedWrong(simulation, 'a simulation'))
  );
}

function workflowFault(workflow: unknown, what: string): string | null {
  if (!isObject(workflow) || !Array.isArray(workflow.actions)) return `${what} has no list of actions`;
  return listOf(workflow, 'actions', actionFault) ?? nestedFault(workflow.output);
}

function actionFault(action: Found): string | null {
  const named = whyNamedWrong(action, 'an action');
  if (named !== null) return named;
  if (typeof action.action !== 'string') return `${action.id} does not say which action it is`;
  if (action.input !== undefined && !isObject(action.input)) return `the input of ${action.id} is not an object`;
  if (action.output !== undefined && action.output !== null && !Array.isArray(action.output))
    return `the output of ${action.id} is not a path`;
  return nestedFault(action.input);
}

/** Workflows nested in a value; what is no expression is data, which may be anything. */
function nestedFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const kind = expressionKind(value);
  if (kind === '$literal') return null;
  if (kind === '$do') return workflowFault((value as Found).$do, 'a nested workflow');
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const fault = nestedFault(member);
    if (fault !== null) return fault;
  }
  return null;
}

function listOf(found: Found, key: string, check: (item: Found) => string | null): string | null {
  const list = found[key];
  if (list === undefined) return null;
  if (!Array.isArray(list)) return `${key} is not a list`;
  for (const item of list) {
    const fault = isObject(item) ? check(item) : `an item of ${key} is not an object`;
    if (fault !== null) return fault;
  }
  return null;
}
