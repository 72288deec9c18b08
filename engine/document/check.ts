import type { CheckContext } from './check-context.ts';
import { id, milliseconds, simulation, switchKeys } from './check-fields.ts';
import { cors, cron, host, port, tls } from './check-listen.ts';
import type { ActionPlaces, Surroundings } from './check-value.ts';
import { checkWorkflow, surroundings, workflowSchema } from './check-workflow.ts';
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
  type JsonSchema,
  listOf,
  object,
  oneOf,
  type Rule,
  refuseRepeats,
  rule,
  schemaOf,
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
  checkAt(kind, data, Place.root(file, faults), context);
  return faults;
}

function checkAt(kind: ResourceKind, data: unknown, place: Place, context: CheckContext): void {
  if (isDeeper(data, deepestJson)) {
    place.error(`The document nests more than ${deepestJson} arrays and objects in each other; that is the limit.`);
    return;
  }
  if (isObject(data) && !checkSchemaVersion(data.schema, place.at('schema'))) return;
  checkers[kind](data, place, context);
}

/** Whether faults keep a document from being used. */
export const isRefused = (faults: readonly Fault[]): boolean => faults.some((fault) => fault.severity === 'error');

const checkers: Record<ResourceKind, (data: unknown, place: Place, context: CheckContext) => void> = {
  api(data, place) {
    checkShape(data, place, apiShape);
  },
  server(data, place, context) {
    const isSchedule = isObject(data) && data.type === 'schedule';
    const shape = serverShape(context, isSchedule ? scheduleOperations : httpOperations);
    if (checkShape(data, place, shape)) refuseRepeats(data.operations, place.at('operations'), activeRoute);
  },
  service(data, place, context) {
    checkShape(data, place, serviceShape(context));
  },
  client(data, place, context) {
    checkShape(data, place, clientShape(context));
  },
};

/** Kept for imports and later versions. Nobody must take it for a protection that is there. */
const notEnforced = (kept: Rule): Rule =>
  rule(kept.schema, (value, place) => {
    kept(value, place);
    const isEmpty = value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);
    if (!isEmpty) place.warning(`${place.name} is kept, but this version does not enforce it.`);
  });

const openapi: Rule = rule(
  {
    type: 'object',
    properties: { openapi: { type: 'string', pattern: '^3\\.\\d' } },
    required: ['openapi'],
    description: 'An OpenAPI 3 document.',
  },
  (value, place) => {
    if (!isObject(value)) return place.expected('an OpenAPI document', value);
    const version = value.openapi;
    if (typeof version !== 'string' || !/^3\.\d/.test(version)) {
      place.at('openapi').expected('the version of OpenAPI, "3.0.0" or later', version);
    }
  },
);

const schema: Rule = rule({ type: ['object', 'boolean'], description: 'A JSON Schema.' }, (value, place) => {
  if (!isObject(value) && typeof value !== 'boolean') place.expected('a JSON Schema: an object, true or false', value);
});

const path: Rule = rule({ type: 'string', examples: ['/items/{id}'] }, (value, place) => {
  if (typeof value !== 'string') return place.expected('a path, such as "/items/{id}"', value);
  const parsed = parsePath(value);
  if (typeof parsed === 'string') place.error(`The path ${parsed}`);
});

/** Absent means 1; a newer one than this version knows is refused before anything else is looked at. */
const schemaVersion: Rule = rule({ type: 'integer', minimum: 1 }, anything);

const simulations: Rule = rule(listOf(simulation).schema, (list, at) => {
  if (!Array.isArray(list)) return at.expected('an array of simulations', list);
  eachItem(list, at, simulation);
  refuseRepeats(list, at, idOf('The simulation'));
});

/** Keys that operations have of their own, by what they belong to. */
interface OperationKind {
  readonly title: string;
  readonly own: Keys;
  readonly required: readonly string[];
}

const operationShape = (around: Surroundings, { own, required }: OperationKind) => {
  const workflow = rule(workflowSchema, (steps, at) => checkWorkflow(steps, at, around));
  const keys: Keys = {
    id,
    ...own,
    title: text,
    description: text,
    active: flag,
    ...switchKeys(around.context),
    timeoutMs: milliseconds,
    security: notEnforced(anything),
    workflow,
    onError: workflow,
    simulations,
  };
  return { keys, required: ['id', ...required, 'workflow'] };
};

const nowhere = surroundings({}, new Map());
const withSchema = (kind: OperationKind) => ({
  ...kind,
  schema: { title: kind.title, ...schemaOf(operationShape(nowhere, kind)) },
});
const httpOperations = withSchema({
  title: 'HttpOperation',
  own: { method: oneOf(methods), path },
  required: ['method', 'path'],
});
const scheduleOperations = withSchema({ title: 'ScheduleOperation', own: { cron }, required: ['cron'] });
const serviceOperations = withSchema({
  title: 'ServiceOperation',
  own: { input: schema, output: schema },
  required: [],
});
const clientOperations = withSchema({ title: 'ClientOperation', own: { topic: text }, required: ['topic'] });

function resourceKeys(context: CheckContext, kind: ReturnType<typeof withSchema>): Keys {
  const handler: ActionPlaces = new Map();
  const open: ActionPlaces[] = [];
  return {
    schema: schemaVersion,
    id,
    title: text,
    description: text,
    active: flag,
    ...switchKeys(context),
    onError: rule(workflowSchema, (value, place) => {
      checkWorkflow(value, place, surroundings(context, handler));
      refuseShared(handler, open);
    }),
    operations: rule({ type: 'array', items: kind.schema }, (value, place) => {
      if (!Array.isArray(value)) return place.expected('an array of operations', value);
      eachItem(value, place, (operation, at) => {
        const ids: ActionPlaces = new Map();
        checkShape(operation, at, operationShape(surroundings(context, ids), kind));
        if (!isObject(operation) || operation.onError === undefined) open.push(ids);
      });
      refuseRepeats(value, place, idOf('The operation id'));
      refuseShared(handler, open);
    }),
  };
}

const apiShape = {
  keys: { schema: schemaVersion, id, title: text, description: text, openapi },
  required: ['id', 'openapi'],
};
const serverShape = (context: CheckContext, kind: ReturnType<typeof withSchema>) => ({
  keys: {
    ...resourceKeys(context, kind),
    type: oneOf(serverTypes),
    port,
    host,
    api: id,
    cors,
    tls,
    security: notEnforced(anything),
    rateLimit: notEnforced(object),
  },
  required: ['id', 'type', 'operations'],
});
const serviceShape = (context: CheckContext) => ({
  keys: resourceKeys(context, serviceOperations),
  required: ['id', 'operations'],
});
const clientShape = (context: CheckContext) => ({
  keys: { ...resourceKeys(context, clientOperations), type: id, settings: object },
  required: ['id', 'type'],
});

const serverSchema = (type: (typeof serverTypes)[number], kind: ReturnType<typeof withSchema>): JsonSchema => {
  const { properties, ...others } = schemaOf(serverShape({}, kind));
  return { ...others, properties: { ...(properties as object), type: { const: type } } };
};

const schemas: Record<ResourceKind, JsonSchema> = {
  api: {
    title: 'Api',
    description: 'An OpenAPI document that a server implements or a client calls.',
    ...schemaOf(apiShape),
  },
  server: {
    title: 'Server',
    description: 'Something that starts runs from outside.',
    anyOf: [serverSchema('http', httpOperations), serverSchema('schedule', scheduleOperations)],
  },
  service: { title: 'Service', description: 'A named group of reusable operations.', ...schemaOf(serviceShape({})) },
  client: { title: 'Client', description: 'A named outgoing connection.', ...schemaOf(clientShape({})) },
};

/** Checks an operation as it may stand in a resource of a kind, but for the others that stand beside it. */
export function checkOperation(
  data: unknown,
  place: Place,
  kind: Exclude<ResourceKind, 'api'>,
  context: CheckContext = {},
): void {
  const server = isObject(data) && Object.hasOwn(data, 'cron') ? scheduleOperations : httpOperations;
  const { [kind]: form } = { server, service: serviceOperations, client: clientOperations };
  checkShape(data, place, operationShape(surroundings(context, new Map()), form));
}

/** The check of a document as a rule, for what holds documents. Its faults are those of checkDocument. */
export const documentRule = (kind: ResourceKind, context: CheckContext = {}): Rule =>
  rule(schemas[kind], (data, place) => checkAt(kind, data, place, context));

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

// An inactive operation keeps its path: that is how imports carry over what cannot be active twice.
function activeRoute(operation: unknown): { key: string; at: string; words: string } | undefined {
  if (!isObject(operation) || operation.active === false) return undefined;
  const { method, path } = operation;
  if (typeof method !== 'string' || typeof path !== 'string') return undefined;
  return { key: `${method} ${pathShape(path)}`, at: 'path', words: `The route ${method} ${found(path)}` };
}

// It goes no deeper than it has to know, so data of any depth is safe to look at.
export function isDeeper(data: unknown, levels: number): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (levels === 0) return true;
  for (const key in data) if (isDeeper((data as { [key: string]: unknown })[key], levels - 1)) return true;
  return false;
}
