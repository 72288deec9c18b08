const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 16 bytes as the 26 characters of a ULID. */
export const writeUlid = (bytes: Uint8Array): string => {
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (let i = 0; i < 26; i += 1) {
    text = digits.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
};

/** In either case; undefined for what is none. The first character has three bits only. */
export const readUlid = (text: string): Uint8Array | undefined => {
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text)) return undefined;
  let value = 0n;
  for (const character of text.toUpperCase()) value = (value << 5n) | BigInt(digits.indexOf(character));
  return Buffer.from(value.toString(16).padStart(32, '0'), 'hex');
};
