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
  const enough = /\d(?:[ -]?\d){12}/g;
  for (let match = enough.exec(text); match !== null; match = enough.exec(text)) {
    const end = runEnd(text, enough.lastIndex);
    cardsIn(text.slice(match.index, end), match.index, spans);
    enough.lastIndex = end;
    if (spans.length < maxSpans) continue;
    (spans[spans.length - 1] as Span).end = text.length;
    break;
  }
  return spans;
};

/** Where digits end that stand in groups, of which some end at an index. */
const runEnd = (text: string, from: number): number => {
  let end = from;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) end = at + 1;
    else if ((unit !== 32 && unit !== 45) || at > end) break;
  }
  return end;
};

const shortest = 13;
const longest = 19;

/**
 * Luhn's checksum doubles every second digit from the right. Two running sums, one with the even and one with the odd
 * places doubled, give that of any part at once: the time is proportional to the digits however they are grouped.
 */
const cardsIn = (run: string, offset: number, spans: Span[]): void => {
  const { length } = run;
  /** Where each digit stands in the run. */
  const places = new Uint32Array(length + 1);
  /** Modulo ten, of the digits before each. */
  const evenDoubled = new Uint8Array(length + 1);
  const oddDoubled = new Uint8Array(length + 1);
  let count = 0;
  for (let at = 0; at < length; at++) {
    const digit = run.charCodeAt(at) - 48;
    if (digit < 0) continue;
    const doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
    places[count] = at;
    evenDoubled[count + 1] = ((evenDoubled[count] as number) + (count % 2 === 0 ? doubled : digit)) % 10;
    oddDoubled[count + 1] = ((oddDoubled[count] as number) + (count % 2 === 0 ? digit : doubled)) % 10;
    count++;
  }
  /** Whether a group ends before a digit. */
  const isBetween = (digit: number): boolean =>
    digit === 0 || digit === count || (places[digit] as number) > (places[digit - 1] as number) + 1;
  const isCardAt = (start: number, end: number): boolean => {
    const sums = end % 2 === 0 ? evenDoubled : oddDoubled;
    if (sums[end] !== sums[start]) return false;
    let first = 0;
    for (let i = start; i < start + 4; i++) first = 10 * first + run.charCodeAt(places[i] as number) - 48;
    return isIssued(first, end - start);
  };
  for (let start = 0; start + shortest <= count && spans.length < maxSpans; start++) {
    if (!isBetween(start)) continue;
    for (let end = start + shortest; end <= Math.min(start + longest, count); end++) {
      if (!isBetween(end) || !isCardAt(start, end)) continue;
      spans.push({ start: offset + (places[start] as number), end: offset + (places[end - 1] as number) + 1 });
      start = end - 1;
      break;
    }
  }
};
