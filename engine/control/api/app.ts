import express, { type Express, type Request, type RequestHandler } from 'express';
import type { ActionDefinition } from '../../../actions/kit/define.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { recordName, type User } from '../auth/user.ts';
import type { Control } from '../control.ts';
import { admit } from './admission.ts';
import { bodyForm, parseBody, readBody } from './body.ts';
import type { Entrance } from './entrance.ts';
import { addressOf, guard } from './guard.ts';
import { servePage, setHeaders } from './page.ts';
import { answerErrors, Refusal } from './problem.ts';
import { readQuery } from './query.ts';
import { type Call, checkRoutes, type Right, type Route } from './route.ts';
import { allRoutes } from './routes.ts';

export interface ApiOptions extends Entrance {
  /** Folder of the built editor; null when there is none. */
  editorDir: string | null;
  library: readonly ActionDefinition[];
  /** Checks the text of expressions in what is sent; without it only their form is checked. */
  check?: CheckContext;
}

const register = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/**
 * The control API and the editor's page as an Express application, to be told to listen on `settings.host`. Every
 * refusal is a problem document (RFC 9457) that names the field it is about.
 * @throws Error when a route does not say who may call it
 */
export function createApi(control: Control, options: ApiOptions): Express {
  const { access, signIn, editorDir, library, check = {} } = options;
  const actions = new Map(library.map((action) => [action.id, action]));
  const routes = allRoutes(control, library, { actions, ...check }, { access, signIn });
  checkRoutes(routes);

  const app = express();
  app.disable('x-powered-by');
  // Or `/API/…` would be another way to the same route.
  app.enable('case sensitive routing');
  app.use(setHeaders);
  app.use(
    guard(
      () => control.settings,
      (req, reason) => {
        const message = `Refused a request of another site (${reason}): ${req.method} ${req.path}`;
        access.refused('request.refused', message, addressOf(req.socket.remoteAddress));
      },
    ),
  );

  const enter: Enter = (req, right) => admit(access, req, right);
  for (const route of routes) app[register[route.method]](route.path, ...handlersOf(route, enter, control));
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, wrongMethod(routes, path, enter));
  app.use('/api', (req) => {
    enter(req, 'someone');
    throw new Refusal(404, `There is no ${req.method} ${req.baseUrl}${req.path}.`);
  });
  app.use(...servePage(editorDir));
  app.use(answerErrors(control));
  return app;
}

type Enter = (req: Request, right: Right | 'someone') => User | null;

function handlersOf(route: Route, enter: Enter, control: Control): RequestHandler[] {
  const users = new WeakMap<Request, User | null>();
  // Credentials come first: whoever has none learns nothing from a body or a query.
  const identify: RequestHandler = (req, _res, next) => {
    users.set(req, enter(req, route.right));
    next();
  };
  const form = route.body === undefined ? null : bodyForm(route.body);
  const run: RequestHandler = (req, res) => {
    const user = users.get(req) ?? null;
    const remote = addressOf(req.socket.remoteAddress);
    const by = recordName(user);
    const call: Call = {
      req,
      res,
      user,
      by,
      remote,
      parameter: (name) => parameterOf(req, name),
      query: readQuery(req.url, route.query ?? {}),
      body: form === null ? null : parseBody(req, form),
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
  return [identify, ...(form === null ? [] : readBody(form)), run];
}

function parameterOf(req: Request, name: string): string {
  const given: unknown = req.params[name];
  if (given === undefined) throw new Error(`The path has no parameter ${name}.`);
  return Array.isArray(given) ? given.join('/') : String(given);
}

function wrongMethod(routes: readonly Route[], path: string, enter: Enter): RequestHandler {
  const own = routes.filter((route) => route.path === path);
  const allowed = own.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const isOpen = own.every(({ right }) => right === 'public');
  return (req) => {
    enter(req, isOpen ? 'public' : 'someone');
    throw new Refusal(405, `${req.method} is not allowed at ${req.path}; allowed are ${allowed.join(', ')}.`, {
      headers: { Allow: allowed.join(', ') },
    });
  };
}
