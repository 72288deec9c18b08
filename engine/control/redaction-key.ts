import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = '.redaction-key';

/**
 * The key that redaction marks are made with. It is kept with the installation, so that the same value has the same mark
 * tomorrow; it protects nothing but the comparison, and losing it costs no more than that.
 */
export function redactionKey(dataDir: string): string {
  const path = join(dataDir, file);
  try {
    const key = readFileSync(path, 'utf8').trim();
    if (/^[0-9a-f]{32}$/.test(key)) return key;
  } catch {
    // There is none yet, or it cannot be read.
  }
  const key = randomBytes(16).toString('hex');
  try {
    writeFileSync(path, `${key}\n`, { mode: 0o600 });
  } catch {
    // Without it, marks compare only until the next start.
  }
  return key;
}
