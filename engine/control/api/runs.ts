import { quote } from '../../document/found.ts';
import { exactly, listOf, orNull, text } from '../../document/shape.ts';
import { createRunFilter } from '../../query/run-filter.ts';
import { type RunHead, runStates } from '../../store/run-head.ts';
import { calledRuns, findRuns, readRun, type StoredRun } from '../../store/runs.ts';
import type { Control } from '../control.ts';
import { jsonAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import { type Parameter, textParameter, timeParameter, wholeParameter } from './query.ts';
import { checkRange, levelParameter, optionalWord, queryParameter, withoutQueryFault } from './record-query.ts';
import { type Route, route } from './route.ts';
import { runDetail, runHead } from './run-answer.ts';
import { recordsOf } from './run-records.ts';
import { flushed, lookMs, scannedAnswer, scannedText, whileAsked, withoutCursorFault } from './stored-page.ts';

const statusParameter: Parameter<string | undefined> = {
  description: 'An HTTP status, or a class such as 4xx.',
  schema: { type: 'string', pattern: '^[1-5](\\d\\d|xx)$' },
  read(given, name) {
    if (given === undefined || /^[1-5](\d\d|xx)$/.test(given)) return given;
    throw new Refusal(
      400,
      `The query parameter "${name}" must be a status such as 404, or a class such as 4xx, found ${quote(given)}.`,
      { field: name },
    );
  },
};

/** Runs: those under way, out of the workers, and those that ended, out of the store. */
export const runRoutes = (control: Control): Route[] => [
  route({
    method: 'GET',
    path: '/api/runs',
    right: 'view',
    audit: null,
    summary: 'Finds runs: first those under way, then those that ended, the last one first.',
    query: {
      server: textParameter('Id of a server.'),
      service: textParameter('Id of a service.'),
      client: textParameter('Id of a client.'),
      operation: textParameter('Id of an operation.'),
      type: textParameter('What the operation belongs to: http, schedule, service, client.'),
      state: optionalWord('How it is with it.', runStates),
      status: statusParameter,
      level: levelParameter,
      from: timeParameter('The earliest end; runs under way end now.'),
      to: timeParameter('The latest end.'),
      minMs: wholeParameter('The shortest duration, in milliseconds.', 0, Number.MAX_SAFE_INTEGER, 0),
      q: queryParameter,
      limit: wholeParameter('How many at most; fewer when they are hard to find.', 1, 1000, 100),
      cursor: textParameter('The cursor of the page before.'),
    },
    answers: {
      200: jsonAnswer(
        'The runs that fit. With a cursor there may be more, even if there are none here.',
        exactly({ runs: listOf(runHead), cursor: orNull(text), scanned: scannedAnswer }),
      ),
    },
    async handle({ query, res }) {
      const { from, to, limit } = query;
      checkRange(query);
      const fits = withoutQueryFault(() => createRunFilter(query));
      const signal = whileAsked(res);
      const { before, cursor } = placeIn(query.cursor);
      const waiting = newestFirst(control.runningRuns().filter((head) => head.id < before && fits(head)));
      const underWay = waiting.slice(0, limit);
      if (underWay.length === limit) {
        const next = `${runningCursor}${underWay.at(-1)?.id}`;
        res.json({ runs: underWay, cursor: next, scanned: { from: null, to: null } });
        return;
      }
      await flushed(control);
      const known = new Set(underWay.map(({ id }) => id));
      const found = await withoutCursorFault(
        findRuns(control.storeDir, {
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(cursor !== undefined && { cursor }),
          limit: limit - underWay.length,
          fits: (head) => known.delete(head.id) || fits(head),
          withinMs: lookMs,
          signal,
        }),
      );
      // What ended meanwhile is told as it ended.
      const ended = new Set(found.runs.map(({ id }) => id));
      const runs = [...underWay.filter(({ id }) => !ended.has(id)), ...found.runs.filter(fits)];
      if (!signal.aborted) res.json({ runs, cursor: found.cursor, scanned: scannedText(found.scanned) });
    },
  }),
  {
    method: 'GET',
    path: '/api/runs/:id',
    right: 'view',
    audit: null,
    summary: 'Reads one run: what its nodes did, the runs it called, and its records.',
    parameters: { id: { description: 'Id of the run.' } },
    answers: { 200: jsonAnswer('The run. One that is under way has no spans yet.', runDetail) },
    async handle({ parameter, res }) {
      const id = parameter('id');
      const signal = whileAsked(res);
      const underWay = control.runningRuns().find((head) => head.id === id);
      await flushed(control);
      const run =
        (await readRun(control.storeDir, id, signal)) ??
        (underWay && (await soFar(control.storeDir, underWay, signal)));
      if (!run) {
        const { maxDays } = control.settings.store;
        throw new Refusal(
          404,
          `There is no run ${JSON.stringify(id.slice(0, 60))}, or not any more: it was a simulation, which is not kept, or is older than ${maxDays} days.`,
        );
      }
      const { lines, isComplete } = await recordsOf(control, run, signal);
      if (signal.aborted) return;
      const { head, spans, runs } = run;
      const rest = JSON.stringify({ ...head, spans, runs, recordsComplete: isComplete }).slice(0, -1);
      res.type('json').send(`${rest},"records":[${lines.join(',')}]}`);
    },
  },
];

/** A run that is under way: what it is and what it called. */
const soFar = async (dir: string, head: RunHead, signal: AbortSignal): Promise<StoredRun> => ({
  head,
  spans: [],
  ...(await calledRuns(dir, head, signal)),
});

/** How a cursor begins that leads to the runs under way that began before one. */
const runningCursor = 'running.';

/** Where a page begins: runs under way with ids below `before`, then what ended, from `cursor` on. */
function placeIn(cursor: string | undefined): { before: string; cursor?: string } {
  if (cursor === undefined) return { before: '~' };
  if (!cursor.startsWith(runningCursor)) return { before: '', cursor };
  const before = cursor.slice(runningCursor.length);
  if (/^[0-9A-Z]{26}$/.test(before)) return { before };
  throw new Refusal(400, 'The cursor is not one that an earlier page gave. Leave it out to begin with the newest.', {
    field: 'cursor',
  });
}

/** ULIDs are in the order of time. */
const newestFirst = (runs: readonly RunHead[]): RunHead[] => [...runs].sort((a, b) => (a.id < b.id ? 1 : -1));
