import type { Action, Operation, Service } from '../../engine/document/types.ts';
import { actionsById, actionsIn } from '../state/run-actions.ts';

/** Actions that change or ask something outside of the run, by the beginning of their id. */
const outside = [
  'http/',
  'file/append',
  'file/delete',
  'file/mkdir',
  'file/write',
  'system/command',
  'system/elixir',
  'syslog/syslog-',
  'server/start',
  'server/stop',
  'config/create',
  'config/delete',
  'config/execute',
  'config/start',
  'config/stop',
  'config/update',
  'database/',
  'redis/',
  'kafka/',
  'mqtt/',
  'mail/',
  'messaging/',
] as const;

/** A step that acts on the outside world. */
export interface OutsideAction {
  id: string;
  title: string;
  /** Id of the action in the library. */
  action: string;
  /** For a call: what the called operation does, as in `http/request in service/tools/send`. */
  by?: string;
}

const actsOutside = ({ action }: Action): boolean => outside.some((beginning) => action.startsWith(beginning));

const isLeftOut = ({ enabled, mock }: Action): boolean => enabled === false || mock?.enabled === true;

/** The steps of an operation that act on the outside world when it is simulated, also those of services that it calls. */
export function outsideActions(operation: Operation, services: readonly Service[]): OutsideAction[] {
  const found: OutsideAction[] = [];
  for (const action of actionsById(operation).values()) {
    if (isLeftOut(action)) continue;
    const by = actsOutside(action) ? null : calledOutside(action, services, new Set());
    if (by === undefined) continue;
    const { id, title, action: name } = action;
    found.push({ id, title: title || id, action: name, ...(by !== null && { by }) });
  }
  return found;
}

/** What the operation that an action calls does outside; undefined for nothing, or no call. */
function calledOutside(action: Action, services: readonly Service[], seen: Set<string>): string | undefined {
  const address = action.action === 'service/operation' ? action.input?.serviceOperationReference : undefined;
  if (typeof address !== 'string' || seen.has(address)) return undefined;
  seen.add(address);
  const [, service, id] = address.split('/');
  const called = services.find((one) => one.id === service)?.operations.find((one) => one.id === id);
  if (called === undefined) return undefined;
  for (const step of actionsIn(called.workflow).values()) {
    if (isLeftOut(step)) continue;
    if (actsOutside(step)) return `${step.action} in ${address}`;
    const further = calledOutside(step, services, seen);
    if (further !== undefined) return further;
  }
  return undefined;
}
