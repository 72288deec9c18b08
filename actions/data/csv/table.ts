import type { CsvError, Options } from 'csv-parse';
import { ActionFailure, type Awaitable, type Plain } from '../../kit/index.ts';
import { library } from '../../support/library.ts';
import { giveWay, inSlices } from '../../support/slices.ts';

const csv = library<typeof import('csv-parse')>('csv-parse');
const csvAtOnce = library<typeof import('csv-parse/sync')>('csv-parse/sync');

/** Characters and values that are dealt with at once; more are with other work between them, until the run is cancelled. */
const short = 100_000;
const slice = 32_768;

type Signal = () => AbortSignal;

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`csv\` ${problem}`);
};

/** What the parser's faults mean, without the text in which it found them. */
const faults: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'ends within a quoted value',
  CSV_INVALID_CLOSING_QUOTE: 'goes on after the closing quote of a value; double a quote that belongs to it',
  INVALID_OPENING_QUOTE: 'has a quote within a value that is not quoted; quote the value and double the quote',
};

const failureOf = (thrown: unknown): ActionFailure => {
  if (thrown instanceof ActionFailure) return thrown;
  const { code, lines } = thrown as CsvError;
  return new ActionFailure('data-invalid', `\`csv\` ${faults[code] ?? `cannot be read (${code})`}, at line ${lines}`);
};

/**
 * Hands over the rows of CSV text, as lists of texts; empty lines are no rows.
 */
export const readRows = (
  text: string,
  { delimiter, trim, signal }: { delimiter: string; trim: boolean; signal: Signal },
  take: (row: string[], line: number) => void,
): Awaitable<void> => {
  const options: Options = {
    delimiter,
    trim,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (row: string[], { lines }) => {
      take(row, lines);
      return null;
    },
  };
  if (text.length > short) return readSlices(Buffer.from(text), options, signal());
  try {
    csvAtOnce().parse(text, options as import('csv-parse/sync').Options);
  } catch (thrown) {
    throw failureOf(thrown);
  }
};

const readSlices = async (bytes: Buffer, options: Options, signal: AbortSignal): Promise<void> => {
  const parser = csv().parse(options).resume();
  let fault: Error | undefined;
  const end = new Promise<void>((resolve) => {
    parser.on('end', resolve).on('error', (error) => {
      fault = error;
      resolve();
    });
  });
  try {
    for (let at = 0; at < bytes.length && fault === undefined; at += slice) {
      parser.write(bytes.subarray(at, at + slice));
      await giveWay(signal);
    }
  } catch (cancelled) {
    parser.destroy();
    throw cancelled;
  }
  if (fault === undefined) parser.end();
  await end;
  if (fault !== undefined) throw failureOf(fault);
};

/** Names for the columns: one that is empty is its number, and one that was there before has a number added. */
export const nameColumns = (header: readonly string[]): string[] => {
  const taken = new Set(header);
  const given = new Set<string>();
  const repeats = new Map<string, number>();
  return header.map((cell, index) => {
    const wanted = cell === '' ? String(index) : cell;
    let name = wanted;
    for (let number = repeats.get(wanted) ?? 2; given.has(name) || (name !== cell && taken.has(name)); number += 1) {
      name = `${wanted}_${number}`;
      repeats.set(wanted, number + 1);
    }
    given.add(name);
    return name;
  });
};

/** The row by column names: what it lacks is null. Values without a column fail, unless they are empty. */
export const nameCells = (names: readonly string[], row: readonly string[], number: number): Plain => {
  for (let index = names.length; index < row.length; index += 1) {
    if (row[index] === '') continue;
    fail(
      `has ${row.length} values in row ${number} and ${names.length} columns; quote values with a delimiter in them`,
    );
  }
  return Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]));
};

/** Makes an object of each row, with pauses where there are `values` of many slices. */
export const makeObjects = (
  rows: readonly string[][],
  { values, signal }: { values: number; signal: Signal },
  make: (row: string[], index: number) => Plain,
): Awaitable<Plain[]> => {
  if (values <= short) return rows.map(make);
  const together = Math.max(1, Math.floor((rows.length * slice) / values));
  return inSlices(makeInTurns(rows, together, make), signal);
};

function* makeInTurns(
  rows: readonly string[][],
  together: number,
  make: (row: string[], index: number) => Plain,
): Generator<void, Plain[]> {
  const data: Plain[] = [];
  for (const [index, row] of rows.entries()) {
    data.push(make(row, index));
    if (index % together === 0) yield;
  }
  return data;
}
