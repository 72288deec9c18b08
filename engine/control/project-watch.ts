import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { folders, kindOfFolder, resourceKinds } from '../document/layout.ts';
import { digestOf, knownDigest, knownIn } from './known-contents.ts';
import { switchesFile, variablesFile } from './state-files.ts';

/** Milliseconds without a further change after which changes are told together: a checkout touches many files. */
const quietMs = 100;
const stateFiles: readonly string[] = [switchesFile, variablesFile];
/** They are told after this time even if files go on changing. */
const patienceMs = 2_000;

export interface ProjectWatch {
  /** Resolves when every change from now on will be noticed. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Watches the live documents, the variables and the switches of a data folder for changes made by hand, by git or by other
 * programs since this process last loaded or saved them. `onChange` is called once for changes that belong together, with
 * the files relative to the data folder, sorted; it should load the project again. Our own saves and contents that are as
 * they were are not reported. `onError` hears when the system refuses to watch.
 */
export function watchProject(
  dataDir: string,
  onChange: (files: string[]) => void,
  onError: (error: Error) => void = () => {},
): ProjectWatch {
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;

  const tell = () => {
    const changed = [...touched].filter(isNews);
    touched.clear();
    if (changed.length > 0) onChange(changed.map((path) => relative(dataDir, path).split(sep).join('/')).sort());
  };
  const touch = (path: string) => {
    if (!path.endsWith('.json')) return;
    if (touched.size === 0) since = Date.now();
    touched.add(path);
    clearTimeout(timer);
    timer = setTimeout(tell, Math.max(0, Math.min(quietMs, since + patienceMs - Date.now())));
  };

  // The data folder itself is watched, not the four: git removes a folder that becomes empty and makes it again.
  const watcher = watch(dataDir, {
    ignoreInitial: true,
    depth: 1,
    ignored: (path) => !isOfProject(relative(dataDir, path)),
  });
  watcher.on('add', touch).on('change', touch).on('unlink', touch);
  // After a file was replaced by rename chokidar may go on watching the one that is gone. What the system says of the
  // folder names every file; whether there is news is told by the content anyway.
  watcher.on('raw', (_, name, details) => {
    const { watchedPath } = details as { watchedPath?: unknown };
    if (typeof watchedPath !== 'string' || typeof name !== 'string') return;
    const path = join(watchedPath, name);
    if (isOfProject(relative(dataDir, path))) touch(path);
  });
  watcher.on('error', (error) => onError(error as Error));
  const ready = new Promise<void>((resolve) => {
    watcher.once('ready', () => {
      // What changed between loading and watching.
      for (const kind of resourceKinds) {
        const folder = join(dataDir, folders[kind]);
        for (const path of [...knownIn(folder), ...pathsIn(folder)]) touch(path);
      }
      for (const file of stateFiles) touch(join(dataDir, file));
      resolve();
    });
  });
  return {
    ready,
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function isOfProject(path: string): boolean {
  if (path === '' || stateFiles.includes(path)) return true;
  const [folder = '', name] = path.split(sep);
  return kindOfFolder(folder) !== undefined && !name?.startsWith('.');
}

function isNews(path: string): boolean {
  let digest: string | undefined;
  try {
    // Reading a pipe or a device could wait for ever, and this process must not.
    if (statSync(path).isFile()) digest = digestOf(readFileSync(path));
  } catch {
    // Gone, or not to be read: either way not what it was.
  }
  return digest !== knownDigest(path);
}

function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
