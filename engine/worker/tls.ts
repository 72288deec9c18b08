import { createPrivateKey, X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { quote } from '../document/found.ts';
import type { Tls } from '../document/types.ts';
import { nextTurn, overdue } from '../run/turn.ts';
import type { WorkerState } from '../wire/messages.ts';

/** Certificates with their whole chain have a few KiB. */
const mostBytes = 1024 * 1024;
/** What a message repeats of a source: a path, not a key that somebody put into the document without its first line. */
const longestPath = 60;

/** Where certificates and keys come from, besides the document itself. */
export interface PemSources {
  /** Folder that paths are relative to. */
  readonly dataDir: string;
  secret(name: string): string | undefined;
}

/**
 * Certificate and key of a server, as PEM text.
 * @throws Error with a sentence about what cannot be used. It is the same for a file that is missing, may not be read or is
 * something else: whoever writes documents is not to learn which files this machine has.
 */
export async function readTls(tls: Tls, sources: PemSources): Promise<{ cert: string; key: string }> {
  const cert = await readPem(tls.cert, 'certificate', sources);
  const key = await readPem(tls.key, 'key', sources);
  if (!succeeds(() => new X509Certificate(cert))) throw noPem(tls.cert, 'certificate');
  if (!succeeds(() => createPrivateKey(key))) throw noPem(tls.key, 'key');
  try {
    createSecureContext({ cert, key });
  } catch (thrown) {
    const { reason, message } = thrown as Error & { reason?: string };
    throw new Error(
      `The TLS certificate and key cannot be used together: ${reason ?? message}. Give a pair that fits.`,
    );
  }
  return { cert, key };
}

/** Why the TLS of active servers would not work in a state, by the server's id. */
export async function tlsFaults(state: WorkerState): Promise<{ [server: string]: string }> {
  const secrets = new Map(Object.entries(state.secrets));
  const sources: PemSources = { dataDir: state.settings.dataDir, secret: (name) => secrets.get(name) };
  const faults = new Map<string, string>();
  for (const { id, type, active, tls } of state.documents.servers) {
    if (type !== 'http' || active === false || tls === undefined) continue;
    if (overdue(performance.now())) await nextTurn();
    await readTls(tls, sources).catch((thrown: Error) => faults.set(id, thrown.message));
  }
  return Object.fromEntries(faults);
}

type What = 'certificate' | 'key';

async function readPem(source: Tls['cert'], what: What, { dataDir, secret }: PemSources): Promise<string> {
  if (typeof source === 'object') {
    const value = secret(source.$secret);
    if (value === undefined)
      throw new Error(
        `The TLS ${what} is the secret ${quote(source.$secret)}, and no secret of that name is stored. Store it first.`,
      );
    return value;
  }
  if (isText(source)) return source;
  try {
    return await readRegularFile(isAbsolute(source) ? source : join(dataDir, source));
  } catch {
    throw noPem(source, what);
  }
}

const isText = (source: string): boolean => source.includes('-----BEGIN');

/** Never waits: a pipe, a terminal or a device could keep one of the few threads that read files for good. */
async function readRegularFile(path: string): Promise<string> {
  // Looked at before it is opened, since opening alone does something to some devices.
  if (!(await stat(path)).isFile()) throw new Error('no regular file');
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > mostBytes) throw new Error('no regular file, or too large');
    // One more byte shows a file that grows, or whose size the system does not know.
    const bytes = Buffer.alloc(stats.size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
      length += bytesRead;
      if (length === bytes.length) throw new Error('more than its size');
      if (bytesRead === 0) return bytes.toString('utf8', 0, length);
    }
  } finally {
    await handle.close();
  }
}

function noPem(source: Tls['cert'], what: What): Error {
  const rule = what === 'key' ? 'a private key without passphrase' : 'a certificate';
  if (typeof source === 'object')
    return new Error(`The TLS ${what}, the secret ${quote(source.$secret)}, is no PEM text of ${rule}.`);
  if (isText(source)) return new Error(`The TLS ${what} is no PEM text of ${rule} that can be read.`);
  const name = source.length > longestPath || source.includes('\n') ? '' : ` ${quote(source)}`;
  return new Error(
    `The TLS ${what}${name} is no PEM file that can be read. Name a regular file of at most 1 MiB with ${rule}.`,
  );
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
