import { randomBytes } from 'node:crypto';
import { digits, encodeDigits } from './ulid-text.ts';

/** The first 45 random bits of every id this process makes; the rest is a counter, so ids increase within a process. */
const processPart = (): string => [...randomBytes(9)].map((byte) => digits[byte & 31]).join('');

export const ownPart = processPart();
// A random start leaves room for 2^34 ids before the counter would need an eighth digit.
let counter = randomBytes(4).readUInt32LE();
let lastMs = -1;
let lastTime = '';

/** The next number for an id; the id itself is only spelled out when somebody asks for it. */
export const nextCount = (): number => ++counter;

/** Spells an id of this process; the time part is kept for the runs of the same millisecond. */
export const spellUlid = (ms: number, count: number): string => {
  if (ms !== lastMs) {
    lastMs = ms;
    lastTime = encodeDigits(ms, 10) + ownPart;
  }
  let rest = count;
  let text = '';
  for (let i = 0; i < 7; i++) {
    text = digits[rest & 31] + text;
    rest = (rest - (rest & 31)) / 32;
  }
  return lastTime + text;
};

export const ulid = (): string => spellUlid(Date.now(), nextCount());
