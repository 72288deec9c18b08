import { bytes, defineAction, oneOf, optional } from '../kit/index.ts';
import { decodeBytes, readBytes, toBytes } from '../support/encode-bytes.ts';
import { areEqualBytes } from '../support/equal-bytes.ts';
import { hmacOf } from './digest.ts';
import { hmacFields } from './hmac-fields.ts';

export default defineAction({
  id: 'security/hmac-verify',
  title: 'Verify HMAC',
  summary: 'Says whether an HMAC belongs to data and key.',
  keywords: ['signature'],
  documentation: `
The code is compared as a whole, in a time that does not tell how much of it was right; a shortened code is false. A code that
is not in the named encoding is false as well, and no failure: it comes from outside. Hex may be in either case, base64 in
either alphabet.`,
  fields: {
    ...hmacFields,
    code: bytes({ label: 'Code', help: 'The HMAC that came with the data.' }),
    encoding: optional(oneOf(['hex', 'base64'], { label: 'Encoding', help: 'How the code is written.' }), 'hex'),
  },
  output: { type: 'boolean' },
  examples: [
    {
      given: {
        data: 'what do ya want for nothing?',
        key: 'Jefe',
        code: '5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843',
      },
      gives: true,
    },
    { given: { data: 'something else', key: 'Jefe', code: '5BDCC146BF60754E6A042426089575C7' }, gives: false },
    { given: { data: 'x', key: 'Jefe', code: 'no code' }, gives: false },
    { given: { data: 'x', key: '?', 'key-encoding': 'base64', code: '' }, fails: 'input-invalid' },
  ],
  run: ({ algorithm = 'sha256', data, key, 'key-encoding': keyEncoding = 'text', code, encoding = 'hex' }) => {
    const expected = hmacOf(algorithm, readBytes(key, keyEncoding, 'key'), toBytes(data));
    const found = typeof code === 'string' ? decodeBytes(code, encoding) : code;
    return found !== undefined && areEqualBytes(found, expected);
  },
});
