import type { Fault, Json, Operation } from '../../engine/document/types.ts';

/**
 * The errors that the engine found in a document, by the id of the innermost action that each is in. `base` is where the
 * operation stands in the document, as a JSON Pointer.
 */
export function faultsByAction(
  operation: Operation,
  base: string,
  faults: readonly Pick<Fault, 'pointer' | 'message' | 'severity'>[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { pointer, message, severity } of faults) {
    if (severity !== 'error' || !pointer.startsWith(`${base}/`)) continue;
    const id = actionAt(operation as unknown as Json, pointer.slice(base.length + 1).split('/'));
    if (id === undefined) continue;
    const of = found.get(id) ?? [];
    if (!of.includes(message)) found.set(id, [...of, message]);
  }
  return found;
}

/** Id of the innermost action on a way into a document; undefined where the way passes none. */
function actionAt(document: Json, way: readonly string[]): string | undefined {
  let id: string | undefined;
  let at: Json | undefined = document;
  let isList = false;
  for (const part of way) {
    if (typeof at !== 'object' || at === null) break;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at = (at as { [key: string]: Json | undefined })[key];
    if (isList && isAction(at)) id = at.id;
    isList = key === 'actions';
  }
  return id;
}

const isAction = (value: Json | undefined): value is { id: string; action: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'action' in value;
