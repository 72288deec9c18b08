import express, { type Express, type Request, type RequestHandler } from 'express';
import type { ActionDefinition } from '../../../actions/kit/define.ts';
import type { CheckContext } from '../../document/check-context.ts';
import type { Control } from '../control.ts';
import { parseBody, readBody } from './body.ts';
import { addressOf, guard } from './guard.ts';
import { servePage, setHeaders } from './page.ts';
import { answerErrors, Refusal } from './problem.ts';
import { readQuery } from './query.ts';
import { type Call, checkRoutes, type Right, type Route, type User } from './route.ts';
import { allRoutes } from './routes.ts';
import { TokenCheck } from './token.ts';

export interface ApiOptions {
  /** What `Authorization: Bearer` must carry; not empty. */
  token: string;
  /** Folder of the built editor; null when there is none. */
  editorDir: string | null;
  library: readonly ActionDefinition[];
  /** Checks the text of expressions in what is sent; without it only their form is checked. */
  check?: CheckContext;
}

const register = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/**
 * The control API and the editor's page as an Express application, to be told to listen on `settings.host`. Every
 * refusal is a problem document (RFC 9457) that names the field it is about.
 * @throws Error when the token is empty or a route does not say who may call it
 */
export function createApi(control: Control, { token, editorDir, library, check = {} }: ApiOptions): Express {
  const actions = new Map(library.map((action) => [action.id, action]));
  const routes = allRoutes(control, library, { actions, ...check });
  checkRoutes(routes);
  const tokens = new TokenCheck(token, control);

  const app = express();
  app.disable('x-powered-by');
  // Or `/API/…` would be another way to the same route.
  app.enable('case sensitive routing');
  app.use(setHeaders);
  app.use(
    guard(control.settings.host, (req, reason) =>
      tokens.refused(req, 'request.refused', `a request of another site (${reason})`),
    ),
  );

  const admit = (req: Request, right: Right): User | null => {
    if (right === 'public') return null;
    const user = tokens.check(req);
    return user === null && right !== 'session' ? tokens.missing(req) : user;
  };
  for (const route of routes) app[register[route.method]](route.path, ...handlersOf(route, admit, control));
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, wrongMethod(routes, path, admit));
  app.use('/api', (req) => {
    admit(req, 'view');
    throw new Refusal(404, `There is no ${req.method} ${req.baseUrl}${req.path}.`);
  });
  app.use(...servePage(editorDir));
  app.use(answerErrors(control));
  return app;
}

function handlersOf(
  route: Route,
  admit: (req: Request, right: Right) => User | null,
  control: Control,
): RequestHandler[] {
  const users = new WeakMap<Request, User | null>();
  // Credentials come first: whoever has none learns nothing from a body or a query.
  const enter: RequestHandler = (req, _res, next) => {
    users.set(req, admit(req, route.right));
    next();
  };
  const run: RequestHandler = (req, res) => {
    const user = users.get(req) ?? null;
    const remote = addressOf(req.socket.remoteAddress);
    const by = user?.name ?? 'nobody';
    const call: Call = {
      req,
      res,
      user,
      by,
      remote,
      query: readQuery(req.url, route.query ?? []),
      body: route.body === 'json' ? parseBody(req) : null,
      audit(level, message, node) {
        if (route.audit !== null)
          control.record(level, 'audit', route.audit, message, {
            user: by,
            remote,
            ...(node !== undefined && { node }),
          });
      },
    };
    return route.handle(call);
  };
  return [enter, ...(route.body === 'json' ? readBody : []), run];
}

function wrongMethod(
  routes: readonly Route[],
  path: string,
  admit: (req: Request, right: Right) => User | null,
): RequestHandler {
  const own = routes.filter((route) => route.path === path);
  const allowed = own.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const isOpen = own.every(({ right }) => right === 'public');
  return (req) => {
    admit(req, isOpen ? 'public' : 'view');
    throw new Refusal(405, `${req.method} is not allowed at ${req.path}; allowed are ${allowed.join(', ')}.`, {
      headers: { Allow: allowed.join(', ') },
    });
  };
}
