const pattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10;

/** When a ULID was made, in milliseconds since 1970; undefined for another text (github.com/ulid/spec). */
export function timeOfUlid(id: string): number | undefined {
  if (!pattern.test(id)) return undefined;
  let time = 0;
  for (const digit of id.slice(0, timeDigits)) time = time * digits.length + digits.indexOf(digit);
  return time;
}
