import { ActionFailure } from '../kit/index.ts';

export const handlings = ['strict', 'truncate'] as const;
export type Handling = (typeof handlings)[number];

interface Sizes {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

const sizeInWords = ({ least, most }: Sizes): string => (least === most ? `${least}` : `${least} to ${most}`);

/** A key or vector in the size its cipher needs; `truncate` cuts what is too long and fills up with zero bytes. */
export const fitBytes = (bytes: Uint8Array, sizes: Sizes, handling: Handling, field: string): Uint8Array => {
  if (handling === 'truncate') {
    const fitted = new Uint8Array(sizes.usual);
    fitted.set(bytes.subarray(0, sizes.usual));
    return fitted;
  }
  if (sizes.most === 0) return new Uint8Array(0);
  if (bytes.length >= sizes.least && bytes.length <= sizes.most) return bytes;
  throw new ActionFailure(
    'input-invalid',
    `\`${field}\` must have ${sizeInWords(sizes)} bytes for this algorithm, found ${bytes.length}; ` +
      `give as many, or set \`handle ${field}\` to truncate`,
  );
};

/** PKCS#7 (RFC 5652, 6.3): there is always padding, for blocks of one byte a single 1. */
export const pad = (data: Uint8Array, block: number): Uint8Array => {
  const count = block - (data.length % block);
  const padded = new Uint8Array(data.length + count).fill(count, data.length);
  padded.set(data);
  return padded;
};

/** Undefined when there is no such padding at the end. */
export const unpad = (data: Uint8Array, block: number): Uint8Array | undefined => {
  const count = data.at(-1) ?? 0;
  if (count === 0 || count > block || count > data.length) return undefined;
  for (const byte of data.subarray(-count)) if (byte !== count) return undefined;
  return data.subarray(0, data.length - count);
};
