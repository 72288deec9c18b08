import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { download } from '../../log/read.ts';
import type { Control } from '../control.ts';
import { emptyAnswer, problemAnswer, textAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import { timeParameter, wordParameter } from './query.ts';
import { type Route, route } from './route.ts';

const types = { plain: 'text/plain; charset=utf-8', json: 'application/x-ndjson; charset=utf-8' } as const;

/** How long a download waits for what was just written to be on the disk. */
const flushMs = 1000;

const at = (time: number): string => new Date(time).toISOString();

/** The log files as an attachment, and their end. */
export const logRoutes = (control: Control): Route[] => [
  route({
    method: 'GET',
    path: '/api/logs/download',
    right: 'view',
    audit: 'logs.downloaded',
    summary: 'Downloads a log with its predecessors, oldest line first.',
    query: {
      file: wordParameter('Which log; all mixes both in the order of time.', ['user', 'usage', 'all'], 'user'),
      from: timeParameter('The earliest time of a line.'),
      to: timeParameter('The latest time of a line.'),
      format: wordParameter('The form of the lines.', ['plain', 'json'], 'plain'),
    },
    answers: { 200: textAnswer('The lines.', ['text/plain', 'application/x-ndjson']) },
    async handle({ query: { file, from, to, format }, req, res, audit }) {
      if (from !== undefined && to !== undefined && from > to) {
        throw new Refusal(400, `"from" (${at(from)}) is later than "to" (${at(to)}); swap them.`, { field: 'from' });
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
  }),
  {
    method: 'DELETE',
    path: '/api/logs',
    right: 'operate',
    audit: 'logs.cleared',
    summary: 'Clears both logs; audit records stay.',
    answers: {
      204: emptyAnswer('The logs are empty.'),
      500: problemAnswer('Not all of the files could be removed.'),
    },
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
