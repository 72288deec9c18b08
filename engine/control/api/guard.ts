import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { Refusal } from './problem.ts';

const wildcards = ['0.0.0.0', '::', ''];

/**
 * Refuses with 403 what a browser sends on behalf of another page (DNS rebinding, cross-site requests): the Host must be
 * a loopback name, `host` itself or, when that is a wildcard, the address the connection came in at, each with the port
 * of the socket; an Origin must be ours; Sec-Fetch-Site must be same-origin or none, except where a link leads to a page
 * of the editor. Headers of proxies are not looked at.
 */
export function guard(host: string, refused: (req: Request, reason: string) => void): RequestHandler {
  return (req, _res, next) => {
    const reason = foreignHost(req, host) ?? foreignOrigin(req) ?? foreignSite(req);
    if (reason === undefined) {
      next();
      return;
    }
    refused(req, reason.message);
    next(reason);
  };
}

function foreignHost(req: Request, host: string): Refusal | undefined {
  const given = req.headersDistinct.host ?? [];
  const port = req.socket.localPort;
  const allowed = ['localhost', '127.0.0.1', '[::1]'];
  allowed.push(bracketed(wildcards.includes(host) ? addressOf(req.socket.localAddress) : host));
  const [name, givenPort] = given.length === 1 ? split(given[0] as string) : [];
  if (name !== undefined && allowed.includes(name) && givenPort === port) return undefined;
  const found =
    given.length === 1 && given[0] !== ''
      ? JSON.stringify(given[0]?.slice(0, 100))
      : `${given.length > 1 ? 'several' : 'none'}`;
  const names = [...new Set(allowed)].map((one) => `${one}:${port}`).join(', ');
  return new Refusal(
    403,
    `The Host header names another site: found ${found}, allowed are ${names}. Set "host" in the settings to use another name.`,
    { field: 'Host' },
  );
}

function split(host: string): [name: string, port: number] | [] {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(host);
  return match ? [(match[1] as string).toLowerCase(), match[2] === undefined ? 80 : Number(match[2])] : [];
}

const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host).toLowerCase();

function foreignOrigin(req: Request): Refusal | undefined {
  const { origin } = req.headers;
  if (origin === undefined || origin.toLowerCase() === `http://${req.headers.host}`.toLowerCase()) return undefined;
  return new Refusal(
    403,
    `The Origin header names another site: found ${JSON.stringify(origin.slice(0, 100))}, allowed is http://${req.headers.host}.`,
    { field: 'Origin' },
  );
}

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
