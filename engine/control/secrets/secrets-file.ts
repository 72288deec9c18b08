import { found } from '../../document/found.ts';
import { parseJsonBytes } from '../../document/json-text.ts';
import { isObject } from '../../document/shape.ts';
import { currentSchema, isNewer } from '../../document/upgrade.ts';
import type { KeyDescription } from './secret-key.ts';

/** Its name in the data folder. */
export const secretsFile = 'secrets.json';

/** What is in secrets.json. Entries are what they are: one that is damaged is kept. */
export interface StoredSecrets {
  readonly key: KeyDescription;
  readonly secrets: ReadonlyMap<string, unknown>;
}

/** `newer` says that the file is in order, but not for this program. */
type Parsed =
  | { readonly stored: StoredSecrets; readonly problem?: never }
  | { readonly problem: string; readonly newer: boolean; readonly stored?: never };

/** Reads the bytes of secrets.json. */
export function parseSecrets(bytes: Uint8Array): Parsed {
  const damaged = (problem: string) => ({ problem, newer: false });
  const { value, fault } = parseJsonBytes(bytes);
  if (fault) return damaged(`Line ${fault.line}, column ${fault.column}: ${fault.message}.`);
  if (!isObject(value)) return damaged(`The document must be an object, found ${found(value)}.`);
  if (isNewer(value.schema)) {
    const problem = `The file has schema ${String(value.schema)}, this version knows up to ${currentSchema}. Use the Sluice that wrote it.`;
    return { problem, newer: true };
  }
  const { key, secrets } = value;
  if (!isDescription(key)) return damaged('"key" must be an object with "kind" and "check".');
  if (!isObject(secrets)) return damaged(`"secrets" must be an object of names, found ${found(secrets)}.`);
  return { stored: { key, secrets: new Map(Object.entries(secrets)) } };
}

export const textOfSecrets = ({ key, secrets }: StoredSecrets): string =>
  `${JSON.stringify({ schema: 1, key, secrets: Object.fromEntries(secrets) }, null, 2)}\n`;

const isDescription = (value: unknown): value is KeyDescription & { [key: string]: unknown } =>
  isObject(value) &&
  (value.kind === 'file' || value.kind === 'environment') &&
  typeof value.check === 'string' &&
  (value.salt === undefined || (typeof value.salt === 'string' && /^([0-9a-f]{2})+$/.test(value.salt)));
