import { lstatSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { quote } from '../../document/found.ts';
import type { Fault } from '../../document/types.ts';
import { FileFailure } from '../atomic-file.ts';
import { ControlFault } from '../control.ts';
import { readBytes } from '../document-file.ts';
import { lastGood, rememberGood } from '../kept-copies.ts';
import { replaceFiles } from '../project/replace-files.ts';
import { isSealed, seal, unseal } from './seal.ts';
import {
  isKeyOf,
  type KeyMaterial,
  keyFileOf,
  keyFromEnvironment,
  keyVariable,
  makeKey,
  makeKeyFile,
  readKeyFile,
  type SecretKey,
  whyLocked,
} from './secret-key.ts';
import { checkName, checkValue } from './secret-rules.ts';
import { parseSecrets, type StoredSecrets, secretsFile, textOfSecrets } from './secrets-file.ts';

/** Shorter values would turn up everywhere by chance, so logs are not searched for them. */
export const shortestRedacted = 4;

/** So many former values are still taken out of logs. */
const mostFormer = 1000;

/** What may be told of a secret. */
export interface SecretAnswer {
  name: string;
  /** RFC 3339; null if the entry is too damaged to say. */
  changed: string | null;
  /** false: the key is missing or another one, or the entry is damaged. */
  readable: boolean;
  /** Whether its value is taken out of logs wherever it turns up; values shorter than four characters are not. */
  redacted: boolean;
}

export interface SecretsOptions {
  dataDir: string;
  /** Where SLUICE_SECRET_KEY is looked up. */
  env?: { readonly [name: string]: string | undefined };
  /** Hears of what is not in order when it is opened. */
  report?: (fault: Fault) => void;
}

/**
 * The installation's secrets: encrypted in secrets.json, in plain only in memory. Whatever is wrong with the file or its
 * key, opening succeeds, so that the rest of the engine can run; secrets are unreadable then, and nothing is written over.
 */
export class Secrets {
  private readonly entries = new Map<string, unknown>();
  private readonly plain = new Map<string, string>();
  private readonly listeners: (() => void | Promise<void>)[] = [];
  /** What is not in order with the file; over when it is written. */
  private fileFaults: Fault[] = [];
  /** What is not in order with the key file; looked at when it is opened. */
  private readonly keyFaults: Fault[] = [];
  /** Values that secrets had since the start. */
  private readonly former = new Set<string>();
  private key: SecretKey | null = null;
  /** What new entries are to be encrypted with, if it is another key than the one in force. */
  private wanted: KeyMaterial | undefined;
  private locked: string | null = null;
  /** Whether every name that was ever stored is known. */
  private isComplete = true;
  private writes: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly dataDir: string,
    private readonly report: (fault: Fault) => void,
  ) {}

  /** @throws SettingsFault when SLUICE_SECRET_KEY is too short */
  static async open({ dataDir, env = {}, report = () => {} }: SecretsOptions): Promise<Secrets> {
    const given = keyFromEnvironment(env[keyVariable]);
    const secrets = new Secrets(realPath(dataDir), report);
    await secrets.load(given);
    return secrets;
  }

  /** What is not in order, for whoever looks after the engine. */
  get faults(): readonly Fault[] {
    return [...this.keyFaults, ...this.fileFaults, ...(this.locked === null ? this.damaged() : [])];
  }

  /** Why nothing can be read or stored; null when it can. */
  get problem(): string | null {
    return this.locked;
  }

  names(): string[] {
    return [...this.entries.keys()].sort();
  }

  /** Which of these names are surely not stored. None while the file cannot be read. */
  missing(names: Iterable<string>): string[] {
    return this.isComplete ? [...names].filter((name) => !this.entries.has(name)) : [];
  }

  get(name: string): SecretAnswer | undefined {
    if (!this.entries.has(name)) return undefined;
    const entry = this.entries.get(name);
    const value = this.plain.get(name);
    return {
      name,
      changed: isSealed(entry) ? entry.changed : null,
      readable: value !== undefined,
      redacted: value !== undefined && value.length >= shortestRedacted,
    };
  }

  list(): SecretAnswer[] {
    return this.names().flatMap((name) => this.get(name) ?? []);
  }

  /** Every value that can be read, by name: for workers, and for taking them out of logs. */
  values(): { [name: string]: string } {
    return Object.fromEntries(this.plain);
  }

  /** Values that secrets had since the start: runs that began with them may still write them, and logs must not hold them. */
  formerValues(): string[] {
    return [...this.former];
  }

  /** Calls back after each change; a change is answered when what was called is done. */
  onChange(listener: () => void | Promise<void>): void {
    this.listeners.push(listener);
  }

  /**
   * Stores a value, on disk and in force when it resolves. Answers whether the name is new.
   * @throws ControlFault 400 for a name or value that cannot be, 409 when the key is not there; FileFailure. The message
   * never holds the value, and what was stored before stays.
   */
  set(name: string, value: unknown): Promise<'created' | 'changed'> {
    return this.inTurn(async () => {
      checkName(name);
      checkValue(value);
      const isNew = !this.entries.has(name);
      const key = await this.keyForWriting();
      const next = new Map(this.entries).set(name, seal(key, name, value, new Date().toISOString()));
      await this.write(key, next);
      this.forget(name);
      this.entries.set(name, next.get(name));
      this.plain.set(name, value);
      await this.tell();
      return isNew ? 'created' : 'changed';
    });
  }

  /**
   * Removes a secret. Answers false when there is none of that name.
   * @throws ControlFault 409 when the key is not there; FileFailure
   */
  remove(name: string): Promise<boolean> {
    return this.inTurn(async () => {
      if (!this.entries.has(name)) return false;
      const key = await this.keyForWriting();
      const next = new Map(this.entries);
      next.delete(name);
      await this.write(key, next);
      this.forget(name);
      await this.tell();
      return true;
    });
  }

  private async load(given: KeyMaterial | undefined): Promise<void> {
    const keyFile = readKeyFile(keyFileOf(this.dataDir));
    const stored = this.readStored();
    this.wanted = given ?? keyFile.material;
    if (keyFile.problem !== undefined && given === undefined) this.fault(keyFile.problem, 'error', this.keyFaults);
    if (keyFile.warning !== undefined) this.fault(keyFile.warning, 'warning', this.keyFaults);
    if (stored === undefined) return;
    for (const [name, entry] of stored.secrets) this.entries.set(name, entry);
    for (const material of [given, keyFile.material]) {
      if (material === undefined) continue;
      const key = await makeKey(material, stored.key.salt);
      if (isKeyOf(key, stored.key)) return this.unlock(key, material, stored.secrets);
    }
    this.lock(whyLocked(stored.key, given !== undefined, keyFile, keyFileOf(this.dataDir)));
  }

  /** The file, or its last good content; undefined when there is none to read. */
  private readStored(): StoredSecrets | undefined {
    const path = join(this.dataDir, secretsFile);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    this.isComplete = false;
    const { bytes, problem } = readBytes(path);
    if (bytes === undefined) {
      this.lock(`The file ${problem}`);
      return undefined;
    }
    const parsed = parseSecrets(bytes);
    if (parsed.stored) {
      this.isComplete = true;
      if (!lastGood(this.dataDir, secretsFile)?.equals(bytes)) rememberGood(this.dataDir, secretsFile, bytes);
      return parsed.stored;
    }
    if (parsed.newer) {
      this.lock(parsed.problem);
      return undefined;
    }
    const former = lastGood(this.dataDir, secretsFile);
    const restored = former && parseSecrets(former).stored;
    const served = restored
      ? 'The last good version is in force; the file is left as it is until a secret changes, and kept aside then.'
      : 'No secret is known. The file is left as it is until one is stored, and kept aside then.';
    this.fault(`${parsed.problem} ${served}`);
    return restored;
  }

  private unlock(key: SecretKey, material: KeyMaterial, stored: ReadonlyMap<string, unknown>): void {
    this.key = key;
    for (const [name, entry] of stored) {
      const value = unseal(key, name, entry);
      if (value !== undefined) this.plain.set(name, value);
    }
    const damaged = this.damaged();
    for (const fault of damaged) this.report(fault);
    // Entries that cannot be read could not be encrypted anew, and two keys cannot be in use at once.
    if (this.wanted === material || damaged.length > 0) {
      this.wanted = undefined;
      return;
    }
    this.fault(
      `The secrets are still encrypted with the key file ${keyFileOf(this.dataDir)}. They move to ${keyVariable} when a secret is stored or removed.`,
      'warning',
    );
  }

  private lock(reason: string): void {
    this.locked = `The secrets cannot be used. ${reason}`;
    this.fault(this.locked);
  }

  private fault(message: string, severity: Fault['severity'] = 'error', list = this.fileFaults): void {
    const fault: Fault = { file: secretsFile, pointer: '', message, severity };
    list.push(fault);
    this.report(fault);
  }

  /** A fault for each entry that the key in force does not open. */
  private damaged(): Fault[] {
    return this.names()
      .filter((name) => !this.plain.has(name))
      .map((name) => ({
        file: secretsFile,
        pointer: '',
        message: `The secret ${quote(name)} is damaged and cannot be read. Store it again, or remove it.`,
        severity: 'error',
      }));
  }

  private forget(name: string): void {
    const value = this.plain.get(name);
    this.entries.delete(name);
    this.plain.delete(name);
    if (value === undefined || value.length < shortestRedacted) return;
    this.former.add(value);
    const [oldest] = this.former;
    if (this.former.size > mostFormer && oldest !== undefined) this.former.delete(oldest);
  }

  private async keyForWriting(): Promise<SecretKey> {
    if (this.locked !== null) throw new ControlFault(409, `${this.locked} Nothing was changed.`);
    if (this.key !== null && this.wanted === undefined) return this.key;
    const path = keyFileOf(this.dataDir);
    const { problem } = readKeyFile(path);
    if (this.wanted === undefined && problem !== undefined)
      throw new ControlFault(409, `${problem} Put the right one in its place, or move it away. Nothing was changed.`);
    try {
      return await makeKey(this.wanted ?? (await makeKeyFile(path)));
    } catch (thrown) {
      throw new ControlFault(409, (thrown as Error).message);
    }
  }

  private async write(key: SecretKey, secrets: Map<string, unknown>): Promise<void> {
    // With another key every entry is encrypted anew.
    if (this.key !== null && key !== this.key) {
      for (const [name, value] of this.plain) {
        const before = this.entries.get(name);
        if (secrets.get(name) === before && isSealed(before)) secrets.set(name, seal(key, name, value, before.changed));
      }
    }
    const text = textOfSecrets({ key: key.description, secrets });
    await replaceFiles(this.dataDir, new Map([[secretsFile, text]]));
    for (const [name, entry] of secrets) this.entries.set(name, entry);
    this.key = key;
    this.wanted = undefined;
    this.fileFaults = [];
    this.isComplete = true;
  }

  private async tell(): Promise<void> {
    for (const listener of this.listeners) await listener();
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.writes.then(change).catch((thrown: unknown) => {
      throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
    });
    this.writes = result.catch(() => {});
    return result;
  }
}

// The key file lies beside the folder itself, by whatever link that is reached.
function realPath(dataDir: string): string {
  try {
    return realpathSync(dataDir);
  } catch {
    return resolve(dataDir);
  }
}
