const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** What a time may be, for messages. */
export const timePointForms =
  'a time as in RFC 3339, such as 2026-11-21T12:00:00Z, or a duration back such as 15m, 2h or 7d';

/** A time, or a duration back from `now`, in milliseconds since 1970; undefined when the text is neither. */
export function parseTimePoint(text: string, now: number): number | undefined {
  const back = /^(\d{1,9})([smhd])$/.exec(text);
  if (back) return now - Number(back[1]) * units[back[2] as keyof typeof units];
  const time = rfc3339.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
