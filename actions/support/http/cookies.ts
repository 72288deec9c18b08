import {
  ActionFailure,
  array,
  boolean,
  describeValue,
  either,
  type HostCookie,
  type HostMemory,
  isPlainObject,
  object,
  optional,
  string,
} from '../../kit/index.ts';
import { readPart } from './part.ts';

/** What a jar is given as: the name of a shared one, the list of an earlier answer, or values by name for the first host. */
export const cookiesField = either(either(string(), array()), object(), {
  label: 'Cookies',
  help: 'Name of a jar of this process, cookies of an earlier answer, or values by name.',
});

const members = {
  name: string(),
  value: string(),
  domain: string(),
  path: optional(string(), '/'),
  hostOnly: optional(boolean(), true),
  secure: optional(boolean(), false),
  httpOnly: optional(boolean(), false),
  expires: optional(string()),
};

/** As many as a jar keeps. */
const mostCookies = 3000;
const table = 'http/cookies';
const day = 86_400_000;

/** RFC 6265, section 4.1.1, which servers keep to in what they set; more would change the header. */
const isName = (text: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
const isValue = (text: string): boolean => /^[\x20-\x3a\x3c-\x7e]*$/.test(text);

const cookie = (given: unknown, index: number): HostCookie => {
  const where = `cookies[${index}]`;
  if (!isPlainObject(given))
    throw new ActionFailure(
      'input-invalid',
      `\`${where}\` must be a cookie of an answer, found ${describeValue(given)}`,
    );
  const { expires = null, ...rest } = readPart(where, members, given);
  if (!isName(rest.name) || !isValue(rest.value) || (expires !== null && Number.isNaN(Date.parse(expires))))
    throw new ActionFailure('input-invalid', `\`${where}\` has a name, a value or a date that no cookie can have`);
  return { ...rest, expires } as HostCookie;
};

const cookiesFor = (values: Record<string, unknown>, url: string): HostCookie[] => {
  const { hostname, protocol } = new URL(url);
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (typeof text !== 'string' || !isName(name) || !isValue(text))
      throw new ActionFailure(
        'input-invalid',
        `\`cookies\` has a name or a value that cookies cannot carry; values are texts without semicolons and line breaks, found ${describeValue(value)}`,
      );
    // They came for a request by https, so they never go by http.
    const secure = protocol === 'https:';
    return [{ name, value: text, domain: hostname, path: '/', hostOnly: true, secure, httpOnly: false, expires: null }];
  });
};

export interface OpenJar {
  readonly cookies: readonly HostCookie[];
  /** Takes the jar back as an answer left it; gives what the workflow keeps itself. */
  keep(after: readonly HostCookie[]): readonly HostCookie[] | undefined;
}

const keyOf = ({ domain, path, name }: HostCookie): string => JSON.stringify([domain, path, name]);

/** Opens what the field holds. Throws input-invalid for what is no jar. */
export const openJar = (
  given: string | unknown[] | Record<string, unknown>,
  url: string,
  memory: HostMemory,
): OpenJar => {
  if (typeof given !== 'string') {
    const count = Array.isArray(given) ? given.length : Object.keys(given).length;
    if (count > mostCookies)
      throw new ActionFailure('input-invalid', `\`cookies\` has ${count} cookies; a jar has at most ${mostCookies}`);
    return { cookies: Array.isArray(given) ? given.map(cookie) : cookiesFor(given, url), keep: (after) => after };
  }
  const stored = (): readonly HostCookie[] => (memory.get(table, given) as readonly HostCookie[] | undefined) ?? [];
  const before = stored();
  return {
    cookies: before,
    keep: (after) => {
      // Other requests may have changed the jar meanwhile: only what this one changed is taken over.
      const known = new Map(before.map((kept) => [keyOf(kept), JSON.stringify(kept)]));
      const merged = new Map(stored().map((kept) => [keyOf(kept), kept]));
      for (const kept of after) {
        if (known.get(keyOf(kept)) !== JSON.stringify(kept)) merged.set(keyOf(kept), kept);
        known.delete(keyOf(kept));
      }
      for (const gone of known.keys()) merged.delete(gone);
      store(memory, given, [...merged.values()]);
      return undefined;
    },
  };
};

const store = (memory: HostMemory, name: string, cookies: readonly HostCookie[]): void => {
  try {
    memory.set(table, name, cookies, day);
  } catch {
    throw new ActionFailure(
      'too-large',
      '`cookies` names a jar that holds more than there is memory for; use another name',
    );
  }
};
