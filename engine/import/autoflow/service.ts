import { found, quote } from '../../document/found.ts';
import type { Service, ServiceOperation } from '../../document/types.ts';
import { Names } from '../ids.ts';
import type { Source } from '../source.ts';
import type { Around, Shared } from './around.ts';
import type { Entry } from './references.ts';
import { convertSchema } from './schema.ts';
import { convertSimulations } from './simulations.ts';
import { convertWorkflow, mappingOf } from './workflow.ts';

/** The operations of a service by name: an object, or a list of objects with an id. */
export function namedOperations(content: Source): [string, Source][] {
  const operations = content.at('operation').value === undefined ? content.at('operations') : content.at('operation');
  if (operations.object !== undefined) return operations.members;
  return operations.items.map((item, index) => [item.at('id').filled ?? `operation-${index + 1}`, item]);
}

export function convertService(entry: Entry, content: Source, shared: Shared): Service {
  const node = `service/${entry.id}`;
  const { report } = shared;
  const info = content.at('info');
  const title = info.at('title').filled;
  const description = info.at('description').filled;
  for (const [key, member] of content.members) {
    if (['operation', 'operations', 'info', 'id', 'type', 'version', 'currentVersion'].includes(key) || member.isEmpty)
      continue;
    report.warn(node, member, `${quote(key)} of a service has no counterpart; it is left out.`);
  }
  const operations = namedOperations(content).flatMap(([name, source]) => {
    const id = entry.operations.get(name);
    if (id === undefined || source.object === undefined) {
      report.warn(node, source, `An operation must be an object, found ${found(source.value)}; it is left out.`);
      return [];
    }
    return [convertOperation(id, name, source, `${node}/${id}`, shared)];
  });
  return {
    schema: 1,
    id: entry.id,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    operations,
  };
}

const known = ['do', 'errorTypes', 'id', 'in', 'info', 'intents', 'out', 'test', 'defaultTest', '__struct__'];

function convertOperation(
  id: string,
  name: string,
  source: Source,
  operation: string,
  shared: Shared,
): ServiceOperation {
  const around: Around = {
    ...shared,
    node: operation,
    operation,
    kind: 'service',
    ids: new Names(),
    scopes: new Set(),
  };
  const { report } = shared;
  shared.origins.set(operation, source.pointer);
  for (const [key, member] of source.members) {
    const isLost = key === 'errorTypes' || key === 'intents' || !known.includes(key);
    if (isLost && !member.isEmpty)
      report.warn(operation, member, `${quote(key)} of an operation has no counterpart; it is left out.`);
  }
  const workflow = source.at('do');
  if (workflow.object === undefined) report.warn(operation, workflow, 'The operation has no workflow; it gives null.');
  const title = source.at('info').at('title').filled ?? (name === id ? undefined : name);
  const description = source.at('info').at('description').filled;
  const hasFields = (schema: Source): boolean => !schema.isEmpty && !schema.at('value').isEmpty;
  const input = hasFields(source.at('in')) ? convertSchema(source.at('in'), around) : undefined;
  // Without a mapping the result is that of the last action, which no field names.
  const isMapped = (mappingOf(workflow).value ?? null) !== null;
  const output =
    isMapped && hasFields(source.at('out')) ? convertSchema(source.at('out'), around, { nullable: true }) : undefined;
  if (!isMapped && hasFields(source.at('out'))) {
    report.warn(
      operation,
      source.at('out'),
      'The operation has no mapping for its output fields; it gives the result of its last action.',
    );
  }
  const simulations = convertSimulations([{ source: source.at('test'), direct: false }], source.at('defaultTest').text);
  return {
    id,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    workflow: workflow.object === undefined ? { actions: [] } : convertWorkflow(workflow, around),
    ...(simulations.length > 0 && { simulations }),
  };
}
