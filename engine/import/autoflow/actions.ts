import type { CheckContext } from '../../document/check-context.ts';
import type { Action, Json } from '../../document/types.ts';
import { Names } from '../ids.ts';
import { Report } from '../report.ts';
import { Source } from '../source.ts';
import type { ImportWarning } from '../types.ts';
import { type EntryKind, References } from './references.ts';
import { structOf } from './struct.ts';
import { convertValue } from './value.ts';
import { convertActions, mappingOf } from './workflow.ts';

/** What is referred to is not known here; the check of documents looks for it. */
class Anything extends References {
  override has(): boolean {
    return true;
  }

  override operation(kind: Extract<EntryKind, 'service' | 'client'>, resource: string, name: string) {
    return { ...super.operation(kind, resource, name), known: true };
  }
}

/**
 * Single actions, a list of them or an Execution, as somebody copies them out of API AutoFlow; undefined when it is none of
 * these. Where they will stand is not known, so any scope may be there.
 */
export function readActions(
  value: Json,
  context: CheckContext,
): { actions: Action[]; warnings: ImportWarning[] } | undefined {
  const root = Source.root(Array.isArray(value) ? { actions: value } : value);
  const isOne = structOf(root) === 'Action' || structOf(root) === 'Execution' || structOf(root) === 'Flow';
  const isList =
    Array.isArray(value) && value.length > 0 && root.at('actions').items.every((one) => structOf(one) === 'Action');
  if (!isOne && !isList) return undefined;
  const report = new Report();
  const actions = convertActions(root, {
    report,
    context,
    references: new Anything(undefined),
    origins: new Map(),
    convert: convertValue,
    node: 'action',
    operation: 'action',
    kind: 'server',
    ids: new Names(),
    scopes: undefined,
  });
  const mapping = mappingOf(root);
  if (!mapping.isEmpty) report.warn('action', mapping, 'The output mapping of the steps is left out.');
  return { actions, warnings: report.warnings };
}
