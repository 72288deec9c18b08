import { Bag } from '../../run/scopes.ts';

// Cookies do not know ports: the browser sends the editor's own to every server on its host.
const editorCookies = new Set(['__Host-sluice', 'sluice-session']);

export const isEditorCookie = (name: string): boolean => editorCookies.has(name);

/** Calls for every pair of a Cookie header (RFC 6265, section 4.2.1), the editor's own left out. */
function eachPair(header: string, take: (name: string, value: string, pair: string) => void): void {
  for (const part of header.split(';')) {
    const pair = part.trim();
    const equals = pair.indexOf('=');
    if (equals <= 0) continue;
    const name = pair.slice(0, equals).trimEnd();
    if (!editorCookies.has(name)) take(name, pair.slice(equals + 1).trimStart(), pair);
  }
}

/** Cookies by name. The first of a name counts, quotes around a value go, nothing is percent-decoded. */
export function parseCookies(header: string | undefined): Bag {
  const bag = new Bag();
  if (header === undefined) return bag;
  eachPair(header, (name, value) => {
    const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
    bag[name] ??= quoted ? value.slice(1, -1) : value;
  });
  return bag;
}

/** A Cookie header without the editor's own cookie; undefined if nothing is left. */
export function withoutEditorCookies(header: string): string | undefined {
  const pairs: string[] = [];
  eachPair(header, (_name, _value, pair) => pairs.push(pair));
  return pairs.length === 0 ? undefined : pairs.join('; ');
}
