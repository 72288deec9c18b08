import type { Zone } from 'luxon';
import { ActionFailure, oneOf, optional, string } from '../kit/index.ts';
import { library } from '../support/library.ts';
import { checkYears, type Moment, readWritten, writeDate, writeTime } from './moment.ts';

const luxon = library<typeof import('luxon')>('luxon');

export const zoneField = (help = 'Such as Europe/Berlin, UTC or +05:30.') =>
  optional(string({ label: 'Time zone', help }), 'UTC');

export const choices = ['compatible', 'earlier', 'later', 'fail'] as const;
/** Which moment a local time means that a change of the clocks skips or repeats. */
export type Choice = (typeof choices)[number];
export const choiceField = optional(
  oneOf(choices, {
    label: 'Skipped or repeated time',
    help: 'When clocks change. compatible: the first of two, and after the gap as long as it would have been.',
  }),
  'compatible',
);

// Making sure that there is a zone costs more than all the rest.
const known = new Map<string, Zone>();
const mostKnown = 1000;

const fixedForm = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i;

const openZone = (name: string): Zone | undefined => {
  const { FixedOffsetZone, IANAZone } = luxon();
  if (/^(?:Z|(?:Etc\/)?(?:UTC|GMT|UCT|Universal|Zulu))$/i.test(name)) return FixedOffsetZone.utcInstance;
  const [, sign, hours, minutes = '0'] = fixedForm.exec(name) ?? [];
  if (hours !== undefined) {
    const east = Number(hours) * 60 + Number(minutes);
    return east < 24 * 60 ? FixedOffsetZone.instance(sign === '-' ? -east : east) : undefined;
  }
  return name.length <= 64 && /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name) ? IANAZone.create(name) : undefined;
};

/** Throws input-invalid for a name that is none. What the machine is set to has no name here: a run must not depend on it. */
export const findZone = (name = 'UTC', field = 'zone'): Zone => {
  const found = known.get(name) ?? openZone(name);
  if (found === undefined) {
    throw new ActionFailure(
      'input-invalid',
      `\`${field}\` must be a time zone of the IANA database, such as Europe/Berlin, UTC, or an offset such as +05:30`,
    );
  }
  if (known.size >= mostKnown) known.clear();
  known.set(name, found);
  return found;
};

/** Seconds east of UTC at a moment. Some were no whole minutes before the 20th century. */
export const offsetAt = (zone: Zone, seconds: number): number => Math.round(zone.offset(seconds * 1000) * 60);

/** What clocks of a zone show, as seconds since 1970 of a clock that knows no offsets. */
export const wallOf = (zone: Zone, { seconds }: Moment): number => seconds + offsetAt(zone, seconds);

/** The moment at which clocks of a zone show a time. */
export const resolveWall = (zone: Zone, wall: number, choice: Choice, field: string): number => {
  // No zone changes its clocks twice in two days, nor by more than a day.
  const before = offsetAt(zone, wall - 86_400);
  const after = offsetAt(zone, wall + 86_400);
  const [first, second] = [wall - before, wall - after];
  if (before === after) return first;
  const isFirst = offsetAt(zone, first) === before;
  const isSecond = offsetAt(zone, second) === after;
  if (isFirst !== isSecond) return isFirst ? first : second;
  if (choice === 'fail') {
    throw new ActionFailure(
      'data-invalid',
      `\`${field}\` is a time that ${isFirst ? 'comes twice' : 'is skipped'} in this zone, since clocks change; add an offset`,
    );
  }
  // Repeated: the offset before is the earlier moment. Skipped: the same, read as before the gap, is the later one.
  if (choice === 'compatible') return first;
  return choice === 'earlier' ? Math.min(first, second) : Math.max(first, second);
};

/** The moment that a text names; without an offset it is the time in that zone. */
export const readIn = (zone: Zone, value: string | Date, field: string, choice: Choice = 'compatible'): Moment => {
  const { seconds, micros, digits, offset } = readWritten(value, field);
  const utc = offset === undefined ? resolveWall(zone, seconds, choice, field) : seconds - offset;
  return checkYears({ seconds: utc, micros, digits }, field);
};

const writeOffset = (east: number): string => {
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const size = Math.abs(east);
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `${east < 0 ? '-' : '+'}${two(size / 3600)}:${two((size / 60) % 60)}${rest}`;
};

const isUtc = (zone: Zone): boolean => zone.isUniversal && zone.offset(0) === 0;

/** `2026-11-21T13:00:00+01:00`, and with Z in UTC. Throws out-of-range where the zone is in a year of five digits already. */
export const writeIn = (zone: Zone, moment: Moment, field: string): string => {
  const east = offsetAt(zone, moment.seconds);
  const local = checkYears({ ...moment, seconds: moment.seconds + east }, field);
  return `${writeDate(local)}T${writeTime(local)}${isUtc(zone) ? 'Z' : writeOffset(east)}`;
};
