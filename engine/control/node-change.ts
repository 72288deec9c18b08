import { actionsOf } from '../compile/project.ts';
import { quote } from '../document/found.ts';
import type {
  Action,
  Client,
  Operation,
  Project,
  Server,
  Service,
  Switch,
  Switches,
  Workflow,
} from '../document/types.ts';
import { ControlFault, type NodeChange } from './control.ts';

type Owner = Server | Service | Client;

/** A node of the project with what it lies in. */
export interface Located {
  kind: 'server' | 'service' | 'client';
  resource: Owner;
  operation?: Operation;
  action?: Action;
}

/** Finds a node by its address; undefined when there is none. */
export function locate(project: Project, address: string): Located | undefined {
  const [kind, id, operationId, actionId, ...rest] = address.split('/');
  if (rest.length > 0 || id === undefined) return undefined;
  if (kind !== 'server' && kind !== 'service' && kind !== 'client') return undefined;
  const resource = project[`${kind}s`].get(id);
  if (resource === undefined) return undefined;
  if (operationId === undefined) return { kind, resource };
  const operation = (resource.operations as Operation[] | undefined)?.find((candidate) => candidate.id === operationId);
  if (operation === undefined) return undefined;
  if (actionId === undefined) return { kind, resource, operation };
  const handler = operation.onError ?? resource.onError;
  const action = actionsById(operation.workflow).get(actionId) ?? (handler && actionsById(handler).get(actionId));
  return action && { kind, resource, operation, action };
}

/** Documents are not changed in place: one whose thousand actions are all asked for is walked once. */
const gathered = new WeakMap<Workflow, ReadonlyMap<string, Action>>();

function actionsById(workflow: Workflow): ReadonlyMap<string, Action> {
  const known = gathered.get(workflow);
  if (known !== undefined) return known;
  const actions = new Map(actionsOf(workflow).map((action) => [action.id, action]));
  gathered.set(workflow, actions);
  return actions;
}

/** Refuses a switch that would have ended before it began. */
function refuseOver(key: string, value: Switch | null | undefined, now: number): void {
  if (typeof value !== 'object' || value === null || !value.on) return;
  if (value.times === 0) {
    throw new ControlFault(
      422,
      `${key}: a switch with "times" 0 would never write anything. Allowed is 1 or more; leave "times" out for no limit.`,
      key,
    );
  }
  if (value.until !== undefined && Date.parse(value.until) <= now) {
    throw new ControlFault(
      422,
      `${key}: "until" is over: found ${quote(value.until)}, and now it is ${new Date(now).toISOString()}. Give a later time.`,
      key,
    );
  }
}

/**
 * The switches after a change. What equals a document's default is still kept: somebody decided it. What was not changed
 * stays the same object, what was is another one, even if it says the same: it was set anew.
 * @throws ControlFault 422 when the change makes no sense there
 */
export function switchesAfter(switches: Switches, address: string, located: Located, change: NodeChange): Switches {
  const now = Date.now();
  const next: Switches = { ...switches };
  const set = (at: string, key: 'log' | 'capture' | 'logLevel', value: unknown): void => {
    const { [key]: _, ...others } = next[at] ?? {};
    const entry = value === null ? others : { ...others, [key]: value };
    if (Object.keys(entry).length === 0) delete next[at];
    else next[at] = entry;
  };
  for (const key of ['log', 'capture', 'logLevel'] as const) {
    if (key !== 'logLevel') refuseOver(key, change[key], now);
    if (change[key] !== undefined) set(address, key, change[key]);
  }
  if (change.logActions !== undefined) {
    const { operation, resource } = located;
    if (operation === undefined || located.action)
      throw new ControlFault(
        422,
        `logActions applies to operations; ${address} is ${located.action ? 'an action' : `a ${located.kind}`}.`,
        'logActions',
      );
    refuseOver('logActions', change.logActions, now);
    for (const action of actionsOf(operation.workflow, operation.onError ?? resource.onError))
      set(`${address}/${action.id}`, 'log', structuredClone(change.logActions));
  }
  return next;
}

/** The resource with `active` or `enabled` changed at the node; undefined when the change does not touch the document. */
export function documentAfter(address: string, located: Located, change: NodeChange): Owner | undefined {
  if (change.active === undefined && change.enabled === undefined) return undefined;
  const { resource, operation, action } = located;
  if (change.enabled !== undefined && action === undefined) {
    throw new ControlFault(422, `enabled applies to actions; ${address} has active instead.`, 'enabled');
  }
  if (change.active !== undefined && action !== undefined) {
    throw new ControlFault(
      422,
      `active applies to servers, services, clients and operations; ${address} is an action and has enabled instead.`,
      'active',
    );
  }
  const copy = structuredClone(resource) as Owner;
  if (operation === undefined) {
    if (change.active !== undefined) copy.active = change.active;
    return copy;
  }
  const target = (copy.operations as Operation[]).find((candidate) => candidate.id === operation.id) as Operation;
  if (action === undefined) {
    if (change.active !== undefined) target.active = change.active;
    return copy;
  }
  const node = actionsOf(target.workflow, target.onError ?? copy.onError).find(
    (candidate) => candidate.id === action.id,
  );
  if (node && change.enabled !== undefined) node.enabled = change.enabled;
  return copy;
}

/** What was changed at a node, for the record of it: `Set log to true, capture to null at server/hello`. */
export const changeInWords = (address: string, change: NodeChange): string => {
  const parts = Object.entries(change).map(([key, value]) => `${key} to ${JSON.stringify(value)}`);
  return `Set ${parts.join(', ')} at ${address}`;
};
