import { escapeJson } from '../escape.ts';
import { plainLine } from '../line-plain.ts';
import { parseLogLine } from '../parse-line.ts';
import type { LogRecord } from '../record.ts';
import { utcTime } from '../timestamp.ts';

/** What was written has been bounded and redacted. */
const encode = (value: unknown): string => (value === undefined ? '"[undefined]"' : escapeJson(JSON.stringify(value)));

/**
 * A line in the format asked for. A plain line has lost which part of it was what, so as JSON it has `time`, `level` and
 * `message`. What is no line of ours stays as it is, or becomes a `message` without time.
 */
export function convertLine(line: string, format: 'plain' | 'json'): string {
  const isJson = line.startsWith('{');
  if (isJson === (format === 'json')) return line;
  const parsed = parseLogLine(line);
  if (parsed?.record) return plainLine({ ...(parsed.record as unknown as LogRecord), time: parsed.time }, encode);
  if (!parsed) return isJson ? line : encode({ message: line });
  return encode({ time: utcTime(parsed.time), level: parsed.level, message: parsed.text });
}
