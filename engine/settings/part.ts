import { isDeepStrictEqual } from 'node:util';
import { found } from '../document/found.ts';
import { parseJsonBytes } from '../document/json-text.ts';
import { isObject, type JsonObject } from '../document/shape.ts';
import { isKey, unknownKey } from './document.ts';
import { SettingsFault } from './fault.ts';
import { type SettingKey, settingKeys } from './table.ts';

/** What messages call settings that come over the control API; it is no part of what callers see. */
export const partSource = 'settings';

/**
 * The keys that a part of the settings gives, as it gives them; null asks for the default, of one key or of a whole group.
 * @throws SettingsFault for an unknown key
 */
export function keysOfPart(part: unknown): Map<SettingKey, unknown> {
  if (!isObject(part)) throw new SettingsFault(`${partSource}: The settings must be an object, found ${found(part)}.`);
  return new Map(membersOf(part, ''));
}

function* membersOf(group: JsonObject, above: string): Generator<[SettingKey, unknown]> {
  for (const [name, value] of Object.entries(group)) {
    const key = above + name;
    const below = settingKeys.filter((known) => known.startsWith(`${key}.`));
    if (isKey(key) && !(above === '' && name.includes('.'))) yield [key, value];
    else if (below.length === 0) throw unknownKey(key, above, name, partSource);
    else if (value === null) for (const each of below) yield [each, null];
    else if (isObject(value)) yield* membersOf(value, `${key}.`);
    else throw new SettingsFault(`${partSource}: ${key} must be an object, found ${found(value)}.`, key);
  }
}

/** Sets a key in a settings document, in its place if it has one; undefined takes it out, and groups that it leaves empty. */
export function withKey(document: JsonObject, key: string, value: unknown): JsonObject {
  const at = key.indexOf('.');
  const name = at < 0 ? key : key.slice(0, at);
  const members = new Map(Object.entries(document));
  const inside = at < 0 ? value : withKey(groupOf(document, name), key.slice(at + 1), value);
  const isEmpty = at >= 0 && isObject(inside) && Object.keys(inside).length === 0;
  if (inside === undefined || isEmpty) members.delete(name);
  else members.set(name, inside);
  return Object.fromEntries(members);
}

const groupOf = (document: JsonObject, name: string): JsonObject => {
  const group = Object.hasOwn(document, name) ? document[name] : undefined;
  return isObject(group) ? group : {};
};

/** JSON in the manner of a text: its indentation, its kind of line end, and whether the last line has one. */
export function textLike(text: string, document: JsonObject): string {
  if (text !== '' && isDeepStrictEqual(parseJsonBytes(Buffer.from(text)).value, document)) return text;
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const isOneLine = text !== '' && !text.trim().includes('\n') && text.trim() !== '{}';
  const json = JSON.stringify(document, null, isOneLine ? undefined : indent);
  const ended = text === '' || text.endsWith('\n') ? `${json}\n` : json;
  return text.includes('\r\n') ? ended.replaceAll('\n', '\r\n') : ended;
}
