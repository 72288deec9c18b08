import { exactly, filledText, listOf, oneOf, orNull, shape, text } from '../../document/shape.ts';
import { changeOwnPassword } from '../auth/changes.ts';
import { clearedCookies, sessionCookie } from '../auth/cookie.ts';
import { nonceHeader, proofHeader } from '../auth/local-access.ts';
import type { Credentials } from '../auth/sign-in.ts';
import { roles, scopes, type User } from '../auth/user.ts';
import type { Control } from '../control.ts';
import { emptyAnswer, jsonAnswer, problemAnswer } from './answer.ts';
import type { Entrance } from './entrance.ts';
import { isSafeForBrowsers } from './guard.ts';
import type { Route } from './route.ts';

const user = exactly(
  {
    name: filledText,
    role: oneOf(roles),
    rights: listOf(oneOf(scopes)),
    kind: oneOf(['session', 'token']),
    token: filledText,
  },
  ['token'],
);

const who = exactly({ user: orNull(user), setup: orNull(oneOf(['open', 'secret'])) });

/** Signing in and out, and who the caller is. */
export const sessionRoutes = (control: Control, { access, signIn }: Entrance): Route[] => [
  {
    method: 'GET',
    path: '/api/session',
    right: 'session',
    audit: null,
    summary: 'Who is calling; and for nobody, whether the first administrator is still to be created.',
    answers: { 200: jsonAnswer('The caller, or null.', who) },
    handle({ req, res, user: caller }) {
      const nonce = req.headers[nonceHeader];
      const proof = typeof nonce === 'string' && /^[0-9a-f]{32}$/.test(nonce) ? access.prove(nonce) : undefined;
      if (proof !== undefined) res.set(proofHeader, proof);
      res.json({ user: caller, setup: caller === null ? signIn.setup : null });
    },
  },
  {
    method: 'POST',
    path: '/api/session',
    right: 'session',
    audit: 'sign-in',
    summary: 'Sign in; where there is no user yet, create the administrator.',
    body: shape({ username: text, password: text, setupSecret: text }, ['username', 'password']),
    answers: {
      200: jsonAnswer('Signed in; the session is in the cookie.', who),
      201: jsonAnswer('The administrator was created, and is signed in.', who),
      401: problemAnswer('The user name or the password is wrong.'),
      403: problemAnswer('The setup secret is missing, wrong or expired.'),
      409: problemAnswer('Somebody else created the administrator first.'),
      429: problemAnswer('There were too many failed tries.', { 'Retry-After': 'Seconds to wait.' }),
      503: problemAnswer('Too many sign in at once, or the file of users is damaged.'),
    },
    async handle({ req, res, body, remote }) {
      const from = { remote, cookie: req.headers.cookie };
      const { user: signedIn, id, isFirst } = await signIn.signIn(body as unknown as Credentials, from);
      res.setHeader('Set-Cookie', sessionCookie(id, isSafeForBrowsers(req, control.settings)));
      res.status(isFirst ? 201 : 200).json({ user: signedIn, setup: null });
    },
  },
  {
    method: 'DELETE',
    path: '/api/session',
    right: 'session',
    audit: 'sign-out',
    summary: 'Sign out.',
    answers: { 204: emptyAnswer('Nobody is signed in any more.') },
    async handle({ req, res, remote }) {
      await signIn.signOut({ remote, cookie: req.headers.cookie });
      res.setHeader('Set-Cookie', [...clearedCookies]);
      res.status(204).end();
    },
  },
  {
    method: 'PUT',
    path: '/api/session/password',
    right: 'view',
    audit: 'password.changed',
    summary: 'Change the own password. All other sessions of the caller end.',
    body: exactly({ current: text, password: text }),
    answers: {
      204: emptyAnswer('The new password is in force.'),
      403: problemAnswer('The present password is wrong, or the caller is a token.'),
    },
    async handle({ res, body, user: caller, remote, by, audit }) {
      await changeOwnPassword(
        access,
        signIn,
        caller as User,
        body as unknown as { current: string; password: string },
        remote,
      );
      audit('warning', `${by} changed the own password.`);
      res.status(204).end();
    },
  },
];
