import { Buffer } from 'node:buffer';
import type { Level } from '../../document/types.ts';

/** Select Graphic Rendition of ECMA-48: bright black, cyan, yellow, red. */
const codes: Readonly<Record<Level, number>> = { debug: 90, info: 36, warning: 33, error: 31 };

/** The level of a plain line, at its place behind the time. A line of JSON has none there. */
const level = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[)(debug|info|warning|error)(?=\] {2})/gm;

/** Plain lines with their level in colour; anything else stays as it is. */
export const colourLines = (lines: Buffer): Buffer =>
  Buffer.from(
    lines
      .toString()
      .replace(level, (_, before: string, word: Level) => `${before}\u001b[${codes[word]}m${word}\u001b[39m`),
  );

/**
 * Whether a stream is to show colours: a terminal is, unless NO_COLOR is set (https://no-color.org) or it is a dumb one.
 * FORCE_COLOR decides alone, as in Node.js: 0 and false mean no, anything else yes. Empty variables count as not set.
 */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: Readonly<NodeJS.ProcessEnv>): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}
