import type { CheckContext } from './check-context.ts';
import { id, milliseconds, switchKeys } from './check-fields.ts';
import { type ActionPlaces, checkInput, checkOutputPath, checkValue, type Surroundings } from './check-value.ts';
import { found, quote } from './found.ts';
import { nearest } from './nearest.ts';
import { deepestWorkflow, tooDeep } from './nesting.ts';
import type { Place } from './place.ts';
import {
  anything,
  checkShape,
  eachItem,
  flag,
  isObject,
  type JsonObject,
  type JsonSchema,
  object,
  type Rule,
  rule,
  schemaOf,
  shape,
  text,
  whole,
} from './shape.ts';

type Keys = { readonly [key: string]: Rule };

const valueSchema: JsonSchema = {
  title: 'Value',
  description: 'Any JSON. Expressions such as {"$ref": […]} may stand anywhere in it.',
};
const outputPathSchema: JsonSchema = { anyOf: [{ type: 'null' }, { type: 'array', minItems: 1, items: {} }] };

/** Outside any workflow. Workflows that share `ids` must not use an action id twice. */
export const surroundings = (context: CheckContext, ids: ActionPlaces): Surroundings => ({
  context,
  ids,
  scopes: new Set(),
  depth: 0,
  checkNested,
});

const workflowKeys = (around: Surroundings): Keys => ({
  actions: rule({ type: 'array', items: actionSchema }, (actions, at) => {
    if (!Array.isArray(actions)) return at.expected('an array of actions', actions);
    eachItem(actions, at, (action, actionAt) => checkAction(action, actionAt, around));
  }),
  output: rule(valueSchema, (output, at) => checkValue(output, at, around)),
});

/** Checks a workflow with everything in it. */
export function checkWorkflow(value: unknown, place: Place, around: Surroundings): void {
  checkShape(value, place, { keys: workflowKeys(around), required: ['actions'] });
}

function checkNested(value: unknown, place: Place, around: Surroundings): void {
  const depth = around.depth + 1;
  if (depth > deepestWorkflow) {
    place.error(tooDeep);
    return;
  }
  checkWorkflow(value, place, { ...around, depth });
}

const retry: Rule = shape({ attempts: whole(1, 100), backoffMs: whole(0, 3_600_000) }, ['attempts']);
const mock: Rule = shape({ enabled: flag, value: anything }, ['enabled', 'value']);

const actionKeys = (around: Surroundings): Keys => ({
  id: rule(id.schema, (own, at) => {
    id(own, at);
    if (typeof own === 'string') claim(own, at, around.ids);
  }),
  action: checkActionId(around.context),
  title: text,
  description: text,
  enabled: flag,
  ...switchKeys(around.context),
  mock,
  timeoutMs: milliseconds,
  retry,
  input: rule({ type: 'object', additionalProperties: valueSchema }, object),
  output: rule(outputPathSchema, (path, at) => checkOutputPath(path, at, around)),
});

function checkAction(value: unknown, place: Place, around: Surroundings): void {
  if (!checkShape(value, place, { keys: actionKeys(around), required: ['id', 'action'] })) return;
  const { action, input } = value;
  if (input !== undefined && !isObject(input)) return;
  const known = typeof action === 'string' ? around.context.actions?.get(action) : undefined;
  const inner = { ...around, scopes: scopesWithin(value, around) };
  checkInput(input ?? {}, known?.fields, found(action), place.at('input'), inner);
}

function claim(own: string, place: Place, ids: ActionPlaces): void {
  const earlier = ids.get(own);
  if (earlier === undefined) ids.set(own, place);
  else
    place.error(
      `The action id ${quote(own)} is already used at ${earlier.pointer}. Ids must be unique within an operation.`,
    );
}

const actionIdPattern = /^[^\s\p{Cc}]{1,128}$/u;

const checkActionId = (context: CheckContext): Rule =>
  rule({ type: 'string', pattern: actionIdPattern.source }, (value, place) => {
    if (typeof value !== 'string' || !actionIdPattern.test(value)) {
      return place.expected('the id of an action, such as "string/join"', value);
    }
    const { actions } = context;
    if (actions === undefined || actions.has(value)) return;
    const near = nearest(value, actions.keys());
    const remedy = near === undefined ? '' : ` Did you mean "${near}"?`;
    place.warning(`There is no action ${quote(value)}; a run fails when it gets there.${remedy}`);
  });

// Iterations name the scope of their steps in the field "scope"; its default is known only with the library.
function scopesWithin(action: JsonObject, around: Surroundings): Surroundings['scopes'] {
  const name = typeof action.action === 'string' ? action.action : '';
  const given = isObject(action.input) ? action.input.scope : undefined;
  const field = around.context.actions?.get(name)?.fields.scope;
  const hasScope = field !== undefined || given !== undefined || name.startsWith('iteration/');
  if (!hasScope || around.scopes === undefined) return around.scopes;
  const scope = given ?? field?.fallback;
  return typeof scope === 'string' ? new Set([...around.scopes, scope]) : undefined;
}

// Last, for they are read from the key tables above.
const nowhere = surroundings({}, new Map());
const actionSchema: JsonSchema = {
  title: 'Action',
  description: 'One step of a workflow: what it does, its input values, and where its result goes.',
  ...schemaOf({ keys: actionKeys(nowhere), required: ['id', 'action'] }),
};
/** The schema of what checkWorkflow checks. */
export const workflowSchema: JsonSchema = {
  title: 'Workflow',
  description: 'Actions in the order they run, and the output mapping.',
  ...schemaOf({ keys: workflowKeys(nowhere), required: ['actions'] }),
};
