import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import type { Settings } from '../../settings/table.ts';
import { Refusal } from './problem.ts';

const wildcards = ['0.0.0.0', '::', ''];
const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** What the editor's own address is made of. */
type Site = Pick<Settings, 'host' | 'publicUrl'>;

/**
 * Refuses with 403 what a browser sends on behalf of another page (DNS rebinding, cross-site requests): the Host must be
 * a loopback name, `host` itself or, when that is a wildcard, the address the connection came in at, each with the port
 * of the socket, or that of `publicUrl`; an Origin must be ours; Sec-Fetch-Site must be same-origin or none, except where
 * a link leads to a page of the editor. Headers of proxies are not looked at.
 */
export function guard(settingsNow: () => Site, refused: (req: Request, reason: string) => void): RequestHandler {
  return (req, _res, next) => {
    const settings = settingsNow();
    const reason = foreignHost(req, settings) ?? foreignOrigin(req, settings) ?? foreignSite(req);
    if (reason === undefined) {
      next();
      return;
    }
    refused(req, reason.message);
    next(reason);
  };
}

/**
 * Whether the browser takes the connection for safe, so that it keeps a cookie marked Secure: TLS before us, or a
 * loopback address.
 */
export function isSafeForBrowsers({ headers }: Request, { publicUrl }: Site): boolean {
  const [name = ''] = split(headers.host ?? '');
  if (loopbackNames.includes(name)) return true;
  if (!publicUrl?.startsWith('https:')) return false;
  return headers.origin === publicUrl || `https://${headers.host}`.toLowerCase() === publicUrl;
}

function foreignHost(req: Request, { host, publicUrl }: Site): Refusal | undefined {
  const given = req.headersDistinct.host ?? [];
  const port = req.socket.localPort;
  const allowed = loopbackNames.map((name) => `${name}:${port}`);
  allowed.push(`${bracketed(wildcards.includes(host) ? addressOf(req.socket.localAddress) : host)}:${port}`);
  if (publicUrl !== undefined) allowed.push(new URL(publicUrl).host);
  const [name, givenPort] = given.length === 1 ? split(given[0] as string) : [];
  if (name !== undefined) {
    if (allowed.includes(`${name}:${givenPort ?? 80}`)) return undefined;
    if (publicUrl !== undefined && isSameHost(name, givenPort, new URL(publicUrl))) return undefined;
  }
  const found =
    given.length === 1 && given[0] !== ''
      ? JSON.stringify(given[0]?.slice(0, 100))
      : `${given.length > 1 ? 'several' : 'none'}`;
  const names = [...new Set(allowed)].join(', ');
  return new Refusal(
    403,
    `The Host header names another site: found ${found}, allowed are ${names}. Set "host" or "publicUrl" in the settings to use another name.`,
    { field: 'Host' },
  );
}

const isSameHost = (name: string, port: number | undefined, { hostname, port: own, protocol }: URL): boolean => {
  const usual = protocol === 'https:' ? 443 : 80;
  return name === hostname && (port ?? usual) === (own === '' ? usual : Number(own));
};

function split(host: string): [name: string, port?: number] | [] {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(host);
  if (match === null) return [];
  const name = (match[1] as string).toLowerCase();
  return match[2] === undefined ? [name] : [name, Number(match[2])];
}

const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host).toLowerCase();

function foreignOrigin(req: Request, { publicUrl }: Site): Refusal | undefined {
  const { origin, host = '' } = req.headers;
  if (origin === undefined) return undefined;
  const isPublic = publicUrl !== undefined && isSameHost(...nameAndPort(host), new URL(publicUrl));
  // Behind TLS, a page that came without it is another site.
  const own = isPublic ? publicUrl : `http://${host}`.toLowerCase();
  if (origin.toLowerCase() === own || origin === publicUrl) return undefined;
  return new Refusal(
    403,
    `The Origin header names another site: found ${JSON.stringify(origin.slice(0, 100))}, allowed is ${own}.`,
    { field: 'Origin' },
  );
}

const nameAndPort = (host: string): [name: string, port: number | undefined] => {
  const [name = '', port] = split(host);
  return [name, port];
};

function foreignSite(req: Request): Refusal | undefined {
  const site = req.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none' || isLinkToPage(req)) return undefined;
  return new Refusal(
    403,
    'The request was made by a page of another site (Sec-Fetch-Site). Only the editor itself may make it.',
    { field: 'Sec-Fetch-Site' },
  );
}

/** Somebody followed a link to a page of the editor, in a tab and not in a frame. */
const isLinkToPage = (req: Request): boolean =>
  (req.method === 'GET' || req.method === 'HEAD') &&
  req.headers['sec-fetch-mode'] === 'navigate' &&
  req.headers['sec-fetch-dest'] === 'document' &&
  !/^\/(api|healthz|readyz)(\/|$)/i.test(req.path);

/** An address as people write it: IPv4 without the mapping into IPv6. */
export const addressOf = (address: string | undefined): string => (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
