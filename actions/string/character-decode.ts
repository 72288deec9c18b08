import { ActionFailure, bytes, defineAction, oneOf, optional } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { checkEncoding, encoding, encodingUnknown, handling, iconv } from './encoding.ts';

export default defineAction({
  id: 'string/character-decode',
  title: 'Character decode',
  summary: 'Reads bytes in a character encoding as a text.',
  keywords: ['charset', 'latin1', 'utf-16'],
  documentation: `
The encodings are those of \`string/character-encode\`. A byte order mark at the beginning is left out; with utf-16 it tells the
order of bytes, which is guessed without one. A text instead of bytes is taken as its bytes in UTF-8. Bytes that the encoding does
not have fail, or become the character U+FFFD when \`invalid\` is replace; a U+FFFD that was there before counts as one of these.`,
  fields: {
    string: bytes({ label: 'Data' }),
    encoding,
    invalid: optional(
      oneOf(handling, { label: 'Invalid', help: 'What happens to bytes that are no character.' }),
      'fail',
    ),
  },
  output: { type: 'string' },
  failures: { ...encodingUnknown, 'data-invalid': 'The data is no text in that encoding.' },
  examples: [
    { given: { string: new Uint8Array([0xe9, 0x80]), encoding: 'windows-1252' }, gives: 'é€' },
    { given: { string: new Uint8Array([0xff, 0xfe, 0x41, 0x00]), encoding: 'utf-16' }, gives: 'A' },
    { given: { string: 'é', encoding: 'latin1' }, gives: 'Ã©', note: 'Text is taken as its bytes in UTF-8.' },
    { given: { string: new Uint8Array([0x61, 0xff]), encoding: 'utf-8', invalid: 'replace' }, gives: 'a\ufffd' },
    { given: { string: new Uint8Array([0x61, 0xff]), encoding: 'utf-8' }, fails: 'data-invalid' },
    { given: { string: 'a', encoding: 'base64' }, fails: 'encoding-unknown' },
    { given: { string: [97], encoding: 'utf-8' }, fails: 'input-invalid' },
  ],
  run: ({ string, encoding, invalid }) => {
    checkTotal(string.length, 'string', 'bytes');
    const name = checkEncoding(encoding);
    const text = iconv().decode(typeof string === 'string' ? Buffer.from(string) : string, name);
    if (invalid === 'fail' && text.includes('\ufffd')) {
      throw new ActionFailure(
        'data-invalid',
        `\`string\` is no text in the encoding ${JSON.stringify(encoding)}; choose another one, or set \`invalid\` to replace`,
      );
    }
    return text;
  },
});
