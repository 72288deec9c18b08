import { quote } from '../../../document/found.ts';
import type { Json } from '../../../document/types.ts';

export type Obj = { readonly [key: string]: Json };

export const isObj = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of a document that an RFC 6901 pointer in a URI fragment names; undefined if there is none. */
function at(document: Obj, fragment: string): Json | undefined {
  let part: Json | undefined = document as { [key: string]: Json };
  for (const text of fragment.slice(2).split('/')) {
    const key = decodeURIComponent(text).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(part)) part = part[Number(key)];
    else if (isObj(part) && Object.hasOwn(part, key)) part = part[key];
    else return undefined;
  }
  return part;
}

/** A part of a document and the pointer to it as a URI fragment. */
export interface Located {
  readonly value: Obj;
  readonly fragment: string;
}

/** Joins keys to a fragment. */
export const below = (fragment: string, ...keys: (string | number)[]): string =>
  [fragment, ...keys.map((key) => encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')))].join(
    '/',
  );

/**
 * Follows references within the document until something else comes.
 * @throws Error for a reference that leads out of the document, to nothing, or round in a circle
 */
export function resolve(document: Obj, value: Json | undefined, fragment: string): Located {
  let [found, place] = [value, fragment];
  for (let steps = 0; isObj(found) && typeof found.$ref === 'string'; steps++) {
    place = found.$ref;
    if (!place.startsWith('#/'))
      throw new Error(`The reference ${quote(place)} leads out of the document. Bundle it into one`);
    if (steps === 32) throw new Error(`The reference ${quote(place)} leads round in a circle`);
    found = at(document, place);
  }
  if (isObj(found)) return { value: found, fragment: place };
  throw new Error(`There is no object at ${quote(decodeURIComponent(place))}`);
}

/**
 * An OpenAPI 3.0 document with its schemas as JSON Schema 2020-12 has them: `nullable` is a type, an exclusive limit is a
 * number, nothing stands beside a `$ref`, and what is read-only need not be sent (OpenAPI 3.0.3, section 4.7.24).
 * What looks like a schema without being one, an example perhaps, may change too; nothing reads it here.
 */
export function upgraded(part: Json): Json {
  if (Array.isArray(part)) return part.map(upgraded);
  if (!isObj(part)) return part;
  if (typeof part.$ref === 'string') return { $ref: part.$ref };
  const copy: { [key: string]: Json } = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, upgraded(value)]),
  );
  if (copy.nullable === true && typeof copy.type === 'string') {
    copy.type = [copy.type, 'null'];
    if (Array.isArray(copy.enum) && !copy.enum.includes(null)) copy.enum = [...copy.enum, null];
  }
  if (typeof copy.nullable === 'boolean') delete copy.nullable;
  for (const [limit, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof copy[exclusive] !== 'boolean') continue;
    if (copy[exclusive] && typeof copy[limit] === 'number') {
      copy[exclusive] = copy[limit];
      delete copy[limit];
    } else {
      delete copy[exclusive];
    }
  }
  const { properties } = copy;
  if (Array.isArray(copy.required) && isObj(properties)) {
    copy.required = copy.required.filter((name) => {
      const property = properties[String(name)];
      return !(isObj(property) && property.readOnly === true);
    });
  }
  return copy;
}
