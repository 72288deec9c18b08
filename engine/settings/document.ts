import { found } from '../document/found.ts';
import { isObject } from '../document/shape.ts';
import { Refusal, SettingsFault } from './fault.ts';
import { isSecretReference } from './kinds.ts';
import { hint } from './outgoing-data.ts';
import { type Setting, type SettingKey, settingKeys, settingsTable } from './table.ts';

/** One setting as a source gives it, checked. */
export interface Given {
  readonly key: SettingKey;
  /** As settings.json holds it. */
  readonly raw: unknown;
  /** As it is used; the default while it is to be the value of a secret. */
  readonly value: unknown;
  /** The secret whose value it is to be. */
  readonly secret?: string;
}

/**
 * Takes a settings document apart, the nested object that settings.json holds. `source` is what a fault names.
 * @throws SettingsFault at the first unknown key or wrong type
 */
export function readSettingsDocument(document: unknown, source: string): Given[] {
  if (!isObject(document))
    throw new SettingsFault(`${source}: the settings must be an object, found ${found(document)}.`);
  return [...membersOf(document, '', source)];
}

function* membersOf(object: { [key: string]: unknown }, above: string, source: string): Generator<Given> {
  for (const [name, value] of Object.entries(object)) {
    const key = above + name;
    if (isKey(key) && !(above === '' && name.includes('.'))) yield readSetting(key, value, source);
    else if (settingKeys.some((known) => known.startsWith(`${key}.`))) {
      if (!isObject(value)) throw new SettingsFault(`${source}: ${key} must be an object, found ${found(value)}.`, key);
      yield* membersOf(value, `${key}.`, source);
    } else throw unknownKey(key, above, name, source);
  }
}

export const isKey = (key: string): key is SettingKey => Object.hasOwn(settingsTable, key);

/** A key that there is not: what may have been meant, or what there is. */
export function unknownKey(key: string, above: string, name: string, source: string): SettingsFault {
  if (isKey(key)) {
    const nested = `{"${key.split('.').join('": {"')}": …${'}'.repeat(key.split('.').length)}`;
    return new SettingsFault(`${source}: "${key}" is one key. Keys are nested: write ${nested}.`, key);
  }
  // Keys beside it first; a key in the wrong place is the next best guess.
  const beside = [
    ...new Set(
      settingKeys
        .filter((known) => known.startsWith(above))
        .map((known) => known.slice(above.length).split('.')[0] as string),
    ),
  ];
  const elsewhere = settingKeys.filter((known) => known.endsWith(`.${name}`));
  const [first] = elsewhere;
  const remedy =
    elsewhere.length === 1 && !beside.includes(name)
      ? ` Did you mean ${first}?`
      : hint(name, beside).replace('Did you mean ', `Did you mean ${above}`);
  return new SettingsFault(`${source}: ${key} is unknown.${remedy.replace(/[^?]$/, '$&.')}`, key);
}

/**
 * One value as its key's kind reads it.
 * @throws SettingsFault
 */
export function readSetting(key: SettingKey, raw: unknown, source: string): Given {
  const { read, referable, default: byDefault } = settingsTable[key] as Setting<unknown>;
  if (referable && isSecretReference(raw)) return { key, raw, value: read(byDefault), secret: raw.$secret };
  try {
    return { key, raw, value: read(raw) };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const message = `${source}: ${key}${thrown.below} ${thrown.predicate.replace(/[^.?]$/, '$&.')}`;
    throw new SettingsFault(message, key, source.startsWith('--'));
  }
}
