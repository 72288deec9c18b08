import { any, defineAction, integer, optional } from '../kit/index.ts';
import { readUuid, versionOf } from './identifier.ts';

export default defineAction({
  id: 'uuid/validate',
  title: 'Is a UUID',
  summary: 'Says whether a value is a UUID.',
  keywords: ['guid'],
  documentation: `
True for a text with dashes, in either case, whatever its version, the nil UUID included; with \`version\` only for that one of
RFC 9562. Other formats are for \`uuid/parse\`: 32 hex digits and many words of 22 letters could be anything. Any other value is
false and no failure.`,
  fields: {
    uuid: any({ label: 'Value' }),
    version: optional(integer({ label: 'Version', help: 'Left out, any.', minimum: 0, maximum: 15 })),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { uuid: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' }, gives: true },
    { given: { uuid: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', version: 4 }, gives: false },
    { given: { uuid: '00000000-0000-0000-0000-000000000000' }, gives: true },
    { given: { uuid: '6ba7b8109dad11d180b400c04fd430c8' }, gives: false },
    { given: { uuid: 7 }, gives: false },
    { given: { uuid: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', version: 16 }, fails: 'input-invalid' },
  ],
  run: ({ uuid, version }) => {
    const found = readUuid(uuid);
    return found?.format === 'default' && (version === undefined || versionOf(found.bytes) === version);
  },
});
