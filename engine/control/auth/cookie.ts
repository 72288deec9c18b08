/**
 * The editor's session cookie. `__Host-` makes the browser refuse one that was set without TLS or for other hosts;
 * browsers take loopback addresses for safe. Any other address without TLS gets the plain name.
 */
const secureName = '__Host-sluice';
const plainName = 'sluice-session';

const longestSeconds = 7 * 24 * 3600;

/** The session ids in a Cookie header, the safer name first. There may be several: cookies do not know ports. */
export function sessionIdsIn(header: string | undefined): string[] {
  if (header === undefined) return [];
  const ids: { readonly [name: string]: string[] } = { [secureName]: [], [plainName]: [] };
  for (const part of header.split(';', 100)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    if (Object.hasOwn(ids, name) && /^[\w-]{43}$/.test(value)) ids[name]?.push(value);
  }
  return Object.values(ids).flat().slice(0, 4);
}

const attributes = 'Path=/; HttpOnly; SameSite=Strict';

export const sessionCookie = (id: string, isSecure: boolean): string =>
  isSecure
    ? `${secureName}=${id}; Max-Age=${longestSeconds}; Secure; ${attributes}`
    : `${plainName}=${id}; Max-Age=${longestSeconds}; ${attributes}`;

/** Makes the browser forget the session, under whatever name it has it. */
export const clearedCookies = [
  `${secureName}=; Max-Age=0; Secure; ${attributes}`,
  `${plainName}=; Max-Age=0; ${attributes}`,
] as const;
