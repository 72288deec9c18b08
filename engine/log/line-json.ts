import type { Encode } from './encode.ts';
import { isOrdinary, quote } from './escape.ts';
import type { LogRecord } from './record.ts';
import { utcTime } from './timestamp.ts';

const text = (value: string): string => (isOrdinary(value) ? `"${value}"` : quote(value));
const number = (value: number): string => (Number.isFinite(value) ? String(value) : 'null');

/** `.001` to `.999` without zeros at the end; nothing for 0. */
const thousandths = Array.from({ length: 1000 }, (_, i) => String(i / 1000).slice(1));
/** A duration in milliseconds, to the microsecond; what lies beyond is the clock's noise. */
export const duration = (ms: number): string => {
  const micros = Math.round(ms * 1000);
  // Writing an integer is several times faster than finding the shortest decimal of a fraction.
  if (!(micros >= 0 && micros < 1e12)) return number(micros / 1000);
  const whole = Math.trunc(micros / 1000);
  return whole + (thousandths[micros - whole * 1000] as string);
};

const textsKept = 10_000;
const texts = new Map<string, string>();
/** The same for names that come again and again: addresses, versions, workers. */
const familiar = (value: string): string => {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const literal = text(value);
  if (texts.size >= textsKept) texts.clear();
  texts.set(value, literal);
  return literal;
};

/** What the records of a run have in common; most come from the run of the one before. */
let last: Pick<LogRecord, 'run' | 'trace' | 'span' | 'parent' | 'version'> = {};
let lastText = '';
const ofRun = (record: LogRecord): string => {
  const { run, trace, span, parent, version } = record;
  if (
    run === last.run &&
    trace === last.trace &&
    span === last.span &&
    parent === last.parent &&
    version === last.version
  )
    return lastText;
  let json = '';
  if (run !== undefined) json += `,"run":${text(run)}`;
  if (trace !== undefined) json += `,"trace":${text(trace)}`;
  if (span !== undefined) json += `,"span":${text(span)}`;
  if (parent !== undefined) json += `,"parent":${text(parent)}`;
  if (version !== undefined) json += `,"version":${familiar(version)}`;
  last = { run, trace, span, parent, version };
  lastText = json;
  return json;
};

/** Level, kind and event, which have few values together. */
const kinds = new Map<string, Pick<LogRecord, 'level' | 'kind'> & { json: string }>();
const ofKind = ({ level, kind, event }: LogRecord): string => {
  const known = kinds.get(event);
  if (known !== undefined && known.level === level && known.kind === kind) return known.json;
  const json = `"level":${text(level)},"kind":${text(kind)},"event":${text(event)}`;
  if (kinds.size >= textsKept) kinds.clear();
  kinds.set(event, { level, kind, json });
  return json;
};

const errorJson = ({ name, message, code, node, stack }: NonNullable<LogRecord['error']>, encode: Encode): string => {
  let json = `{"name":${text(name)},"message":${encode(message)},"code":${text(code)}`;
  if (node !== undefined) json += `,"node":${text(node)}`;
  if (stack !== undefined) json += `,"stack":${encode(stack)}`;
  return `${json}}`;
};

/** A record as one JSON object (RFC 8259). Only the record's own keys stand on the first level; data is below them. */
export const jsonLine = (record: LogRecord, encode: Encode): string => {
  let line = `{"id":${text(record.id)},"time":"${utcTime(record.time)}",${ofKind(record)}`;
  if (record.node !== undefined) line += `,"node":${familiar(record.node)}`;
  line += ofRun(record);
  if (record.iteration !== undefined) line += `,"iteration":${number(record.iteration)}`;
  if (record.attempt !== undefined) line += `,"attempt":${number(record.attempt)}`;
  if (record.label !== undefined) line += `,"label":${encode(record.label)}`;
  if (record.value !== undefined || record.event === 'log')
    line += `,"value":${encode(record.value, undefined, record.label)}`;
  if (record.input !== undefined) line += `,"input":${encode(record.input)}`;
  if (record.output !== undefined) line += `,"output":${encode(record.output)}`;
  if (record.error !== undefined) line += `,"error":${errorJson(record.error, encode)}`;
  if (record.ms !== undefined) line += `,"ms":${duration(record.ms)}`;
  if (record.method !== undefined) line += `,"method":${familiar(record.method)}`;
  if (record.path !== undefined) line += `,"path":${encode(record.path)}`;
  if (record.status !== undefined) line += `,"status":${number(record.status)}`;
  if (record.bytesIn !== undefined) line += `,"bytesIn":${number(record.bytesIn)}`;
  if (record.bytesOut !== undefined) line += `,"bytesOut":${number(record.bytesOut)}`;
  if (record.remote !== undefined) line += `,"remote":${text(record.remote)}`;
  if (record.user !== undefined) line += `,"user":${encode(record.user)}`;
  if (record.worker !== undefined) line += `,"worker":${familiar(record.worker)}`;
  if (record.message !== undefined) line += `,"message":${encode(record.message)}`;
  return `${line}}`;
};
