import { describe, exactly, listOf, oneOf, orNull, rule, text } from '../../document/shape.ts';
import { levels } from '../../log/record.ts';
import { findRecords } from '../../store/records.ts';
import type { Control } from '../control.ts';
import { jsonAnswer } from './answer.ts';
import { textParameter, type ValuesOf, wholeParameter } from './query.ts';
import { recordFilter, recordQuery } from './record-query.ts';
import { type Route, route } from './route.ts';
import {
  flushed,
  lookMs,
  type Scanned,
  scannedAnswer,
  scannedBoth,
  scannedText,
  whileAsked,
  withoutCursorFault,
} from './stored-page.ts';

/** Characters after which a page ends, to be gone on with by its cursor. */
const longestPage = 8 * 1024 * 1024;
/** Records that are fetched before others get their turn. */
const atOnce = 100;

export const recordAnswer = describe(
  rule(
    {
      type: 'object',
      required: ['id', 'time', 'level', 'kind', 'event'],
      properties: {
        id: text.schema,
        time: text.schema,
        level: oneOf(levels).schema,
        kind: text.schema,
        event: text.schema,
      },
    },
    () => {},
  ),
  { title: 'Record', description: 'A log record, as it was written.' },
);

const paging = {
  limit: wholeParameter('How many at most; fewer when they are large, or hard to find.', 1, 1000, 100),
  cursor: textParameter('The cursor of the page before.'),
} as const;

/** What was written, out of the store. */
export const recordRoutes = (control: Control): Route[] => [
  route({
    method: 'GET',
    path: '/api/logs',
    right: 'view',
    audit: null,
    summary: 'Finds log records, newest first.',
    query: { ...recordQuery, ...paging },
    answers: {
      200: jsonAnswer(
        'The records that fit. With a cursor there may be more, even if there are none here.',
        exactly({ records: listOf(recordAnswer), cursor: orNull(text), scanned: scannedAnswer }),
      ),
    },
    async handle({ query, res }) {
      const fits = recordFilter(query);
      const signal = whileAsked(res);
      await flushed(control);
      const { lines, cursor, scanned } = await withoutCursorFault(page(control.storeDir, query, fits, signal));
      if (signal.aborted) return;
      const rest = JSON.stringify({ cursor, scanned: scannedText(scanned) }).slice(1);
      res.type('json').send(`{"records":[${lines.join(',')}],${rest}`);
    },
  }),
];

type Asked = ValuesOf<typeof recordQuery & typeof paging>;

/** Lines are JSON texts already: they are put together, not taken apart and made again. */
async function page(
  dir: string,
  { limit, from, to, ...asked }: Asked,
  fits: (line: string) => boolean,
  signal: AbortSignal,
) {
  const begun = performance.now();
  const lines: string[] = [];
  let { cursor = null as string | null } = asked;
  let scanned: Scanned = { from: null, to: null };
  let length = 0;
  for (;;) {
    const wanted = Math.min(limit - lines.length, atOnce);
    const found = await findRecords(dir, {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(cursor !== null && { cursor }),
      limit: wanted,
      fits,
      withinMs: Math.max(1, lookMs - (performance.now() - begun)),
      signal,
    });
    for (const line of found.lines) {
      if (!isJson(line)) continue;
      lines.push(line);
      length += line.length;
    }
    ({ cursor } = found);
    scanned = scannedBoth(scanned, found.scanned);
    const isOver = found.lines.length < wanted || performance.now() - begun > lookMs;
    if (cursor === null || isOver || lines.length >= limit || length > longestPage || signal.aborted)
      return { lines, cursor, scanned };
  }
}

/** One line that somebody else wrote into the store must not spoil the whole answer. */
function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
