const two = (part: number): string => (part < 10 ? `0${part}` : `${part}`);
const three = (part: number): string => (part < 100 ? `0${two(part)}` : `${part}`);

/** The farthest times that a Date can hold (ECMA-262); anything else becomes the present, since a record must have a time. */
const inRange = (time: number): number => (Math.abs(time) <= 8.64e15 ? time : Date.now());

let lastUtc = Number.NaN;
let utcText = '';

/** RFC 3339 in UTC with milliseconds: `2026-11-21T03:36:22.123Z`. `time` is milliseconds since 1970. */
export const utcTime = (time: number): string => {
  if (time === lastUtc) return utcText;
  utcText = new Date(inRange(time)).toISOString();
  lastUtc = time;
  return utcText;
};

/**
 * RFC 3339 in UTC with microseconds, so that the bars of short spans can be told apart: `2026-11-21T03:36:22.123456Z`.
 * `time` is milliseconds since 1970, with a fraction.
 */
export const preciseTime = (time: number): string => {
  const whole = Math.floor(time);
  if (whole !== lastWhole) {
    lastWhole = whole;
    wholeText = utcTime(whole).slice(0, -1);
  }
  return `${wholeText}${threeDigits[Math.min(999, Math.floor((time - whole) * 1000))]}Z`;
};

let lastWhole = Number.NaN;
let wholeText = '';
const threeDigits = Array.from({ length: 1000 }, (_, part) => three(part));

let lastLocal = Number.NaN;
let localText = '';

/** The clock on the wall: `2026-11-21 04:36:22.123`. `time` is milliseconds since 1970. */
export const localTime = (time: number): string => {
  if (time === lastLocal) return localText;
  const date = new Date(inRange(time));
  localText = `${localDate(date)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${three(date.getMilliseconds())}`;
  lastLocal = time;
  return localText;
};

/** The day on the wall: `2026-11-21`. */
export const localDate = (date: Date): string =>
  `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
