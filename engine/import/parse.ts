import { isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { quote } from '../document/found.ts';
import { deepestJson, parseJsonText } from '../document/json-text.ts';
import type { Json } from '../document/types.ts';
import { ImportFault } from './types.ts';

/** Reading YAML takes time and memory many times that of JSON, which has no such limit. */
const longestYaml = 8 * 1024 * 1024;

/**
 * Reads JSON or YAML (1.2, core schema: no tags of one's own). A text that begins with a bracket is JSON, unless the
 * file's name says YAML.
 * @throws ImportFault with line and column
 */
export function parseText(text: string, name: string | undefined): Json {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const start = /[^ \t\r\n]/.exec(plain)?.[0];
  if (start === undefined)
    throw new ImportFault('The document is empty. Give a project, a configuration or an OpenAPI document.');
  const isYaml = name !== undefined && /\.ya?ml$/i.test(name);
  if (isYaml) return parseYaml(plain, '');
  if (start === '{' || start === '[' || start === '"') return parseJson(plain);
  return parseYaml(plain, ' The text was read as YAML, since it begins with neither "{" nor "[", as JSON does.');
}

function parseJson(text: string): Json {
  const parsed = parseJsonText(text);
  if (parsed.fault === undefined) return parsed.value;
  const { line, column, message } = parsed.fault;
  throw new ImportFault(`Line ${line}, column ${column}: ${message}.`, { line, column });
}

/** @param why that it was taken for YAML, which whoever meant something else should know */
function parseYaml(text: string, why: string): Json {
  if (text.length > longestYaml) {
    throw new ImportFault(
      `A YAML document may have ${longestYaml} characters, found ${text.length}. Convert it to JSON, which may be longer.`,
    );
  }
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const refuse = (offset: number, what: string): never => {
    const place = at(offset);
    throw new ImportFault(`Line ${place.line}, column ${place.column}: ${what}${why}`, place);
  };
  let data: unknown;
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      // Looked for below: the parser compares every key with every other.
      uniqueKeys: false,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined) refuse(problem.pos[0], sentence(plain(problem.message)));
    visit(document, {
      Map(_, { items }) {
        const keys = new Set<string>();
        for (const { key } of items) {
          const offset = startOf(key);
          if (!isScalar(key) || (typeof key.value === 'object' && key.value !== null)) {
            refuse(offset, 'A key must be a text, a number, true, false or null.');
          } else {
            const name = String(key.value);
            if (keys.has(name)) refuse(offset, `Found the key ${quote(name)} twice in one map; remove one.`);
            keys.add(name);
          }
        }
      },
      Scalar(_, { value, range }) {
        if (typeof value === 'number' && !Number.isFinite(value)) {
          refuse(range?.[0] ?? 0, `JSON has no number ${value}, so no document can hold it. Write it as a text.`);
        }
      },
    });
    data = document.toJS({ maxAliasCount: 100 });
    if (typeof data !== 'object' || data === null) {
      throw new ImportFault('The text is neither JSON nor a YAML document with keys and values.', {
        line: 1,
        column: 1,
      });
    }
  } catch (thrown) {
    if (thrown instanceof ImportFault) throw thrown;
    // Aliases that lead nowhere, round in a circle or to too much are found only here; so is nesting without end.
    throw new ImportFault(`The YAML document cannot be read: ${sentence(plain((thrown as Error).message))}${why}`);
  }
  if (isDeeper(data, deepestJson)) {
    throw new ImportFault(
      `The document nests more than ${deepestJson} lists and maps in each other; that is the limit.`,
    );
  }
  return data as Json;
}

/** Where a node begins, counting from 0. */
const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** The parser calls itself for each level, and says so when there are too many. */
const plain = (message: string): string =>
  /call stack/i.test(message) ? 'Lists and maps are nested too deep in each other' : message;

const sentence = (message: string): string => `${message.replace(/\s+/g, ' ').replace(/\.$/, '')}.`;

function isDeeper(data: unknown, levels: number): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return levels === 0 || Object.values(data).some((member) => isDeeper(member, levels - 1));
}
