import { performance } from 'node:perf_hooks';
import type { Json, Operation, ResourceKind, ServiceOperation, Workflow } from '../document/types.ts';
import { nodeLog } from '../log/policy.ts';
import type { Environment } from '../run/environment.ts';
import { execute, type Given } from '../run/execute.ts';
import { errorShape } from '../run/failure.ts';
import { Needs } from '../run/needs.ts';
import { addRaw, rawOf } from '../run/raw-body.ts';
import { Run } from '../run/run.ts';
import { SpanRecorder } from '../run/spans.ts';
import { spanTrees } from '../run/stored-spans.ts';
import type { SimulationAnswer } from '../wire/messages.ts';
import type { Library } from './builder.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';
import { actionsOf } from './project.ts';
import { compileSchema, loadValidator } from './schema.ts';

/** Ids of actions in workflows that the library does not have. */
export const unknownActions = (library: Library, ...workflows: (Workflow | undefined)[]): string[] => [
  ...new Set(
    actionsOf(...workflows)
      .map((action) => action.action)
      .filter((id) => !library.has(id)),
  ),
];

/** What is to be run as an operation, also where it is no more than a workflow. */
export const operationOf = (address: string, draft: Workflow | Operation): Operation =>
  'workflow' in draft ? draft : ({ id: address.split('/')[2] ?? 'simulation', workflow: draft } as Operation);

/**
 * Compiles a workflow or an operation that is no part of the project, as it would stand at an address: of a workflow that only
 * says which scopes there are.
 * @throws RunFailure document-invalid for a schema that is none
 */
export async function compileLoose(
  address: string,
  draft: Workflow | Operation,
  library: Library,
): Promise<CompiledOperation> {
  const [kind = 'service'] = address.split('/') as [ResourceKind];
  const source = operationOf(address, draft);
  const { input, output } = kind === 'service' ? (source as ServiceOperation) : {};
  if (input !== undefined || output !== undefined) await loadValidator();
  return compileOperation(
    source,
    {
      address,
      kind,
      version: 'draft',
      onError: source.onError,
      checkInput: input === undefined ? null : compileSchema(input, 'input', address),
      checkOutput: output === undefined ? null : compileSchema(output, 'output', address),
    },
    library,
  );
}

/**
 * Runs an operation the way the outside would, and collects its spans. Never throws.
 * @param store keep the run as a captured one
 */
export async function simulate(
  operation: CompiledOperation,
  environment: Environment,
  input: Json,
  store = false,
): Promise<SimulationAnswer> {
  const run = new Run(operation, environment, null, { kind: 'simulation' });
  const recorder = new SpanRecorder();
  run.recorder = recorder;
  run.ownsRecorder = true;
  run.flags |= nodeLog.recording;
  const outcome = await execute(run, givenOf(operation, input));
  const { failure } = outcome;
  // Whoever simulates sees what failed; it is kept where he asks for that, or a switch does.
  if (store) run.captured ??= 'asked';
  else if (run.captured === 'failed' || run.captured === 'slow') run.captured = recorder.keepsSome ? 'switch' : null;
  if (run.captured !== null)
    environment.captures?.take(run, recorder, { ms: performance.now() - run.begunAt, failure, status: null });
  return {
    run: run.id,
    state: failure === null ? 'succeeded' : failure.code === 'cancelled' ? 'cancelled' : 'failed',
    output: outcome.output ?? null,
    error: failure && errorShape(failure),
    spans: spanTrees(recorder, run.begin - run.begunAt),
  };
}

/** The scopes that an input given by a person stands for: what it leaves out of a request is filled in. */
export function givenOf(operation: CompiledOperation, input: Json): Given {
  if (operation.kind === 'service') return { input };
  if (operation.kind === 'client') return { received: input };
  const source = operation.source as { method?: string; path?: string };
  const given = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
  const request = {
    method: source.method ?? 'GET',
    path: {},
    query: {},
    header: {},
    cookie: {},
    body: null,
    uri: source.path ?? '',
    connection: { peer: { ip: '127.0.0.1', port: 0 }, socket: { ip: '127.0.0.1', port: 0 } },
    ...given,
  };
  if ((operation.requestNeeds & Needs.raw) !== 0 && !Object.hasOwn(given, 'raw')) addRaw(request, rawOf(request.body));
  return { request };
}
