import { found, quote } from '../../document/found.ts';
import type { Action, Workflow } from '../../document/types.ts';
import type { Source } from '../source.ts';
import { convertAction } from './action.ts';
import type { Around } from './around.ts';
import { structOf } from './struct.ts';

/** An Execution with its output mapping; without one the result is that of the last action. */
export function convertWorkflow(source: Source, around: Around): Workflow {
  const mapping = mappingOf(source);
  const actions = convertActions(source, around);
  return mapping.value === undefined || mapping.value === null
    ? { actions }
    : { actions, output: around.convert(mapping, around) };
}

/** What an Execution gives; older ones call it `return`. */
export const mappingOf = (source: Source): Source =>
  source.at('mapping').value === undefined && source.at('return').value !== undefined
    ? source.at('return')
    : source.at('mapping');

/** The steps of an Execution. A single Action stands for one step. */
export function convertActions(source: Source, around: Around): Action[] {
  const { report, node } = around;
  if (structOf(source) === 'Action') return [convertAction(source, around)].filter((action) => action !== undefined);
  const list = source.at('actions');
  if (!Array.isArray(list.value) && !list.isEmpty) {
    report.warn(
      node,
      list,
      `The actions of a workflow must be an array, found ${found(list.value)}; they are left out.`,
    );
  }
  for (const [key, member] of source.members) {
    if (['__struct__', 'actions', 'mapping', 'return'].includes(key) || member.isEmpty) continue;
    report.warn(node, member, `${quote(key)} of a workflow has no counterpart; it is left out.`);
  }
  return list.items.map((item) => convertAction(item, around)).filter((action) => action !== undefined);
}
