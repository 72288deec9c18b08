import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../../document/shape.ts';

type Schemas = { [name: string]: JsonSchema };

/** Keywords whose value is a schema, a list of schemas, or an object of schemas. */
const one = ['items', 'additionalProperties', 'not'];
const many = ['anyOf', 'allOf', 'oneOf', 'prefixItems'];
const named = ['properties', 'patternProperties'];

/**
 * Takes the schemas that have a title out of others: they become the components of a description, by their titles, and
 * where they stood they are referred to.
 */
export class Components {
  readonly schemas: Schemas = {};
  private readonly sources: Schemas = {};

  /**
   * The schema with references in it.
   * @throws Error for two different schemas of one title
   */
  refer(schema: JsonSchema): JsonSchema {
    const { title } = schema;
    if (typeof title !== 'string') return this.within(schema);
    const source = this.sources[title];
    if (source === undefined) {
      this.sources[title] = schema;
      this.schemas[title] = this.within(schema);
    } else if (source !== schema && !isDeepStrictEqual(source, schema)) {
      throw new Error(`Two schemas that differ have the title ${title}; give one of them another.`);
    }
    return { $ref: `#/components/schemas/${title}` };
  }

  private within(schema: JsonSchema): JsonSchema {
    return Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => {
        if (one.includes(keyword) && isSchema(value)) return [keyword, this.refer(value)];
        if (many.includes(keyword)) return [keyword, (value as JsonSchema[]).map((each) => this.refer(each))];
        if (named.includes(keyword)) return [keyword, this.referAll(value as Schemas)];
        return [keyword, value];
      }),
    );
  }

  private referAll(schemas: Schemas): Schemas {
    return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, this.refer(schema)]));
  }
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;
