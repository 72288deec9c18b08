import { LimitReached, limits } from './budget.ts';

/** Refuses a picture that is longer than anyone writes. */
export const checkPicture = (picture: unknown): void => {
  if (typeof picture === 'string' && picture.length > limits.picture) {
    throw new LimitReached(
      'size',
      `a picture of ${picture.length} characters is longer than the ${limits.picture} allowed`,
    );
  }
};

/** The variable parts of a date picture without their brackets and spaces, and the text before each. */
const markersOf = (picture: string): { before: string; marker: string }[] => {
  const markers: { before: string; marker: string }[] = [];
  let before = '';
  for (const [piece, inside] of picture.matchAll(/\[\[|\[([^\]]*)\]|[^[]+/g)) {
    if (inside === undefined) before += piece;
    else {
      markers.push({ before, marker: inside.replace(/\s+/g, '') });
      before = '';
    }
  }
  return markers;
};

// As the library reads them: hexadecimal numbers too.
const integerOf = (text: string): number => Number.parseInt(text, /^0x/i.test(text) ? 16 : 10);

/** Refuses a date picture that is too long or asks for a width that nobody reads. */
export const checkDatePicture = (picture: unknown): void => {
  checkPicture(picture);
  if (typeof picture !== 'string') return;
  for (const { marker } of markersOf(picture)) {
    const comma = marker.lastIndexOf(',');
    if (comma < 0) continue;
    const [least = '', most = ''] = marker.slice(comma + 1).split(/-(.*)/s);
    for (const width of [integerOf(least), integerOf(most)]) {
      if (Math.abs(width) > limits.width) {
        throw new LimitReached(
          'size',
          `a width of ${width} in a date picture is more than the ${limits.width} allowed`,
        );
      }
    }
  }
};

interface Part {
  /** What one character of the part matches. */
  readonly characters: RegExp;
  readonly numeric: boolean;
  readonly before: string;
}

const partOf = ({ before, marker }: { before: string; marker: string }): Part => {
  const component = marker[0] ?? '';
  const form = marker.slice(1).replace(/,[^,]*$/, '');
  const isName = form === '' ? 'FPCE'.includes(component) : /^[nN]/.test(form);
  if (/^w/i.test(form)) return { characters: /[a-z ,-]/i, numeric: false, before };
  if (isName || /^[aAiI]/.test(form)) return { characters: /[a-z]/i, numeric: false, before };
  if (/[Zz]/.test(component)) return { characters: /./s, numeric: false, before };
  return { characters: /\d/, numeric: component !== 'f', before };
};

/** More boundaries that can be drawn in several ways make the library try all combinations. */
const maximumUnclear = 3;

/**
 * Refuses to read a date where trying would take too long: the library turns a picture into a regular expression that
 * backtracks. What matters is how many parts are followed by one that could take over some of their characters.
 */
export const checkTimestamp = (timestamp: unknown, picture: unknown): void => {
  if (typeof timestamp === 'string' && timestamp.length > limits.timestamp) {
    throw new LimitReached(
      'size',
      `a date of ${timestamp.length} characters is longer than the ${limits.timestamp} allowed`,
    );
  }
  if (typeof picture !== 'string') return;
  checkDatePicture(picture);
  const parts = markersOf(picture).map(partOf);
  let unclear = 0;
  for (let at = 1; at < parts.length; at++) {
    const { characters, numeric } = parts[at - 1] as Part;
    const next = parts[at] as Part;
    // A number right before another one has a fixed width.
    if (next.before === '' && numeric && (next.numeric || next.characters.source === '\\d')) continue;
    if ([...next.before].every((character) => characters.test(character))) unclear++;
  }
  if (unclear > maximumUnclear) {
    throw new LimitReached(
      'size',
      `the date picture has ${unclear} parts whose ends cannot be told apart; at most ${maximumUnclear} are allowed. Put separators between them`,
    );
  }
};
