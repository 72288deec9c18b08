import type { Cookie } from 'tough-cookie';
import type { HostCookie } from '../../actions/kit/define.ts';

/** A jar for the hops of one request (RFC 6265bis). */
export interface Jar {
  /** What belongs to a URL as the value of a `cookie` header; empty if nothing does. */
  headerFor(url: URL): string;
  /** Keeps what an answer from this URL sets, as far as that is its own: never for another site or a public suffix. */
  take(url: URL, lines: string | string[] | undefined): void;
  list(): HostCookie[];
}

/** As many as RFC 6265, section 6.1 asks for at least, and no line longer than browsers take. */
const mostCookies = 3000;
const longestLine = 8192;

/** The library is loaded for the first request with cookies. */
export async function openJar(cookies: readonly HostCookie[]): Promise<Jar> {
  const { Cookie, CookieJar, MemoryCookieStore } = await import('tough-cookie');
  const store = new MemoryCookieStore();
  const jar = new CookieJar(store, { rejectPublicSuffixes: true, looseMode: false });
  for (const { name, expires, ...kept } of cookies) {
    const lasts = expires === null ? ('Infinity' as const) : new Date(expires);
    await store.putCookie(new Cookie({ ...kept, key: name, expires: lasts, creation: new Date() }));
  }
  return {
    headerFor: (url) => jar.getCookieStringSync(url.href),
    take: (url, lines) => {
      for (const line of [lines ?? []].flat()) {
        if (line.length <= longestLine) jar.setCookieSync(line, url.href, { ignoreError: true });
      }
    },
    list: () =>
      (jar.serializeSync()?.cookies ?? []).flatMap((cookie) => plain(Cookie.fromJSON(cookie))).slice(-mostCookies),
  };
}

function plain(cookie: Cookie | undefined): HostCookie[] {
  if (cookie?.domain == null) return [];
  const until = cookie.expiryTime() ?? Number.POSITIVE_INFINITY;
  if (until <= Date.now()) return [];
  return [
    {
      name: cookie.key,
      value: cookie.value,
      domain: cookie.domain,
      path: cookie.path ?? '/',
      hostOnly: cookie.hostOnly ?? true,
      secure: cookie.secure,
      httpOnly: cookie.httpOnly,
      expires: Number.isFinite(until) ? new Date(until).toISOString() : null,
    },
  ];
}
