import { type Finder, maxSpans, type Span } from './span.ts';

/** Who issues card numbers: first digits and lengths. Other long numbers with a right checksum are ids and times. */
const isIssued = (first: number, length: number): boolean => {
  const two = Math.trunc(first / 100);
  if (two >= 40 && two <= 49) return length === 13 || length === 16 || length === 19;
  if ((two >= 51 && two <= 55) || (first >= 2221 && first <= 2720)) return length === 16;
  if (two === 34 || two === 37) return length === 15;
  if ((first >= 3000 && first <= 3059) || two === 36 || two === 38 || two === 39) return length === 14;
  return two === 35 || two === 50 || (two >= 56 && two <= 69);
};

/** Whether digits are a card number. */
export const isCard = (digits: string): boolean => {
  const { length } = digits;
  if (length < shortest || length > longest || !isIssued(Number(digits.slice(0, 4)), length)) return false;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const digit = digits.charCodeAt(length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
  }
  return sum % 10 === 0;
};

/**
 * Card numbers (ISO/IEC 7812) with their checksum right; digits may stand in groups, and a number begins and ends with one.
 */
export const cards: Finder = (text) => {
  const spans: Span[] = [];
  for (const { 0: run, index } of text.matchAll(/\d+(?:[ -]\d+)*/g)) {
    if (run.length >= shortest) cardsIn(run, index, spans);
    if (spans.length < maxSpans) continue;
    (spans[spans.length - 1] as Span).end = text.length;
    break;
  }
  return spans;
};

const shortest = 13;
const longest = 19;

/**
 * Luhn's checksum doubles every second digit from the right. Two running sums, one with the even and one with the odd
 * places doubled, give that of any part at once: the time is proportional to the digits however they are grouped.
 */
const cardsIn = (run: string, offset: number, spans: Span[]): void => {
  const groups = run.split(/[ -]/);
  if (groups.length === 1 && run.length > longest) return;
  const digits = groups.join('');
  const count = digits.length;
  const evenDoubled = new Int32Array(count + 1);
  const oddDoubled = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    const digit = digits.charCodeAt(i) - 48;
    const doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
    evenDoubled[i + 1] = (evenDoubled[i] as number) + (i % 2 === 0 ? doubled : digit);
    oddDoubled[i + 1] = (oddDoubled[i] as number) + (i % 2 === 0 ? digit : doubled);
  }
  let from = 0;
  for (let first = 0, start = 0; first < groups.length && spans.length < maxSpans; first++) {
    if (start >= from) {
      let end = start;
      for (let last = first; last < groups.length; last++) {
        end += (groups[last] as string).length;
        const length = end - start;
        if (length > longest) break;
        if (length < shortest) continue;
        const sums = end % 2 === 0 ? evenDoubled : oddDoubled;
        if (((sums[end] as number) - (sums[start] as number)) % 10 !== 0) continue;
        if (!isIssued(Number(digits.slice(start, start + 4)), length)) continue;
        // Before a digit stand as many separators as groups end before it.
        spans.push({ start: offset + start + first, end: offset + end + last });
        from = end;
        break;
      }
    }
    start += (groups[first] as string).length;
  }
};
