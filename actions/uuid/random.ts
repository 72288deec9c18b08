import { defineAction } from '../kit/index.ts';
import { giveUuid, resultFields, stamp } from './identifier.ts';

export default defineAction({
  id: 'uuid/random',
  title: 'Random UUID',
  summary: 'Makes a UUID out of randomness.',
  keywords: ['guid', 'unique id', 'v4'],
  documentation: `
Version 4 of RFC 9562: 122 random bits from the source for keys, so that two of them never meet and none can be guessed. As a
key of a database \`uuid/v7\` is kinder, since those made later sort later.

With \`info\` the result is \`{uuid, binary, type, version, variant}\`.`,
  fields: resultFields,
  output: {},
  examples: [
    { given: { format: 'default', info: 'yes' }, fails: 'input-invalid' },
    {
      given: { format: 'braces', info: false },
      fails: 'input-invalid',
      note: 'Any other result would be another one each time.',
    },
  ],
  run: ({ format, info }, { host }) => giveUuid(stamp(host.randomBytes(16), 4), format, info),
});
