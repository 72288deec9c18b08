import type { RecordAnswer } from './record-answer.ts';

/** A record in one line: what it is about, and what it says. */
export interface RecordText {
  /** Such as `greet end`. */
  subject: string;
  /** Of an answered request, as in `200`; never cut. */
  status?: string;
  detail: string;
}

/** More of a value is not read in one line anyway. */
const longest = 300;

export function textOf(record: RecordAnswer): RecordText {
  const { event, kind, label, message, method } = record;
  const place = record.node?.slice(record.node.lastIndexOf('/') + 1);
  if (event === 'log' && kind === 'application')
    return { subject: place ?? '', detail: joined(label === undefined ? undefined : `${label}:`, line(record.value)) };
  if (event === 'begin' || event === 'end')
    return {
      subject: joined(place, event, record.iteration === undefined ? undefined : `item ${record.iteration}`),
      detail: record.error === undefined ? line(event === 'begin' ? record.input : record.output) : failureOf(record),
    };
  if (method !== undefined)
    return {
      subject: joined(method, record.path),
      ...(record.status !== undefined && { status: String(record.status) }),
      detail: joined(record.error && failureOf(record), message),
    };
  if (event === 'run') return { subject: joined(place, 'run'), detail: record.error ? failureOf(record) : '' };
  return { subject: event, detail: message ?? line(record.value) };
}

const failureOf = ({ error }: RecordAnswer): string =>
  joined(error?.code ? `${error.code}:` : undefined, error?.message);

const joined = (...parts: (string | undefined)[]): string => parts.filter((part) => part).join(' ');

function line(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The time of day with milliseconds, in this machine's zone, as in `14:57:08.340`. */
export function timeText(time: string): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A duration as in `0.4 ms`, `38.6 ms`, `1,284 ms`. */
export const msText = (ms: number): string =>
  `${ms.toLocaleString('en', { minimumFractionDigits: ms < 100 ? 1 : 0, maximumFractionDigits: ms < 100 ? 1 : 0 })} ms`;

/** The query that finds records like this one: the same node, event and label. */
export const likeThis = ({ node, event, label }: RecordAnswer): string =>
  [node && `node:${quoted(node)}`, `event:${quoted(event)}`, label !== undefined && `label:${quoted(label)}`]
    .filter((part) => part)
    .join(' ');

const quoted = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`);
