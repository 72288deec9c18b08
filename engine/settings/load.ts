import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseJsonBytes } from '../document/json-text.ts';
import { nearest } from '../document/nearest.ts';
import { type Given, readSetting, readSettingsDocument } from './document.ts';
import { SettingsFault } from './fault.ts';
import { environmentName, type SettingKey, type Settings, settingKeys, settingsTable } from './table.ts';

/** Flags that set something, by the key they set. */
const flagKeys = { data: 'dataDir', host: 'host', port: 'port' } as const satisfies Record<string, SettingKey>;

/** Variables of ours that are no settings: what is in them must never lie in a file. */
const otherVariables = ['SLUICE_API_TOKEN', 'SLUICE_SECRET_KEY', 'SLUICE_ADMIN_USERNAME', 'SLUICE_ADMIN_PASSWORD'];

/** Keys that hold a path. */
const pathKeys: readonly SettingKey[] = ['dataDir', 'bootFile'];

export interface SettingsSources {
  /** The texts of `--data`, `--host` and `--port`; other flags are not looked at. */
  flags?: { readonly [flag: string]: unknown };
  env?: { readonly [name: string]: string | undefined };
  /** The value of `--settings`. Without it, settings.json in `cwd` is read if it is there. */
  file?: string | undefined;
  cwd: string;
}

export type SettingSource = 'default' | 'file' | 'environment' | 'flag';

/** A setting in force, and where it comes from. */
export interface Entry extends Given {
  readonly source: SettingSource;
}

export interface GatheredSettings {
  /** Every key. */
  readonly entries: ReadonlyMap<SettingKey, Entry>;
  /** What the file holds, whether it is in force or not, by key. */
  readonly stored: ReadonlyMap<SettingKey, Given>;
  /** The file that was read, absolute. */
  readonly file: string | undefined;
  /** One line for each variable that looks like a setting and is none. */
  readonly warnings: string[];
}

export interface LoadedSettings {
  settings: Settings;
  /** The file that was read, absolute. */
  file: string | undefined;
  warnings: string[];
}

/**
 * The settings in force: flag, environment, settings.json, default, the first that is there. An empty variable counts as
 * absent. Paths from the file are relative to its folder, others to `cwd`.
 * @throws SettingsFault
 */
export function loadSettings(sources: SettingsSources): LoadedSettings {
  const { entries, file, warnings } = gatherSettings(sources);
  return { settings: settingsOf(entries), file, warnings };
}

/** A settings document that takes the place of the file's content. */
export interface SettingsInstead {
  /** The file that it is to be in, absolute. */
  readonly path: string;
  readonly document: unknown;
}

/**
 * The settings as loadSettings gives them, key by key and with their sources.
 * @throws SettingsFault
 */
export function gatherSettings(
  { flags = {}, env = {}, file, cwd }: SettingsSources,
  instead?: SettingsInstead,
): GatheredSettings {
  const entries = new Map<SettingKey, Entry>();
  const take = (given: Given, source: SettingSource, folder: string) => {
    const { key, value } = given;
    const isPath = typeof value === 'string' && pathKeys.includes(key);
    entries.set(key, { ...given, source, ...(isPath && { value: resolve(folder, value) }) });
  };
  for (const key of settingKeys) take(readSetting(key, settingsTable[key].default, 'default'), 'default', cwd);
  const read = instead
    ? { path: instead.path, given: readSettingsDocument(instead.document, basename(instead.path)) }
    : readSettingsFile(file, cwd);
  for (const given of read?.given ?? []) take(given, 'file', dirname(read?.path as string));
  for (const key of settingKeys) {
    const name = environmentName(key);
    const text = env[name];
    if (text) take(readSetting(key, settingsTable[key].fromText(text), name), 'environment', cwd);
  }
  for (const [flag, key] of Object.entries(flagKeys)) {
    const text = flags[flag];
    if (typeof text === 'string') take(readSetting(key, settingsTable[key].fromText(text), `--${flag}`), 'flag', cwd);
  }
  const stored = new Map((read?.given ?? []).map((given) => [given.key, given]));
  return { entries, stored, file: read?.path, warnings: unknownVariables(env) };
}

function readSettingsFile(file: string | undefined, cwd: string) {
  const path = resolve(cwd, file ?? 'settings.json');
  const shown = file ?? 'settings.json';
  const bytes = readBytes(path, shown, file === undefined);
  if (bytes === undefined) return undefined;
  const { value, fault } = parseJsonBytes(bytes);
  if (fault) throw new SettingsFault(`${shown}:${fault.line}:${fault.column}: ${fault.message}.`);
  return { path, given: readSettingsDocument(value, shown) };
}

function readBytes(path: string, shown: string, optional: boolean): Buffer | undefined {
  try {
    if (!statSync(path).isFile())
      throw new SettingsFault(`${shown}: found a folder or device; the settings must be a JSON file.`);
    return readFileSync(path);
  } catch (thrown) {
    if (thrown instanceof SettingsFault) throw thrown;
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' && optional) return undefined;
    if (code === 'ENOENT')
      throw new SettingsFault(`${shown}: there is no such file. Name one that exists, or leave out --settings.`);
    if (code === 'EACCES')
      throw new SettingsFault(`${shown}: may not be read. Give the user that runs Sluice the right to. (EACCES)`);
    throw new SettingsFault(`${shown}: cannot be read: ${message}.`);
  }
}

function unknownVariables(env: { readonly [name: string]: string | undefined }): string[] {
  const known = [...settingKeys.map(environmentName), ...otherVariables];
  return Object.keys(env)
    .filter((name) => name.startsWith('SLUICE_') && !known.includes(name))
    .sort()
    .map((name) => {
      const near = nearest(name, known);
      return `${name} is no setting and is not looked at.${near ? ` Did you mean ${near}?` : ''}`;
    });
}

/** Settings as they are used, from the values of all keys. */
export const settingsOf = (entries: Iterable<readonly [SettingKey, { readonly value: unknown }]>): Settings =>
  nested([...entries].map(([key, { value }]) => [key, value] as const)) as unknown as Settings;

/** An object of objects, as settings.json is, from dotted keys. */
export function nested(values: Iterable<readonly [SettingKey, unknown]>): { [key: string]: unknown } {
  const whole: { [key: string]: unknown } = {};
  for (const [key, value] of values) {
    const names = key.split('.');
    const last = names.pop() as string;
    let group = whole;
    for (const name of names) {
      group[name] ??= {};
      group = group[name] as { [key: string]: unknown };
    }
    group[last] = value;
  }
  return whole;
}
