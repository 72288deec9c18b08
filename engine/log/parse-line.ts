import type { Level } from '../document/types.ts';
import type { LogRecord } from './record.ts';

/** What a line of either format says of itself. */
export interface ParsedLine {
  /** Milliseconds since 1970. The local time of a plain line means its first occurrence when clocks are set back. */
  time: number;
  level: Level;
  /** What follows the level in a plain line; the whole line in the JSON format. */
  text: string;
  /** The record of a line in the JSON format, with its time as written; null for a plain line. */
  record: (Omit<LogRecord, 'time'> & { time: string }) | null;
}

const jsonHead = /^\{"id":"[^"]{0,200}","time":"([^"]{20,30})","level":"(debug|info|warning|error)"/;
const plainHead = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3}) \[(debug|info|warning|error)\] {2}/;
/** `2026-11-21 04:36` takes 16 characters, `… 04:36:22.123 [info]  ` up to 35. */
const minuteLength = 16;
const levelAt = 25;

let lastMinute = '';
let minuteTime = 0;

/** Local date and time to the minute, as milliseconds since 1970; most lines share it with the one before. */
const timeOfMinute = (minute: string): number => {
  if (minute === lastMinute) return minuteTime;
  const part = (start: number, end: number) => Number(minute.slice(start, end));
  minuteTime = new Date(part(0, 4), part(5, 7) - 1, part(8, 10), part(11, 13), part(14, 16)).getTime();
  lastMinute = minute;
  return minuteTime;
};

/** The time of a line in milliseconds since 1970, or undefined when it has none. */
export const timeOf = (line: string): number | undefined => {
  if (plainHead.test(line)) {
    return timeOfMinute(line.slice(0, minuteLength)) + Number(line.slice(17, 19)) * 1000 + Number(line.slice(20, 23));
  }
  const time = Date.parse(jsonHead.exec(line)?.[1] ?? '');
  return Number.isNaN(time) ? undefined : time;
};

const levelOfLetter: { readonly [letter: string]: Level } = { d: 'debug', i: 'info', w: 'warning', e: 'error' };

/** The level of a line, or undefined when it has none. Its first 300 characters are enough. */
export const levelOf = (line: string): Level | undefined =>
  plainHead.test(line) ? levelOfLetter[line.charAt(levelAt)] : (jsonHead.exec(line)?.[2] as Level | undefined);

/** Takes a line apart, or gives undefined when it is no line of ours. */
export function parseLogLine(line: string): ParsedLine | undefined {
  const time = timeOf(line);
  const level = levelOf(line);
  if (time === undefined || level === undefined) return undefined;
  if (!line.startsWith('{')) return { time, level, text: line.slice(levelAt + level.length + 3), record: null };
  try {
    return { time, level, text: line, record: JSON.parse(line) as ParsedLine['record'] };
  } catch {
    return undefined;
  }
}
