import { methods, parsePath } from '../document/route.ts';

/** A method as documents have it; undefined for one that no operation can have. */
export const methodOf = (text: string): (typeof methods)[number] | undefined => {
  const upper = text.trim().toUpperCase();
  return methods.find((method) => method === upper);
};

/** Parameters written as `:name` in braces, and a wildcard at the end as the rest of the path. */
export const pathOf = (text: string): string =>
  text
    .split('/')
    .map((segment, index, all) => {
      const isLast = index === all.length - 1;
      const parameter = /^:([A-Za-z_][A-Za-z0-9_.-]*)$/.exec(segment)?.[1];
      if (parameter !== undefined) return `{${parameter}}`;
      const rest = /^\*{1,2}([A-Za-z_][A-Za-z0-9_.-]*)?$/.exec(segment);
      return rest !== null && isLast ? `{${rest[1] ?? 'rest'}*}` : segment;
    })
    .join('/');

/** A path that can stand in a document, for one that cannot: whatever is in the way is left out. */
export function standIn(path: string): string {
  const plain = `/${path
    .split('/')
    .map((segment) => segment.replace(/[^A-Za-z0-9._~]+/g, '-').replace(/^-+|-+$/g, ''))
    .filter((segment) => segment !== '')
    .join('/')}`.slice(0, 512);
  return typeof parsePath(plain) === 'string' ? '/' : plain;
}

/** `post-items-id` for POST /items/{id}. */
export const routeId = (method: string, path: string): string =>
  [method.toLowerCase(), ...path.split(/[^A-Za-z0-9_.]+/)].filter((part) => part !== '').join('-');
