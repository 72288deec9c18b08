import { describe, exactly, flag, listOf, mapOf, number, oneOf, orNull, text, whole } from '../../document/shape.ts';
import type { Control } from '../control.ts';
import { jsonAnswer, problemAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

const count = whole(0);
const counts = describe(exactly({ debug: count, info: count, warning: count, error: count }), {
  title: 'LevelCounts',
  description: 'Log records by level.',
});

/** The state of a server's socket. */
export const serverState = describe(
  exactly({
    state: oneOf(['stopped', 'starting', 'listening', 'failed']),
    host: text,
    port: describe(whole(0, 65_535), { description: 'The port it has, or wants.' }),
    reason: describe(orNull(text), {
      description: 'Why it failed and what helps; while it listens, in what it could not follow the newest version.',
    }),
  }),
  { title: 'ServerState' },
);

const worker = exactly({
  name: text,
  pid: orNull(count),
  state: oneOf(['starting', 'up', 'stuck']),
  since: describe(text, { format: 'date-time' }),
  waiting: describe(count, { description: 'Runs that wait for something.' }),
  dropped: counts,
  droppedCaptures: describe(count, { description: 'Captured runs that found no room.' }),
});

const milliseconds = number(0);
const loopDelay = exactly({ p50: milliseconds, p99: milliseconds, max: milliseconds });
const performance = describe(
  exactly({
    control: exactly({ loopDelayMs: loopDelay, rssBytes: count, heapBytes: count }),
    workers: listOf(
      exactly({
        name: text,
        loopDelayMs: describe(orNull(loopDelay), { description: 'null when it did not answer in time.' }),
        rssBytes: count,
        requests: describe(count, { description: 'Answered since it began.' }),
        errors: describe(count, { description: 'Of these, with 5xx.' }),
        running: describe(count, { description: 'Runs that wait for something.' }),
        backlogBytes: count,
        dropped: counts,
      }),
    ),
    queueBytes: describe(count, { description: 'Records that wait for the disk.' }),
    dropped: counts,
    streams: describe(count, { description: 'Those who follow records.' }),
  }),
  { title: 'Performance', description: 'What the last performance record said; null in the first minute.' },
);

const health = describe(
  exactly({
    status: oneOf(['ok', 'degraded']),
    problems: describe(listOf(text), { description: 'One sentence for each thing that is not as it should be.' }),
    version: text,
    uptimeMs: count,
    pid: count,
    memory: exactly({ rssBytes: count }),
    workers: listOf(worker),
    replacements: describe(count, { description: 'Workers that died and were replaced.' }),
    servers: mapOf(serverState),
    quarantined: describe(listOf(text), { description: 'Operations set aside, by address.' }),
    logs: exactly({
      writable: flag,
      lastError: orNull(text),
      dropped: counts,
      bytes: count,
      backlog: describe(count, { description: 'Bytes that wait to be written.' }),
      stdout: orNull(exactly({ dropped: counts })),
    }),
    store: describe(
      exactly({
        writable: flag,
        lastError: orNull(text),
        dropped: counts,
        droppedCaptures: count,
        bytes: describe(count, { description: 'Bytes on disk, of all days.' }),
        days: count,
        backlog: describe(count, { description: 'Bytes that wait to be written.' }),
      }),
      { description: 'The stored records and captured runs.' },
    ),
    faults: describe(listOf(text), { description: 'Faults of the documents on disk.' }),
    performance: orNull(performance),
  }),
  { title: 'Health' },
);

/** Whether the process lives, whether it serves, and how it is. */
export const systemRoutes = (control: Control): Route[] => [
  {
    method: 'GET',
    path: '/healthz',
    right: 'public',
    audit: null,
    summary: 'Tells whether the process lives.',
    answers: { 200: jsonAnswer('It lives.', exactly({ status: oneOf(['ok']) })) },
    handle: ({ res }) => void res.json({ status: 'ok' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    right: 'public',
    audit: null,
    summary: 'Tells whether every active server listens or is in a stated failure, and a worker is up.',
    answers: {
      200: jsonAnswer('It serves.', exactly({ status: oneOf(['ready']) })),
      503: problemAnswer('Something is still starting.', { 'Retry-After': 'Seconds to wait.' }),
    },
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
    summary: 'Tells how every part of the engine is.',
    answers: { 200: jsonAnswer('The state of every part.', health) },
    handle: ({ res }) => void res.json(control.health()),
  },
];
