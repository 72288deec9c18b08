import type { Encode } from './encode.ts';
import { isOrdinary, quote } from './escape.ts';
import type { LogRecord } from './record.ts';
import { utcTime } from './timestamp.ts';

const text = (value: string): string => (isOrdinary(value) ? `"${value}"` : quote(value));
const number = (value: number): string => (Number.isFinite(value) ? String(value) : 'null');
/** A duration to the microsecond; what lies beyond is the clock's noise. */
const duration = (ms: number): string => number(Math.round(ms * 1000) / 1000);

const errorJson = ({ name, message, code, node, stack }: NonNullable<LogRecord['error']>, encode: Encode): string => {
  let json = `{"name":${text(name)},"message":${encode(message)},"code":${text(code)}`;
  if (node !== undefined) json += `,"node":${text(node)}`;
  if (stack !== undefined) json += `,"stack":${encode(stack)}`;
  return `${json}}`;
};

/** A record as one JSON object (RFC 8259). Only the record's own keys stand on the first level; data is below them. */
export const jsonLine = (record: LogRecord, encode: Encode): string => {
  const { event } = record;
  let line = `{"id":${text(record.id)},"time":"${utcTime(record.time)}","level":${text(record.level)},"kind":${text(record.kind)},"event":${text(event)}`;
  if (record.node !== undefined) line += `,"node":${text(record.node)}`;
  if (record.run !== undefined) line += `,"run":${text(record.run)}`;
  if (record.trace !== undefined) line += `,"trace":${text(record.trace)}`;
  if (record.span !== undefined) line += `,"span":${text(record.span)}`;
  if (record.parent !== undefined) line += `,"parent":${text(record.parent)}`;
  if (record.version !== undefined) line += `,"version":${text(record.version)}`;
  if (record.iteration !== undefined) line += `,"iteration":${number(record.iteration)}`;
  if (record.attempt !== undefined) line += `,"attempt":${number(record.attempt)}`;
  if (record.label !== undefined) line += `,"label":${encode(record.label)}`;
  if (record.value !== undefined || event === 'log')
    line += `,"value":${encode(record.value, undefined, record.label)}`;
  if (record.input !== undefined) line += `,"input":${encode(record.input)}`;
  if (record.output !== undefined) line += `,"output":${encode(record.output)}`;
  if (record.error !== undefined) line += `,"error":${errorJson(record.error, encode)}`;
  if (record.ms !== undefined) line += `,"ms":${duration(record.ms)}`;
  if (record.method !== undefined) line += `,"method":${text(record.method)}`;
  if (record.path !== undefined) line += `,"path":${encode(record.path)}`;
  if (record.status !== undefined) line += `,"status":${number(record.status)}`;
  if (record.bytesIn !== undefined) line += `,"bytesIn":${number(record.bytesIn)}`;
  if (record.bytesOut !== undefined) line += `,"bytesOut":${number(record.bytesOut)}`;
  if (record.remote !== undefined) line += `,"remote":${text(record.remote)}`;
  if (record.user !== undefined) line += `,"user":${encode(record.user)}`;
  if (record.worker !== undefined) line += `,"worker":${text(record.worker)}`;
  if (record.message !== undefined) line += `,"message":${encode(record.message)}`;
  return `${line}}`;
};
