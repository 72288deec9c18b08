import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { quote } from '../document/found.ts';
import { parseJsonBytes } from '../document/json-text.ts';
import { isObject, type JsonObject, type JsonSchema } from '../document/shape.ts';
import { readSetting } from '../settings/document.ts';
import { SettingsFault } from '../settings/fault.ts';
import {
  type Entry,
  type GatheredSettings,
  gatherSettings,
  nested,
  type SettingSource,
  type SettingsSources,
  settingsOf,
} from '../settings/load.ts';
import { keysOfPart, partSource, textLike, withKey } from '../settings/part.ts';
import { checkRules } from '../settings/rules.ts';
import { isSame, merged, referencesIn, shown, unmask } from '../settings/secret-texts.ts';
import { environmentName, type SettingKey, type Settings, settingKeys, settingsTable } from '../settings/table.ts';
import { FileFailure, writeFileAtomically } from './atomic-file.ts';
import { ControlFault } from './control.ts';
import { type Precondition, precondition } from './project/refusals.ts';

/** What may be told of one key. Values are as settings.json would hold them, secrets masked; null where there is none. */
export interface SettingAnswer {
  key: SettingKey;
  /** In force. */
  value: unknown;
  default: unknown;
  meaning: string;
  /** In words. */
  allowed: string;
  /** The same as JSON Schema, as far as that can say it. */
  schema: JsonSchema;
  source: SettingSource;
  /** The variable that overrides the file. */
  environment: string;
  /** A change is in force from the next start on. */
  restart: boolean;
  /** In force from the next start on; absent when that changes nothing. */
  pending?: unknown;
  /** What the file holds while a flag or a variable overrides it; absent otherwise. */
  stored?: unknown;
}

/** What a change did. */
export interface SettingsChange {
  /** Keys whose value is another one now, or will be after a restart. */
  changed: SettingKey[];
  /** Keys that wait for a restart. */
  pending: SettingKey[];
  /** The whole settings, secrets masked. */
  before: JsonObject;
  after: JsonObject;
}

/** What the store needs of the secrets. */
export interface KnownSecrets {
  values(): { [name: string]: string };
  /** Which names are surely not stored. */
  missing(names: Iterable<string>): string[];
}

/** The settings in force, and their file. Keys that need a restart keep the value of the start. */
export class SettingsStore {
  private secrets: KnownSecrets = { values: () => ({}), missing: () => [] };
  private secretsAtStart: { readonly [name: string]: string } = {};
  private readonly listeners: ((settings: Settings, changed: SettingKey[]) => void | Promise<void>)[] = [];
  private readonly atStart: Entries;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly revisionKey = randomBytes(16);
  private inForce: Settings;

  private constructor(
    private readonly sources: SettingsSources,
    private gathered: GatheredSettings,
  ) {
    this.atStart = gathered.entries;
    this.inForce = this.compose(gathered.entries);
  }

  /** @throws SettingsFault, as loadSettings does */
  static async open(sources: SettingsSources): Promise<SettingsStore> {
    const store = new SettingsStore(sources, gatherSettings(sources));
    await checkRules(store.current);
    return store;
  }

  /** The settings in force. References in webhooks and otel are left for whoever uses them. */
  get current(): Settings {
    return this.inForce;
  }

  /** One line for each variable that looks like a setting and is none. */
  get warnings(): readonly string[] {
    return this.gathered.warnings;
  }

  /**
   * Lends the secrets that settings refer to; settings that are one take its value.
   * @throws SettingsFault naming a key and its secret, when that is not stored
   */
  useSecrets(secrets: KnownSecrets): void {
    this.secrets = secrets;
    this.secretsAtStart = secrets.values();
    this.checkReferences(this.gathered.entries, `${basename(this.gathered.file ?? '')}: `);
    this.inForce = this.compose(this.gathered.entries);
  }

  /** After secrets have changed: settings that are one follow. Resolves when whoever listens is done. */
  async secretsChanged(): Promise<void> {
    const before = this.inForce;
    this.inForce = this.compose(this.gathered.entries);
    const changed = settingKeys.filter((key) => !isSame(valueAt(before, key), valueAt(this.inForce, key)));
    if (changed.length > 0) await this.tell(changed);
  }

  /** Calls back with the settings in force and the keys that changed; a change is answered when what was called is done. */
  onChange(listener: (settings: Settings, changed: SettingKey[]) => void | Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Every key as settings.json would hold it, what waits for a restart included; secrets masked. */
  document(): JsonObject {
    return nested([...this.gathered.entries].map(([key, entry]) => [key, shownOf(key, entry)]));
  }

  /** Every reference to a secret that the settings hold, in the form of `document`. */
  references(): unknown {
    return nested([...this.gathered.entries].map(([key, { raw }]) => [key, raw]));
  }

  /** Changes whenever the settings do, and says nothing of them. */
  get revision(): string {
    const all = JSON.stringify([...this.gathered.entries].map(([key, { raw }]) => [key, raw ?? null]));
    return createHmac('sha256', this.revisionKey).update(all).digest('hex').slice(0, 16);
  }

  keys(): SettingAnswer[] {
    return settingKeys.map((key) => {
      const { default: byDefault, meaning, allowed, schema, restart } = settingsTable[key];
      const entry = entryOf(this.gathered.entries, key);
      const stored = this.gathered.stored.get(key);
      const isOverridden = entry.source === 'environment' || entry.source === 'flag';
      return {
        key,
        value: shownOf(key, restart ? entryOf(this.atStart, key) : entry),
        default: byDefault ?? null,
        meaning,
        allowed,
        schema,
        source: entry.source,
        environment: environmentName(key),
        restart,
        ...(this.isPending(key) && { pending: shownOf(key, entry) }),
        ...(isOverridden && stored !== undefined && { stored: shownOf(key, stored) }),
      };
    });
  }

  /**
   * Changes the settings by a part of them and writes the file; in force when it resolves, but for keys that need a restart.
   * What is equal to what `document` gives is left as it is.
   * @throws ControlFault 412 when the revision is not the expected one, 422 for a key or value that cannot be, 409 when the file is damaged; FileFailure's status
   */
  change(part: unknown, when: Precondition = {}): Promise<SettingsChange> {
    const result = this.turn.then(() => {
      precondition(when, this.revision, 'The settings file');
      return this.apply(part);
    });
    this.turn = result.catch(() => {});
    return result;
  }

  private async apply(part: unknown): Promise<SettingsChange> {
    const before = this.document();
    const file = this.read();
    const document = refusing(422, () => this.documentAfter(part, file));
    const text = textLike(file.text, document);
    const isNew = text !== file.text && !(file.text === '' && Object.keys(document).length === 0);
    // Checked as the next start will check it, before anything is written.
    const next = refusing(422, () => gatherSettings(this.sources, { path: file.path, document }));
    await checkRules(settingsOf(next.entries)).catch((thrown) => refuse(422, thrown));
    refusing(422, () => this.checkReferences(next.entries));
    if (isNew) {
      await writeFileAtomically(file.path, text).catch((thrown: unknown) => {
        throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
      });
    }
    const [former, last] = [this.gathered.entries, this.inForce];
    this.gathered = next;
    this.inForce = this.compose(next.entries);
    const live = settingKeys.filter((key) => !isSame(valueAt(last, key), valueAt(this.inForce, key)));
    if (live.length > 0) await this.tell(live);
    return {
      changed: settingKeys.filter((key) => live.includes(key) || differs(key, former, next.entries)),
      pending: settingKeys.filter((key) => this.isPending(key)),
      before,
      after: this.document(),
    };
  }

  /** The file's document with a part put into it. */
  private documentAfter(part: unknown, file: StoredFile): JsonObject {
    let document = file.document;
    for (const [key, given] of keysOfPart(part)) {
      const seen = shownOf(key, entryOf(this.gathered.entries, key));
      if (isSame(given === null ? null : normal(key, merged(seen, given)), seen)) continue;
      if (given === null) {
        document = withKey(document, key, undefined);
        continue;
      }
      const stored = file.stored.get(key)?.raw;
      const value = merged(stored, unmask(key, given, stored));
      readSetting(key, value, partSource);
      document = withKey(document, key, value);
    }
    return document;
  }

  /** The file as it is now: somebody may have changed it since the last look. */
  private read(): StoredFile {
    const { file, cwd } = this.sources;
    const wanted = resolve(cwd, file ?? 'settings.json');
    if (!existsSync(wanted)) return { path: wanted, text: '', document: {}, stored: new Map() };
    const path = realpathSync(wanted);
    const gathered = refusing(
      409,
      () => gatherSettings(this.sources),
      `The settings were not changed, since the file cannot be used as it is. Repair ${basename(path)} first: `,
    );
    const bytes = readFileSync(path);
    const { value } = parseJsonBytes(bytes);
    return { path, text: bytes.toString('utf8'), document: isObject(value) ? value : {}, stored: gathered.stored };
  }

  private compose(entries: Entries): Settings {
    const values = this.secrets.values();
    return settingsOf(
      settingKeys.map((key) => {
        const { restart } = settingsTable[key];
        const entry = entryOf(restart ? this.atStart : entries, key);
        return [key, resolved(key, entry, restart ? this.secretsAtStart : values)] as const;
      }),
    );
  }

  private checkReferences(entries: Entries, file = ''): void {
    for (const [key, { raw, source }] of entries) {
      for (const { name, place } of referencesIn(raw, key)) {
        if (this.secrets.missing([name]).length === 0) continue;
        const from = source === 'environment' ? `${environmentName(key)}: ` : source === 'file' ? file : '';
        throw new SettingsFault(
          `${from}${place} names the secret ${quote(name)}, which is not stored. Store it with "sluice secrets set ${name}", or give the setting another value.`,
          key,
        );
      }
    }
  }

  private isPending(key: SettingKey): boolean {
    if (!settingsTable[key].restart) return false;
    return differs(key, this.atStart, this.gathered.entries);
  }

  private async tell(changed: SettingKey[]): Promise<void> {
    for (const listener of this.listeners) await listener(this.inForce, changed);
  }
}

/** The settings file as it lies there; an empty text when there is none. */
interface StoredFile {
  path: string;
  text: string;
  document: JsonObject;
  stored: GatheredSettings['stored'];
}

const entryOf = (entries: Entries, key: SettingKey): Entry => {
  const entry = entries.get(key);
  if (entry === undefined) throw new Error(`The setting ${key} was not gathered.`);
  return entry;
};

type Entries = ReadonlyMap<SettingKey, Entry>;

const differs = (key: SettingKey, before: Entries, after: Entries): boolean => {
  const [a, b] = [entryOf(before, key), entryOf(after, key)];
  return !isSame(a.value, b.value) || a.secret !== b.secret;
};

/** A secret that is no value for this key, such as an empty text, leaves the default in force. */
const resolved = (
  key: SettingKey,
  entry: Entry,
  secrets: { readonly [name: string]: string },
): Pick<Entry, 'value'> => {
  const { secret } = entry;
  if (secret === undefined || !Object.hasOwn(secrets, secret)) return entry;
  return attempt(() => readSetting(key, secrets[secret], key)) ?? entry;
};

const valueAt = (settings: Settings, key: SettingKey): unknown =>
  key.split('.').reduce<unknown>((group, name) => (isObject(group) ? group[name] : undefined), settings);

/** Webhooks and otel are told with their defaults, anything else as it was written. */
const shownOf = (key: SettingKey, { raw, value }: Pick<Entry, 'raw' | 'value'>): unknown =>
  shown(key, key === 'webhooks' || key === 'otel' ? value : raw) ?? null;

/** A value as `shownOf` would tell it, to be compared with what it tells. */
const normal = (key: SettingKey, value: unknown): unknown =>
  key === 'webhooks' || key === 'otel' ? attempt(() => readSetting(key, value, key).value) : value;

function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (thrown) {
    if (thrown instanceof SettingsFault) return undefined;
    throw thrown;
  }
}

function refusing<T>(status: number, step: () => T, before = ''): T {
  try {
    return step();
  } catch (thrown) {
    return refuse(status, thrown, before);
  }
}

function refuse(status: number, thrown: unknown, before = ''): never {
  if (!(thrown instanceof SettingsFault)) throw thrown;
  const { key } = thrown;
  const detail = before + thrown.message.replace(`${partSource}: `, '');
  const errors = [{ pointer: key === undefined ? '' : `/${key.replaceAll('.', '/')}`, detail }];
  throw new ControlFault(status, detail, { ...(key !== undefined && { field: key }), errors });
}
