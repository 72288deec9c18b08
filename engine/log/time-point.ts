const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const date = /^\d{4}-\d\d-\d\d$/;

/** What a time may be, for messages. */
export const timePointForms =
  'a time as in RFC 3339, such as 2026-11-21T12:00:00Z, a date such as 2026-11-21, or a duration back such as 15m, 2h or 7d';

/**
 * A time, a date in UTC, or a duration back from `now`, in milliseconds since 1970; undefined when the text is none of them.
 * @param bound which end of a range it is, both included: of a date the day's first millisecond or its last
 */
export function parseTimePoint(text: string, now: number, bound: 'from' | 'to' = 'from'): number | undefined {
  const back = /^(\d{1,9})([smhd])$/.exec(text);
  if (back) return now - Number(back[1]) * units[back[2] as keyof typeof units];
  const day = text.slice(0, 'yyyy-mm-dd'.length);
  const begin = date.test(day) ? Date.parse(day) : Number.NaN;
  // Days that a month does not have are taken for some of the next.
  if (Number.isNaN(begin) || !new Date(begin).toISOString().startsWith(day)) return undefined;
  if (text === day) return bound === 'from' ? begin : begin + units.d - 1;
  const time = rfc3339.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
