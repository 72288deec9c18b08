import type { HostRequest } from '../../actions/kit/define.ts';

const longestPath = 300;

/**
 * Method and address without what may be secret in it: user, password and query. A long path is left out: half a secret
 * would not be recognised by redaction.
 */
export function nameOf({ method, url }: Pick<HostRequest, 'method' | 'url'>): string {
  if (!URL.canParse(url)) return `${method.toUpperCase()} request`;
  const { origin, pathname } = new URL(url);
  return `${method.toUpperCase()} ${origin}${pathname.length > longestPath ? '' : pathname}`;
}
