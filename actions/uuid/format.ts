import { bytes, defineAction, oneOf } from '../kit/index.ts';
import { expectUuid, formats, writeUuid } from './identifier.ts';

export default defineAction({
  id: 'uuid/format',
  title: 'Format UUID',
  summary: 'Writes a UUID in another format.',
  documentation: `
Reads and writes all formats: \`default\` with dashes, \`hex\`, \`urn\`, \`slug\` (base64url without padding, 22 characters) and
\`raw\` (16 bytes of binary data). Letters may come in either case, except in a slug, and are written small.`,
  fields: {
    uuid: bytes({ label: 'UUID', help: 'In any format.' }),
    format: oneOf(formats, { label: 'Format' }),
  },
  output: {},
  failures: { 'data-invalid': 'The value is not a UUID.' },
  examples: [
    {
      given: { uuid: '6BA7B810-9DAD-11D1-80B4-00C04FD430C8', format: 'hex' },
      gives: '6ba7b8109dad11d180b400c04fd430c8',
    },
    { given: { uuid: 'a6e4EJ2tEdGAtADAT9QwyA', format: 'default' }, gives: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
    { given: { uuid: new Uint8Array(16), format: 'urn' }, gives: 'urn:uuid:00000000-0000-0000-0000-000000000000' },
    { given: { uuid: '{6ba7b810}', format: 'hex' }, fails: 'data-invalid' },
    { given: { uuid: '6ba7b8109dad11d180b400c04fd430c8', format: 'braces' }, fails: 'input-invalid' },
  ],
  run: ({ uuid, format }) => writeUuid(expectUuid(uuid, 'uuid').bytes, format),
});
