import { parseLogLine, timeOf } from '../parse-line.ts';
import type { LogFile } from '../record.ts';
import { convertLine } from './convert.ts';

/** Reads stored records of a range of times, oldest first, as batches of JSON lines. */
export type ReadRecords = (range: { from?: number; to?: number }) => AsyncGenerator<string[]>;

/** The first record that is stored of a log. */
interface FirstStored {
  /** Milliseconds since 1970. */
  time: number;
  /** null when it has not been found among the first: then only the time counts. */
  line: string | null;
}

/** Where the store begins is looked for in so many batches. */
const batchesSearched = 64;
/** Lines of several workers may be so far out of order. */
const disorderMs = 60_000;
const longestHeld = 10_000;

const kindOf = /^\{"id":"[^"]{0,200}","time":"[^"]{20,30}","level":"[a-z]+","kind":"([a-z]+)"/;

/** user.log has what workflows say; the store has both logs. */
const isOf = (file: LogFile, line: string): boolean => (kindOf.exec(line)?.[1] === 'application') === (file === 'user');

/**
 * A log's records as lines of JSON, oldest first. They come from the store, which has them whole also where the files are
 * plain; only lines that are older than the store come from the files. A plain line has become time, level and message.
 * @param lines reads the files
 */
export async function* fullLines(
  { file, from, to }: { file: LogFile; from?: number | undefined; to?: number | undefined },
  lines: (range: { from?: number | undefined; to?: number | undefined }) => AsyncGenerator<string>,
  records: ReadRecords,
): AsyncGenerator<string> {
  const first = await firstStored(file, records);
  if (first === null) {
    yield* asJson(lines({ from, to }));
    return;
  }
  if (from === undefined || from <= first.time + disorderMs) {
    const until = Math.min(to ?? Number.POSITIVE_INFINITY, first.time + disorderMs);
    yield* asJson(linesBefore(first, lines({ from, to: until })));
  }
  if (to !== undefined && to < first.time - disorderMs) return;
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  for await (const batch of records(range)) for (const line of batch) if (isOf(file, line)) yield line;
}

async function* asJson(lines: AsyncGenerator<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line === '') continue;
    // Half a line that somebody left in a file begins like JSON and is none.
    yield line.startsWith('{') && parseLogLine(line) === undefined
      ? JSON.stringify({ message: line })
      : convertLine(line, 'json');
  }
}

async function firstStored(file: LogFile, records: ReadRecords): Promise<FirstStored | null> {
  let earliest: number | undefined;
  let batches = 0;
  for await (const batch of records({})) {
    earliest ??= batch.map(timeOf).find((time) => time !== undefined);
    const line = batch.find((candidate) => isOf(file, candidate));
    if (line !== undefined) return { line, time: timeOf(line) ?? earliest ?? 0 };
    if (++batches === batchesSearched) break;
  }
  return earliest === undefined ? null : { time: earliest, line: null };
}

/**
 * The lines that were written before the first stored one. Files and store have the same order, which the times of lines
 * need not have; so that line is looked for, and where it is in no file, time decides.
 */
async function* linesBefore(
  { time: begin, line: first }: FirstStored,
  lines: AsyncGenerator<string>,
): AsyncGenerator<string> {
  const plain = first === null ? null : convertLine(first, 'plain');
  const isEarlier = (line: string) => (timeOf(line) ?? Number.NEGATIVE_INFINITY) < begin;
  const held: string[] = [];
  for await (const line of lines) {
    if (first !== null && (line === plain || line === first)) {
      yield* held;
      return;
    }
    if (held.length === 0 && isEarlier(line)) yield line;
    else if (held.push(line) > longestHeld) break;
  }
  yield* held.filter(isEarlier);
}
