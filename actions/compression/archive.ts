import { isUtf8 } from 'node:buffer';
import { ActionFailure } from '../kit/index.ts';
import { faultOfName, shownName } from './entry-name.ts';

/** A file of an archive, as its directory describes it. */
export interface Entry {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly stored: boolean;
  readonly size: number;
  readonly crc: number;
}

export const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`data\` ${problem}`);
};

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const fileMark = 0x04034b50;

/** Where the record begins that ends every archive; only a comment of at most 64 KB can follow it. */
const findEnd = (view: DataView): number => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === endMark && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return fail('is no ZIP archive: it has no directory at its end');
};

// Without the mark for UTF-8 the standard says code page 437, and most programs wrote what their system had.
const nameOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString(isUtf8(bytes) ? 'utf8' : 'latin1');

/** Where something lies in the data; `to` is behind its end. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const checkApart = (spans: Span[]): void => {
  spans.sort((a, b) => a.from - b.from);
  let end = 0;
  for (const { from, to } of spans) {
    if (from < end) fail('is a damaged ZIP archive: its entries overlap');
    end = to;
  }
};

/**
 * Lists the files of an archive by its directory, as unpackers do, and not by what stands before each file. Throws
 * data-invalid for what is damaged, encrypted, packed by a method other than deflate, larger than 4 GB, has a name that leads elsewhere
 * or occurs twice, or has files that share their bytes, by which little becomes much.
 */
export const readEntries = (data: Uint8Array, most: number): Entry[] => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > most) fail(`has ${count} entries, and at most ${most} are read`);
  const directory = view.getUint32(end + 16, true);
  let at = directory;
  const part = (from: number, length: number): Uint8Array => {
    if (from + length > end) fail('is a damaged ZIP archive: an entry goes beyond the end');
    return data.subarray(from, from + length);
  };
  const entries: Entry[] = [];
  const names = new Set<string>();
  const taken: Span[] = [];
  for (let index = 0; index < count; index += 1) {
    part(at, 46);
    if (view.getUint32(at, true) !== entryMark)
      fail('is a damaged ZIP archive: its directory is not where it should be');
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const crc = view.getUint32(at + 16, true);
    const packedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = nameOf(part(at + 46, nameLength));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const fault = faultOfName(name);
    if (fault !== undefined) fail(`has an entry whose name ${fault}: ${shownName(name)}`);
    if (name.endsWith('/')) continue;
    if (names.size === names.add(name).size) fail(`has two entries of the same name: ${shownName(name)}`);
    if (flags & 1) fail('is encrypted, which is not supported');
    if (packedSize === 0xffffffff || size === 0xffffffff || local === 0xffffffff)
      fail('is in the Zip64 format, which is not supported');
    if (method !== 0 && method !== 8)
      fail(`has an entry packed by method ${method}; only deflate and stored are supported`);
    part(local, 30);
    if (view.getUint32(local, true) !== fileMark)
      fail('is a damaged ZIP archive: an entry is not where its directory says');
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    entries.push({ name, packed: part(start, packedSize), stored: method === 0, size, crc });
    taken.push({ from: local, to: start + packedSize });
  }
  taken.push({ from: directory, to: at });
  checkApart(taken);
  return entries;
};
