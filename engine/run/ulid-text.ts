// Crockford's base 32, as the ULID specification (github.com/ulid/spec) asks for.
export const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const encodeDigits = (value: number, length: number): string => {
  let text = '';
  for (let rest = value, i = 0; i < length; i++) {
    text = digits[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

/** 26 characters: 10 of time (milliseconds since 1970), 9 of the process, 7 of a counter. */
export const formatUlid = (ms: number, part: string, count: number): string =>
  encodeDigits(ms, 10) + part + encodeDigits(count, 7);
