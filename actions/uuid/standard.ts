import { defineAction } from '../kit/index.ts';
import { giveUuid, resultFields, stamp, writeNumber } from './identifier.ts';

/** From the beginning of the Gregorian calendar, 1582-10-15, to 1970. */
const gregorianMs = 12_219_292_800_000;

export default defineAction({
  id: 'uuid/standard',
  title: 'Time-based UUID',
  summary: 'Makes a UUID out of the time, in steps of 100 nanoseconds.',
  keywords: ['guid', 'v1'],
  documentation: `
Version 1 of RFC 9562, for those who expect this form. In place of the address of a network card it holds random bits, marked as
such by the multicast bit, and the clock sequence is random too: nothing of the machine shows but the time. They do not sort by
it; those of \`uuid/v7\` do.

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
    const ms = Math.floor(host.now()) + gregorianMs;
    // 60 bits in steps of 100 ns are too many for a number: the low 32 bits and the rest are computed apart.
    const low = (ms % 2 ** 32) * 10_000;
    writeNumber(bytes, 0, 4, low % 2 ** 32);
    const high = Math.floor(ms / 2 ** 32) * 10_000 + Math.floor(low / 2 ** 32);
    writeNumber(bytes, 4, 2, high % 65_536);
    writeNumber(bytes, 6, 2, Math.floor(high / 65_536));
    bytes[10] = (bytes[10] as number) | 1;
    return giveUuid(stamp(bytes, 1), format, info);
  },
});
