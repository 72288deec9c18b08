import type { Encode } from '../log/encode.ts';
import { duration } from '../log/line-json.ts';
import { preciseTime, utcTime } from '../log/timestamp.ts';
import { errorShape, type RunFailure } from '../run/failure.ts';
import type { Run } from '../run/run.ts';
import { leftOutOf, type Placed } from '../run/stored-spans.ts';
import { traceOf } from '../run/trace.ts';
import type { CaptureNote } from '../store/run-head.ts';

export interface HeadParts {
  type: string;
  worker: string;
  /** Milliseconds. */
  ms: number;
  failure: RunFailure | null;
  status: number | null;
  capture: CaptureNote;
}

/** The head of a run as one line of JSON (see RunHead). Ids and addresses have no character that JSON would escape. */
export function headJson(run: Run, parts: HeadParts, encode: Encode): string {
  const { operation, parent, trigger } = run;
  const { address } = operation;
  const { failure, capture } = parts;
  const state = failure === null ? 'succeeded' : failure.code === 'cancelled' ? 'cancelled' : 'failed';
  const kind = parent === null ? (trigger?.kind ?? 'simulation') : 'call';
  return (
    `{"id":"${run.id}","node":"${address}","operation":"${address.slice(address.lastIndexOf('/') + 1)}"` +
    `,"type":${JSON.stringify(parts.type)},"state":"${state}","status":${parts.status}` +
    `,"begin":"${utcTime(run.begin)}","ms":${duration(parts.ms)},"version":"${operation.version}"` +
    `,"trigger":"${kind}","error":${failure === null ? 'null' : encode(errorShape(failure))},"replayOf":null` +
    `,"parent":${parent === null ? 'null' : `"${parent.id}"`},"trace":"${traceOf(run).id}","worker":"${parts.worker}"` +
    `,"capture":{"reason":"${capture.reason}","spans":${capture.spans},"partial":${capture.partial},"leftOut":${capture.leftOut}}}`
  );
}

/** A span as JSON. `zero` is what performance.now() was in 1970; `room` how many characters its values may take. */
export function spanJson({ span, within }: Placed, zero: number, encode: Encode, room: number): string {
  let json = `{"in":${within},"node":"${span.node}"`;
  if (span.run !== null) json += `,"run":"${span.run.id}"`;
  if (span.iteration !== undefined) json += `,"iteration":${span.iteration}`;
  if (span.attempt !== undefined) json += `,"attempt":${span.attempt}`;
  json += `,"begin":"${preciseTime(zero + span.begin)}","ms":${duration(Math.max(span.ms, 0))}`;
  json +=
    room <= 0
      ? ',"input":null,"output":null'
      : `,"input":${encode(span.input ?? null)},"output":${encode(span.output ?? null)}`;
  json += `,"error":${span.failure === null ? 'null' : encode(errorShape(span.failure))}`;
  const leftOut = room <= 0 ? ['input', 'output'] : leftOutOf(span);
  if (leftOut !== undefined) json += `,"leftOut":${JSON.stringify(leftOut)}`;
  if (span.dropped > 0) json += `,"spansLeftOut":${span.dropped}`;
  return `${json}}`;
}
