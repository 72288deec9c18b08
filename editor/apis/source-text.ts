import { quote } from '../../engine/document/found.ts';
import { parseJsonText } from '../../engine/document/json-text.ts';
import type { Json } from '../../engine/document/types.ts';

export type SourceKind = 'json' | 'yaml';

export type ParsedSource = { value: Json; problem?: never } | { value?: never; problem: string };

/** Which of the two a text is: YAML by the name of its file, JSON when it begins with a bracket. */
export const kindOfSource = (text: string, file = ''): SourceKind =>
  /\.ya?ml$/i.test(file) || !/^\uFEFF?\s*[{[]/.test(text) ? 'yaml' : 'json';

/** Reads JSON or YAML. A problem is a sentence with line and column. YAML is loaded when it is first needed. */
export async function parseSource(text: string, kind: SourceKind): Promise<ParsedSource> {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (plain.trim() === '') return { problem: 'The text is empty. Write an OpenAPI 3 document.' };
  if (kind === 'json') {
    const { value, fault } = parseJsonText(plain);
    if (fault === undefined) return { value };
    return { problem: `Line ${fault.line}, column ${fault.column}: ${fault.message}.` };
  }
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(plain, { version: '1.2', schema: 'core', lineCounter: lines, prettyErrors: false });
  const error = document.errors[0] ?? document.warnings[0];
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return { problem: `Line ${line}, column ${col}: ${error.message.replace(/\s+/g, ' ').replace(/\.$/, '')}.` };
  }
  try {
    // What JSON cannot hold, such as infinity, becomes null there: it is refused rather than lost.
    const value = document.toJS({ maxAliasCount: 100 }) as Json;
    const odd = notJson(value, '');
    return odd === null ? { value } : { problem: `${odd} cannot be written as JSON. Write it as a text.` };
  } catch (thrown) {
    return { problem: `The YAML document cannot be read: ${(thrown as Error).message}` };
  }
}

/** The text of a value, as somebody would write it. */
export async function sourceTextOf(value: Json, kind: SourceKind): Promise<string> {
  if (kind === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  const { stringify } = await import('yaml');
  return stringify(value, { version: '1.2', schema: 'core', lineWidth: 120, aliasDuplicateObjects: false });
}

/** Why a value is no OpenAPI document, as a sentence; null when it is one. */
export function openapiFault(value: Json): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'An OpenAPI document is an object with the keys openapi, info and paths.';
  if (Object.hasOwn(value, 'swagger'))
    return `This is Swagger, of the version ${quote(String(value.swagger))}. Convert it to OpenAPI 3 first.`;
  if (typeof value.openapi === 'string' && /^3\.\d/.test(value.openapi)) return null;
  const given = value.openapi === undefined ? 'nothing' : quote(String(value.openapi));
  return `"openapi" must be the version of OpenAPI, "3.0.0" or later, found ${given}.`;
}

function notJson(value: unknown, place: string): string | null {
  if (typeof value === 'number' && !Number.isFinite(value)) return `The number ${value} at ${place || '/'}`;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const odd = notJson(member, `${place}/${key}`);
    if (odd !== null) return odd;
  }
  return null;
}
