import { randomBytes } from 'node:crypto';
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
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(answerMs), redirect: 'error' });
    await answer.arrayBuffer();
    return answer.ok ? { url, token } : null;
  } catch {
    return null;
  }
}
