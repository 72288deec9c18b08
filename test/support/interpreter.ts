import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type ActionContext, type ActionDefinition, checkInput } from '../../actions/kit/index.ts';
import type { Action, Json, Operation, Project, Workflow } from '../../engine/document/types.ts';
import { asFailure, Failure, Limit } from './interpreter-failure.ts';
import { bind, evaluateFields } from './interpreter-input.ts';
import {
  around,
  type Place,
  PlainBranch,
  type Root,
  sleep,
  type Told,
  takeStep,
  type World,
} from './interpreter-place.ts';
import { type Cell, evaluate, evaluateOver, store } from './interpreter-values.ts';

export interface Interpretation {
  /** What the run answers: of onError when that handled the failure, null when nothing did. */
  output: unknown;
  failure: { code: string; node: string | undefined } | null;
  handled: boolean;
  told: Told[];
}

/** The scopes that a run begins with. */
export interface Given {
  request?: unknown;
  input?: unknown;
  received?: unknown;
}

/** What scope/break leaves in place of a result. */
class Break {
  constructor(readonly value: unknown) {}
}

/**
 * Runs an operation straight from its document: nothing is compiled, everything is awaited, one thing after the other.
 * Slow and plain, so that what it gives is what the documents mean.
 */
export async function interpret(world: World, address: string, given: Given): Promise<Interpretation> {
  const root: Root = { stepsLeft: world.limits.steps, at: address, told: [] };
  const limit = new Limit(
    findOperation(world.project, address)?.operation.timeoutMs ?? world.limits.runMs,
    () => root.at,
  );
  const start: Place = {
    world,
    root,
    operation: address,
    depth: 0,
    scopes: new Map(),
    limits: [limit],
    iteration: undefined,
    perform: runWorkflow,
  };
  const { output, failure, handled } = await runOperation(start, given);
  limit.close();
  return { output, handled, told: root.told, failure: failure && { code: failure.code, node: failure.node } };
}

interface Ended {
  output: unknown;
  failure: Failure | null;
  handled: boolean;
}

async function runOperation(from: Place, given: Given): Promise<Ended> {
  const { world, root, operation: address, depth } = from;
  const found = findOperation(world.project, address);
  if (found === undefined || (depth > 0 && !address.startsWith('service/'))) {
    throw new Failure('operation-unknown', `There is no active service operation ${address}.`);
  }
  if (depth > world.limits.callDepth) throw new Failure('call-depth', 'Calls are nested too deep.', undefined, true);
  const { operation, onError } = found;
  const own = depth > 0 && operation.timeoutMs !== undefined ? [new Limit(operation.timeoutMs)] : [];
  const place: Place = { ...from, scopes: scopesOf(world, address, given), iteration: undefined };

  root.told.push({ event: 'begin', node: address, data: given.request ?? given.received ?? given.input ?? null });
  let ended: Ended;
  try {
    const output = await runChecked(operation, given, { ...place, limits: [...place.limits, ...own] });
    ended = { output, failure: null, handled: false };
  } catch (thrown) {
    const failure = asFailure(thrown, address);
    // The operation's own time is over, not that of the run that called it: here it is a failure like any other.
    const isOwn = own.some((limit) => limit.over === failure);
    ended = await answer(isOwn ? new Failure('timeout', failure.message, address) : failure, onError, place);
  }
  for (const limit of own) limit.close();
  root.told.push({
    event: 'end',
    node: address,
    data: ended.output,
    ...(ended.failure && { failure: spell(ended.failure) }),
  });
  return ended;
}

async function runChecked(operation: Operation, given: Given, place: Place): Promise<unknown> {
  const isService = place.operation.startsWith('service/');
  const { input, output } = isService ? (operation as { input?: Json; output?: Json }) : {};
  if (!fits(input, given.input ?? null)) throw new Failure('schema-mismatch', 'The input does not fit its schema.');
  const result = await runWorkflow(operation.workflow, place);
  if (!fits(output, result)) throw new Failure('output-invalid', 'The output does not fit its schema.');
  return result;
}

/** Lets the error handler in force answer. It gets one try, and its own failure takes the place of the first. */
async function answer(failure: Failure, handler: Workflow | undefined, place: Place): Promise<Ended> {
  const lost = { output: null, failure, handled: false };
  if (handler === undefined || failure.code === 'cancelled' || (failure.uncatchable && place.depth > 0)) return lost;
  const { root } = place;
  const scopes = new Map([...place.scopes, ['error', { data: shapeOf(failure) }]]);
  // A run that hit a limit gets to answer within a small one.
  const respite = new Limit(5_000, () => root.at);
  if (failure.uncatchable) root.stepsLeft = 10_000;
  const limits = failure.uncatchable ? [respite] : place.limits;
  try {
    return { output: await runWorkflow(handler, { ...place, scopes, limits }), failure, handled: true };
  } catch (second) {
    return { ...lost, failure: asFailure(second, place.operation) };
  } finally {
    respite.close();
  }
}

async function runWorkflow(workflow: Workflow, place: Place): Promise<unknown> {
  let last: unknown = null;
  for (const action of workflow.actions) {
    if (action.enabled === false) continue;
    last = await runAction(action, place);
    if (last instanceof Break) return last.value;
  }
  return workflow.output === undefined ? last : evaluate(workflow.output, around(place));
}

async function runAction(action: Action, place: Place): Promise<unknown> {
  const address = `${place.operation}/${action.id}`;
  const definition = place.world.library.get(action.action);
  const { retry } = action;
  const attempts = retry === undefined || retry.attempts <= 1 ? 1 : retry.attempts;
  takeStep(place, address);
  const written = action.input ?? {};
  let input: Record<string, unknown> | null = null;
  for (let tries = 1; ; tries++) {
    const number = attempts > 1 ? tries : undefined;
    const tell = (told: Pick<Told, 'event' | 'data' | 'failure'>) => {
      place.root.told.push({ ...told, node: address, iteration: place.iteration, attempt: number });
    };
    let isKept = false;
    try {
      input ??= definition === undefined ? written : await evaluateFields(written, definition.fields, address, place);
      tell({ event: 'begin', data: input });
      const result = await attempt(action, input, definition, place, number);
      isKept = true;
      if (!(result instanceof Break)) await keep(result, action, definition, place);
      tell({ event: 'end', data: result instanceof Break ? result.value : result });
      return result;
    } catch (thrown) {
      const failure = asFailure(thrown, address);
      tell({ event: 'end', failure: spell(failure) });
      // Neither the failure of the input nor that of the output is tried again.
      if (tries >= attempts || failure.uncatchable || input === null || isKept) throw failure;
    }
    // Every try has the action's whole time; each wait is twice as long as the one before.
    await sleep(Math.min((retry?.backoffMs ?? 0) * 2 ** (tries - 1), 30_000), place.limits);
  }
}

async function keep(
  result: unknown,
  { output }: Action,
  definition: ActionDefinition | undefined,
  place: Place,
): Promise<void> {
  const path = output === undefined && definition?.output !== null ? ['variables', 'output'] : output;
  if (path) store((await evaluate(path as Json, around(place))) as unknown[], result, around(place));
}

async function attempt(
  action: Action,
  input: Record<string, unknown>,
  definition: ActionDefinition | undefined,
  place: Place,
  number: number | undefined,
): Promise<unknown> {
  const { timeoutMs } = action;
  if (timeoutMs === undefined) return perform(action, input, definition, place, number);
  const limit = new Limit(timeoutMs);
  const over = new Promise<never>((_, reject) => limit.signal.addEventListener('abort', () => reject(limit.over)));
  try {
    return await Promise.race([
      perform(action, input, definition, { ...place, limits: [...place.limits, limit] }, number),
      over,
    ]);
  } catch (thrown) {
    throw limit.over !== null && thrown === limit.over ? new Failure('timeout', limit.over.message) : thrown;
  } finally {
    limit.close();
  }
}

async function perform(
  action: Action,
  input: Record<string, unknown>,
  definition: ActionDefinition | undefined,
  place: Place,
  attempt: number | undefined,
): Promise<unknown> {
  if (action.mock?.enabled) return action.mock.value;
  if (definition === undefined) throw new Failure('action-unknown', `There is no action ${action.action}.`);
  const { root, world, operation, iteration } = place;
  let broken: Break | undefined;
  const context: ActionContext = {
    node: `${operation}/${action.id}`,
    signal: AbortSignal.any(place.limits.map((limit) => limit.signal)),
    host: world.host,
    log(level, label, value) {
      root.told.push({
        event: 'log',
        node: `${operation}/${action.id}`,
        iteration,
        attempt,
        data: { level, label, value },
      });
    },
    async call(address, data) {
      const child = await runOperation({ ...place, operation: address, depth: place.depth + 1 }, { input: data });
      if (child.failure !== null && !child.handled) throw child.failure;
      return child.output;
    },
    sleep: (ms) => sleep(ms, place.limits),
    branch: () => new PlainBranch(),
    perform: async () => {
      throw new Error('Workflows that come as data are not interpreted; see engine/run/perform.test.ts.');
    },
    evaluate: evaluateOver,
    break(value) {
      broken = new Break(value);
    },
  };
  const result: unknown = await definition.run(checkInput(definition, bind(input, place)) as never, context);
  return broken ?? result ?? null;
}

function scopesOf(world: World, address: string, { request, input, received }: Given): Map<string, Cell> {
  const { global, env } = world;
  const scopes = { variables: {}, request, input, received, global, env, run: { node: address } };
  return new Map(Object.entries(scopes).flatMap(([name, data]) => (data === undefined ? [] : [[name, { data }]])));
}

/** An active operation by its address, and the nearest error handler. */
function findOperation(
  project: Project,
  address: string,
): { operation: Operation; onError: Workflow | undefined } | undefined {
  const [kind, id = '', name] = address.split('/');
  const resources = { server: project.servers, service: project.services, client: project.clients };
  const resource =
    kind !== undefined && Object.hasOwn(resources, kind)
      ? resources[kind as keyof typeof resources].get(id)
      : undefined;
  const operation = resource?.operations?.find((candidate) => candidate.id === name && candidate.active !== false);
  if (resource === undefined || operation === undefined || (kind !== 'server' && resource.active === false))
    return undefined;
  return { operation, onError: operation.onError ?? resource.onError };
}

function fits(schema: Json | undefined, data: unknown): boolean {
  if (schema === undefined) return true;
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv as never);
  return ajv.validate(schema as object, data) as boolean;
}

const shapeOf = ({ name, message, code, node }: Failure) => ({
  name,
  message,
  code,
  ...(node !== undefined && { node }),
});
const spell = ({ code, node }: Failure): string => `${code} at ${node}`;
