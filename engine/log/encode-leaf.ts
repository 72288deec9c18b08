import { Blob, Buffer } from 'node:buffer';
import { types } from 'node:util';

/** An object that is shown as one text, and the bytes that this text stands for, if it has some. */
export interface Leaf {
  text: string;
  bytes?: Uint8Array;
}

/** What the language itself answers of an object, whatever the object's own properties say. */
const intrinsic = <T>(prototype: object, key: PropertyKey): ((object: object) => T) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key) as { get(): T };
  return (object) => get.call(object);
};

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const ofTypedArray = {
  name: intrinsic<string>(typedArray, Symbol.toStringTag),
  buffer: intrinsic<ArrayBufferLike>(typedArray, 'buffer'),
  offset: intrinsic<number>(typedArray, 'byteOffset'),
  length: intrinsic<number>(typedArray, 'byteLength'),
};
const ofDataView = {
  name: () => 'DataView',
  buffer: intrinsic<ArrayBufferLike>(DataView.prototype, 'buffer'),
  offset: intrinsic<number>(DataView.prototype, 'byteOffset'),
  length: intrinsic<number>(DataView.prototype, 'byteLength'),
};
const lengthOfBuffer = intrinsic<number>(ArrayBuffer.prototype, 'byteLength');
const lengthOfShared = intrinsic<number>(SharedArrayBuffer.prototype, 'byteLength');
const sizeOfBlob = intrinsic<number>(Blob.prototype, 'size');
const typeOfBlob = intrinsic<string>(Blob.prototype, 'type');

const viewLeaf = (view: object): Leaf => {
  const of = types.isDataView(view) ? ofDataView : ofTypedArray;
  const length = of.length(view);
  const name = Buffer.isBuffer(view) ? 'Buffer' : of.name(view);
  return { text: `${name} ${length} bytes`, bytes: new Uint8Array(of.buffer(view), of.offset(view), length) };
};

const bufferLeaf = (buffer: ArrayBufferLike): Leaf => {
  const shared = types.isSharedArrayBuffer(buffer);
  const length = shared ? lengthOfShared(buffer) : lengthOfBuffer(buffer);
  return { text: `${shared ? 'SharedArrayBuffer' : 'ArrayBuffer'} ${length} bytes`, bytes: new Uint8Array(buffer) };
};

const dateText = (date: object): string => {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? '[invalid date]' : new Date(time).toISOString();
};

const opaque: readonly (readonly [name: string, test: (value: unknown) => boolean])[] = [
  ['Promise', types.isPromise],
  ['WeakMap', types.isWeakMap],
  ['WeakSet', types.isWeakSet],
  ['WeakRef', (value) => value instanceof WeakRef],
  ['Generator', types.isGeneratorObject],
  ['Map Iterator', types.isMapIterator],
  ['Set Iterator', types.isSetIterator],
  ['KeyObject', types.isKeyObject],
  ['CryptoKey', types.isCryptoKey],
  ['External', types.isExternal],
];

/**
 * An object that is shown as one text: binary data by type and size, dates, regular expressions, and what cannot be looked
 * into. Nothing is iterated, awaited or read to its end. undefined for one that has members. May throw where a proxy or a
 * changed prototype does.
 */
export const describeLeaf = (object: object): Leaf | undefined => {
  if (ArrayBuffer.isView(object)) return viewLeaf(object);
  if (types.isAnyArrayBuffer(object)) return bufferLeaf(object);
  if (types.isDate(object)) return { text: dateText(object) };
  if (types.isRegExp(object)) return { text: RegExp.prototype.toString.call(object) };
  if (object instanceof Blob) {
    const type = typeOfBlob(object);
    return { text: `[Blob ${sizeOfBlob(object)} bytes${type === '' ? '' : ` ${type}`}]` };
  }
  const kind = opaque.find(([, test]) => test(object));
  return kind === undefined ? undefined : { text: `[${kind[0]}]` };
};

/** The value inside an object such as `new Number(1)`, by the language and not by the object's own `valueOf`. */
export const unbox = (object: object): unknown => {
  if (types.isNumberObject(object)) return Number.prototype.valueOf.call(object);
  if (types.isStringObject(object)) return String.prototype.valueOf.call(object);
  if (types.isBooleanObject(object)) return Boolean.prototype.valueOf.call(object);
  if (types.isBigIntObject(object)) return BigInt.prototype.valueOf.call(object);
  return Symbol.prototype.valueOf.call(object);
};
