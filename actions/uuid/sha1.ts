import { defineAction, string } from '../kit/index.ts';
import { giveUuid, hashName, resultFields } from './identifier.ts';

export default defineAction({
  id: 'uuid/sha1',
  title: 'Name-based UUID (SHA-1)',
  summary: 'Gives the UUID that a name always has in its namespace, by SHA-1.',
  documentation: `
Version 5 of RFC 9562: the same namespace and name give the same UUID everywhere, and nobody can tell the name from it other
than by trying. SHA-1 is cut to 122 bits and good enough for names, not for signatures.

The name is hashed as UTF-8, exactly as it is. With \`info\` the result is \`{uuid, binary, type, version, variant}\`.`,
  fields: {
    format: resultFields.format,
    namespace: string({ label: 'Namespace', help: 'dns, url, oid, x500, nil or a UUID in any format.' }),
    name: string({ label: 'Name' }),
    info: resultFields.info,
  },
  output: {},
  examples: [
    {
      given: { format: 'default', namespace: 'dns', name: 'my.domain.com', info: false },
      gives: '016c25fd-70e0-56fe-9d1a-56e80fa20b82',
    },
    {
      given: { format: 'hex', namespace: 'url', name: 'https://example.com' },
      gives: '4fd35a7171ef5a55a9d9aa75c889a6d0',
    },
    { given: { format: 'slug', namespace: 'dns', name: 'my.domain.com' }, gives: 'AWwl_XDgVv6dGlboD6ILgg' },
    {
      given: { format: 'raw', namespace: 'dns', name: 'my.domain.com' },
      gives: new Uint8Array([
        0x01, 0x6c, 0x25, 0xfd, 0x70, 0xe0, 0x56, 0xfe, 0x9d, 0x1a, 0x56, 0xe8, 0x0f, 0xa2, 0x0b, 0x82,
      ]),
    },
    { given: { namespace: 'DNS?', name: 'my.domain.com' }, fails: 'input-invalid' },
    { given: { format: 'braces', namespace: 'dns', name: 'my.domain.com' }, fails: 'input-invalid' },
  ],
  run: ({ format, namespace, name, info }) => giveUuid(hashName('sha1', namespace, name), format, info),
});
