import { appendFile, mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionFailure, type HostFiles } from '../../actions/kit/index.ts';

/** What examples of file actions find: files/ and logs/ below `folder`. */
export const layOutFiles = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'files/reports/old'), { recursive: true });
  await mkdir(join(folder, 'logs'));
  await writeFile(join(folder, 'files/greeting.txt'), 'Hello\n');
  for (const name of ['b.txt', 'a.csv', 'b.CSV']) await writeFile(join(folder, 'files/reports', name), '1,2\n');
  await writeFile(join(folder, 'logs/user.log'), '');
};

const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (thrown) {
    throw new ActionFailure('file-failed', (thrown as Error).message);
  }
};

/** The file system below `folder`, with the rules that actions may count on. Follows links; only for tests. */
export const openFiles = (folder: string): HostFiles => {
  const locate = (path: string, root: 'files' | 'logs'): string | undefined => {
    const base = join(folder, root);
    const isLog = path === 'logs' || path.startsWith('logs/');
    const found = isAbsolute(path) ? path : isLog ? resolve(folder, path) : resolve(join(folder, 'files'), path);
    const inside = relative(base, found);
    return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? undefined : found;
  };
  const refuse = (): never => {
    throw new ActionFailure('file-access', 'The path leads out of files/, or may not be written.');
  };
  const readable = (path: string): string => locate(path, 'files') ?? locate(path, 'logs') ?? refuse();
  const writable = (path: string): string => locate(path, 'files') ?? refuse();

  return {
    read: async (path) => {
      const file = readable(path);
      return attempt(() => readFile(file));
    },
    write: async (path, content) => {
      const file = writable(path);
      await attempt(async () => {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      });
    },
    append: async (path, content) => {
      const file = writable(path);
      await attempt(async () => {
        await mkdir(dirname(file), { recursive: true });
        await appendFile(file, content);
      });
    },
    list: async (path) => {
      const directory = readable(path);
      const entries = await attempt(() => readdir(directory, { withFileTypes: true }));
      return entries.map((entry) => ({
        name: entry.name,
        directory: entry.isDirectory(),
        absolute: join(directory, entry.name),
      }));
    },
    remove: async (path, recursive) => {
      const found = writable(path);
      await attempt(async () => {
        if (recursive || !(await stat(found)).isDirectory()) await rm(found, { recursive });
        else await rmdir(found);
      });
    },
    makeDirectory: async (path) => {
      const directory = writable(path);
      await attempt(() => mkdir(directory, { recursive: true }));
    },
  };
};
