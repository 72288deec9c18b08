import type * as Iconv from 'iconv-lite';
import { ActionFailure, string } from '../kit/index.ts';
import { library } from '../support/library.ts';

export const iconv = library<typeof Iconv>('iconv-lite');

export const encoding = string({
  label: 'Encoding',
  help: 'Such as utf-8, utf-16le, iso-8859-1, windows-1252, shift_jis, euc-kr, gb18030 or big5.',
});

export const encodingUnknown = { 'encoding-unknown': 'There is no character encoding of that name.' };

// The library knows these too, but they are ways to write bytes.
const none = /^(?:base64|hex|binary)$/;

/** A name as the library knows it: case, hyphens and the like do not matter. */
export const checkEncoding = (name: string): string => {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  // The library keeps what it once found by name.
  if (name.length <= 40 && !none.test(plain) && iconv().encodingExists(plain)) return plain;
  const found = name.length > 40 ? `a name of ${name.length} characters` : JSON.stringify(name);
  throw new ActionFailure(
    'encoding-unknown',
    `\`encoding\` must be the name of a character encoding such as utf-8, windows-1252 or shift_jis, found ${found}`,
  );
};

export const handling = ['fail', 'replace'] as const;

/** How many characters stand for what could not be converted, or at least look like it. */
export const countReplaced = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3f || unit === 0xfffd) count += 1;
  }
  return count;
};
