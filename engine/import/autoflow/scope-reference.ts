import { expressionKind } from '../../document/expression.ts';
import { found, quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { structOf } from './struct.ts';

const fixedScopes = new Set(['variables', 'request', 'input', 'received', 'global', 'env', 'run', 'error']);
/** What older versions called a scope. */
const renamed = new Map([
  ['variable', 'variables'],
  ['globals', 'global'],
]);
/** Scopes that the runtime reserves; an iteration cannot have one of these names. */
export const isFixedScope = (name: string): boolean => fixedScopes.has(name);

const requestParts = new Set(['method', 'path', 'query', 'header', 'cookie', 'body', 'uri', 'connection']);

/** A ScopeReference as `{"$ref": [scope, …keys]}`. */
export function convertReference(source: Source, around: Around): Json {
  const scope = source.at('scope');
  const name = scope.text;
  if (name === undefined) {
    const part = around.convert(scope, around);
    if (expressionKind(part) === undefined) {
      around.report.warn(around.node, source, 'The reference names no scope; it gives null.');
      return null;
    }
    return { $ref: [part, ...convertPath(source.at('path'), around)] };
  }
  const path = convertPath(source.at('path'), around);
  const ours = scopeName(name, around);
  warnOfScope(ours, name, path, source, around);
  return { $ref: [ours, ...path] };
}

/** Where an action's result goes. Undefined: where the action puts it by default; null: nowhere. */
export function convertOutput(source: Source, around: Around): Json[] | null | undefined {
  if (source.value === undefined) return undefined;
  if (source.value === null) return null;
  const nowhere = (why: string): null => {
    around.report.warn(around.node, source, `${why} The result goes nowhere; choose an output path.`);
    return null;
  };
  if (structOf(source) !== 'ScopeReference') return nowhere('The output is no reference to a scope.');
  const name = source.at('scope').text;
  if (name === undefined) return nowhere('The output names no scope.');
  const scope = scopeName(name, around);
  const path = convertPath(source.at('path'), around);
  const isLocal = around.scopes?.has(scope) ?? true;
  if (scope !== 'variables' && (isFixedScope(scope) || !isLocal)) {
    return nowhere(`The scope ${quote(name)} of the output cannot be written here.`);
  }
  if (scope === 'variables' && path.length === 0)
    return nowhere('The output replaces all variables, which is not possible.');
  if (scope === '__proto__' || path.includes('__proto__')) return nowhere('The output path holds "__proto__".');
  const position = source.at('path').items.find(({ text }) => text !== undefined && isPosition(text));
  if (position !== undefined) {
    around.report.warn(
      around.node,
      position,
      `${found(position.value)} in the output path is taken as a position in an array.`,
    );
  }
  return [scope, ...path];
}

function scopeName(name: string, { scopes }: Around): string {
  return scopes?.has(name) ? name : (renamed.get(name) ?? name);
}

function warnOfScope(scope: string, name: string, path: readonly Json[], source: Source, around: Around): void {
  if (around.scopes?.has(scope) ?? false) return;
  const { report, node, operation } = around;
  if (!fixedScopes.has(scope)) {
    if (around.scopes !== undefined) {
      report.tally(
        `scope ${operation} ${name}`,
        node,
        source,
        (more) => `There is no scope ${quote(name)}${more}; the reference gives null.`,
      );
    }
    return;
  }
  const [part] = path;
  if (scope !== 'request' || typeof part !== 'string') return;
  if (!requestParts.has(part)) {
    report.tally(
      `request ${operation} ${part}`,
      node,
      source,
      (more) => `A request has no ${quote(part)}${more}; the reference gives null.`,
    );
  } else if (part === 'method') {
    report.tally(
      `method ${operation}`,
      node,
      source,
      (more) => `request.method is upper-case here, such as "POST"${more}; compare with that.`,
    );
  } else if (part === 'uri') {
    report.tally(
      `uri ${operation}`,
      node,
      source,
      (more) => `request.uri is the path and query here, without scheme and host${more}.`,
    );
  }
}

/** An index written as text. Integers read keys of objects too, so nothing is lost by taking it as one. */
const isPosition = (text: string): boolean => /^(?:0|-?[1-9]\d{0,14})$/.test(text);

function convertPath(source: Source, around: Around): Json[] {
  if (source.value === undefined || source.value === null) return [];
  if (!Array.isArray(source.value)) {
    around.report.warn(around.node, source, 'The path of a reference must be an array; it is taken as one key.');
    return [convertPart(source, around)];
  }
  return source.items.map((part) => convertPart(part, around));
}

function convertPart(source: Source, around: Around): Json {
  const { value } = source;
  if (typeof value === 'string') return isPosition(value) ? Number(value) : value;
  if (Number.isSafeInteger(value)) return value as number;
  if (typeof value === 'number') return String(value);
  const part = source.object === undefined ? (value ?? null) : around.convert(source, around);
  if (expressionKind(part) !== undefined || typeof part === 'string') return part;
  around.report.warn(
    around.node,
    source,
    'A part of a path must be a text, a whole number or a reference; this one finds nothing.',
  );
  return { $literal: part };
}
