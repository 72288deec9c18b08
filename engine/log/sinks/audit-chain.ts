import { createHash } from 'node:crypto';

/** What the first line of a chain has for the hash of the line before. */
export const chainStart = '0'.repeat(64);

/** A line of the audit trail as it is in the file, and its hash. */
export interface ChainedLine {
  text: string;
  hash: string;
}

const tail = /,"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}$/;

/** SHA-256 in hex of the hash before and the line as it is without its own hash. */
const hashOf = (prev: string, line: string): string => createHash('sha256').update(prev).update(line).digest('hex');

/** Appends to a JSON object, which has a key at least, the hash of the line before and its own. */
export function chainLine(json: string, prev: string): ChainedLine {
  const line = `${json.slice(0, -1)},"prev":"${prev}"}`;
  const hash = hashOf(prev, line);
  return { text: `${line.slice(0, -1)},"hash":"${hash}"}`, hash };
}

export type LineJudgement =
  /** In order by itself; whether it follows the line before is for the reader to see. */
  | { state: 'chained'; prev: string; hash: string }
  /** JSON without hashes, as before there was a chain. */
  | { state: 'loose' }
  /** Not what was written. */
  | { state: 'broken'; reason: string };

/** Judges one line by itself. */
export function judgeLine(text: string): LineJudgement {
  const match = tail.exec(text);
  if (match === null) {
    return isObject(text) ? { state: 'loose' } : { state: 'broken', reason: 'it is no JSON object' };
  }
  const [whole, prev, hash] = match as unknown as [string, string, string];
  const line = `${text.slice(0, text.length - whole.length)},"prev":"${prev}"}`;
  if (hashOf(prev, line) !== hash) return { state: 'broken', reason: 'its hash is not that of its content' };
  return { state: 'chained', prev, hash };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
