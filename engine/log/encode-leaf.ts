import { Buffer } from 'node:buffer';
import { types } from 'node:util';

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/**
 * An object that is shown as one text: binary data by type and size, dates, regular expressions, and what cannot be looked
 * into. undefined for one that has members. May throw where a proxy or a changed prototype does.
 */
export const describeLeaf = (object: object): string | undefined => {
  if (ArrayBuffer.isView(object)) {
    return `[${Buffer.isBuffer(object) ? 'Buffer' : tagOf(object)} ${object.byteLength} bytes]`;
  }
  if (types.isAnyArrayBuffer(object)) return `[${tagOf(object)} ${object.byteLength} bytes]`;
  if (types.isDate(object)) {
    const time = Date.prototype.getTime.call(object);
    return Number.isNaN(time) ? '[invalid date]' : new Date(time).toISOString();
  }
  if (types.isRegExp(object)) return RegExp.prototype.toString.call(object);
  if (types.isPromise(object) || types.isWeakMap(object) || types.isWeakSet(object)) return `[${tagOf(object)}]`;
  return undefined;
};
