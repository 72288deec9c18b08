import { defineAction } from '../kit/index.ts';
import { giveUuid, resultFields, stamp, writeNumber } from './identifier.ts';

export default defineAction({
  id: 'uuid/v7',
  title: 'Time-ordered UUID',
  summary: 'Makes a UUID that sorts by the time at which it was made.',
  keywords: ['guid'],
  documentation: `
Version 7 of RFC 9562: 48 bits of milliseconds since 1970 and 74 random bits. Those of one millisecond are in no order among
each other. Whoever sees one knows when it was made; \`uuid/random\` tells nothing.

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
  run: ({ format, info }, { host }) => {
    const bytes = host.randomBytes(16);
    writeNumber(bytes, 0, 6, Math.floor(host.now()));
    return giveUuid(stamp(bytes, 7), format, info);
  },
});
