import type { Encode } from './encode.ts';
import { jsonLine } from './line-json.ts';
import { plainLine } from './line-plain.ts';
import type { LogRecord } from './record.ts';

export interface LineEncoderOptions {
  /** `plain` for people, `json` for programs. */
  format: 'plain' | 'json';
  /** Writes what the record carries: bounded and redacted. */
  encode: Encode;
}

/**
 * Makes the function that turns a record into its line, without the line end. One record is one line, whatever its data,
 * texts and names hold.
 */
export const createLineEncoder = ({ format, encode }: LineEncoderOptions): ((record: LogRecord) => string) =>
  format === 'json' ? (record) => jsonLine(record, encode) : (record) => plainLine(record, encode);
