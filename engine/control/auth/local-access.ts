import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isObject } from '../../document/shape.ts';
import { replaceFileSync } from '../atomic-file.ts';

const file = '.control';
const answerMs = 2000;

/** Where the control API of a running engine is, and a token for it. */
export interface LocalAccess {
  url: string;
  token: string;
}

/** A token for whoever may read the data folder; another one at every start. */
export const makeLocalToken = (): string => randomBytes(32).toString('base64url');

/** A request may carry the first; the answer then carries the second, which only the engine that made the token can. */
export const nonceHeader = 'sluice-nonce';
export const proofHeader = 'sluice-proof';

/** Proves that whoever answers knows the token, without telling it. */
export const proofOf = (token: string, nonce: string): string =>
  createHmac('sha256', token).update(nonce).digest('hex');

/** Leaves address and token in the data folder, mode 0600, for commands that run beside the engine. Throws the system's error. */
export function writeLocalAccess(dataDir: string, { url, token }: LocalAccess): void {
  replaceFileSync(join(dataDir, file), `${JSON.stringify({ url, token, pid: process.pid })}\n`);
}

export function removeLocalAccess(dataDir: string): void {
  try {
    unlinkSync(join(dataDir, file));
  } catch {
    // It was never written, or somebody removed it.
  }
}

/** What the engine that has a data folder open left there; null when none answers, whatever a crash left behind. */
export async function readLocalAccess(dataDir: string): Promise<LocalAccess | null> {
  let left: unknown;
  try {
    left = JSON.parse(readFileSync(join(dataDir, file), 'utf8'));
  } catch {
    return null;
  }
  if (!isObject(left)) return null;
  const { url, token } = left;
  if (typeof url !== 'string' || typeof token !== 'string' || !URL.canParse(url)) return null;
  // Whoever has the port now must prove that it wrote the file, before it is told the token or anything else.
  const nonce = randomBytes(16).toString('hex');
  try {
    const answer = await fetch(`${url}/api/session`, {
      headers: { [nonceHeader]: nonce },
      signal: AbortSignal.timeout(answerMs),
      redirect: 'error',
    });
    await answer.body?.cancel();
    const given = Buffer.from(answer.headers.get(proofHeader) ?? '');
    const expected = Buffer.from(proofOf(token, nonce));
    return given.length === expected.length && timingSafeEqual(given, expected) ? { url, token } : null;
  } catch {
    return null;
  }
}
