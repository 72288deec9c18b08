import { stringify } from 'csv-stringify/sync';
import type { LogRecord } from '../record.ts';

/** The keys of a record, as columns. */
const columns = [
  'id',
  'time',
  'level',
  'kind',
  'event',
  'node',
  'run',
  'trace',
  'span',
  'parent',
  'version',
  'iteration',
  'attempt',
  'label',
  'value',
  'input',
  'output',
  'error',
  'ms',
  'method',
  'path',
  'status',
  'bytesIn',
  'bytesOut',
  'remote',
  'user',
  'worker',
  'message',
] as const satisfies readonly (keyof LogRecord)[];

/** Columns that hold any data, as JSON text. */
const ofData: ReadonlySet<string> = new Set(['value', 'input', 'output', 'error']);

/**
 * Records as rows of RFC 4180. A text that a spreadsheet would take for a formula has an apostrophe before it, as OWASP
 * advises: what a client sends may end up in a log.
 */
const rows = (cells: readonly unknown[][]): string =>
  stringify(cells as unknown[][], { record_delimiter: '\r\n', escape_formulas: true });

export const csvHeader: string = rows([[...columns]]);

/** Lines of JSON as rows. */
export const csvRows = (lines: readonly string[]): string => rows(lines.map(cellsOf));

function cellsOf(line: string): unknown[] {
  const record = JSON.parse(line) as { [key: string]: unknown };
  return columns.map((column) => {
    const value = record[column];
    // A number is no formula, also when it is negative.
    if (value === undefined || typeof value === 'number') return value;
    return ofData.has(column) || typeof value !== 'string' ? jsonOf(value) : value;
  });
}

/** What somebody else wrote into the store may be nested deeper than can be written. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '[not encodable]';
  }
}
