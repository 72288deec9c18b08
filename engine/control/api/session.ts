import type { Route } from './route.ts';

/** Who the caller is: `{user: null}` for nobody. */
export const sessionRoutes = (): Route[] => [
  {
    method: 'GET',
    path: '/api/session',
    right: 'session',
    audit: null,
    handle: ({ res, user }) => void res.json({ user }),
  },
];
