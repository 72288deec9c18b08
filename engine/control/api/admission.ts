import type { Request } from 'express';
import type { Access, Caller } from '../auth/access.ts';
import type { User } from '../auth/user.ts';
import { addressOf } from './guard.ts';
import { Refusal } from './problem.ts';
import type { Right } from './route.ts';

/** What an HTML form can send without a script, from any site. */
const formTypes = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

const callerOf = (req: Request): Caller => ({
  authorization: req.headers.authorization,
  cookie: req.headers.cookie,
  remote: addressOf(req.socket.remoteAddress),
  // Not cut: half a secret would not be recognised by redaction.
  request: `${req.method} ${req.baseUrl}${req.path}`,
});

/**
 * Lets a request in, or not. `someone` is whoever has credentials, whatever they are good for.
 * @throws Refusal 401, 403, 429; 403 also for what a form of another site could have sent in the name of a session
 */
export function admit(access: Access, req: Request, right: Right | 'someone'): User | null {
  if (right === 'public') return null;
  const caller = callerOf(req);
  const user =
    right === 'session' ? access.authenticate(caller) : access.admit(caller, right === 'someone' ? null : right);
  const type = req.headers['content-type'];
  if (user?.kind === 'session' && req.method !== 'GET' && type !== undefined && formTypes.test(type)) {
    const found = JSON.stringify(type.slice(0, 100));
    const detail = `The Content-Type must be application/json, since forms of other sites cannot send that; found ${found}.`;
    throw new Refusal(403, detail, { field: 'Content-Type' });
  }
  return user;
}
