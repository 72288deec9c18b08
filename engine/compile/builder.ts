import type { ActionDefinition } from '../../actions/kit/define.ts';
import type { Json, Value, Workflow } from '../document/types.ts';
import type { BoundedSwitch } from '../run/bounded-switch.ts';
import { Needs, needsOfPart } from '../run/needs.ts';
import type { Scopes } from '../run/scopes.ts';
import type { Compiled, Evaluate } from './evaluate.ts';
import type { Roots } from './scope-data.ts';

export type Library = ReadonlyMap<string, ActionDefinition>;

/** Switches and levels of an operation's nodes, by node number; replaced as a whole when a switch changes. */
export interface NodePolicies {
  flags: Uint8Array;
  /** Rank of the lowest level that is written (see log/record.ts). */
  ranks: Uint8Array;
  /** The switches of nodes that decide run by run about their log, the nearest first. */
  bounded: Map<number, readonly BoundedSwitch[]>;
  /** Nodes whose capture is on, and the switches that decide about it run by run; `true` is every run. */
  captures: Map<number, true | readonly BoundedSwitch[]>;
  /** The capture of an action is on. */
  capturesActions: boolean;
  /** The whole request is to be there, whatever the workflow needs of it: a record or a condition shows it. */
  wholeRequest: boolean;
}

export const emptyPolicies = (nodes: number): NodePolicies => ({
  flags: new Uint8Array(nodes),
  ranks: new Uint8Array(nodes),
  bounded: new Map(),
  captures: new Map(),
  capturesActions: false,
  wholeRequest: false,
});

/** `request.raw` in the text of an expression. */
const namesRaw = /\brequest\s*\.\s*raw\b/;

/** What compiling one operation collects besides its closures. */
export class OperationBuilder {
  /** Addresses by node number; 0 is the operation. */
  readonly nodes: string[];
  readonly policies = emptyPolicies(1);
  requestNeeds = 0;

  constructor(
    readonly address: string,
    readonly firstIndex: number,
    readonly library: Library,
    private readonly compile: {
      value(value: Value, build: OperationBuilder): Compiled;
      workflow(workflow: Workflow, build: OperationBuilder): Evaluate;
    },
    /** All nodes count as the one that `address` and `firstIndex` name. */
    private readonly asNode = false,
  ) {
    this.nodes = [address];
  }

  // Values hold workflows and workflows hold values; through here neither has to import the other.
  value(value: Value): Compiled {
    return this.compile.value(value, this);
  }

  workflow(workflow: Workflow): Evaluate {
    return this.compile.workflow(workflow, this);
  }

  /** Makes a node; `index` is its number within the process. */
  addNode(id: string): { number: number; address: string; index: number } {
    const address = this.asNode ? this.address : `${this.address}/${id}`;
    const number = this.nodes.push(address) - 1;
    return { number, address, index: this.asNode ? this.firstIndex : this.firstIndex + number };
  }

  /** @param text of the expression, where it has one */
  needs(roots: Roots, text = ''): Roots {
    if (roots === 'all' || roots.has('request'))
      this.requestNeeds |= namesRaw.test(text) ? Needs.all | Needs.raw : Needs.all;
    return roots;
  }

  needsReference(scope: string, keys: readonly Json[]): void {
    if (scope === 'request') this.requestNeeds |= keys.length === 0 ? Needs.all : needsOfPart(keys[0]);
  }
}

/** One step: gives its result, a promise of it, or a Break. Its failure carries the address of its node. */
export type Step = (scopes: Scopes) => unknown;
