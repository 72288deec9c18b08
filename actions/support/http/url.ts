import { ActionFailure, describeValue, type Plain } from '../../kit/index.ts';

const refuse = (problem: string): never => {
  throw new ActionFailure('input-invalid', problem);
};

/** Percent-encodes all but the unreserved characters of RFC 3986. */
const encode = (text: string, where: string): string => {
  try {
    return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return refuse(`${where} holds half of a surrogate pair, which has no UTF-8 form; send valid text`);
  }
};

const encodeValue = (value: unknown, where: string): string => {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return encode(value.toISOString(), where);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return encode(String(value), where);
  return refuse(`${where} must be a text, a number, true or false, found ${describeValue(value)}`);
};

const fill = (template: string, variables: Plain): string =>
  template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : null;
    if (value === null || value === undefined)
      return refuse(`\`url\` needs the variable \`${name}\`; give it in \`variables\``);
    return encodeValue(value, `\`variables.${name}\``);
  });

// A value of ".." would climb out of the path that the workflow's author wrote, encoded or not.
const fillPath = (path: string, variables: Plain): string =>
  path
    .split('/')
    .map((template) => {
      const segment = fill(template, variables);
      return segment === template || !/^(?:\.|%2e){1,2}$/i.test(segment)
        ? segment
        : refuse(`\`url\` gets the path segment "${segment}" from its variables, which would lead to another path`);
    })
    .join('/');

/** Name and value pairs as `a=1&a=2`: arrays repeat the key, null is left out. Throws input-invalid, naming `where`. */
export const encodePairs = (pairs: Plain, where: string): string => {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(pairs)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === null || item === undefined) continue;
      const key = `\`${where}.${name}\``;
      parts.push(`${encode(name, key)}=${encodeValue(item, key)}`);
    }
  }
  return parts.join('&');
};

/**
 * Fills the `{name}` placeholders of a URL, percent-encoded (RFC 6570 level 1), and adds the query.
 * Throws input-invalid for a missing variable, a value with parts, and anything but an absolute http or https URL.
 */
export const buildUrl = (template: string, variables: Plain, query: Plain): string => {
  const [withoutFragment = ''] = template.split('#', 1);
  const mark = withoutFragment.indexOf('?');
  const path = mark < 0 ? withoutFragment : withoutFragment.slice(0, mark);
  const own = mark < 0 ? '' : fill(withoutFragment.slice(mark + 1), variables);
  const search = [own, encodePairs(query, 'query')].filter((part) => part !== '').join('&');
  const url = fillPath(path, variables) + (search === '' ? '' : `?${search}`);
  if (!URL.canParse(url)) return refuse('`url` is not an absolute URL; it must look like https://host/path');
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    return refuse(
      `\`url\` must begin with http:// or https://, found ${protocol.length <= 20 ? `${protocol}//` : 'something else'}`,
    );
  if (username !== '' || password !== '') {
    return refuse(
      '`url` holds a user name or password, which logs would show; send them in the header `authorization`',
    );
  }
  return url;
};

/** Adds a path to the end of a URL's own, with one slash between them and before its query. */
export const joinPath = (url: string, path: string): string => {
  if (path === '') return url;
  const mark = url.search(/[?#]/);
  let end = mark < 0 ? url.length : mark;
  const rest = url.slice(end);
  while (end > 0 && url[end - 1] === '/') end -= 1;
  return `${url.slice(0, end)}${path.startsWith('/') ? '' : '/'}${path}${rest}`;
};
