import type { Json, Operation } from '../../engine/document/types.ts';

type StaticPath = readonly (string | number)[];

/** One argument of the service: a property of its input, and the reference that the call fills it with. */
export interface Argument {
  name: string;
  path: StaticPath;
}

/** The arguments of the service, one for each place that is read outside of it. */
export class Arguments {
  readonly list: Argument[] = [];

  /** The property for a place: named after the last part that is a name. */
  nameOf(path: StaticPath): string {
    const known = this.list.find((one) => JSON.stringify(one.path) === JSON.stringify(path));
    if (known !== undefined) return known.name;
    const name = this.free(plainName(path.findLast((part) => typeof part === 'string') as string));
    this.list.push({ name, path });
    return name;
  }

  private free(wish: string): string {
    const isTaken = (name: string): boolean => this.list.some((one) => one.name === name);
    if (!isTaken(wish)) return wish;
    for (let number = 2; ; number++) if (!isTaken(`${wish}${number}`)) return `${wish}${number}`;
  }

  /** The values of a call. */
  get values(): { [name: string]: Json } {
    return Object.fromEntries(this.list.map(({ name, path }) => [name, { $ref: [...path] }]));
  }

  /** JSON Schema of the input. */
  schema(operation: Operation): Json {
    const properties = Object.fromEntries(this.list.map(({ name, path }) => [name, schemaOf(path, operation)]));
    return {
      type: 'object',
      properties,
      ...(this.list.length > 0 && { required: this.list.map(({ name }) => name) }),
    };
  }
}

const reserved = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function', '__proto__']);

/** A name that needs no quotes in an expression. */
function plainName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
  return !/^[A-Za-z]/.test(name) || reserved.has(name) ? `value${name.replace(/^_+/, '')}` : name;
}

/** What is known of the type; a reference that finds nothing gives null. */
function schemaOf(path: StaticPath, operation: Operation): Json {
  if (path.length === 2 && path[0] === 'request' && (path[1] === 'method' || path[1] === 'uri'))
    return { type: 'string' };
  if (path[0] !== 'input' || !('input' in operation)) return {};
  let schema: Json | undefined = operation.input;
  let isThere = true;
  for (const part of path.slice(1)) {
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return {};
    const { properties, required } = schema as { properties?: { [name: string]: Json }; required?: Json };
    if (properties === undefined || !Object.hasOwn(properties, part)) return {};
    isThere &&= Array.isArray(required) && required.includes(part);
    schema = properties[part];
  }
  if (typeof schema !== 'object' || schema === null || path.length === 1) return {};
  // What it refers to stays behind.
  if (JSON.stringify(schema).includes('"$ref"')) return {};
  return isThere ? schema : { anyOf: [schema, { type: 'null' }] };
}
