import { basename } from 'node:path';
import express, { type RequestHandler } from 'express';
import { Refusal } from './problem.ts';

/** Sent with every answer, whatever it is. */
const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    // The sign-in form is sent by script only: without it, the token must not end up in an address.
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

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
      res.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const page: RequestHandler = (req, res, next) => {
    const wantsPage = /\btext\/html\b/i.test(req.headers.accept ?? '') || req.path === '/';
    if (!wantsPage || req.path.startsWith('/assets/')) {
      next(new Refusal(404, `There is nothing at ${req.path}.`));
      return;
    }
    res.sendFile(
      'index.html',
      { root: dir, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } },
      (failed) => {
        if (failed) next(failed);
      },
    );
  };
  return [onlyGet, files, page];
}
