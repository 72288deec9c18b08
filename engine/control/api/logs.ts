import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { logFiles } from '../../log/file-names.ts';
import { zipOf } from '../../log/read/zip.ts';
import { type DownloadFormat, download } from '../../log/read.ts';
import type { LogFile } from '../../log/record.ts';
import { localDate } from '../../log/timestamp.ts';
import { readRecords } from '../../store/records.ts';
import type { User } from '../auth/user.ts';
import type { Control } from '../control.ts';
import { emptyAnswer, problemAnswer, textAnswer } from './answer.ts';
import type { Entrance } from './entrance.ts';
import { Refusal } from './problem.ts';
import { timeParameter, wordParameter } from './query.ts';
import { type Route, route } from './route.ts';

const types: Readonly<Record<DownloadFormat, string>> = {
  plain: 'text/plain; charset=utf-8',
  json: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};
const zipType = 'application/zip';
const endings: Readonly<Record<DownloadFormat, string>> = { plain: 'log', json: 'jsonl', csv: 'csv' };

/** How long a download waits for what was just written to be on the disk. */
const flushMs = 1000;
/** How often it is looked whether a download may go on, in milliseconds. */
const lookMs = 1000;

interface Range {
  /** Milliseconds since 1970. */
  from: number | undefined;
  to: number | undefined;
}

const at = (time: number): string => new Date(time).toISOString();

const inWords = ({ from, to }: Range): string => {
  const parts = [from === undefined ? [] : `from ${at(from)}`, to === undefined ? [] : `to ${at(to)}`].flat();
  return parts.length === 0 ? '' : `, ${parts.join(' ')}`;
};

/** `sluice-user-2026-11-21`: the installation, the log, and the days asked for, up to today. */
function stemOf(installation: string, file: LogFile | 'all', { from, to }: Range): string {
  const name =
    installation
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'sluice';
  const last = localDate(new Date(Math.min(to ?? Date.now(), Date.now())));
  const first = from === undefined ? last : localDate(new Date(from));
  return `${name}-${file}-${first < last ? `${first}-to-` : ''}${last}`;
}

/** The log files as an attachment, and their end. */
export const logRoutes = (control: Control, { access }: Pick<Entrance, 'access'>): Route[] => [
  route({
    method: 'GET',
    path: '/api/logs/download',
    right: 'view',
    audit: 'logs.downloaded',
    summary: 'Downloads a log with its predecessors as one file, oldest line first, or both as a zip.',
    query: {
      file: wordParameter('Which log; all is a zip with a file for each.', ['user', 'usage', 'all'], 'user'),
      from: timeParameter('The earliest time of a line.'),
      to: timeParameter('The latest time of a line.'),
      format: wordParameter('The form of the lines; csv has a row of names first.', ['plain', 'json', 'csv'], 'plain'),
    },
    answers: {
      200: textAnswer('The lines.', ['text/plain', 'application/x-ndjson', 'text/csv', zipType], {
        'Content-Disposition': 'The name of the file.',
      }),
    },
    async handle({ query: { file, format, ...range }, req, res, user, audit }) {
      const { from, to } = range;
      if (from !== undefined && to !== undefined && from > to) {
        throw new Refusal(400, `"from" (${at(from)}) is later than "to" (${at(to)}); swap them.`, { field: 'from' });
      }
      const nameOf = (one: LogFile | 'all', ending: string) => `${stemOf(control.settings.name, one, range)}.${ending}`;
      const isZip = file === 'all';
      res.setHeader('Content-Type', isZip ? zipType : types[format]);
      const name = nameOf(file, isZip ? 'zip' : endings[format]);
      res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      if (req.method === 'HEAD') {
        res.end();
        return;
      }
      audit('info', `Downloaded ${isZip ? 'both logs' : `${file}.log`} as ${format}${inWords(range)}`);
      await Promise.race([Promise.all([control.logs.flush(), control.flushStore()]), delay(flushMs)]);
      const records = (stored: { from?: number; to?: number }) => readRecords(control.storeDir, stored);
      const open = (one: LogFile): Readable => download({ dir: control.logsDir, file: one, ...range, format, records });
      const content = isZip
        ? zipOf(logFiles.map((one) => ({ name: nameOf(one, endings[format]), open: () => open(one) })))
        : open(file);
      // The right is granted to somebody only.
      const watch = setInterval(() => access.isStillAllowed(user as User, 'view') || res.destroy(), lookMs);
      try {
        await pipeline(content, res);
      } catch (thrown) {
        // Whoever asked has gone away, or may not have it any more, which is no failure.
        if ((thrown as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw thrown;
      } finally {
        clearInterval(watch);
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
        await control.clearLogs();
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
