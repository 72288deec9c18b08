import { LRUCache } from 'lru-cache';
import { ActionFailure } from '../../actions/kit/define.ts';
import { isDeeper } from '../document/check.ts';
import { checkWorkflow, surroundings } from '../document/check-workflow.ts';
import { walkWorkflow } from '../document/expression.ts';
import { deepestJson } from '../document/json-text.ts';
import { Place } from '../document/place.ts';
import type { Fault, Operation, Workflow } from '../document/types.ts';
import type { Library } from './builder.ts';
import { checkJsonata, checkTemplate } from './jsonata.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';

/** Characters of the JSON text of one workflow, and of all that are kept. */
const longest = 1024 * 1024;
const mostKept = 4 * longest;

/** The node that performs a workflow: its address, and its number within the process. */
export interface Performer {
  readonly address: string;
  readonly index: number;
}

/**
 * Workflows that come as data while a project runs: checked as documents are, compiled, and kept for the next time. Their
 * nodes have no addresses of their own, so everything in them counts as the node that performs them.
 */
export class DataWorkflows {
  private readonly kept = new LRUCache<string, CompiledOperation>({ maxSize: mostKept });

  constructor(private readonly library: Library) {}

  /** @throws ActionFailure document-invalid */
  compile(source: unknown, performer: Performer): CompiledOperation {
    const text = jsonOf(source);
    const key = `${performer.index} ${performer.address} ${text}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    // What is compiled is a copy: literals are frozen, and data of a run is not ours to freeze.
    const workflow: unknown = JSON.parse(text);
    const [fault] = this.faultsOf(workflow);
    if (fault !== undefined) throw invalid(`at ${fault.pointer || 'its root'}: ${fault.message}`);
    const compiled = this.assemble(workflow as Workflow, performer);
    this.kept.set(key, compiled, { size: key.length });
    return compiled;
  }

  private assemble(workflow: Workflow, { address, index }: Performer): CompiledOperation {
    const id = address.slice(address.lastIndexOf('/') + 1);
    const parts = { address, version: 'data', onError: undefined, checkInput: null, checkOutput: null };
    return compileOperation({ id, workflow } as Operation, { ...parts, kind: 'service', asNode: index }, this.library);
  }

  private faultsOf(workflow: unknown): Fault[] {
    const faults: Fault[] = [];
    const place = Place.root('', faults);
    const context = { actions: this.library, jsonata: checkJsonata, template: checkTemplate };
    if (isDeeper(workflow, deepestJson)) place.error(`It nests more than ${deepestJson} arrays and objects.`);
    else checkWorkflow(workflow, place, surroundings(context, new Map()));
    const errors = faults.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) refuseSecrets(workflow as Workflow, place, this.library);
    return faults.filter(({ severity }) => severity === 'error');
  }
}

/** Data may come from anywhere; whoever wrote it must not get at secrets by naming them. */
function refuseSecrets(workflow: Workflow, root: Place, library: Library): void {
  walkWorkflow(workflow, {
    verbatim: (action, field) => library.get(action)?.fields[field]?.verbatim === true,
    expression: (_, kind, path) => {
      if (kind !== '$secret') return undefined;
      const place = path.reduce((at, key) => at.at(key), root);
      place.error('A workflow that comes as data cannot use secrets; hand in what it needs as its input.');
      return false;
    },
  });
}

function jsonOf(source: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(source);
  } catch {
    // A bigint, a cycle, or deeper than the stack.
  }
  if (text === undefined) throw invalid('it is not JSON');
  if (text.length > longest) throw invalid(`it has ${text.length} characters as JSON; allowed are ${longest}`);
  return text;
}

const invalid = (why: string) => new ActionFailure('document-invalid', `The workflow cannot be performed: ${why}`);
