/** A captured run as a worker hands it over, taken apart but not parsed. */
export interface CaptureFrame {
  id: string;
  /** JSON texts, of the captured run and of the runs that it called. */
  heads: { id: string; json: Buffer }[];
  /** JSON text of the list of spans. */
  spans: Buffer;
  bytes: number;
}

const newline = 10;
const idAtBegin = /^\{"id":"([0-9A-Za-z_-]{1,64})"/;
const looked = 80;

/**
 * Takes a frame apart: a line with the head of the captured run, one for each run that it called, and last the list of its
 * spans. undefined when it is none.
 */
export function splitCapture(frame: Buffer): CaptureFrame | undefined {
  const whole = frame[frame.length - 1] === newline ? frame.subarray(0, -1) : frame;
  const heads: CaptureFrame['heads'] = [];
  let start = 0;
  for (let end = whole.indexOf(newline); end >= 0; end = whole.indexOf(newline, start)) {
    const json = whole.subarray(start, end);
    const id = idAtBegin.exec(json.toString('latin1', 0, looked))?.[1];
    if (id === undefined) return undefined;
    heads.push({ id, json });
    start = end + 1;
  }
  const spans = whole.subarray(start);
  const [root] = heads;
  if (root === undefined || spans[0] !== 0x5b) return undefined;
  return { id: root.id, heads, spans, bytes: frame.length };
}

const comma = Buffer.from(',');
const end = Buffer.from('}\n');
const spansKey = Buffer.from('],"spans":');

/** The line that holds the body, in pieces. */
export function bodyLine({ id, heads, spans }: CaptureFrame): Buffer[] {
  const pieces: Buffer[] = [Buffer.from(`{"id":"${id}","runs":[`)];
  for (const [i, { json }] of heads.entries()) {
    if (i > 1) pieces.push(comma);
    if (i > 0) pieces.push(json);
  }
  pieces.push(spansKey, spans, end);
  return pieces;
}

/** The lines of the index, in pieces, the captured run's last since it ended last; `at` and `bytes` say where the body stands. */
export function indexLines({ id, heads }: CaptureFrame, file: string, at: number, bytes: number): Buffer[] {
  const capture = Buffer.from(`,"capture":{"file":"${file}","at":${at},"bytes":${bytes},"in":"${id}"}}\n`);
  const [root, ...called] = heads;
  return [...called, root as (typeof heads)[number]].flatMap(({ json }) => [headKey, json, capture]);
}

const headKey = Buffer.from('{"head":');
