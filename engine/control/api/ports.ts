import { describe, exactly, orNull, whole } from '../../document/shape.ts';
import type { Control } from '../control.ts';
import { bind } from '../listeners.ts';
import { jsonAnswer } from './answer.ts';
import { wholeParameter } from './query.ts';
import { type Route, route } from './route.ts';

/** Ports that are tried for one answer. */
const mostTried = 200;

/** A port for a new server: one that no server of the project wants, and that nobody else on this machine has. */
export const portRoutes = (control: Control): Route[] => [
  route({
    method: 'GET',
    path: '/api/ports/free',
    right: 'edit',
    audit: null,
    summary: 'Finds a port that a new server could listen on.',
    query: { from: wholeParameter('The first port that is tried.', 1024, 65_535, 8080) },
    answers: {
      200: jsonAnswer(
        'The port as a document has it, without the offset of the settings.',
        exactly({
          port: describe(orNull(whole(1024, 65_535)), { description: `null: none of ${mostTried} is free.` }),
        }),
      ),
    },
    handle({ query: { from }, res }) {
      const { portOffset } = control.settings;
      const wanted = new Set([...control.project().servers.values()].map(({ port }) => port));
      const last = Math.min(65_535 - portOffset, from + mostTried - 1);
      for (let port = from; port <= last; port++)
        if (!wanted.has(port) && isFree(port + portOffset)) return void res.json({ port });
      res.json({ port: null });
    },
  }),
];

function isFree(port: number): boolean {
  try {
    bind('127.0.0.1', port).close();
    return true;
  } catch {
    return false;
  }
}
