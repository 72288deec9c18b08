import { performance } from 'node:perf_hooks';
import { walkWorkflow } from '../document/expression.ts';
import { operationVersion } from '../document/hash.ts';
import type { Action, Client, Operation, Project, ResourceKind, Server, Service, Workflow } from '../document/types.ts';
import { nodeLog, nodePolicy, type SwitchDefaults, type SwitchSources } from '../log/policy.ts';
import { position } from '../run/position.ts';
import { nextTurn, overdue } from '../run/turn.ts';
import { BoundedSwitches } from './bounded-switches.ts';
import { emptyPolicies, type Library } from './builder.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';
import { compileSchema, loadValidator } from './schema.ts';

/** One version of the whole project, ready to run. */
export interface CompiledProject {
  readonly documents: Project;
  /** Active operations by address. */
  readonly operations: ReadonlyMap<string, CompiledOperation>;
  /** Operations that could not be compiled, by address, and why; they answer with that failure. */
  readonly broken: ReadonlyMap<string, Error>;
}

/**
 * Compiles all active operations. What any version of `before` has just so is taken over, so that a deploy costs what it changes.
 */
export async function compileProject(
  documents: Project,
  library: Library,
  ...before: readonly (CompiledProject | null)[]
): Promise<CompiledProject> {
  const operations = new Map<string, CompiledOperation>();
  const broken = new Map<string, Error>();
  const sources = [...operationsOf(documents)];
  if (sources.some(({ operation, kind }) => kind === 'service' && hasSchema(operation))) await loadValidator();
  for (const { kind, resource, operation, address } of sources) {
    const onError = operation.onError ?? resource.onError;
    const version = operationVersion(onError ? { ...operation, onError } : operation);
    // A large project must not keep the process from answering while it compiles.
    if (overdue(performance.now())) await nextTurn();
    const old = before
      .map((compiled) => compiled?.operations.get(address))
      .find((candidate) => candidate?.version === version && candidate.kind === kind);
    if (old !== undefined) {
      operations.set(address, old);
      continue;
    }
    try {
      const { input, output } = kind === 'service' ? (operation as { input?: never; output?: never }) : {};
      const parts = {
        address,
        kind,
        version,
        onError,
        checkInput: input === undefined ? null : compileSchema(input, 'input', address),
        checkOutput: output === undefined ? null : compileSchema(output, 'output', address),
      };
      operations.set(address, compileOperation(operation, parts, library));
    } catch (thrown) {
      broken.set(address, thrown as Error);
    }
  }
  position.leave();
  return { documents, operations, broken };
}

const hasSchema = (operation: Operation): boolean =>
  ('input' in operation && operation.input !== undefined) || ('output' in operation && operation.output !== undefined);

type Owner = Server | Service | Client;

/** Every active operation with what it belongs to. */
export function* operationsOf(
  documents: Project,
): Iterable<{ kind: ResourceKind; resource: Owner; operation: Operation; address: string }> {
  const kinds: [ResourceKind, Iterable<Owner>][] = [
    ['server', documents.servers.values()],
    ['service', documents.services.values()],
    ['client', documents.clients.values()],
  ];
  for (const [kind, resources] of kinds) {
    for (const resource of resources) {
      if (kind !== 'server' && resource.active === false) continue;
      for (const operation of resource.operations ?? []) {
        if (operation.active === false) continue;
        yield { kind, resource, operation, address: `${kind}/${resource.id}/${operation.id}` };
      }
    }
  }
}

/**
 * Brings the switches of every node up to date. Each operation's table is replaced in one assignment, so a run sees either
 * the old or the new switches of a node. `bounded` keeps the switches that decide run by run over such changes.
 */
export function applyPolicies(
  project: CompiledProject,
  sources: SwitchSources,
  bounded: BoundedSwitches = new BoundedSwitches(),
): void {
  for (const { resource, kind, operation, address } of operationsOf(project.documents)) {
    const compiled = project.operations.get(address);
    if (compiled === undefined) continue;
    const above = [defaultsOf(`${kind}/${resource.id}`, resource), defaultsOf(address, operation)];
    const actions = new Map(
      actionsOf(operation.workflow, operation.onError ?? resource.onError).map((action) => [
        `${address}/${action.id}`,
        action,
      ]),
    );
    const next = emptyPolicies(compiled.nodes.length);
    compiled.nodes.forEach((node, number) => {
      const chain = number === 0 ? above : [...above, defaultsOf(node, actions.get(node) ?? {})];
      const policy = nodePolicy(chain, sources);
      next.flags[number] = policy.flags;
      next.ranks[number] = policy.rank;
      if (policy.capture !== false) {
        const { capture } = policy;
        const switches = capture === true || capture.map((placed) => bounded.at(placed, sources.uses));
        next.captures.set(number, switches);
        if (number > 0) next.capturesActions = true;
        if (switches !== true && switches.some(({ when }) => when?.ofRequest)) next.wholeRequest = true;
      }
      if (policy.log.length > 0) {
        const switches = policy.log.map((placed) => bounded.at(placed, sources.uses));
        next.bounded.set(number, switches);
        if (switches.some(({ when }) => when?.ofRequest)) next.wholeRequest = true;
      }
    });
    if (next.flags[0] !== 0) next.wholeRequest = true;
    const { captureErrors, captureSlowMs } = sources.settings;
    if (captureErrors || captureSlowMs !== undefined || next.captures.size > 0)
      next.flags[0] = (next.flags[0] as number) | nodeLog.capture;
    Object.assign(compiled.policies, next);
  }
  bounded.forgetOthers(sources.uses);
}

export const defaultsOf = (address: string, node: Omit<SwitchDefaults, 'address'>): SwitchDefaults => ({
  address,
  log: node.log,
  capture: node.capture,
  logLevel: node.logLevel,
});

/** Every action of an operation and of the error handler in force for it, nested workflows included. */
export function actionsOf(...workflows: (Workflow | undefined)[]): Action[] {
  const actions: Action[] = [];
  for (const workflow of workflows) {
    if (workflow !== undefined) walkWorkflow(workflow, { action: (action) => actions.push(action) });
  }
  return actions;
}
