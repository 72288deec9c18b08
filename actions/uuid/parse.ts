import { bytes, defineAction } from '../kit/index.ts';
import { readUlid } from './crockford.ts';
import { describeUuid, expectUuid, readNumber, versionOf } from './identifier.ts';

const gregorianMs = 12_219_292_800_000;

/** When a UUID says that it was made, in milliseconds since 1970; versions 1 and 6 count 100 ns since 1582. */
const timeOf = (uuid: Uint8Array): number | undefined => {
  const [low, middle, high] = [uuid.subarray(0, 4), uuid.subarray(4, 6), readNumber(uuid.subarray(6, 8)) % 4096];
  switch (versionOf(uuid)) {
    case 1:
      return ticksToMs(high * 2 ** 16 + readNumber(middle), readNumber(low), 2 ** 32);
    case 6:
      return ticksToMs(
        readNumber(low) * 2 ** 4 + Math.floor(readNumber(middle) / 2 ** 12),
        (readNumber(middle) % 2 ** 12) * 2 ** 12 + high,
        2 ** 24,
      );
    case 7:
      return readNumber(uuid.subarray(0, 6));
    default:
      return undefined;
  }
};

const ticksToMs = (high: number, low: number, scale: number): number =>
  Number((BigInt(high) * BigInt(scale) + BigInt(low)) / 10_000n) - gregorianMs;

const longestAgo = 8.64e15;

/** Four digits of a year, as ISO 8601 has it, or null. */
const writeTime = (ms: number | undefined): string | null => {
  if (ms === undefined || Math.abs(ms) > longestAgo) return null;
  const text = new Date(ms).toISOString();
  return /^\d/.test(text) ? text : null;
};

export default defineAction({
  id: 'uuid/parse',
  title: 'Parse identifier',
  summary: 'Says what a UUID or ULID is made of.',
  documentation: `
A UUID may be in any format: with dashes, hex, urn, slug, or 16 bytes of binary data, in either case. The result is
\`{uuid, binary, type, version, variant, time}\`: \`uuid\` as usual with dashes, \`type\` the format that was found, \`time\`
when it was made, as far as versions 1, 6 and 7 and a ULID tell, and null otherwise. A ULID has the type \`ulid\`; its bits may
look like any version, so that \`version\` and \`variant\` are null. The nil UUID has version 0, the max UUID version 15.`,
  fields: { uuid: bytes({ label: 'Identifier', help: 'A UUID in any format, or a ULID.' }) },
  output: { type: 'object' },
  failures: { 'data-invalid': 'The value is neither a UUID nor a ULID.' },
  examples: [
    {
      given: { uuid: '017F22E2-79B0-7CC3-98C4-DC0C0C07398F' },
      gives: {
        uuid: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
        binary: new Uint8Array([
          0x01, 0x7f, 0x22, 0xe2, 0x79, 0xb0, 0x7c, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f,
        ]),
        type: 'default',
        version: 7,
        variant: 'rfc4122',
        time: '2022-02-22T19:22:22.000Z',
      },
      note: 'RFC 9562, A.6.',
    },
    {
      given: { uuid: 'urn:uuid:c232ab00-9414-11ec-b3c8-9f6bdeced846' },
      gives: {
        uuid: 'c232ab00-9414-11ec-b3c8-9f6bdeced846',
        binary: new Uint8Array([
          0xc2, 0x32, 0xab, 0x00, 0x94, 0x14, 0x11, 0xec, 0xb3, 0xc8, 0x9f, 0x6b, 0xde, 0xce, 0xd8, 0x46,
        ]),
        type: 'urn',
        version: 1,
        variant: 'rfc4122',
        time: '2022-02-22T19:22:22.000Z',
      },
    },
    {
      given: { uuid: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
      gives: {
        uuid: '01563e3a-b5d3-d676-4c61-efb99302bd5b',
        binary: new Uint8Array([
          0x01, 0x56, 0x3e, 0x3a, 0xb5, 0xd3, 0xd6, 0x76, 0x4c, 0x61, 0xef, 0xb9, 0x93, 0x02, 0xbd, 0x5b,
        ]),
        type: 'ulid',
        version: null,
        variant: null,
        time: '2016-07-30T23:54:10.259Z',
      },
    },
    { given: { uuid: '017F22E2-79B0-7CC3-98C4' }, fails: 'data-invalid' },
    { given: { uuid: null }, fails: 'input-invalid' },
  ],
  run: ({ uuid }) => {
    const ulid = typeof uuid === 'string' ? readUlid(uuid) : undefined;
    if (ulid !== undefined) {
      const time = writeTime(readNumber(ulid.subarray(0, 6)));
      return { ...describeUuid(ulid, 'default'), type: 'ulid', version: null, variant: null, time };
    }
    const { bytes: found, format } = expectUuid(uuid, 'uuid');
    return { ...describeUuid(found, 'default'), type: format, time: writeTime(timeOf(found)) };
  },
});
