import type { Encode } from './encode.ts';
import { bare, isOrdinary, quote } from './escape.ts';
import type { LogRecord } from './record.ts';
import { localTime } from './timestamp.ts';

/** A name as it is, or escaped where it would break or disguise the line. */
const name = (text: string): string => (isOrdinary(text) ? text : bare(quote(text)));
/** A text without its quotes; one that was cut stays JSON, to say so. */
const unquoted = (json: string): string => (json.charCodeAt(0) === 34 ? bare(json) : json);

/** Milliseconds with one decimal: `0.4ms`. */
const duration = (ms: number): string => {
  const tenths = Math.round(ms * 10);
  return Number.isSafeInteger(tenths) ? `${Math.trunc(tenths / 10)}.${Math.abs(tenths % 10)}ms` : `${ms}ms`;
};

/** ` enough (raised) at server/hello/get-hello/check`; the node only where it is another one. */
const failure = ({ error, node }: LogRecord, encode: Encode): string => {
  if (error === undefined) return '';
  const at = error.node === undefined || error.node === node ? '' : ` at ${name(error.node)}`;
  return ` ${unquoted(encode(error.message))} (${name(error.code)})${at}`;
};

const where = (record: LogRecord): string => {
  let text = record.run === undefined ? '' : ` run=${name(record.run)}`;
  if (record.iteration !== undefined) text += ` iteration=${record.iteration}`;
  if (record.attempt !== undefined) text += ` attempt=${record.attempt}`;
  return text;
};

const said = ({ label, value }: LogRecord, encode: Encode): string => {
  const text = unquoted(encode(value, undefined, label));
  return label === undefined ? text : `${unquoted(encode(label))}: ${text}`;
};

const began = (record: LogRecord, node: string, encode: Encode): string => {
  const input = record.input === undefined ? '' : ` ${encode(record.input)}`;
  return `${name(node)} begin${input}${where(record)}`;
};

const ended = (record: LogRecord, node: string, encode: Encode): string => {
  const ms = record.ms === undefined ? '' : ` ${duration(record.ms)}`;
  const output = record.output === undefined ? '' : ` ${encode(record.output)}`;
  return `${name(node)} end${ms}${output}${failure(record, encode)}${where(record)}`;
};

const requested = (record: LogRecord, method: string, encode: Encode): string => {
  let text = name(method);
  if (record.path !== undefined) text += ` ${unquoted(encode(record.path))}`;
  if (record.status !== undefined) text += ` ${record.status}`;
  if (record.ms !== undefined) text += ` ${duration(record.ms)}`;
  if (record.bytesIn !== undefined) text += ` ${record.bytesIn}B in`;
  if (record.bytesOut !== undefined) text += ` ${record.bytesOut}B out`;
  if (record.node !== undefined) text += ` ${name(record.node)}`;
  text += where(record);
  if (record.remote !== undefined) text += ` ${name(record.remote)}`;
  if (record.message !== undefined) text += ` ${unquoted(encode(record.message))}`;
  return text + failure(record, encode);
};

const happened = (record: LogRecord, encode: Encode): string => {
  const { node, message, user } = record;
  let text = message === undefined ? name(record.event) : unquoted(encode(message));
  if (record.ms !== undefined) text += ` ${duration(record.ms)}`;
  if (node !== undefined && !message?.includes(node)) text += ` ${name(node)}`;
  text += where(record);
  if (user !== undefined) text += ` user=${unquoted(encode(user))}`;
  if (record.remote !== undefined && !message?.includes(record.remote)) text += ` ${name(record.remote)}`;
  return text + failure(record, encode);
};

const body = (record: LogRecord, encode: Encode): string => {
  const { event, node, method } = record;
  if (event === 'log') return said(record, encode);
  if (event === 'begin' && node !== undefined) return began(record, node, encode);
  if (event === 'end' && node !== undefined) return ended(record, node, encode);
  if (method !== undefined) return requested(record, method, encode);
  return happened(record, encode);
};

/** A record for people: local time, level, two spaces, and what happened. */
export const plainLine = (record: LogRecord, encode: Encode): string =>
  `${localTime(record.time)} [${record.level}]  ${body(record, encode)}`;
