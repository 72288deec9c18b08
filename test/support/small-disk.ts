import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, kept in memory. */
export interface SmallDisk {
  readonly dir: string;
  /** Mounts it again with other options: `size=16m`, `ro`, `rw`. */
  remount(options: string): void;
  [Symbol.dispose](): void;
}

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' });

/** Mounts a tmpfs on a folder, which is made; needs the rights of root. `size` is as mount has it: `2m`. */
export function mountSmallDisk(dir: string, size: string): SmallDisk {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  mount('-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', dir);
  return {
    dir,
    remount: (options) => mount('-o', `remount,${options}`, dir),
    [Symbol.dispose]: () => execFileSync('umount', ['-l', dir]),
  };
}

/** Whether this process may mount. */
export const mayMount = ((): boolean => {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    mountSmallDisk(dir, '64k')[Symbol.dispose]();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
})();
