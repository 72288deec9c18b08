import type { CheckContext } from '../../document/check-context.ts';
import type { Json, ResourceKind } from '../../document/types.ts';
import type { Names } from '../ids.ts';
import type { Report } from '../report.ts';
import type { Source } from '../source.ts';
import type { References } from './references.ts';

/** What the whole conversion shares. */
export interface Shared {
  readonly report: Report;
  readonly context: CheckContext;
  readonly references: References;
  /** Converts a value (value.ts). Handed on, since whatever a value may hold converts values too. */
  readonly convert: (source: Source, around: Around) => Json;
  /** Pointers of what was converted, by address. */
  readonly origins: Map<string, string>;
}

/** What surrounds a value while it is converted. */
export interface Around extends Shared {
  /** The node that warnings name. */
  readonly node: string;
  /** The operation that the node is part of. */
  readonly operation: string;
  readonly kind: ResourceKind;
  /** Ids of the operation's actions. */
  readonly ids: Names;
  /** Names of the enclosing iterations' scopes; undefined when one of them is computed. */
  readonly scopes: ReadonlySet<string> | undefined;
}
