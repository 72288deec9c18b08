import { expressionKind } from '../../document/expression.ts';
import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import { literal } from '../literal.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { convertComparison } from './comparison.ts';
import { convertMapping } from './mapping.ts';
import { convertAddress } from './references.ts';
import { convertSchema } from './schema.ts';
import { convertReference } from './scope-reference.ts';
import { structOf } from './struct.ts';
import { convertWorkflow } from './workflow.ts';

/** What fills a field: data as it is, structures as expressions, anywhere inside it. */
export function convertValue(source: Source, around: Around): Json {
  const { value } = source;
  if (Array.isArray(value)) return source.items.map((item) => convertValue(item, around));
  if (source.object === undefined) return value ?? null;
  const struct = structOf(source);
  if (struct !== undefined) return convertStruct(struct, source, around);
  const converted = Object.fromEntries(source.members.map(([key, member]) => [key, convertValue(member, around)]));
  if (expressionKind(converted) === undefined) return converted;
  // Data that reads like an expression of ours is still data.
  if (holdsStruct(source)) {
    around.report.warn(
      around.node,
      source,
      'The object reads like an expression and holds structures; it is kept as data, and nothing in it is evaluated.',
    );
  }
  return { $literal: source.object };
}

function convertStruct(struct: string, source: Source, around: Around): Json {
  switch (struct) {
    case 'ScopeReference':
      return convertReference(source, around);
    case 'Execution':
    case 'Flow':
      return { $do: convertWorkflow(source, around) } as unknown as Json;
    case 'Comparison':
    case 'Operator':
      return convertComparison(source, around);
    case 'ObjectMapping':
      return convertMapping(source, around);
    case 'Schema':
      return literal(convertSchema(source, around) as Json);
    case 'Action':
      // One step where several may stand.
      return { $do: convertWorkflow(source, around) } as unknown as Json;
    default: {
      const address = convertAddress(struct, source, around);
      return address === undefined ? keep(struct, source, around) : address;
    }
  }
}

function keep(struct: string, source: Source, { report, node }: Around): Json {
  report.warn(node, source, `There is no counterpart of the structure ${quote(struct)}; it is kept as data.`);
  return literal(source.value ?? null);
}

const holdsStruct = (source: Source): boolean =>
  structOf(source) !== undefined ||
  source.items.some(holdsStruct) ||
  source.members.some(([, member]) => holdsStruct(member));
