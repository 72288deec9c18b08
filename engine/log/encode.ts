import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { describeLeaf } from './encode-leaf.ts';
import { isOrdinary, quote } from './escape.ts';
import type { Redactor } from './redact.ts';

export interface EncoderOptions {
  /** About how many bytes of JSON one value may become; what is longer is cut and says so. */
  maxValueBytes: number;
  /** Objects and arrays inside each other. */
  maxDepth: number;
  /** Keys of one object, items of one array. */
  maxKeys: number;
  redactor: Redactor;
}

/**
 * Any value as JSON text. `budget` replaces maxValueBytes. `label` is what the value goes by: a
 * single word is a name, and that of a secret makes the value one. Never throws.
 */
export type Encode = (value: unknown, budget?: number, label?: string) => string;

interface KeyText {
  /** The key as JSON with its colon. */
  readonly text: string;
  readonly secret: boolean;
}

/** What a getter or a proxy answered instead of a value. */
class Unreadable {
  constructor(readonly thrown: unknown) {}
}

const keysKept = 10_000;
const longestKey = 256;
/** A shorter text is never cut: the note would be longer. */
const shortestCut = 32;
/** A longer text is not read to its end only to count its bytes. */
const longestCounted = 1024 * 1024;
/** Bytes of a secret container that its mark is made of. */
const markedBytes = 4096;

/** The longest beginning of a text that fits so many bytes of UTF-8. */
const headOf = (text: string, bytes: number): string => {
  const { read } = new TextEncoder().encodeInto(text.slice(0, bytes), new Uint8Array(bytes));
  return text.slice(0, read);
};

/**
 * Writes any value as JSON in one bounded walk: redacted first, then cut, one line, readable. What JSON does not have is
 * written as text: `[cyclic]`, `[Buffer 3 bytes]`, `12n`, `NaN`, `[undefined]`. A value that is too long, deep or wide becomes
 * `{"$cut":{"bytes":73211,"head":"…"}}`, with `items` instead of `bytes` for containers; `"atLeast":true` says that a text
 * beyond a mebibyte was not read to its end. Getters, proxies and toJSON that throw show as `[unreadable: …]`.
 */
export function createEncoder({ maxValueBytes, maxDepth, maxKeys, redactor }: EncoderOptions): Encode {
  const keys = new Map<string, KeyText>();
  let generation = redactor.generation;
  /** Bytes that may still be written. */
  let left = 0;
  /** The containers around the value, for cycles; `base` is where this walk began, since a getter may start another. */
  const around: unknown[] = [];
  let base = 0;
  let depth = 0;
  /** Inside a secret nothing is redacted: the text only feeds its mark. */
  let inSecret = false;

  const encodeAny = (value: unknown): string => {
    switch (typeof value) {
      case 'string':
        return encodeText(value);
      case 'number':
        return encodeNumber(value);
      case 'boolean':
        left -= 5;
        return value ? 'true' : 'false';
      case 'object':
        if (value !== null) return encodeObject(value);
        left -= 4;
        return 'null';
      case 'undefined':
        return marker('[undefined]');
      case 'bigint':
        return encodeText(`${value}n`);
      case 'function':
        return encodeFunction(value);
      default:
        return encodeText(String(value));
    }
  };

  const marker = (text: string): string => {
    left -= text.length + 2;
    return `"${text}"`;
  };

  const encodeText = (text: string): string => {
    const { length } = text;
    if (length > left && length > shortestCut) return cutText(text);
    const ordinary = isOrdinary(text);
    const shown = inSecret ? text : redactor.text(text, ordinary);
    const literal = ordinary && shown === text ? `"${text}"` : quote(shown);
    // A UTF-16 unit is at most three bytes; only near the limit they are counted.
    if (literal.length * 3 > left && length > shortestCut && Buffer.byteLength(literal) > left + 2)
      return cutText(text);
    left -= literal.length;
    return literal;
  };

  const cutText = (text: string): string => {
    const room = Math.max(left, shortestCut);
    const { reach } = redactor;
    let head = text.slice(0, room + reach);
    if (!inSecret) head = redactor.text(head);
    // Near the end of what was looked at may stand the beginning of a secret.
    if (text.length > room + reach) head = head.slice(0, Math.max(0, head.length - reach));
    head = headOf(head, room);
    let literal = quote(head);
    while (literal.length > room + 2 && head !== '') {
      head = headOf(head, Math.floor((head.length * room) / literal.length));
      literal = quote(head);
    }
    left = 0;
    if (text.length > longestCounted) return `{"$cut":{"bytes":${text.length},"head":${literal},"atLeast":true}}`;
    return `{"$cut":{"bytes":${Buffer.byteLength(text)},"head":${literal}}}`;
  };

  const encodeNumber = (value: number): string => {
    const text = Object.is(value, -0) ? '-0' : String(value);
    left -= text.length;
    if (!Number.isFinite(value)) return `"${text}"`;
    // Thirteen digits can be a card number.
    if ((value > 999_999_999_999 || redactor.watchesNumbers) && !inSecret) {
      const redacted = redactor.text(text);
      if (redacted !== text) return quote(redacted);
    }
    return text;
  };

  const encodeFunction = (value: object): string => {
    const name = read(value, 'name');
    return encodeText(typeof name === 'string' && name !== '' ? `[function ${name.slice(0, 100)}]` : '[function]');
  };

  const read = (object: object, key: string): unknown => {
    try {
      return (object as { [key: string]: unknown })[key];
    } catch (thrown) {
      return new Unreadable(thrown);
    }
  };

  const unreadable = (thrown: unknown): string => {
    let reason = 'no reason given';
    try {
      const message = thrown instanceof Error ? thrown.message : thrown;
      if (typeof message === 'string') reason = message.slice(0, 200);
    } catch {
      // What was thrown cannot be read either.
    }
    return encodeText(`[unreadable: ${reason}]`);
  };

  const encodeObject = (object: object): string => {
    for (let i = base; i < depth; i++) if (around[i] === object) return marker('[cyclic]');
    const outside = depth;
    around[depth++] = object;
    left -= 2;
    try {
      if (Array.isArray(object)) return encodeItems(object, object.length);
      const prototype: unknown = Object.getPrototypeOf(object);
      if (prototype !== Object.prototype && prototype !== null) return encodeInstance(object);
      if (typeof read(object, 'toJSON') === 'function') return encodeJsonOf(object);
      return encodeMembers(object, Object.keys(object));
    } catch (thrown) {
      return unreadable(thrown);
    } finally {
      depth = outside;
    }
  };

  const tooDeep = (): boolean => depth - base > maxDepth;
  const cut = (items: number, head: string): string => {
    left -= 26;
    // A proxy may say anything of its length.
    return `{"$cut":{"items":${Number.isSafeInteger(items) ? items : 0},"head":${head}}}`;
  };

  const encodeItems = (items: Iterable<unknown>, count: number): string => {
    if (tooDeep()) return count === 0 ? '[]' : cut(count, '[]');
    let text = '[';
    let written = 0;
    for (const item of items) {
      if (written >= maxKeys || (left <= 0 && written > 0)) return cut(count, `${text}]`);
      if (written > 0) text += ',';
      left -= 1;
      text += encodeAny(item);
      written++;
    }
    return `${text}]`;
  };

  const encodeMembers = (object: object, names: readonly string[]): string => {
    const count = names.length;
    if (tooDeep()) return count === 0 ? '{}' : cut(count, '{}');
    let text = '{';
    for (let i = 0; i < count; i++) {
      if (i >= maxKeys || (left <= 0 && i > 0)) return cut(count, `${text}}`);
      if (i > 0) text += ',';
      const name = names[i] as string;
      text += encodeMember(name, read(object, name));
    }
    return `${text}}`;
  };

  const encodeMember = (name: string, value: unknown): string => {
    const key = keys.get(name) ?? learnKey(name);
    left -= key.text.length + 1;
    return key.text + (key.secret && !inSecret ? encodeSecret(value) : encodeAny(value));
  };

  const learnKey = (name: string): KeyText => {
    let shown = name;
    if (name.length > longestKey) {
      const window = redactor.text(name.slice(0, longestKey + redactor.reach));
      const whole = name.length <= longestKey + redactor.reach ? window : window.slice(0, -redactor.reach);
      shown = `${headOf(whole, longestKey)}… (cut, ${name.length} characters)`;
    } else {
      shown = redactor.text(name);
    }
    const key = { text: `${quote(shown)}:`, secret: redactor.isSecretName(name) };
    if (keys.size >= keysKept) keys.clear();
    if (name.length <= longestKey) keys.set(name, key);
    return key;
  };

  const encodeSecret = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return encodeAny(value);
    const mark = redactor.mark(typeof value === 'string' ? value : secretText(value));
    left -= mark.length + 2;
    return quote(mark);
  };

  const secretText = (value: unknown): string => {
    const before = left;
    left = markedBytes;
    inSecret = true;
    try {
      return encodeAny(value);
    } finally {
      inSecret = false;
      left = before;
    }
  };

  const encodeJsonOf = (object: object): string => {
    const given: unknown = (object as { toJSON(key: string): unknown }).toJSON('');
    // An object that gives itself would be taken for a cycle.
    if (given !== object) return tooDeep() ? cut(1, '{}') : encodeAny(given);
    return encodeMembers(object, Object.keys(object));
  };

  const encodeInstance = (object: object): string => {
    if (object instanceof Unreadable) return unreadable(object.thrown);
    const leaf = describeLeaf(object);
    if (leaf !== undefined) return encodeText(leaf);
    if (types.isMap(object)) return encodeMap(object);
    if (types.isSet(object)) return `{"$set":${encodeItems(Set.prototype.values.call(object), object.size)}}`;
    if (types.isNativeError(object) || object instanceof Error) return encodeError(object);
    if (types.isBoxedPrimitive(object)) return encodeAny(object.valueOf());
    if (typeof read(object, 'toJSON') === 'function') return encodeJsonOf(object);
    return encodeMembers(object, Object.keys(object));
  };

  const encodeMap = (map: ReadonlyMap<unknown, unknown>): string => {
    if (tooDeep()) return cut(map.size, '{}');
    let text = '{';
    let written = 0;
    for (const [key, value] of Map.prototype.entries.call(map) as Iterable<[unknown, unknown]>) {
      if (written >= maxKeys || (left <= 0 && written > 0)) return `{"$map":${cut(map.size, `${text}}`)}}`;
      if (written > 0) text += ',';
      text += encodeMember(typeof key === 'string' ? key : encodeAny(key), value);
      written++;
    }
    return `{"$map":${text}}}`;
  };

  /** Without the stack: it is long, and says more about the program than about the data. */
  const encodeError = (error: Error): string => {
    const shown: { [key: string]: unknown } = { name: read(error, 'name'), message: read(error, 'message') };
    for (const name of ['code', 'cause', 'errors', ...Object.keys(error)]) {
      if (name !== 'stack' && name in error) shown[name] = read(error, name);
    }
    return encodeMembers(shown, Object.keys(shown));
  };

  return (value, budget = maxValueBytes, label) => {
    const outer = { left, base, inSecret };
    if (generation !== redactor.generation) {
      generation = redactor.generation;
      keys.clear();
    }
    left = budget;
    base = depth;
    inSecret = false;
    try {
      const secret = label !== undefined && !/\s/.test(label) && redactor.isSecretName(label);
      return secret ? encodeSecret(value) : encodeAny(value);
    } catch {
      return '"[not encodable]"';
    } finally {
      depth = base;
      // Nothing of a record is held on to.
      around.length = base;
      ({ left, base, inSecret } = outer);
    }
  };
}
