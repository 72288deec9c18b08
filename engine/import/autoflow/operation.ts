import { found, quote } from '../../document/found.ts';
import { parsePath, pathShape } from '../../document/route.ts';
import type { HttpOperation, Json } from '../../document/types.ts';
import { Names, toId } from '../ids.ts';
import { methodOf, pathOf, routeId, standIn } from '../routes.ts';
import type { Source } from '../source.ts';
import type { Around, Shared } from './around.ts';
import { convertMatches } from './matches.ts';
import { convertAnswering } from './response.ts';
import { convertSimulations } from './simulations.ts';
import { structOf } from './struct.ts';

/** Conversion of a server's events, whose operations share ids and routes. */
export interface Listening {
  readonly address: string;
  readonly ids: Names;
  /** Active routes so far. */
  readonly routes: Set<string>;
  /** What an API says of an operation. */
  apiOperation(api: string | undefined, method: string, path: string): Source | undefined;
}

const longestMs = 2_147_483_647;

/** An event as an operation; undefined when it can be none. */
export function convertEvent(source: Source, listening: Listening, shared: Shared): HttpOperation | undefined {
  const { report } = shared;
  const event = source.at('event');
  const route =
    structOf(event) === 'APIOperationReference' || event.at('operationReference').object
      ? event.at('operationReference')
      : event;
  const verb = route.at('method').filled;
  const template = route.at('path').text;
  const method = verb === undefined ? undefined : methodOf(verb);
  if (method === undefined || template === undefined) {
    report.warn(
      listening.address,
      event,
      `An operation needs a method and a path, found ${found(route.at('method').value)} and ${found(route.at('path').value)}; it is left out.`,
    );
    return undefined;
  }
  const wanted = pathOf(template);
  const problem = parsePath(wanted);
  const path = typeof problem === 'string' ? standIn(wanted) : wanted;
  const id = listening.ids.give(toId(routeId(method, wanted).slice(0, 200), method.toLowerCase()));
  const operation = `${listening.address}/${id}`;
  shared.origins.set(operation, source.pointer);
  const around: Around = { ...shared, node: operation, operation, kind: 'server', ids: new Names(), scopes: new Set() };
  if (typeof problem === 'string') {
    report.warn(
      operation,
      route.at('path'),
      `The path ${problem} The operation is not active and has the path ${quote(path)}.`,
    );
  }
  const workflow = convertMatches(source.at('matches'), around, convertAnswering);
  if (workflow === undefined)
    report.warn(operation, source.at('matches'), 'The operation has no workflow; it is not active.');
  const shape = `${method} ${pathShape(path)}`;
  const isUsable = typeof problem !== 'string' && workflow !== undefined;
  if (isUsable && listening.routes.has(shape)) {
    report.warn(
      operation,
      route,
      `The route ${method} ${quote(path)} is already that of an operation before this one; it is not active.`,
    );
  }
  const isActive = isUsable && !listening.routes.has(shape);
  if (isActive) listening.routes.add(shape);
  const api = event.at('apiReference').at('id').filled ?? event.at('apiReference').filled;
  const described = listening.apiOperation(api, verb ?? '', template);
  const title = described?.at('summary').filled;
  const description = described?.at('description').filled;
  const saved = [
    ...(described === undefined ? [] : [{ source: described.at('x-request-examples'), direct: true }]),
    { source: source.at('test'), direct: false },
  ];
  const simulations = convertSimulations(saved, source.at('defaultTest').text);
  warnOfOthers(source, around);
  return {
    id,
    method,
    path,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(!isActive && { active: false }),
    ...convertSetting(source.at('setting'), around),
    workflow: workflow ?? { actions: [], output: {} },
    ...(simulations.length > 0 && { simulations }),
  };
}

function warnOfOthers(source: Source, { report, node }: Around): void {
  for (const [key, member] of source.members) {
    if (['event', 'matches', 'setting', 'test', 'defaultTest', '__struct__'].includes(key) || member.isEmpty) continue;
    report.warn(node, member, `${quote(key)} of an operation has no counterpart; it is left out.`);
  }
}

function convertSetting(source: Source, around: Around): { log?: true; timeoutMs?: number; security?: Json } {
  const { report, node } = around;
  const setting: { log?: true; timeoutMs?: number; security?: Json } = {};
  for (const [key, member] of source.members) {
    if (member.isEmpty) continue;
    const { value } = member;
    if (key === 'log' && value === true) setting.log = true;
    else if (
      key === 'timeout' &&
      Number.isSafeInteger(value) &&
      (value as number) > 0 &&
      (value as number) <= longestMs
    ) {
      setting.timeoutMs = value as number;
      report.warn(node, member, `The time limit of ${value} is taken as milliseconds.`);
    } else if (key === 'securities' || key === 'security') {
      setting.security = value ?? null;
      warnOfSecurity(member, around);
    } else report.warn(node, member, `The setting ${quote(key)} of an operation has no counterpart; it is left out.`);
  }
  return setting;
}

/** Checks of who may call are kept for whoever rebuilds them; nothing runs them. */
export const warnOfSecurity = (source: Source, { report, node }: Pick<Around, 'report' | 'node'>): void =>
  report.warn(
    node,
    source,
    'The security of the imported configuration is kept as data under "security", but nothing checks it: anybody who reaches the port may call. Build the check into the workflows before you start the server.',
  );
