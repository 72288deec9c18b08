import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../document/types.ts';
import { Access, type AccessParts } from '../auth/access.ts';
import { SignIn } from '../auth/sign-in.ts';
import type { Control } from '../control.ts';
import type { Entrance } from './entrance.ts';

export const testToken = 'a-token-for-tests';
export const testPassword = 'correct-horse-9';

export interface TestEntrance extends Entrance {
  dataDir: string;
  faults: Fault[];
  close(): Promise<void>;
}

/** Users, sessions and tokens in a folder of their own, and the token of the tests. */
export function makeEntrance(control: Control, parts: Partial<AccessParts> = {}): TestEntrance {
  const dataDir = parts.dataDir ?? mkdtempSync(join(tmpdir(), 'sluice-access-'));
  const faults: Fault[] = [];
  const access = new Access({
    dataDir,
    apiToken: testToken,
    record: (...record) => control.record(...record),
    report: (fault) => faults.push(fault),
    ...parts,
  });
  const signIn = new SignIn(access, () => control.settings);
  return {
    access,
    signIn,
    dataDir,
    faults,
    async close() {
      signIn.close();
      await access.close();
      if (parts.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
