import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseJsonBytes } from '../document/json-text.ts';
import { nearest } from '../document/nearest.ts';
import { readSetting, readSettingsDocument } from './document.ts';
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

export interface LoadedSettings {
  settings: Settings;
  /** The file that was read, absolute. */
  file: string | undefined;
  /** One line for each variable that looks like a setting and is none. */
  warnings: string[];
}

/**
 * The settings in force: flag, environment, settings.json, default, the first that is there. An empty variable counts as
 * absent. Paths from the file are relative to its folder, others to `cwd`.
 * @throws SettingsFault
 */
export function loadSettings({ flags = {}, env = {}, file, cwd }: SettingsSources): LoadedSettings {
  const values = new Map<SettingKey, unknown>();
  const take = (key: SettingKey, value: unknown, folder: string) => {
    values.set(key, typeof value === 'string' && pathKeys.includes(key) ? resolve(folder, value) : value);
  };
  for (const key of settingKeys) take(key, readSetting(key, settingsTable[key].default, 'default'), cwd);
  const read = readSettingsFile(file, cwd);
  for (const { key, value } of read?.given ?? []) take(key, value, dirname(read?.path as string));
  for (const key of settingKeys) {
    const name = environmentName(key);
    const text = env[name];
    if (text) take(key, readSetting(key, settingsTable[key].fromText(text), name), cwd);
  }
  for (const [flag, key] of Object.entries(flagKeys)) {
    const text = flags[flag];
    if (typeof text === 'string') take(key, readSetting(key, settingsTable[key].fromText(text), `--${flag}`), cwd);
  }
  return { settings: nested(values), file: read?.path, warnings: unknownVariables(env) };
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

function nested(values: ReadonlyMap<SettingKey, unknown>): Settings {
  const settings: { [key: string]: unknown } = {};
  for (const [key, value] of values) {
    const names = key.split('.');
    const last = names.pop() as string;
    let group = settings;
    for (const name of names) {
      group[name] ??= {};
      group = group[name] as { [key: string]: unknown };
    }
    group[last] = value;
  }
  return settings as unknown as Settings;
}
