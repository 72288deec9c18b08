import { found, quote } from '../../document/found.ts';
import type { Json, Workflow } from '../../document/types.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { structOf } from './struct.ts';

/** One workflow of an operation and the condition under which it runs. */
interface Match {
  readonly workflow: Source;
  /** Undefined: always. */
  readonly condition: Json | undefined;
}

/**
 * The workflows of an operation: the first whose condition holds runs. Conditions become branches of one `conditional/if`.
 * Undefined when there is nothing that could run.
 */
export function convertMatches(
  source: Source,
  around: Around,
  convert: (execution: Source, around: Around) => Workflow,
): Workflow | undefined {
  const matches = usable(source, around);
  const [first] = matches;
  if (first === undefined) return undefined;
  if (first.condition === undefined) return convert(first.workflow, around);
  const id = around.ids.give('match');
  const conditions = matches.map(({ workflow, condition = true }) => ({
    condition,
    value: { $do: convert(workflow, around) } as unknown as Json,
  }));
  if (matches.at(-1)?.condition !== undefined) {
    around.report.warn(around.node, source, 'When no condition holds, the operation gives nothing.');
  }
  return {
    actions: [{ id, action: 'conditional/if', input: { conditions }, output: ['variables', 'match'] }],
    output: { $ref: ['variables', 'match'] },
  };
}

/** The workflows that can be reached, up to the first without a condition. */
function usable(source: Source, around: Around): Match[] {
  const { report, node } = around;
  const matches: Match[] = [];
  if (!Array.isArray(source.value) && !source.isEmpty) {
    report.warn(
      node,
      source,
      `The workflows of an operation must be an array, found ${found(source.value)}; they are left out.`,
    );
  }
  for (const item of source.items) {
    for (const [key, member] of item.members) {
      if (key !== 'do' && key !== 'in' && !member.isEmpty)
        report.warn(node, member, `${quote(key)} of a workflow has no counterpart; it is left out.`);
    }
    const workflow = item.at('do');
    if (workflow.object === undefined) {
      report.warn(node, workflow, `A workflow must be an object, found ${found(workflow.value)}; it is left out.`);
    } else if (matches.at(-1)?.condition === undefined && matches.length > 0) {
      report.warn(node, item, 'The workflow is never reached, since one before it has no condition; it is left out.');
    } else if (item.at('in').isEmpty || item.at('in').value === true) {
      matches.push({ workflow, condition: undefined });
    } else if (structOf(item.at('in')) !== undefined) {
      matches.push({ workflow, condition: around.convert(item.at('in'), around) });
    } else {
      report.warn(node, item.at('in'), 'The condition of a workflow cannot be told; the workflow is left out.');
    }
  }
  return matches;
}
