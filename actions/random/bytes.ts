import { defineAction, integer, oneOf, optional } from '../kit/index.ts';
import { encodeBytes } from '../support/encode-bytes.ts';

export default defineAction({
  id: 'random/bytes',
  title: 'Random bytes',
  summary: 'Makes random bytes.',
  keywords: ['nonce', 'salt'],
  documentation: `
From the source for keys. The result is binary data, or text in the named encoding. At most 65,536 bytes at once.`,
  fields: {
    count: integer({ label: 'Count', minimum: 0, maximum: 65_536 }),
    encoding: optional(
      oneOf(['binary', 'hex', 'base64', 'base64url'], { label: 'Encoding', help: 'How the result is written.' }),
      'binary',
    ),
  },
  output: {},
  examples: [
    { given: { count: 0 }, gives: new Uint8Array(), note: 'Nothing is the only result that can be foretold.' },
    { given: { count: 0, encoding: 'hex' }, gives: '' },
    { given: { count: -1 }, fails: 'input-invalid' },
    { given: { count: 1, encoding: 'utf-8' }, fails: 'input-invalid' },
  ],
  run: ({ count, encoding = 'binary' }, { host }) => encodeBytes(host.randomBytes(count), encoding),
});
