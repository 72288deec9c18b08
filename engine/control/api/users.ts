import { exactly, filledText, flag, listOf, oneOf, shape, text } from '../../document/shape.ts';
import { changeUser, createUser, type NewUser, removeUser } from '../auth/changes.ts';
import { type Role, roles, type User } from '../auth/user.ts';
import type { Account } from '../auth/users.ts';
import { emptyAnswer, jsonAnswer, problemAnswer } from './answer.ts';
import type { Entrance } from './entrance.ts';
import type { Route } from './route.ts';

const user = exactly({
  name: filledText,
  role: oneOf(roles),
  suspended: flag,
  created: filledText,
  changed: filledText,
});

/** Never the hash of the password. */
const shown = ({ name, role, suspended, created, changed }: Account) => ({ name, role, suspended, created, changed });

const name = { description: 'Name of the user; case does not matter.' };
const unknown = problemAnswer('There is no such user.');
const last = problemAnswer('It is the last active administrator.');

/** The users: who may sign in, and what they may do. */
export const userRoutes = ({ access }: Entrance): Route[] => [
  {
    method: 'GET',
    path: '/api/users',
    right: 'administer',
    audit: null,
    summary: 'All users.',
    answers: { 200: jsonAnswer('The users.', listOf(user)) },
    handle: ({ res }) => void res.json(access.users.list().map(shown)),
  },
  {
    method: 'POST',
    path: '/api/users',
    right: 'administer',
    audit: 'user.created',
    summary: 'Add a user.',
    body: exactly({ name: text, password: text, role: oneOf(roles) }),
    answers: {
      201: jsonAnswer('The user.', user),
      409: problemAnswer('There is a user of that name already.'),
    },
    async handle({ res, body, audit }) {
      const account = await createUser(access, body as unknown as NewUser);
      audit('warning', `The user ${account.name} was created as ${account.role}.`);
      res.status(201).json(shown(account));
    },
  },
  {
    method: 'PATCH',
    path: '/api/users/:name',
    right: 'administer',
    audit: 'user.changed',
    summary: 'Change role, suspension or password of a user. The sessions of the user end.',
    parameters: { name },
    body: shape({ role: oneOf(roles), suspended: flag, password: text }),
    answers: { 200: jsonAnswer('The user as it is now.', user), 404: unknown, 409: last },
    async handle({ res, body, parameter, audit, user: caller }) {
      const change = body as { role?: Role; suspended?: boolean; password?: string };
      const account = await changeUser(access, parameter('name'), change, caller as User);
      const what = Object.entries(change).map(([key, value]) => (key === 'password' ? 'password' : `${key} ${value}`));
      audit('warning', `The user ${account.name} was changed: ${what.join(', ') || 'nothing'}.`);
      res.json(shown(account));
    },
  },
  {
    method: 'DELETE',
    path: '/api/users/:name',
    right: 'administer',
    audit: 'user.deleted',
    summary: 'Delete a user, with all sessions and tokens.',
    parameters: { name },
    answers: { 204: emptyAnswer('The user is gone.'), 404: unknown, 409: last },
    async handle({ res, parameter, audit }) {
      const account = await removeUser(access, parameter('name'));
      audit('warning', `The user ${account.name} was deleted.`);
      res.status(204).end();
    },
  },
];
