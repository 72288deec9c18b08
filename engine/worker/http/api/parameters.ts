import type { Json } from '../../../document/types.ts';
import { isObj, type Obj, resolve } from './document.ts';

export type Place = 'path' | 'query' | 'header' | 'cookie';

/** How the text of a parameter becomes the value that its schema describes. */
export interface Reading {
  /** The schema's types; empty means any. */
  readonly types: ReadonlySet<string>;
  readonly itemTypes: ReadonlySet<string>;
  /** What stands between the items of an array in one text; null where an array is a repeated parameter. */
  readonly delimiter: string | null;
}

const delimiters: Readonly<Record<string, string>> = {
  form: ',',
  simple: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|',
};

/** Works out how to read a parameter; null for styles and types that are left unchecked: objects, deepObject, label, matrix. */
export function readingOf(document: Obj, parameter: Obj, place: Place, schemaAt: string): Reading | null {
  const style =
    typeof parameter.style === 'string' ? parameter.style : place === 'query' || place === 'cookie' ? 'form' : 'simple';
  const delimiter = Object.hasOwn(delimiters, style) ? (delimiters[style] as string) : undefined;
  const schema = resolve(document, parameter.schema, schemaAt).value;
  const types = typesOf(document, schema, 0);
  if (delimiter === undefined || types.has('object')) return null;
  const exploded = typeof parameter.explode === 'boolean' ? parameter.explode : style === 'form';
  const items = isObj(schema.items) ? typesOf(document, schema.items, 0) : new Set<string>();
  return { types, itemTypes: items, delimiter: exploded && style !== 'simple' ? null : delimiter };
}

/** All types that a schema names, itself or through what it is composed of. */
function typesOf(document: Obj, schema: Json | undefined, depth: number): Set<string> {
  const types = new Set<string>();
  if (!isObj(schema) || depth > 8) return types;
  const { value } = resolve(document, schema, '#');
  for (const type of Array.isArray(value.type) ? value.type : [value.type]) {
    if (typeof type === 'string') types.add(type);
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = value[keyword];
    if (Array.isArray(parts))
      for (const part of parts) for (const type of typesOf(document, part, depth + 1)) types.add(type);
  }
  return types;
}

/** The value that a text, or several of one name, stands for. A text that fits no type is left for the schema to refuse. */
export function readValue(raw: unknown, reading: Reading): unknown {
  if (!reading.types.has('array')) return readScalar(raw, reading.types);
  const texts = Array.isArray(raw)
    ? raw
    : reading.delimiter === null
      ? [raw]
      : raw === ''
        ? []
        : String(raw).split(reading.delimiter);
  return texts.map((text) => readScalar(text, reading.itemTypes));
}

function readScalar(raw: unknown, types: ReadonlySet<string>): unknown {
  if (typeof raw !== 'string' || types.has('string')) return raw;
  if (types.has('boolean') && (raw === 'true' || raw === 'false')) return raw === 'true';
  if (types.has('null') && raw === 'null') return null;
  if ((types.has('integer') || types.has('number')) && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(raw)) {
    const number = Number(raw);
    if (Number.isFinite(number)) return number;
  }
  return raw;
}
