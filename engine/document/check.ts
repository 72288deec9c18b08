import type { CheckContext } from './check-context.ts';
import { id, milliseconds, simulation, switchKeys } from './check-fields.ts';
import { cors, cron, host, port, tls } from './check-listen.ts';
import type { ActionPlaces, Surroundings } from './check-value.ts';
import { checkWorkflow, surroundings } from './check-workflow.ts';
import { found, quote } from './found.ts';
import { deepestJson } from './json-text.ts';
import { Place } from './place.ts';
import { methods, parsePath, pathShape } from './route.ts';
import {
  anything,
  checkShape,
  eachItem,
  flag,
  isObject,
  object,
  oneOf,
  type Rule,
  refuseRepeats,
  text,
} from './shape.ts';
import type { Fault, ResourceKind } from './types.ts';
import { checkSchemaVersion } from './upgrade.ts';

type Keys = { readonly [key: string]: Rule };

/** Types of servers that this version can run. */
const serverTypes = ['http', 'schedule'] as const;

/**
 * Checks one document of the project. `data` is any JSON value; `file` is what the faults name. Faults come in the order
 * of the document, each with an RFC 6901 pointer; one of severity `warning` does not keep a document from being used.
 * A document that is nested deeper than JSON may be, or written by a newer version, has that one fault only.
 */
export function checkDocument(
  kind: ResourceKind,
  data: unknown,
  { file, ...context }: CheckContext & { file: string },
): Fault[] {
  const faults: Fault[] = [];
  const place = Place.root(file, faults);
  if (isDeeper(data, deepestJson)) {
    place.error(`The document nests more than ${deepestJson} arrays and objects in each other; that is the limit.`);
    return faults;
  }
  if (isObject(data) && !checkSchemaVersion(data.schema, place.at('schema'))) return faults;
  checkers[kind](data, place, context);
  return faults;
}

/** Whether faults keep a document from being used. */
export const isRefused = (faults: readonly Fault[]): boolean => faults.some((fault) => fault.severity === 'error');

const checkers: Record<ResourceKind, (data: unknown, place: Place, context: CheckContext) => void> = {
  api(data, place) {
    checkShape(data, place, {
      keys: { schema: anything, id, title: text, description: text, openapi },
      required: ['id', 'openapi'],
    });
  },
  server(data, place, context) {
    const type = isObject(data) ? data.type : undefined;
    const isSchedule = type === 'schedule';
    const own: Keys = isSchedule ? { cron } : { method: oneOf(methods), path };
    const keys = {
      ...resourceKeys(context, own, Object.keys(own)),
      type: oneOf(serverTypes),
      port,
      host,
      api: id,
      cors,
      tls,
      security: anything,
      rateLimit: object,
    };
    if (checkShape(data, place, { keys, required: ['id', 'type', 'operations'] })) {
      refuseRepeats(data.operations, place.at('operations'), activeRoute);
    }
  },
  service(data, place, context) {
    const keys = resourceKeys(context, { input: schema, output: schema }, []);
    checkShape(data, place, { keys, required: ['id', 'operations'] });
  },
  client(data, place, context) {
    const keys = { ...resourceKeys(context, { topic: text }, ['topic']), type: id, settings: object };
    checkShape(data, place, { keys, required: ['id', 'type'] });
  },
};

const openapi: Rule = (value, place) => {
  if (!isObject(value)) return place.expected('an OpenAPI document', value);
  const version = value.openapi;
  if (typeof version !== 'string' || !/^3\.\d/.test(version)) {
    place.at('openapi').expected('the version of OpenAPI, "3.0.0" or later', version);
  }
};

const schema: Rule = (value, place) => {
  if (!isObject(value) && typeof value !== 'boolean') place.expected('a JSON Schema: an object, true or false', value);
};

const path: Rule = (value, place) => {
  if (typeof value !== 'string') return place.expected('a path, such as "/items/{id}"', value);
  const parsed = parsePath(value);
  if (typeof parsed === 'string') place.error(`The path ${parsed}`);
};

function resourceKeys(context: CheckContext, own: Keys, required: readonly string[]): Keys {
  const handler: ActionPlaces = new Map();
  const open: ActionPlaces[] = [];
  return {
    schema: anything,
    id,
    title: text,
    description: text,
    active: flag,
    ...switchKeys(context),
    onError: (value, place) => {
      checkWorkflow(value, place, surroundings(context, handler));
      refuseShared(handler, open);
    },
    operations: (value, place) => {
      if (!Array.isArray(value)) return place.expected('an array of operations', value);
      eachItem(value, place, (operation, at) => {
        const ids: ActionPlaces = new Map();
        checkOperation(operation, at, surroundings(context, ids), { own, required });
        if (!isObject(operation) || operation.onError === undefined) open.push(ids);
      });
      refuseRepeats(value, place, idOf('The operation id'));
      refuseShared(handler, open);
    },
  };
}

// The resource's handler runs inside every operation that has none of its own, so their actions share one namespace.
// Keys come in any order: whichever is checked later finds both complete.
function refuseShared(handler: ActionPlaces, open: readonly ActionPlaces[]): void {
  for (const [name, place] of handler) {
    const other = open.find((ids) => ids.has(name))?.get(name);
    if (other === undefined) continue;
    place.error(
      `The action id ${quote(name)} is already used at ${other.pointer}, in an operation that this onError serves. Rename one.`,
    );
  }
}

const idOf = (words: string) => (item: unknown) => {
  const name = isObject(item) ? item.id : undefined;
  return typeof name === 'string' ? { key: name, at: 'id', words: `${words} ${quote(name)}` } : undefined;
};

function checkOperation(
  value: unknown,
  place: Place,
  around: Surroundings,
  { own, required }: { own: Keys; required: readonly string[] },
): void {
  const workflow: Rule = (steps, at) => checkWorkflow(steps, at, around);
  const keys: Keys = {
    id,
    ...own,
    title: text,
    description: text,
    active: flag,
    ...switchKeys(around.context),
    timeoutMs: milliseconds,
    security: anything,
    workflow,
    onError: workflow,
    simulations: (list, at) => {
      if (!Array.isArray(list)) return at.expected('an array of simulations', list);
      eachItem(list, at, simulation);
      refuseRepeats(list, at, idOf('The simulation'));
    },
  };
  checkShape(value, place, { keys, required: ['id', ...required, 'workflow'] });
}

// An inactive operation keeps its path: that is how imports carry over what cannot be active twice.
function activeRoute(operation: unknown): { key: string; at: string; words: string } | undefined {
  if (!isObject(operation) || operation.active === false) return undefined;
  const { method, path } = operation;
  if (typeof method !== 'string' || typeof path !== 'string') return undefined;
  return { key: `${method} ${pathShape(path)}`, at: 'path', words: `The route ${method} ${found(path)}` };
}

// It goes no deeper than it has to know, so data of any depth is safe to look at.
function isDeeper(data: unknown, levels: number): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (levels === 0) return true;
  for (const key in data) if (isDeeper((data as { [key: string]: unknown })[key], levels - 1)) return true;
  return false;
}
