import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { describeKey, type KeyText, longestKept, shortText } from './encode-key.ts';
import { describeLeaf, type Leaf, unbox } from './encode-leaf.ts';
import { keptNames, listNames } from './encode-names.ts';
import { isOrdinary, literalWithin, quote, quoteWithin } from './escape.ts';
import { isCard } from './redact/cards.ts';
import { failingClosed, redactionFailed } from './redact/failing-closed.ts';
import type { Redactor } from './redact.ts';

export interface EncoderOptions {
  /** About how many bytes of JSON one value may become; what is longer is cut and says so. */
  maxValueBytes: number;
  /** Objects and arrays inside each other. */
  maxDepth: number;
  /** Keys of one object, items of one array. */
  maxKeys: number;
  redactor: Redactor;
  /** Secrets by name: a text that is one of them is written as `{"$secret":"name"}`, and data of that form as a literal. */
  references?: ReadonlyMap<string, string>;
}

/**
 * Any value as JSON text. `budget` replaces maxValueBytes. `label` is what the value goes by: a
 * single word is a name, and that of a secret makes the value one. Never throws.
 */
export type Encode = (value: unknown, budget?: number, label?: string) => string;

/** What a getter or a proxy answered instead of a value. */
class Unreadable {
  constructor(readonly thrown: unknown) {}
}

/** What the encoder itself writes as objects of one key. */
const ownForms: ReadonlySet<string> = new Set(['$secret', '$literal', '$cut', '$map', '$set']);

const keysKept = 10_000;
/** A shorter text is never cut: the note would be longer. */
const shortestCut = 32;
/** UTF-16 units from which on a text is escaped in pieces. */
const longText = 16_384;
/** Bytes of an escaped pair of surrogates, which is the most that a piece leaves out at its end. */
const longestEscape = 12;
/** A longer text is not read to its end only to count its bytes. */
const longestCounted = 1024 * 1024;
/** Bytes of a secret container that its mark is made of. */
const markedBytes = 4096;
/** Writing it in decimal takes time that grows faster than its length. */
const largestBigInt = 10n ** 1000n;
const longestName = 100;
const longestReason = 200;
/** Encoders inside encoders: a getter may write something itself, but not endlessly. */
const mostWalks = 3;

/**
 * What one value may cost, in units of about 5 ns: members, new keys, hashes, texts by their length. When it is used up the
 * value is cut there, as if it were too long. Small integers, which cost nothing to keep. These are estimates, so that equal
 * values are cut at the same place; the clock only ends what they misjudge by far.
 */
const effortAllowed = 2_400_000;
const effortOfMember = 8;
const effortOfText = 80;
const effortOfKey = 200;
const effortOfHash = 800;
const effortOfInstance = 200;
/** What the value's own code does is unknown. */
const effortOfCall = 400;
const effortOfThrow = 1000;
/** The clock is looked at when so much was spent, which small values do not. */
const effortOfLook = 100_000;
/** Of the processor, after the first look. Code that is new to a process runs many times slower than it will. */
const longestMs = 250;
/** What a long text leaves for those after it. */
const effortKept = 200_000;
/** UTF-16 units up to which the effort of a text is not estimated beforehand. */
const unestimated = 4096;
/** UTF-16 units of a text that is small. */
const longestSmall = 256;
const effortOfNumber = 300;
/** UTF-16 units or bytes of one value of which a hash reads no more. */
const longestHashed = 131_072;

/**
 * Writes any value as JSON in one bounded walk: redacted first, then cut, one line, readable. What JSON does not have is
 * written as text: `[cyclic]`, `12n`, `NaN`, `[undefined]`; binary data as type, size and keyed hash: `[Buffer 3 bytes
 * #1f3a5c7e]`, without the hash where a value holds more of them than can be hashed in time. A value that is too long, deep or
 * wide becomes `{"$cut":{"bytes":73211,"hash":"1f3a5c7e","head":"…"}}`, with `items` instead of `bytes` and no hash for
 * containers; `"atLeast":true` says that a text beyond a mebibyte was not read to its end. Of a text or binary data beyond
 * 128 KiB the first and the last 64 KiB and the length are hashed. Getters, proxies and toJSON that throw show as
 * `[unreadable: …]`. What redaction fails on shows as `[redaction failed]`.
 */
export function createEncoder({
  maxValueBytes,
  maxDepth,
  maxKeys,
  redactor: direct,
  references,
}: EncoderOptions): Encode {
  const redactor = failingClosed(direct);
  /** Names by value. */
  const referable = new Map([...(references ?? [])].map(([name, value]) => [value, name]));
  const keys = new Map<string, KeyText>();
  let generation = redactor.generation;
  /** Bytes that may still be written. */
  let left = 0;
  /** Bytes beyond them for what is small, so that one long member does not cut off those after it. */
  let spare = 0;
  let effort = 0;
  /** The effort left at which the clock is looked at next, and what it said first. */
  let nextLook = 0;
  let began = 0;
  /** Of the redactor's hashes, those that were charged. */
  let hashes = direct.hashes;
  /** What each text costs where the settings have patterns. */
  const effortOfPatterns = redactor.effort('', true);
  /** The containers around the value, for cycles; `base` is where this walk began, since a getter may start another. */
  const around: unknown[] = [];
  let base = 0;
  let depth = 0;
  let walks = 0;
  /** Inside a secret nothing is redacted: the text only feeds its mark. */
  let inSecret = false;
  /** Inside a literal there are no references: all of it is data. */
  let inLiteral = false;

  /** Charges for a text that was looked at closely, and for the hashes that were made since. */
  const spendOn = (text: string): void => {
    const made = direct.hashes - hashes;
    hashes += made;
    effort -= effortOfText + text.length + made * effortOfHash;
  };

  /** Whether nothing more may be spent. Threads that wait for a core lose no time by this clock. */
  const isSpent = (): boolean => {
    if (effort <= 0) return true;
    const { user, system } = process.cpuUsage();
    const now = (user + system) / 1000;
    if (began === 0) began = now;
    else if (now - began > longestMs) effort = 0;
    nextLook = effort - effortOfLook;
    return effort <= 0;
  };

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
        return encodeBigInt(value);
      case 'function':
        return encodeFunction(value);
      default:
        return named('Symbol(', (value as symbol).description, ')');
    }
  };

  const marker = (text: string): string => {
    left -= text.length + 2;
    return `"${text}"`;
  };

  const redacted = (text: string, ordinary: boolean): string => {
    if (inSecret) return text;
    let shown = redactionFailed;
    if (effortOfPatterns > 0 && text.length <= unestimated) effort -= redactor.effort(text, ordinary);
    try {
      shown = direct.text(text, ordinary);
    } catch {
      // Neither the value nor what is said of it is shown.
    }
    if (!ordinary || shown !== text) spendOn(text);
    return shown;
  };

  const encodeText = (text: string): string => {
    const { length } = text;
    effort -= effortOfMember;
    if (length > left && length > shortestCut && !fitsSpare(length)) return cutText(text);
    const ordinary = isOrdinary(text);
    if (length > unestimated && !inSecret) {
      const expected = redactor.effort(text, ordinary);
      if (expected > effort - effortKept) return cutText(text);
      effort -= expected;
    }
    const shown = redacted(text, ordinary);
    if (shown !== text && !inLiteral && referable.has(text)) return reference(text);
    if (ordinary && shown === text) return fitted(`"${text}"`, text);
    // Escaping takes time: no more of a long text than would show that it does not fit.
    return fitted(length < longText ? quote(shown) : quoteWithin(shown, left + longestEscape + 4), text);
  };

  /** A UTF-16 unit is at most three bytes; only near the limit they are counted. */
  const fitted = (literal: string, text: string): string => {
    const { length } = literal;
    if (length * 3 > left && text.length > shortestCut && !fitsSpare(length) && Buffer.byteLength(literal) > left + 2)
      return cutText(text, literal);
    left -= length;
    return literal;
  };

  const fitsSpare = (length: number): boolean => length <= longestSmall && length <= left + spare;

  const reference = (secret: string): string => {
    const text = `{"$secret":${quote(referable.get(secret) as string)}}`;
    left -= text.length;
    return text;
  };

  /** How many of so many UTF-16 units at the beginning of a text there is time for. */
  const affordable = (text: string, units: number): number => {
    if (units <= unestimated || inSecret) return units;
    const expected = redactor.effort(text.slice(0, units), false);
    const most = Math.max(0, effort - effortKept);
    if (expected <= most) {
      effort -= expected;
      return units;
    }
    effort = Math.min(effort, effortKept);
    return Math.max(shortestCut, Math.trunc((units * most) / expected));
  };

  const headOf = (text: string): string => {
    const room = affordable(text, Math.max(left, shortestCut));
    return quoteWithin(inSecret ? text.slice(0, room) : redactor.head(text, room), room);
  };

  /** @param literal the text as it would be written, if that is known */
  const cutText = (text: string, literal?: string): string => {
    if (!inSecret && !inLiteral && referable.has(text)) return reference(text);
    const { length } = text;
    const head = literal === undefined ? headOf(text) : literalWithin(literal, Math.max(left, shortestCut));
    const hash = inSecret ? '' : redactor.fingerprint(text);
    effort -= Math.min(length, longestHashed);
    left = 0;
    const bytes = length > longestCounted ? length : Buffer.byteLength(text);
    const noted = hash === '' ? '' : `"hash":"${hash}",`;
    return `{"$cut":{"bytes":${bytes},${noted}"head":${head}${length > longestCounted ? ',"atLeast":true' : ''}}}`;
  };

  const encodeNumber = (value: number): string => {
    const text = Object.is(value, -0) ? '-0' : String(value);
    left -= text.length;
    if (!Number.isFinite(value)) return `"${text}"`;
    if ((direct.watchesNumbers || (value > 999_999_999_999 && isCard(text))) && !inSecret) {
      effort -= effortOfNumber;
      const shown = redacted(text, true);
      if (shown !== text) return quote(shown);
    }
    return text;
  };

  const encodeBigInt = (value: bigint): string => {
    effort -= effortOfInstance;
    if (value < largestBigInt && value > -largestBigInt) return encodeText(`${value}n`);
    return marker(value > 0n ? '[BigInt above 10^1000]' : '[BigInt below -10^1000]');
  };

  const encodeFunction = (value: object): string => {
    const name = read(value, 'name');
    return typeof name === 'string' && name !== '' ? named('[function ', name, ']') : marker('[function]');
  };

  const named = (before: string, name = '', after: string): string => {
    effort -= effortOfInstance;
    const text = quote(
      before + (inSecret ? name.slice(0, longestName) : shortText(name, longestName, redactor)) + after,
    );
    left -= text.length;
    return text;
  };

  const read = (object: object, key: string): unknown => {
    try {
      return (object as { [key: string]: unknown })[key];
    } catch (thrown) {
      return new Unreadable(thrown);
    }
  };

  const readItem = (items: readonly unknown[], index: number): unknown => {
    try {
      return items[index];
    } catch (thrown) {
      return new Unreadable(thrown);
    }
  };

  const unreadable = (thrown: unknown): string => {
    let reason = 'no reason given';
    effort -= effortOfThrow;
    try {
      const message = thrown instanceof Error ? thrown.message : thrown;
      if (typeof message === 'string') reason = shortText(message, longestReason, redactor);
    } catch {
      // What was thrown cannot be read either.
    }
    const text = quote(`[unreadable: ${reason}]`);
    left -= text.length;
    return text;
  };

  const encodeObject = (object: object): string => {
    for (let i = base; i < depth; i++) if (around[i] === object) return marker('[cyclic]');
    const outside = depth;
    around[depth++] = object;
    left -= 2;
    effort -= effortOfMember;
    try {
      if (Array.isArray(object)) return encodeItems(object);
      const prototype: unknown = Object.getPrototypeOf(object);
      if (prototype !== Object.prototype && prototype !== null) return encodeInstance(object);
      return encodePlain(object);
    } catch (thrown) {
      return unreadable(thrown);
    } finally {
      depth = outside;
    }
  };

  const tooDeep = (): boolean => depth - base > maxDepth;
  const isFull = (written: number, beyond = 0): boolean => {
    effort -= effortOfMember;
    return written >= maxKeys || ((left <= -beyond || (effort <= nextLook && isSpent())) && written > 0);
  };
  const cut = (items: number, head: string): string => {
    left -= 26;
    // A proxy may say anything of its length.
    return `{"$cut":{"items":${Number.isSafeInteger(items) && items >= 0 ? items : 0},"head":${head}}}`;
  };

  /** By index, not by the array's iterator, which it may have from elsewhere. */
  const encodeItems = (items: readonly unknown[]): string => {
    const count = items.length;
    if (tooDeep()) return count === 0 ? '[]' : cut(count, '[]');
    let text = '[';
    for (let i = 0; i < count; i++) {
      if (isFull(i)) return cut(count, `${text}]`);
      if (i > 0) text += ',';
      left -= 1;
      text += encodeAny(readItem(items, i));
    }
    return `${text}]`;
  };

  const encodePlain = (object: object): string => {
    if (typeof read(object, 'toJSON') === 'function') return encodeJsonOf(object);
    return encodeOwn(object);
  };

  const encodeOwn = (object: object): string => {
    const kept = keptNames(object, maxKeys);
    if (kept !== undefined) return encodeMembers(object, kept.first, kept.count);
    const names = listNames(object, maxKeys);
    return encodeMembers(object, names, names.length);
  };

  const encodeMembers = (object: object, names: readonly string[], count: number): string => {
    if (tooDeep()) return count === 0 ? '{}' : cut(count, '{}');
    if (count === 1 && references !== undefined && !inLiteral && ownForms.has(names[0] as string)) {
      return encodeLiteral(object, names);
    }
    let text = '{';
    for (let i = 0; i < count; i++) {
      if (isFull(i, spare)) return cut(count, `${text}}`);
      if (i > 0) text += ',';
      const name = names[i] as string;
      text += encodeMember(name, read(object, name));
    }
    return `${text}}`;
  };

  const encodeLiteral = (object: object, names: readonly string[]): string => {
    inLiteral = true;
    left -= 13;
    try {
      return `{"$literal":${encodeMembers(object, names, names.length)}}`;
    } finally {
      inLiteral = false;
    }
  };

  const encodeMember = (name: string, value: unknown): string => {
    const key = (name.length <= longestKept ? keys.get(name) : undefined) ?? learnKey(name);
    left -= key.text.length + 1;
    return key.text + (key.secret && !inSecret ? encodeSecret(value) : encodeAny(value));
  };

  const learnKey = (name: string): KeyText => {
    const key = describeKey(name, redactor);
    spendOn(key.text);
    effort -= effortOfKey;
    if (name.length > longestKept) return key;
    if (keys.size >= keysKept) keys.clear();
    // A map's key can be a piece of a long text, which the cache would keep in memory.
    keys.set(` ${name}`.slice(1), key);
    return key;
  };

  const encodeSecret = (value: unknown): string => {
    if (value === null || value === undefined || value === '' || isEmpty(value)) return encodeAny(value);
    if (typeof value === 'string' && !inLiteral && referable.has(value)) return reference(value);
    const text = typeof value === 'string' ? value : secretText(value);
    const mark = redactor.mark(text);
    if (direct.hashes !== hashes) spendOn(text);
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
      effort -= effortOfKey + markedBytes - left;
      inSecret = false;
      left = before;
    }
  };

  const encodeJsonOf = (object: object): string => {
    const given: unknown = (object as { toJSON(key: string): unknown }).toJSON('');
    effort -= effortOfCall;
    // An object that gives itself would be taken for a cycle.
    if (given !== object) return tooDeep() ? cut(1, '{}') : encodeAny(given);
    return encodeOwn(object);
  };

  const encodeInstance = (object: object): string => {
    if (object instanceof Unreadable) return unreadable(object.thrown);
    effort -= effortOfInstance;
    if (types.isMap(object)) return encodeMap(object);
    if (types.isSet(object)) return encodeSet(object);
    if (types.isNativeError(object)) return encodeError(object);
    if (types.isBoxedPrimitive(object)) return encodeAny(unbox(object));
    const leaf = describeLeaf(object);
    if (leaf !== undefined) return encodeLeaf(leaf);
    return object instanceof Error ? encodeError(object) : encodePlain(object);
  };

  const encodeLeaf = ({ text, bytes }: Leaf): string => {
    if (bytes === undefined) return encodeText(text);
    const cost = effortOfHash + Math.min(bytes.length, longestHashed);
    // The mark of a secret needs the difference; elsewhere a hash too many is left out.
    const hash = inSecret || effort > cost ? redactor.fingerprint(bytes) : '';
    if (hash !== '') effort -= cost;
    return marker(hash === '' ? `[${text}]` : `[${text} #${hash}]`);
  };

  const encodeMap = (map: ReadonlyMap<unknown, unknown>): string => {
    const count = sizeOfMap(map);
    if (tooDeep()) return `{"$map":${cut(count, '{}')}}`;
    let text = '{';
    let written = 0;
    for (const [key, value] of Map.prototype.entries.call(map) as Iterable<[unknown, unknown]>) {
      if (isFull(written)) return `{"$map":${cut(count, `${text}}`)}}`;
      if (written > 0) text += ',';
      text += encodeMember(typeof key === 'string' ? key : encodeAny(key), value);
      written++;
    }
    return `{"$map":${text}}}`;
  };

  const encodeSet = (set: ReadonlySet<unknown>): string => {
    const count = sizeOfSet(set);
    if (tooDeep()) return `{"$set":${cut(count, '[]')}}`;
    let text = '[';
    let written = 0;
    for (const item of Set.prototype.values.call(set) as Iterable<unknown>) {
      if (isFull(written)) return `{"$set":${cut(count, `${text}]`)}}`;
      if (written > 0) text += ',';
      left -= 1;
      text += encodeAny(item);
      written++;
    }
    return `{"$set":${text}]}`;
  };

  /** Without the stack: it is long, and says more about the program than about the data. */
  const encodeError = (error: Error): string => {
    effort -= effortOfInstance;
    const own = keptNames(error, maxKeys)?.first ?? listNames(error, maxKeys);
    const also = ['code', 'cause', 'errors'].filter((name) => name in error);
    const names = [...new Set(['name', 'message', ...also, ...own])].filter((name) => name !== 'stack');
    return encodeMembers(error, names, names.length);
  };

  return (value, budget = maxValueBytes, label) => {
    if (walks >= mostWalks) return '"[not encodable]"';
    const outer = { left, spare, base, effort, inSecret, inLiteral };
    if (generation !== direct.generation) {
      generation = redactor.generation;
      keys.clear();
    }
    left = budget;
    spare = budget >> 3;
    base = depth;
    if (walks === 0) {
      effort = effortAllowed;
      nextLook = effortAllowed - effortOfLook;
      began = 0;
      ({ hashes } = direct);
    }
    inSecret = false;
    inLiteral = false;
    walks++;
    try {
      const isName = typeof label === 'string' && label.length <= longestKept && !/\s/.test(label);
      return isName && redactor.isSecretName(label) ? encodeSecret(value) : encodeAny(value);
    } catch {
      return '"[not encodable]"';
    } finally {
      const spent = effort;
      walks--;
      depth = base;
      // Nothing of a record is held on to.
      around.length = base;
      ({ left, spare, base, effort, inSecret, inLiteral } = outer);
      if (walks > 0) effort = spent;
    }
  };
}

const sizeOf = (prototype: object): ((object: unknown) => number) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, 'size') as { get(): number };
  return (object) => get.call(object);
};
const sizeOfMap = sizeOf(Map.prototype);
const sizeOfSet = sizeOf(Set.prototype);

/** Whether it is `{}` or `[]`, which keeps nothing secret. What could look otherwise the next time is not. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  if (Array.isArray(value)) return value.length === 0;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const isPlain = prototype === null || (!types.isProxy(prototype) && Object.getPrototypeOf(prototype) === null);
  return isPlain && Reflect.ownKeys(value).length === 0;
}
