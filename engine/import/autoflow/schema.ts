import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { structOf } from './struct.ts';

type JsonSchema = { [keyword: string]: Json } | boolean;

/**
 * A Schema as JSON Schema: of the kind `json` it is one already; of the kind `arguments` it is a list of fields, of which
 * those not required may be null too, since a reference to nothing gives null.
 */
export function convertSchema(source: Source, around: Around, { nullable = false } = {}): JsonSchema {
  if (structOf(source) !== 'Schema') return plainSchema(source, around);
  const type = source.at('type').text;
  const value = source.at('value');
  if (type === 'arguments' || (type === undefined && Array.isArray(value.value)))
    return objectSchema(value, around, nullable);
  if (type !== 'json')
    around.report.warn(
      around.node,
      source,
      `There is no schema of the kind ${quote(type ?? '')}; its value is taken as JSON Schema.`,
    );
  return plainSchema(value, around);
}

function plainSchema(source: Source, { report, node }: Around): JsonSchema {
  if (source.object !== undefined) return source.object;
  if (typeof source.value === 'boolean') return source.value;
  if (!source.isEmpty) report.warn(node, source, 'A schema must be an object; anything is allowed in its place.');
  return {};
}

function objectSchema(fields: Source, around: Around, nullable: boolean): JsonSchema {
  const { report, node } = around;
  const properties = new Map<string, Json>();
  const required: string[] = [];
  for (const field of fields.items) {
    const id = field.at('id').filled;
    if (id === undefined) {
      report.warn(node, field, 'A field without an id is left out.');
      continue;
    }
    for (const key of ['handler', 'default']) {
      const member = field.at(key);
      if (!member.isEmpty)
        report.warn(node, member, `${quote(key)} of the field ${quote(id)} has no counterpart; it is left out.`);
    }
    const isRequired = field.at('required').value === true;
    const label = field.at('label').filled;
    const own = convertSchema(field.at('schema'), around);
    const schema = isRequired && !nullable ? own : orNull(own);
    properties.set(id, label === undefined || typeof schema === 'boolean' ? schema : { title: label, ...schema });
    if (isRequired && !required.includes(id)) required.push(id);
  }
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}

function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return schema;
  const { type } = schema;
  const limits = ['enum', 'const', 'allOf', 'anyOf', 'oneOf', 'not', '$ref', 'if'].some((key) =>
    Object.hasOwn(schema, key),
  );
  if (limits || type === undefined) return { anyOf: [schema, { type: 'null' }] };
  if (typeof type === 'string') return type === 'null' ? schema : { ...schema, type: [type, 'null'] };
  return Array.isArray(type) && !type.includes('null') ? { ...schema, type: [...type, 'null'] } : schema;
}
