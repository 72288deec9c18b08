import type { Json } from '../../engine/document/types.ts';

export type Schema = { readonly [keyword: string]: unknown };

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words = [
  'a',
  'hello',
  'x-1',
  'Ünïcödé',
  'two words',
  'long enough to be kept',
  '0',
  '2999-11-21T12:00:00Z',
  '/path/{id}',
  '@daily',
  '3.1.0',
];

/**
 * Makes values that look as a schema wants them: of the right types, with the required keys and some of the others.
 * Patterns are met only where one of a few texts happens to.
 */
export class FromSchema {
  constructor(
    private readonly components: { readonly [name: string]: Schema },
    private readonly random: () => number,
  ) {}

  resolve(schema: Schema): Schema {
    const { $ref } = schema;
    return typeof $ref === 'string' ? this.resolve(this.components[$ref.split('/').at(-1) as string] ?? {}) : schema;
  }

  make(given: Schema, depth = 0): Json {
    const schema = this.resolve(given);
    const { examples, enum: values, const: constant, anyOf, oneOf, allOf, type } = schema as { [key: string]: Json[] };
    if (constant !== undefined) return constant as unknown as Json;
    if (examples !== undefined) return this.pick(examples);
    if (values !== undefined) return this.pick(values);
    if (allOf !== undefined) return this.make(allOf[0] as Schema, depth);
    if (anyOf ?? oneOf) return this.make(this.pick(anyOf ?? oneOf ?? []) as Schema, depth);
    switch (Array.isArray(type) ? this.pick(type) : type) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return depth > 8
          ? []
          : Array.from({ length: this.upTo(1) }, () => this.make((schema.items ?? {}) as Schema, depth + 1));
      case 'string':
        return this.text(schema);
      case 'integer':
        return this.number(schema, true);
      case 'number':
        return this.number(schema, false);
      case 'boolean':
        return this.random() < 0.5;
      case 'null':
        return null;
      default:
        return this.pick<Json>([null, true, 1, 'text', [], {}, { $ref: ['request'] }, { $secret: 'a' }]);
    }
  }

  /** Some of a list, in its order. */
  some<T>(list: readonly T[], share: number): T[] {
    return list.filter(() => this.random() < share);
  }

  private object(schema: Schema, depth: number): Json {
    const {
      properties = {},
      required = [],
      additionalProperties,
    } = schema as {
      properties?: { [key: string]: Schema };
      required?: string[];
      additionalProperties?: Schema | boolean;
    };
    const object: { [key: string]: Json } = {};
    for (const [key, member] of Object.entries(properties)) {
      if (required.includes(key) || (depth < 6 && this.random() < 0.4)) object[key] = this.make(member, depth + 1);
    }
    if (typeof additionalProperties === 'object' && depth < 6) {
      for (let i = this.upTo(2); i > 0; i--)
        object[this.pick(['a', 'b', 'name'])] = this.make(additionalProperties, depth + 1);
    }
    return object;
  }

  private text({ pattern, format, minLength = 0 }: Schema): string {
    if (format === 'date-time') return '2999-11-21T12:00:00Z';
    const long = [...words, ...words.map((word) => word.repeat(minLength as number))];
    const fitting = typeof pattern === 'string' ? long.filter((word) => new RegExp(pattern, 'u').test(word)) : long;
    const enough = fitting.filter(({ length }) => length >= (minLength as number));
    return this.pick(enough.length > 0 ? enough : words);
  }

  private number({ minimum, maximum }: Schema, isWhole: boolean): number {
    const least = typeof minimum === 'number' ? minimum : -10;
    const most = typeof maximum === 'number' ? Math.min(maximum, least + 1000) : least + 1000;
    const value = least + this.random() * (most - least);
    return isWhole ? Math.round(value) : value;
  }

  private upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}
