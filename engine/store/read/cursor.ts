import { isDayName } from '../segments.ts';

/** A text that is no cursor of ours. */
export class CursorFault extends Error {
  override readonly name = 'CursorFault';

  constructor() {
    super('The cursor is not one that an earlier page gave. Leave it out to begin with the newest.');
  }
}

/** A place between two lines: what ends at or before it is older. */
export interface Place {
  day: string;
  /** Number of the segment. */
  segment: number;
  /** Bytes from its beginning. */
  at: number;
}

const pattern = /^(\d{4}-\d\d-\d\d) (0|[1-9]\d{0,8}) (0|[1-9]\d{0,14})$/;
const longest = 200;

/** One opaque text for one or several places. null is the place before everything. */
export const writeCursor = (places: readonly (Place | null)[]): string =>
  Buffer.from(
    places.map((place) => (place === null ? '-' : `${place.day} ${place.segment} ${place.at}`)).join('\n'),
  ).toString('base64url');

/** The places of a cursor. Throws a CursorFault unless it is exactly what `writeCursor` makes of so many places. */
export function readCursor(cursor: string, count: number): (Place | null)[] {
  if (cursor.length > longest) throw new CursorFault();
  const places = Buffer.from(cursor, 'base64url').toString('latin1').split('\n').map(readPlace);
  if (places.length !== count || writeCursor(places) !== cursor) throw new CursorFault();
  return places;
}

function readPlace(text: string): Place | null {
  if (text === '-') return null;
  const match = pattern.exec(text);
  if (match === null || !isDayName(match[1] as string)) throw new CursorFault();
  return { day: match[1] as string, segment: Number(match[2]), at: Number(match[3]) };
}
