import type { ActionDefinition, Example } from '../../actions/kit/define.ts';
import type { Field, FieldSchema } from '../../actions/kit/fields.ts';
import { quote } from '../document/found.ts';
import { didYouMean } from '../document/nearest.ts';
import type { Io } from './io.ts';

export interface ActionsOptions {
  /** The action to document; undefined lists all. */
  id: string | undefined;
  json: boolean;
  library: readonly ActionDefinition[];
}

/**
 * `sluice actions [ID]`: the library in columns, or one action's fields, result and examples; with `json` the same as
 * data. Resolves with 2 when there is no such action.
 */
export async function actions(
  { id, json, library }: ActionsOptions,
  io: Pick<Io, 'stdout' | 'stderr'>,
): Promise<number> {
  if (id === undefined) {
    io.stdout.write(json ? asJson(library.map(describe)) : list(library));
    return 0;
  }
  const action = library.find((candidate) => candidate.id === id);
  if (action === undefined) {
    const near = didYouMean(
      id,
      library.map((candidate) => candidate.id),
    );
    io.stderr.write(`sluice actions: There is no action ${quote(id)}.${near || ' "sluice actions" lists them all.'}\n`);
    return 2;
  }
  io.stdout.write(json ? asJson(describe(action)) : page(action));
  return 0;
}

const asJson = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

/** An action as data: JSON Schemas of its input and output, documentation and examples. */
export function describe({ id, title, summary, documentation, fields, output, examples }: ActionDefinition): object {
  const required = Object.keys(fields).filter(
    (name) => !fields[name]?.optional && fields[name]?.fallback === undefined,
  );
  const properties = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]));
  return {
    id,
    category: id.slice(0, id.lastIndexOf('/')),
    title,
    summary,
    ...(documentation !== undefined && { documentation }),
    input: { type: 'object', properties, required, additionalProperties: false },
    output,
    examples,
  };
}

const schemaOf = ({ schema, label, help }: Field): FieldSchema => ({
  ...schema,
  ...(label !== undefined && { title: label }),
  ...(help !== undefined && { description: help }),
});

function list(library: readonly ActionDefinition[]): string {
  const sorted = [...library].sort((a, b) => (a.id < b.id ? -1 : 1));
  return table(sorted.map(({ id, summary }) => [id, summary]));
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function page(action: ActionDefinition): string {
  const fields = Object.entries(action.fields);
  const parts = [`${action.id}\n${action.title}: ${action.summary}\n`];
  if (action.documentation) parts.push(`${action.documentation.trim()}\n`);
  parts.push(
    fields.length === 0
      ? 'It takes no input.\n'
      : `Input\n${indented(table(fields.flatMap(([name, field]) => fieldRows(name, field))))}`,
  );
  parts.push(`Output\n  ${action.output === null ? 'none' : typeOf(action.output)}\n`);
  parts.push(`Examples\n${action.examples.map(example).join('')}`);
  return parts.join('\n');
}

function fieldRows(name: string, field: Field): string[][] {
  const need =
    field.fallback !== undefined
      ? `default ${JSON.stringify(field.fallback)}`
      : field.optional
        ? 'optional'
        : 'required';
  const about = [field.label, field.help].filter(Boolean).join('. ');
  const members = Object.entries(field.rows ?? {}).flatMap(([member, inner]) =>
    fieldRows(`${name}[].${member}`, inner),
  );
  return [[name, typeOf(field.schema), need, about], ...members];
}

function typeOf(schema: FieldSchema): string {
  if (schema.format === 'steps') return 'steps or any value';
  if (schema.format === 'address') return 'address';
  if (schema.format === 'schema') return 'JSON Schema';
  if (Array.isArray(schema.enum)) return schema.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (typeof schema.type !== 'string') return 'any';
  const { minimum, maximum } = schema;
  const bounds = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}..${maximum ?? ''}`;
  return schema.type + bounds;
}

function example({ given, gives, fails, note }: Example): string {
  const result = fails === undefined ? `gives ${compact(gives)}` : `fails with ${fails}`;
  return `  ${compact(given)}\n    ${result}${note ? `\n    ${note}` : ''}\n`;
}

/** Values in examples may be more than JSON: binary data and dates are named instead. */
function compact(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value, function (this: { [key: string]: unknown }, key, member: unknown) {
    const original = this[key];
    if (original instanceof Uint8Array) return `(${original.length} bytes)`;
    return typeof original === 'bigint' ? `${original}n` : member;
  });
  return text ?? String(value);
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
