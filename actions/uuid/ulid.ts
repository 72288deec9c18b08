import { defineAction, integer, optional } from '../kit/index.ts';
import { writeUlid } from './crockford.ts';
import { writeNumber } from './identifier.ts';

export default defineAction({
  id: 'uuid/ulid',
  title: 'ULID',
  summary: 'Makes an identifier of 26 characters that sorts by the time at which it was made.',
  keywords: ['unique id'],
  documentation: `
48 bits of milliseconds since 1970 and 80 random bits in Crockford's base32, as the ULID specification has it: digits and
capital letters without I, L, O and U, which sort as texts. Those of one millisecond are in no order among each other.
\`uuid/parse\` reads one, and gives it as a UUID as well.`,
  fields: {
    time: optional(
      integer({ label: 'Time', help: 'Milliseconds since 1970; left out, now.', minimum: 0, maximum: 2 ** 48 - 1 }),
    ),
  },
  output: { type: 'string' },
  examples: [
    { given: { time: -1 }, fails: 'input-invalid', note: 'Any other result would be another one each time.' },
    { given: { time: 2 ** 48 }, fails: 'input-invalid' },
  ],
  run: ({ time }, { host }) => {
    const bytes = host.randomBytes(16);
    writeNumber(bytes, 0, 6, time ?? Math.floor(host.now()));
    return writeUlid(bytes);
  },
});
