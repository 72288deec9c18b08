import { defineAction, string } from '../kit/index.ts';
import { giveUuid, hashName, resultFields } from './identifier.ts';

export default defineAction({
  id: 'uuid/md5',
  title: 'Name-based UUID (MD5)',
  summary: 'Gives the UUID that a name always has in its namespace, by MD5.',
  documentation: `
Version 3 of RFC 9562: the same namespace and name give the same UUID everywhere, and nobody can tell the name from it other
than by trying. MD5 is weak; \`uuid/sha1\` is the one for anything new.

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
      gives: '03bf0706-b7e9-33b8-aee5-c6142a816478',
    },
    {
      given: { namespace: '5976423a-ee35-11e3-8569-14109ff1a304', name: 'my.domain.com' },
      gives: '0609d667-944c-3c2d-9d09-18af5c58c8fb',
    },
    {
      given: { format: 'urn', namespace: 'dns', name: 'my.domain.com' },
      gives: 'urn:uuid:03bf0706-b7e9-33b8-aee5-c6142a816478',
    },
    {
      given: { format: 'hex', namespace: 'dns', name: 'my.domain.com', info: true },
      gives: {
        uuid: '03bf0706b7e933b8aee5c6142a816478',
        binary: new Uint8Array([
          0x03, 0xbf, 0x07, 0x06, 0xb7, 0xe9, 0x33, 0xb8, 0xae, 0xe5, 0xc6, 0x14, 0x2a, 0x81, 0x64, 0x78,
        ]),
        type: 'hex',
        version: 3,
        variant: 'rfc4122',
      },
    },
    { given: { namespace: 'DNS?', name: 'my.domain.com' }, fails: 'input-invalid' },
    { given: { format: 'braces', namespace: 'dns', name: 'my.domain.com' }, fails: 'input-invalid' },
  ],
  run: ({ format, namespace, name, info }) => giveUuid(hashName('md5', namespace, name), format, info),
});
