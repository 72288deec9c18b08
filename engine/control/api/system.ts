import type { Control } from '../control.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

/** Whether the process lives, whether it serves, and how it is. */
export const systemRoutes = (control: Control): Route[] => [
  {
    method: 'GET',
    path: '/healthz',
    right: 'public',
    audit: null,
    handle: ({ res }) => void res.json({ status: 'ok' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    right: 'public',
    audit: null,
    handle({ res }) {
      if (control.ready()) res.json({ status: 'ready' });
      else
        throw new Refusal(503, 'A server or every worker is still starting; try again in a moment.', {
          headers: { 'Retry-After': '1' },
        });
    },
  },
  {
    method: 'GET',
    path: '/api/health',
    right: 'view',
    audit: null,
    handle: ({ res }) => void res.json(control.health()),
  },
];
