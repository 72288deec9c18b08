import { ActionFailure, defineAction, oneOf, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { checkEncoding, countReplaced, encoding, encodingUnknown, handling, iconv } from './encoding.ts';

export default defineAction({
  id: 'string/character-encode',
  title: 'Character encode',
  summary: 'Writes a text as bytes in a character encoding.',
  keywords: ['charset', 'latin1', 'utf-16'],
  documentation: `
Any encoding of the WHATWG standard is known, the code pages of Windows, IBM and Macintosh, all of ISO 8859, KOI8, and UTF-7, 16
and 32. Case and hyphens of its name do not matter. No byte order mark is written, but for utf-16, which is little-endian then. A
character that the encoding does not have fails, or becomes ? when \`unmappable\` is replace. The result is binary data: use
\`data/binary/64-encode\` where text is needed.`,
  fields: {
    string: string({ label: 'Text' }),
    encoding,
    unmappable: optional(oneOf(handling, { label: 'Unmappable', help: 'What happens to other characters.' }), 'fail'),
  },
  output: { format: 'binary' },
  failures: { ...encodingUnknown, 'data-invalid': 'The encoding does not have all characters of the text.' },
  examples: [
    { given: { string: 'é', encoding: 'utf-8' }, gives: new Uint8Array([0xc3, 0xa9]) },
    { given: { string: 'é€', encoding: 'windows-1252' }, gives: new Uint8Array([0xe9, 0x80]) },
    { given: { string: '日本', encoding: 'Shift_JIS' }, gives: new Uint8Array([0x93, 0xfa, 0x96, 0x7b]) },
    {
      given: { string: 'a→b', encoding: 'latin1', unmappable: 'replace' },
      gives: new Uint8Array([0x61, 0x3f, 0x62]),
    },
    { given: { string: 'a→b', encoding: 'latin1' }, fails: 'data-invalid' },
    { given: { string: 'a', encoding: 'klingon' }, fails: 'encoding-unknown' },
    { given: { string: 1, encoding: 'utf-8' }, fails: 'input-invalid' },
  ],
  run: ({ string, encoding, unmappable }) => {
    checkTotal(string.length, 'string', 'characters');
    const name = checkEncoding(encoding);
    const bytes = iconv().encode(string, name);
    checkTotal(bytes.length, 'string', 'bytes');
    if (unmappable === 'fail' && countReplaced(iconv().decode(bytes, name)) > countReplaced(string)) {
      throw new ActionFailure(
        'data-invalid',
        `\`string\` has characters that \`encoding\` ${JSON.stringify(encoding)} does not have; choose another one, or set \`unmappable\` to replace`,
      );
    }
    return new Uint8Array(bytes);
  },
});
