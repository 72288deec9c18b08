// MD4 (RFC 1320), which OpenSSL 3 keeps out of reach. Numbers have 32 bits, the low byte first.

type Mix = (x: number, y: number, z: number) => number;

/** What is added, how the words are mixed, in which order those of the message come, and by how many bits the sums turn. */
const rounds: readonly { add: number; mix: Mix; order: readonly number[]; turns: readonly number[] }[] = [
  {
    add: 0,
    mix: (x, y, z) => (x & y) | (~x & z),
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    turns: [3, 7, 11, 19],
  },
  {
    add: 0x5a827999,
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    turns: [3, 5, 9, 13],
  },
  {
    add: 0x6ed9eba1,
    mix: (x, y, z) => x ^ y ^ z,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    turns: [3, 9, 11, 15],
  },
];

/** The message, a bit 1, zeros, and its length in bits: whole blocks of 64 bytes. */
const fillUp = (message: Uint8Array): DataView => {
  const filled = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  filled.set(message);
  filled[message.length] = 0x80;
  const view = new DataView(filled.buffer);
  view.setUint32(filled.length - 8, (message.length * 8) % 2 ** 32, true);
  view.setUint32(filled.length - 4, Math.floor(message.length / 2 ** 29), true);
  return view;
};

export const md4 = (message: Uint8Array): Uint8Array => {
  const view = fillUp(message);
  const state: [number, number, number, number] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state;
    for (const { add, mix, order, turns } of rounds) {
      for (let step = 0; step < 16; step += 1) {
        const word = view.getUint32(block + 4 * (order[step] as number), true);
        const sum = (a + mix(b, c, d) + word + add) | 0;
        const turn = turns[step & 3] as number;
        [a, d, c, b] = [d, c, b, (sum << turn) | (sum >>> (32 - turn))];
      }
    }
    state[0] = (state[0] + a) | 0;
    state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0;
    state[3] = (state[3] + d) | 0;
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, word] of state.entries()) digest.setInt32(4 * index, word, true);
  return new Uint8Array(digest.buffer);
};
