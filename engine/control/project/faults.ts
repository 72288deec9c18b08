import { checkDocument, isRefused } from '../../document/check.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { quote } from '../../document/found.ts';
import { fileOf } from '../../document/layout.ts';
import type { Json, ResourceKind } from '../../document/types.ts';
import { isVariableName, variableNameRule } from '../variables.ts';
import type { ResourceFault } from './refusals.ts';
import { nameOf, parseName, variablesName } from './revision.ts';

/** What is wrong with what a resource is to become; nothing if it is to go. */
export function faultsOfValue(resource: string, value: Json, check: CheckContext): ResourceFault[] {
  if (value === null) return [];
  if (resource === variablesName) return faultsOfVariables(value);
  const parsed = parseName(resource);
  return parsed === undefined ? [] : faultsOfDocument(parsed.kind, parsed.id, value, check);
}

/** What is wrong with a document under a name, whether or not it is live. */
export function faultsOfDocument(kind: ResourceKind, id: string, document: Json, check: CheckContext): ResourceFault[] {
  const faults = checkDocument(kind, document, { ...check, file: fileOf(kind, id) });
  const own = (document as { id?: unknown } | null)?.id;
  if (!isRefused(faults) && own !== id) {
    const message = `"id" must be ${JSON.stringify(id)}, as in the address of the request.`;
    faults.push({ file: fileOf(kind, id), pointer: '/id', message, severity: 'error' });
  }
  const resource = nameOf(kind, id);
  return faults.map(({ pointer, message, severity }) => ({ resource, pointer, message, severity }));
}

function faultsOfVariables(values: Json): ResourceFault[] {
  return Object.keys(values ?? {}).flatMap((name) => {
    if (isVariableName(name)) return [];
    const message = `The name of a variable must be ${variableNameRule}, found ${quote(name)}.`;
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [{ resource: variablesName, pointer, message, severity: 'error' as const }];
  });
}
