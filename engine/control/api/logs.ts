import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { download } from '../../log/read.ts';
import type { Control } from '../control.ts';
import { Refusal } from './problem.ts';
import { oneOf, timeOf } from './query.ts';
import type { Route } from './route.ts';

const types = { plain: 'text/plain; charset=utf-8', json: 'application/x-ndjson; charset=utf-8' } as const;

/** How long a download waits for what was just written to be on the disk. */
const flushMs = 1000;

/** The log files as an attachment, and their end. */
export const logRoutes = (control: Control): Route[] => [
  {
    method: 'GET',
    path: '/api/logs/download',
    right: 'view',
    audit: 'logs.downloaded',
    query: ['file', 'from', 'to', 'format'],
    async handle({ query, req, res, audit }) {
      const now = Date.now();
      const file = oneOf(query, 'file', ['user', 'usage', 'all'], 'user');
      const format = oneOf(query, 'format', ['plain', 'json'], 'plain');
      const from = timeOf(query, 'from', now);
      const to = timeOf(query, 'to', now);
      if (from !== undefined && to !== undefined && from > to) {
        throw new Refusal(400, `"from" (${query.get('from')}) is later than "to" (${query.get('to')}); swap them.`, {
          field: 'from',
        });
      }
      res.setHeader('Content-Type', types[format]);
      res.setHeader('Content-Disposition', `attachment; filename="${file}.log"`);
      if (req.method === 'HEAD') {
        res.end();
        return;
      }
      audit('info', `Downloaded ${file}.log as ${format}`);
      await Promise.race([control.logs.flush(), delay(flushMs)]);
      try {
        await pipeline(download({ dir: control.logsDir, file, from, to, format }), res);
      } catch (thrown) {
        // Whoever asked has gone away, which is no failure.
        if ((thrown as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw thrown;
      }
    },
  },
  {
    method: 'DELETE',
    path: '/api/logs',
    right: 'operate',
    audit: 'logs.cleared',
    async handle({ res, audit }) {
      try {
        await control.logs.clear();
      } catch (thrown) {
        audit('warning', `Cleared the logs, but not all of them: ${(thrown as Error).message}`);
        throw new Refusal(
          500,
          `Not all of the log files could be removed: ${(thrown as Error).message}. Remove them by hand, or try again.`,
        );
      }
      audit('warning', 'The logs were cleared');
      res.status(204).end();
    },
  },
];
