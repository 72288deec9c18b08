import { quote } from './found.ts';

/** Methods an operation may have. CONNECT is not among them: it opens a tunnel instead of asking for something. */
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'] as const;

const longestPath = 1024;
const parameter = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;
// RFC 3986 pchar without "*" and brackets, which routers read as wildcards and regular expressions.
const literal = /^(?:[A-Za-z0-9._~!$&'+,;=:@-]|%[0-9A-Fa-f]{2})*$/;

/** One segment between slashes: text around at most one parameter. */
export interface Segment {
  before: string;
  parameter?: string;
  /** The parameter takes the rest of the path, slashes included. */
  wildcard?: true;
  after: string;
}

/**
 * Takes a path template apart: `/items/{id}` as in OpenAPI, and `/files/{rest*}` for a parameter that takes the rest of
 * the path. Gives what is wrong as a sentence instead, when it is none. Bounded, so that no path is slow to match: 1,024
 * characters, one parameter in a segment.
 */
export function parsePath(path: string): Segment[] | string {
  if (!path.startsWith('/')) return `must start with "/", found ${quote(path)}.`;
  if (path.length > longestPath) return `must be at most ${longestPath} characters long, found ${path.length}.`;
  const [, ...texts] = path.split('/');
  const segments: Segment[] = [];
  const names = new Set<string>();
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1;
    if (text === '' && !isLast) return `must not have two slashes in a row, found ${quote(path)}.`;
    const segment = parseSegment(text, isLast);
    if (typeof segment === 'string') return segment;
    if (segment.parameter !== undefined) {
      if (names.has(segment.parameter)) return `has the parameter ${quote(segment.parameter)} twice. Rename one.`;
      names.add(segment.parameter);
    }
    segments.push(segment);
  }
  return segments;
}

/**
 * A path without the names of its parameters and without percent-encoding: two paths of one shape match the same
 * requests.
 */
export function pathShape(path: string): string {
  const shape = path.replace(/\{[^{}]*\*\}/g, '{*}').replace(/\{[^{}*]*\}/g, '{}');
  return decoded(shape) ?? shape;
}

const remedyOfTwo = 'A segment may hold one parameter in braces, such as "{id}"; put a second one behind another "/"';

/**
 * A path of an OpenAPI document as one of ours: `/files/{rest}` is `/files/{rest*}` where the parameter takes slashes too,
 * which such documents say with `x-wildcard`. Undefined where the parameter is not the whole last segment.
 */
export const withWildcard = (path: string, name: string): string | undefined =>
  path.endsWith(`/{${name}}`) ? `${path.slice(0, -1)}*}` : undefined;

function parseSegment(text: string, isLast: boolean): Segment | string {
  if (text.startsWith(':')) {
    const name = text.slice(1);
    if (parameter.test(name)) return `writes a parameter as ${quote(text)}. Write ${quote(`{${name}}`)}.`;
    return `writes parameters as ${quote(text)}. ${remedyOfTwo}.`;
  }
  const match = /^([^{}]*)(?:\{([^{}]*)\}([^{}]*))?$/.exec(text);
  if (match === null) {
    return `has the segment ${quote(text)}. ${remedyOfTwo}.`;
  }
  const [, before = '', braced, after = ''] = match;
  if (!literal.test(before) || !literal.test(after)) {
    const remedy = text.includes('*')
      ? 'Write "{rest*}" as the last segment to take the rest of the path'
      : "Allowed are letters, digits, - . _ ~ ! $ & ' + , ; = : @; write anything else percent-encoded (RFC 3986)";
    return `has the segment ${quote(text)}. ${remedy}.`;
  }
  const plain = decoded(before + after);
  if (plain === undefined) return `has the segment ${quote(text)}, whose percent-encoding is not UTF-8.`;
  if (text.includes('%') && /[/?#%*(){}]/.test(plain)) {
    return `has the segment ${quote(text)}. Of / ? # % * ( ) { } none may be part of a path, not even percent-encoded.`;
  }
  if (braced === undefined) return { before, after };
  const wildcard = braced.endsWith('*');
  const name = wildcard ? braced.slice(0, -1) : braced;
  if (!parameter.test(name)) {
    return `has the parameter ${quote(name)}. Its name may have letters, digits, "_", "-" and ".", 1 to 64 of them, starting with a letter or "_".`;
  }
  if (name === '__proto__') return 'has the parameter "__proto__". Choose another name.';
  if (!wildcard) return { before, parameter: name, after };
  if (!isLast || before !== '' || after !== '') {
    return `has the wildcard ${quote(text)}. It must be the whole last segment, since it takes the rest of the path.`;
  }
  return { before, parameter: name, wildcard, after };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
