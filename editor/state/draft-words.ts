import type { Difference } from '../../engine/document/difference.ts';
import type { Json } from '../../engine/document/types.ts';
import { isObject } from './same-json.ts';

/** A place in a resource's document, in the words of the canvas. */
export interface DocumentPlace {
  /** Id of the operation; null for the resource's own fields. */
  operation: string | null;
  /** Id of the innermost action around it; null outside of actions. */
  action: string | null;
  /** Keys below the action, the operation or the document, as in `input.delimiter`; empty for the thing itself. */
  field: string;
}

/** Where an RFC 6901 pointer leads to in a document. `leaf` is what stands there when the document itself has it no more. */
export function placeOfPointer(document: Json, pointer: string, leaf?: Json): DocumentPlace {
  const place: DocumentPlace = { operation: null, action: null, field: '' };
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value: Json | undefined = document;
  let field: string[] = [];
  for (const [depth, key] of keys.entries()) {
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
    if (leaf !== undefined && depth === keys.length - 1) value = leaf;
    field.push(key);
    if (!isObject(value) || typeof value.id !== 'string') continue;
    if (depth === 1 && keys[0] === 'operations') place.operation = value.id;
    else if (typeof value.action === 'string') place.action = value.id;
    else continue;
    field = [];
  }
  return { ...place, field: field.join('.') };
}

/** A difference with the place that it is at. */
export interface PlacedDifference extends Difference {
  place: DocumentPlace;
}

/**
 * Differences by operation; those of the resource itself first, with null. `after` is the newer version: the way to what was
 * removed leads through it too, as items are compared by id; only the last step is gone.
 */
export function groupDifferences(
  after: Json,
  differences: readonly Difference[],
): { operation: string | null; differences: PlacedDifference[] }[] {
  const groups = new Map<string | null, PlacedDifference[]>();
  for (const difference of differences) {
    const place = placeOfPointer(after, difference.path, difference.kind === 'removed' ? difference.before : undefined);
    const group = groups.get(place.operation) ?? [];
    group.push({ ...difference, place });
    groups.set(place.operation, group);
  }
  return [...groups]
    .sort(([a], [b]) => Number(a !== null) - Number(b !== null))
    .map(([operation, found]) => ({ operation, differences: found }));
}

/** A value as a person reads it: what fits a line on one, anything else over several. */
export function textOfValue(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const line = JSON.stringify(value);
  return line.length <= 72 ? line : JSON.stringify(value, null, 2);
}
