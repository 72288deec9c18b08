import { ActionFailure, describeValue, isPlainObject, type Plain } from '../kit/index.ts';
import { joinPath } from '../support/http/url.ts';
import type { ApiOperation } from './document.ts';

/** A template with the defaults of a server's variables filled in. What is in `variables` stays a placeholder, to be encoded. */
const fillServer = (server: Plain, variables: Plain): string => {
  const declared = isPlainObject(server.variables) ? server.variables : {};
  const url = typeof server.url === 'string' ? server.url : '';
  return url.replace(/\{([^{}]*)\}/g, (placeholder, name: string) => {
    const variable = Object.hasOwn(declared, name) && isPlainObject(declared[name]) ? declared[name] : {};
    const given = Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
    if (given === null) return typeof variable.default === 'string' ? variable.default : placeholder;
    if (!Array.isArray(variable.enum)) return placeholder;
    // What the document lists is written as it stands there: it may hold slashes.
    if (variable.enum.includes(given)) return String(given);
    throw new ActionFailure(
      'input-invalid',
      `\`variables.${name}\` must be one of the values that the API lists for its server, found ${describeValue(given)}`,
    );
  });
};

const isPlaceholder = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');

/** Does a URL end with the operation's path, filled in or not? */
const endsWithPath = (url: string, path: string): boolean => {
  const [bare = ''] = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  const wanted = path.split('/').slice(1);
  const found = bare.split('/').slice(1).slice(-wanted.length);
  if (found.length !== wanted.length || (wanted.length === 1 && wanted[0] === '')) return false;
  // A path of nothing but parameters would be found at the end of any URL.
  const isTelling = wanted.some((segment) => !isPlaceholder(segment));
  return wanted.every((segment, index) => segment === found[index] || (isTelling && isPlaceholder(segment)));
};

/**
 * The template of an operation's URL: an absolute `url` takes the place of the API's server, or of the whole when it ends
 * with the operation's path; one that begins with a slash takes the place of the path.
 */
export const addressOf = ({ servers, path }: ApiOperation, url: string | undefined, variables: Plain): string => {
  if (url !== undefined && /^https?:\/\//i.test(url)) return endsWithPath(url, path) ? url : joinPath(url, path);
  if (url !== undefined && url !== '' && !url.startsWith('/'))
    throw new ActionFailure(
      'input-invalid',
      '`url` must begin with http://, https:// or a slash, or be left out for the server that the API names',
    );
  const server = fillServer(servers[0] ?? {}, variables);
  if (!/^https?:\/\//i.test(server))
    throw new ActionFailure('input-invalid', '`url` must be given: the API names no server with an absolute URL');
  return joinPath(server, url || path);
};
