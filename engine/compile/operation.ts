import type { HttpOperation, Operation, ResourceKind, Workflow } from '../document/types.ts';
import type { NodeAt } from '../run/observer.ts';
import { position, reserveIndexes } from '../run/position.ts';
import { emptyPolicies, type Library, type NodePolicies, OperationBuilder } from './builder.ts';
import type { Evaluate } from './evaluate.ts';
import type { CheckData } from './schema.ts';
import { compileValue } from './value.ts';
import { compileWorkflow } from './workflow.ts';

/** An operation ready to run: immutable but for its switches, which are looked up at every node. */
export interface CompiledOperation {
  readonly address: string;
  readonly kind: ResourceKind;
  readonly source: Operation;
  /** Hash of the definition. */
  readonly version: string;
  readonly workflow: Evaluate;
  readonly onError: Evaluate | null;
  /** Milliseconds; undefined means limits.runMs. */
  readonly timeoutMs: number | undefined;
  readonly checkInput: CheckData | null;
  readonly checkOutput: CheckData | null;
  /** Bits of run/needs.ts: the parts of the request that the workflow can touch. */
  readonly requestNeeds: number;
  readonly node: NodeAt;
  /** Addresses of its nodes by number, itself first. */
  readonly nodes: readonly string[];
  /** Number of its first node within the process; of one that is performed by a node, that node's. */
  readonly index: number;
  /** It came as data, and is performed by the node of its address. */
  readonly isData: boolean;
  readonly policies: NodePolicies;
}

export interface OperationParts {
  readonly address: string;
  readonly kind: ResourceKind;
  readonly version: string;
  /** The error handler in force: the operation's own, else the resource's. */
  readonly onError: Workflow | undefined;
  readonly checkInput: CheckData | null;
  readonly checkOutput: CheckData | null;
  /** The number of the node that performs it, which its nodes all count as. */
  readonly asNode?: number;
}

export function compileOperation(source: Operation, parts: OperationParts, library: Library): CompiledOperation {
  const handler = parts.onError;
  const { asNode } = parts;
  const index = asNode ?? reserveIndexes(1 + countActions(source.workflow) + (handler ? countActions(handler) : 0));
  // Should compiling end the process, the watchdog can say at what.
  position.node(index);
  const compile = { value: compileValue, workflow: compileWorkflow };
  const build = new OperationBuilder(parts.address, index, library, compile, asNode !== undefined);
  const workflow = build.workflow(source.workflow);
  const onError = handler ? build.workflow(handler) : null;
  Object.assign(build.policies, emptyPolicies(build.nodes.length));
  return {
    address: parts.address,
    kind: parts.kind,
    source,
    version: parts.version,
    workflow,
    onError,
    timeoutMs: source.timeoutMs,
    checkInput: parts.checkInput,
    checkOutput: parts.checkOutput,
    requestNeeds: build.requestNeeds,
    node: { index: 0, address: parts.address },
    nodes: build.nodes,
    index,
    isData: asNode !== undefined,
    policies: build.policies,
  };
}

/** An upper bound is enough: the numbers only have to be the operation's own. */
function countActions(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const nested = Object.values(part).reduce((sum: number, value) => sum + countActions(value), 0);
  const list = (part as { actions?: unknown }).actions;
  return Array.isArray(list) ? nested + list.length : nested;
}

export const isHttp = (operation: Operation): operation is HttpOperation =>
  'method' in operation && 'path' in operation;
