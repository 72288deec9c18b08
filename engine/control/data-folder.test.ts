import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../test/support/bundle-program.ts';
import type { Service } from '../document/types.ts';
import { openDataFolder } from './data-folder.ts';
import { loadProject, saveDocument } from './project-files.ts';

/** A process of its own that opens a data folder and then saves, or holds it. */
const program = `
import { openDataFolder } from '${join(import.meta.dirname, 'data-folder.ts')}';
import { saveDocument } from '${join(import.meta.dirname, 'project-files.ts')}';
const [, , dir, what] = process.argv;
try {
  const folder = await openDataFolder(dir);
  console.log('open');
  for (let n = 0; what === 'save'; n++) {
    const title = String(n % 10).repeat(20_000);
    await saveDocument(folder.path, 'service', { id: 'a', title, description: title, operations: [] });
    if (n === 0) console.log('saved');
  }
  if (what === 'save-big') {
    try {
      await saveDocument(folder.path, 'service', { id: 'a', title: 'x'.repeat(200_000), operations: [] });
      console.log('saved');
    } catch (thrown) {
      console.log(JSON.stringify({ code: thrown.code, status: thrown.status, message: thrown.message }));
    }
  }
  if (what === 'hold') setInterval(() => {}, 1000);
} catch (thrown) {
  console.log(thrown.message);
}
`;

let room: string;
let child: string;
beforeAll(async () => {
  room = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-folder-')));
  child = await bundleProgram(program, room);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

let data: string;
let next = 0;
const children: ChildProcess[] = [];
beforeEach(() => {
  data = join(room, `data-${next++}`);
});
afterEach(() => {
  for (const each of children.splice(0)) each.kill('SIGKILL');
});

/** Starts the program; `says` resolves with its next line. */
function run(
  what: string,
  shell?: string,
): { process: ChildProcess; says: () => Promise<string>; ended: Promise<unknown> } {
  const started = shell
    ? spawn('bash', ['-c', `${shell} "$0" "$@"`, process.execPath, child, data, what])
    : spawn(process.execPath, [child, data, what]);
  children.push(started);
  let buffered = '';
  started.stdout?.on('data', (chunk) => {
    buffered += chunk;
  });
  const says = async () => {
    while (!buffered.includes('\n')) await once(started.stdout as NodeJS.ReadableStream, 'data');
    const line = buffered.slice(0, buffered.indexOf('\n'));
    buffered = buffered.slice(line.length + 1);
    return line;
  };
  return { process: started, says, ended: once(started, 'exit') };
}

const temporaries = () =>
  ['', 'servers', 'services'].flatMap((folder) =>
    readdirSync(join(data, folder)).filter((name) => name.endsWith('.tmp')),
  );
const refusal = (dir = data): Promise<string> =>
  openDataFolder(dir).then(
    async (folder) => {
      await folder.close();
      return 'opened';
    },
    (thrown: Error) => thrown.message,
  );

describe('openDataFolder', () => {
  it('makes the folders, for their owner only', async () => {
    const folder = await openDataFolder(data);
    const isSocket = (name: string) => /^\.lock\..*\.socket$/.test(name);
    expect(
      readdirSync(data)
        .filter((name) => !isSocket(name))
        .sort(),
    ).toEqual([
      '.lock',
      'apis',
      'audit',
      'clients',
      'drafts',
      'files',
      'history',
      'logs',
      'servers',
      'services',
      'store',
    ]);
    for (const name of ['', 'servers', 'logs']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, '.lock')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(data, '.lock'), 'utf8')).pid).toBe(process.pid);
    await folder.close();
    expect(readdirSync(data).filter((name) => name.startsWith('.lock'))).toEqual([]);
  });

  it('gives the real path', async () => {
    mkdirSync(data);
    symlinkSync(data, `${data}-link`);
    const folder = await openDataFolder(`${data}-link`);
    expect(folder.path).toBe(data);
    await folder.close();
  });

  it('removes what a crash left behind, and nothing else', async () => {
    mkdirSync(join(data, 'services'), { recursive: true });
    for (const name of ['.a.json.0123456789ab.tmp', 'a.json.tmp', '.hidden.json', 'a.json'])
      writeFileSync(join(data, 'services', name), '{}');
    await (await openDataFolder(data)).close();
    expect(readdirSync(join(data, 'services')).sort()).toEqual(['.hidden.json', 'a.json', 'a.json.tmp']);
  });

  it('refuses what is no folder', async () => {
    writeFileSync(data, '');
    const remedy = 'is not a folder. Move it away, or choose another folder with --data or SLUICE_DATA_DIR.';
    expect(await refusal()).toBe(`The data folder ${data} cannot be used: ${data} ${remedy} (EEXIST)`);
    expect(await refusal(join(data, 'below'))).toBe(
      `The data folder ${join(data, 'below')} cannot be used: ${data} ${remedy} (ENOTDIR)`,
    );
    rmSync(data);
    mkdirSync(data);
    writeFileSync(join(data, 'servers'), '');
    expect(await refusal()).toBe(`The data folder ${data} cannot be used: ${join(data, 'servers')} ${remedy} (EEXIST)`);
  });

  it('refuses links that lead nowhere or in circles', async () => {
    symlinkSync(data, data);
    expect(await refusal()).toMatch(/is a link that leads back to itself|leads nowhere/);
    symlinkSync(join(room, 'gone', 'deeper'), `${data}-gone`);
    expect(await refusal(`${data}-gone`)).toMatch(/leads nowhere: it is a link to something that does not exist/);
  });

  it('refuses a folder that may not be written', async () => {
    mkdirSync(data, { mode: 0o500 });
    // Nothing is forbidden to root, so root becomes nobody for the moment.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await refusal()).toMatch(
        /permission is denied at .* Give the user that runs Sluice the right to write there/,
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(data, 0o700);
    }
  });

  it('refuses a folder that is in use, in this process or another', async () => {
    const folder = await openDataFolder(data);
    const inUse = new RegExp(
      `^The data folder ${data} is in use by another Sluice \\(process ${process.pid}, since 2.*Z\\)\\. Stop that one, or choose another folder`,
    );
    expect(await refusal()).toMatch(inUse);
    const other = run('hold');
    expect(await other.says()).toMatch(inUse);
    expect(readdirSync(data)).toContain('.lock');
    await folder.close();
    expect(await refusal()).toBe('opened');
  });

  it('can be opened by many at once, and one gets it', async () => {
    const opened = await Promise.allSettled(Array.from({ length: 10 }, () => openDataFolder(data)));
    const winners = opened.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await winners[0]?.value.close();
  });

  it('is free at once when its process is killed', async () => {
    const holder = run('hold');
    expect(await holder.says()).toBe('open');
    expect(await refusal()).toContain(`in use by another Sluice (process ${holder.process.pid}`);
    holder.process.kill('SIGKILL');
    await holder.ended;
    expect(await refusal()).toBe('opened');
  });
});

describe('a save', () => {
  it('is whole or did not happen, whenever the process is killed', { timeout: 240_000 }, async () => {
    const before = await openDataFolder(data);
    const original: Service = { id: 'a', title: 'first', operations: [] };
    await saveDocument(data, 'service', original);
    await before.close();
    let leftovers = 0;
    for (let kill = 0; kill < 200; kill++) {
      const saver = run('save');
      expect(await saver.says()).toBe('open');
      // Sweeps over the first saves: the first one begins at once, each takes a few milliseconds.
      if (kill % 2 === 0) expect(await saver.says()).toBe('saved');
      await new Promise((resolve) => setTimeout(resolve, (kill % 20) / 2));
      saver.process.kill('SIGKILL');
      await saver.ended;
      leftovers += temporaries().length;

      const folder = await openDataFolder(data);
      expect(temporaries()).toEqual([]);
      await folder.close();
      const text = readFileSync(join(data, 'services/a.json'), 'utf8');
      const document = JSON.parse(text) as Service;
      if (document.title !== 'first') {
        expect(document).toEqual({
          id: 'a',
          title: expect.stringMatching(/^(\d)\1{19999}$/),
          description: document.title,
          operations: [],
        });
      }
      const { project, faults } = loadProject(data, {});
      expect(faults).toEqual([]);
      expect(project.services.get('a')).toEqual(document);
    }
    // Otherwise no kill came in the middle of a save, and nothing was tried.
    expect(leftovers).toBeGreaterThan(5);
  });

  it.skipIf(process.platform === 'win32')('that the system cuts short leaves the file as it was', async () => {
    const folder = await openDataFolder(data);
    await saveDocument(data, 'service', { id: 'a', title: 'as it was', operations: [] });
    await folder.close();
    const saver = run('save-big', 'ulimit -f 64; exec');
    expect(await saver.says()).toBe('open');
    expect(JSON.parse(await saver.says())).toEqual({
      code: 'EFBIG',
      status: 507,
      message:
        'services/a.json could not be saved; what was there before is untouched. The system does not allow a file of this size. (EFBIG)',
    });
    await saver.ended;
    expect(loadProject(data, {}).project.services.get('a')?.title).toBe('as it was');
    expect(temporaries()).toEqual([]);
  });
});

const hasStrace = spawnSync('strace', ['-V']).status === 0;

describe.skipIf(!hasStrace)('a save during which the system reports an error', () => {
  it.each([
    ['flushing the file', 'fsync:error=EIO:when=1', 'EIO', 500],
    ['flushing the folder', 'fsync:error=EIO:when=2', 'EIO', 500],
    ['renaming', 'rename:error=EIO:when=1', 'EIO', 500],
    ['renaming without space', 'rename:error=ENOSPC:when=1', 'ENOSPC', 507],
  ])('%s: fails and leaves the file as it was', async (_, injected, code, status) => {
    const folder = await openDataFolder(data);
    await saveDocument(data, 'service', { id: 'a', title: 'as it was', operations: [] });
    await folder.close();
    // strace counts calls per thread, so there is one.
    const saver = run('save-big', `UV_THREADPOOL_SIZE=1 exec strace -f -qq -o /dev/null -e inject=${injected}`);
    expect(await saver.says()).toBe('open');
    expect(JSON.parse(await saver.says())).toMatchObject({ code, status });
    await saver.ended;
    expect(loadProject(data, {}).project.services.get('a')?.title).toBe('as it was');
    expect(temporaries()).toEqual([]);
  });

  it('of making a second name: saves all the same', async () => {
    const folder = await openDataFolder(data);
    await saveDocument(data, 'service', { id: 'a', title: 'as it was', operations: [] });
    await folder.close();
    const saver = run('save-big', 'exec strace -f -qq -o /dev/null -e inject=link:error=EPERM');
    expect(await saver.says()).toBe('open');
    expect(await saver.says()).toBe('saved');
    await saver.ended;
    expect(loadProject(data, {}).project.services.get('a')?.title).toHaveLength(200_000);
  });
});

const canMount = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true });
  }
})();

describe.skipIf(!canMount)('on a device of its own', () => {
  const mount = (options: string) => {
    mkdirSync(data, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', data]);
  };
  afterEach(() => {
    execFileSync('umount', [data]);
  });
  const fill = () => {
    try {
      writeFileSync(join(data, 'filler'), new Uint8Array(1_000_000));
    } catch {
      // Full is what it should be.
    }
  };

  it('a save without space fails and leaves the file as it was, and works again when there is space', async () => {
    mount('size=256k');
    const folder = await openDataFolder(data);
    await saveDocument(data, 'service', { id: 'a', title: 'as it was', operations: [] });
    fill();
    const before = readFileSync(join(data, 'services/a.json'), 'utf8');
    const saving = saveDocument(data, 'service', { id: 'a', title: 'x'.repeat(50_000), operations: [] });
    await expect(saving).rejects.toMatchObject({
      code: 'ENOSPC',
      status: 507,
      message:
        'services/a.json could not be saved; what was there before is untouched. No space is left on the device. Free some and save again. (ENOSPC)',
    });
    expect(readFileSync(join(data, 'services/a.json'), 'utf8')).toBe(before);
    expect(temporaries()).toEqual([]);

    rmSync(join(data, 'filler'));
    await saveDocument(data, 'service', { id: 'a', title: 'now', operations: [] });
    expect(loadProject(data, {}).project.services.get('a')?.title).toBe('now');
    await folder.close();
  });

  it('a full device is refused as data folder', async () => {
    mount('size=16k');
    fill();
    expect(await refusal()).toMatch(
      /no space is left on the device\. Free some, or choose another folder .*\(ENOSPC\)$/,
    );
    rmSync(join(data, 'filler'));
    expect(await refusal()).toBe('opened');
  });

  it('a read-only device is refused as data folder, and still loads', async () => {
    mount('size=256k');
    const folder = await openDataFolder(data);
    await saveDocument(data, 'service', { id: 'a', title: 'as it was', operations: [] });
    await folder.close();
    execFileSync('mount', ['-o', 'remount,ro', data]);
    expect(await refusal()).toMatch(
      /the file system is read-only\. Mount it writable, or choose another folder .*\(EROFS\)$/,
    );
    expect(loadProject(data, {}).project.services.get('a')?.title).toBe('as it was');
    await expect(saveDocument(data, 'service', { id: 'a', operations: [] })).rejects.toMatchObject({
      code: 'EROFS',
      status: 500,
    });
  });
});
