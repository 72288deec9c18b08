import type { Json } from '../../document/types.ts';
import type { Source } from '../source.ts';
import { resolve } from './resolve.ts';

/** What may be spent on one value: schemas that use each other can describe far more than anybody wants to see. */
const most = 2_000;
const deepest = 12;

const formats: ReadonlyMap<string, string> = new Map([
  ['date', '2026-11-21'],
  ['date-time', '2026-11-21T12:00:00Z'],
  ['time', '12:00:00Z'],
  ['duration', 'PT1H'],
  ['email', 'someone@example.com'],
  ['idn-email', 'someone@example.com'],
  ['hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.com/'],
  ['url', 'https://example.com/'],
  ['uri-reference', '/'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
  ['byte', ''],
  ['binary', ''],
]);

/**
 * A value that a schema describes: its example, default, constant or first choice, else something of its type. Undefined
 * where a schema leads into itself or nowhere.
 */
export function sampleOf(root: Source, schema: Source): Json | undefined {
  return new Sampler(root).value(schema, []);
}

class Sampler {
  private spent = 0;

  constructor(private readonly root: Source) {}

  value(reference: Source, above: readonly string[]): Json | undefined {
    this.spent += 1;
    const schema = resolve(this.root, reference);
    if (schema === undefined || above.length > deepest || this.spent > most) return undefined;
    if (typeof schema.value === 'boolean') return schema.value ? {} : undefined;
    if (schema.object === undefined) return undefined;
    const { pointer } = schema;
    if (above.includes(pointer)) return undefined;
    const given = firstGiven(schema);
    if (given !== undefined) return given;
    const path = [...above, pointer];
    for (const key of ['oneOf', 'anyOf']) {
      for (const choice of schema.at(key).items) {
        const value = this.value(choice, path);
        if (value !== undefined) return isObject(value) ? this.object(schema, path, value) : value;
      }
    }
    return this.typed(schema, path);
  }

  private typed(schema: Source, path: readonly string[]): Json | undefined {
    switch (typeOf(schema)) {
      case 'object':
        return this.object(schema, path, {});
      case 'array': {
        const item = this.value(schema.at('items'), path);
        return item === undefined ? [] : Array(Math.min(countOf(schema.at('minItems').value, 1), 10)).fill(item);
      }
      case 'string':
        return textOf(schema);
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return this.merged(schema, path);
    }
  }

  /** Without a type, `allOf` may still say what it is. */
  private merged(schema: Source, path: readonly string[]): Json | undefined {
    const parts = schema
      .at('allOf')
      .items.map((part) => this.value(part, path))
      .filter((value) => value !== undefined);
    const [first] = parts;
    if (first === undefined) return {};
    return parts.every(isObject) ? Object.assign({}, ...parts) : first;
  }

  private object(schema: Source, path: readonly string[], start: { [key: string]: Json }): Json {
    const members = new Map(Object.entries(start));
    for (const part of schema.at('allOf').items) {
      const value = this.value(part, path);
      if (isObject(value)) for (const [key, member] of Object.entries(value)) members.set(key, member);
    }
    for (const [name, property] of schema.at('properties').members) {
      if (resolve(this.root, property)?.at('writeOnly').value === true) continue;
      const value = this.value(property, path);
      if (value !== undefined) members.set(name, value);
    }
    return Object.fromEntries(members);
  }
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function firstGiven(schema: Source): Json | undefined {
  const examples = schema.at('examples').items;
  const candidates = [
    schema.at('example'),
    ...examples.slice(0, 1),
    schema.at('default'),
    schema.at('const'),
    ...schema.at('enum').items.slice(0, 1),
  ];
  return candidates.find(({ value }) => value !== undefined)?.value;
}

function typeOf(schema: Source): string | undefined {
  const { value } = schema.at('type');
  const type = Array.isArray(value) ? value.find((each) => each !== 'null') : value;
  if (typeof type === 'string') return type;
  if (schema.at('properties').object !== undefined || schema.at('additionalProperties').object !== undefined)
    return 'object';
  return schema.at('items').object === undefined ? undefined : 'array';
}

const countOf = (value: Json | undefined, fallback: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : fallback;

function textOf(schema: Source): string {
  const known = formats.get(schema.at('format').text ?? '');
  if (known !== undefined) return known;
  const least = countOf(schema.at('minLength').value, 0);
  const { value: limit } = schema.at('maxLength');
  const text = 'text'.padEnd(Math.min(least, 1_000), 't');
  return typeof limit === 'number' && limit >= 0 ? text.slice(0, Math.max(limit, least)) : text;
}

function numberOf(schema: Source): number {
  const isWhole = typeOf(schema) === 'integer';
  const step = numberAt(schema, 'multipleOf');
  const above =
    numberAt(schema, 'exclusiveMinimum') ??
    (schema.at('exclusiveMinimum').value === true ? numberAt(schema, 'minimum') : undefined);
  const least =
    above === undefined ? numberAt(schema, 'minimum') : above + (isWhole ? 1 : Math.max(Math.abs(above) * 1e-3, 1e-3));
  const most = numberAt(schema, 'maximum') ?? numberAt(schema, 'exclusiveMaximum');
  const start = least ?? (most !== undefined && most < 0 ? most - 1 : 0);
  const value = step !== undefined && step > 0 ? Math.ceil(start / step) * step : isWhole ? Math.ceil(start) : start;
  return Number.isFinite(value) ? value : 0;
}

function numberAt(schema: Source, key: string): number | undefined {
  const { value } = schema.at(key);
  return typeof value === 'number' ? value : undefined;
}
