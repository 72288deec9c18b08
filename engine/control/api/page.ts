import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { Refusal } from './problem.ts';

/** What a page may load. Its own script may make style sheets, as code editors do; markup that was slipped in cannot. */
const policyWith = (styles: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    // The sign-in form is sent by script only: without it, the token must not end up in an address.
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Sent with every answer, whatever it is. */
const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policyWith("'self'"),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Of what has a hash of its content in its name. */
const keptForGood = 'public, max-age=31536000, immutable';

/** Where the page has the nonce of its style sheets. */
const noncePlace = '{{style-nonce}}';

export const setHeaders: RequestHandler = (req, res, next) => {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (/^\/(api|healthz|readyz)(\/|$)/i.test(req.path)) res.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * The editor's files, and its page for every address that a browser opens: the page itself finds out what the address
 * means. `dir` is what the build made; null when nothing was built.
 */
export function servePage(dir: string | null): RequestHandler[] {
  const onlyGet: RequestHandler = (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') next();
    else
      next(
        new Refusal(405, `${req.method} is not allowed at ${req.path}; allowed are GET and HEAD.`, {
          headers: { Allow: 'GET, HEAD' },
        }),
      );
  };
  if (dir === null) {
    return [
      onlyGet,
      (req, _res, next) =>
        next(new Refusal(404, `There is nothing at ${req.path}: the editor is not built. Run "npm run build".`)),
    ];
  }
  const files = express.static(dir, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (res, path) => {
      // Names of assets carry a hash of their content; everything else may change with the next build.
      const isHashed = /-[\w-]{8}\.\w+$/.test(basename(path));
      res.setHeader('Cache-Control', isHashed ? keptForGood : 'no-cache');
    },
  });
  // Scripts are a megabyte, and a third of it packed: the build has packed them once for all.
  const packed: RequestHandler = (req, res, next) => {
    const type = /^\/assets\/[\w.-]+\.(js|css)$/.exec(req.path)?.[1];
    if (type === undefined || !req.acceptsEncodings('gzip') || !existsSync(join(dir, `${req.path}.gz`))) {
      next();
      return;
    }
    res.set({
      'Content-Encoding': 'gzip',
      'Content-Type': `text/${type === 'js' ? 'javascript' : 'css'}; charset=utf-8`,
      'Cache-Control': keptForGood,
      Vary: 'Accept-Encoding',
    });
    res.sendFile(`${req.path}.gz`, { root: dir, cacheControl: false }, (failed) => {
      if (failed) next(failed);
    });
  };
  const page: RequestHandler = (req, res, next) => {
    const wantsPage = /\btext\/html\b/i.test(req.headers.accept ?? '') || req.path === '/';
    if (!wantsPage || req.path.startsWith('/assets/')) {
      next(new Refusal(404, `There is nothing at ${req.path}.`));
      return;
    }
    readFile(join(dir, 'index.html'), 'utf8').then((html) => {
      // A nonce is used once: another for every page.
      const nonce = randomBytes(18).toString('base64');
      res.set('Content-Security-Policy', policyWith(`'self' 'nonce-${nonce}'`));
      // The answer differs each time, so that there is nothing to compare it with or to keep it by.
      res.set({ 'Cache-Control': 'no-store', 'Content-Type': 'text/html; charset=utf-8' });
      res.end(req.method === 'HEAD' ? undefined : html.replace(noncePlace, nonce));
    }, next);
  };
  return [onlyGet, packed, files, page];
}
