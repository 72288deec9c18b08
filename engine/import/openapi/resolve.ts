import type { Source } from '../source.ts';

/** Follows references within the document. Undefined for one that leads out of it, to nothing, or round in a circle. */
export function resolve(root: Source, source: Source): Source | undefined {
  let found = source;
  for (let steps = 0; steps < 32; steps++) {
    const reference = found.at('$ref').text;
    if (reference === undefined) return found.value === undefined ? undefined : found;
    const target = at(root, reference);
    if (target === undefined) return undefined;
    found = target;
  }
  return undefined;
}

/** The place that an RFC 6901 pointer in a URI fragment names. */
function at(root: Source, reference: string): Source | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let place: Source | undefined = root;
  for (const text of reference.slice(2).split('/')) {
    const key = decoded(text)?.replaceAll('~1', '/').replaceAll('~0', '~');
    if (key === undefined) return undefined;
    place = Array.isArray(place?.value) ? place.items[Number(key)] : place?.at(key);
  }
  return place?.value === undefined ? undefined : place;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
