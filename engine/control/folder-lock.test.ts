import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundleProgram } from '../../test/support/bundle-program.ts';
import { openDataFolder } from './data-folder.ts';
import { newOpening, textOf } from './folder-owner.ts';
import { watchProject } from './project-watch.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Opens a data folder and holds it until it is told to close it, or killed. */
const program = `
import { openDataFolder } from '${join(import.meta.dirname, 'data-folder.ts')}';
try {
  const folder = await openDataFolder(process.argv[2]);
  console.log('open');
  process.stdin.once('data', async () => {
    await folder.close();
    process.stdin.destroy();
  });
} catch (thrown) {
  console.log(thrown.message);
}
`;

let room: string;
let child: string;
beforeAll(async () => {
  room = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-lock-')));
  child = await bundleProgram(program, room);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

let data: string;
let next = 0;
const children: ChildProcess[] = [];
const mounts: string[] = [];
beforeEach(() => {
  data = join(room, `data-${next++}`);
  mkdirSync(data);
});
afterEach(async () => {
  for (const each of children.splice(0)) {
    each.kill('SIGKILL');
    if (each.exitCode === null && each.signalCode === null) await once(each, 'exit');
  }
  for (const mounted of mounts.splice(0)) execFileSync('umount', ['-l', mounted]);
});

class Holder {
  out = '';
  err = '';
  readonly process: ChildProcess;
  private hasEnded = false;
  /** `wrap` is a command that becomes the program, so that the process is the same. */
  constructor(dir: string, wrap: readonly string[] = []) {
    const [command = '', ...args] = [...wrap, process.execPath, child, dir];
    this.process = spawn(command, args);
    children.push(this.process);
    this.process.on('close', () => {
      this.hasEnded = true;
    });
    this.process.stdout?.on('data', (chunk) => {
      this.out += chunk;
    });
    this.process.stderr?.on('data', (chunk) => {
      this.err += chunk;
    });
  }

  /** `open`, or why not. */
  async says(): Promise<string> {
    await until(() => this.out.includes('\n') || this.hasEnded);
    return this.out.trim() || this.err;
  }

  async kill(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.stdin?.write('close\n');
    expect(await ended).toEqual([0, null]);
  }
}

async function until(isSo: () => boolean, withinMs = 60_000): Promise<void> {
  for (const end = Date.now() + withinMs; !isSo(); ) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const hold = async (dir: string, wrap?: readonly string[]): Promise<Holder> => {
  const holder = new Holder(dir, wrap);
  expect(await holder.says()).toBe('open');
  return holder;
};
const inUseBy = (holder: Holder): RegExp =>
  new RegExp(`is in use by another Sluice \\(process ${holder.process.pid}, since 2.*Z\\)\\. Stop that one, or choose`);
const ofLock = (): string[] => readdirSync(data).filter((name) => name.startsWith('.lock'));
const sockets = (): string[] => ofLock().filter((name) => lstatSync(join(data, name)).isSocket());
const works = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const bind = (from: string, to: string) => {
  mkdirSync(to, { recursive: true });
  execFileSync('mount', ['--bind', from, to]);
  mounts.push(to);
};

/** A network namespace of its own for a process: names of sockets there are not those here. */
const apart = process.getuid?.() === 0 ? ['unshare', '--net'] : ['unshare', '--map-root-user', '--net'];
const isLinux = process.platform === 'linux';
const mayUnshare = isLinux && works(apart[0] as string, ...apart.slice(1), 'true');
const mayMount = ((): boolean => {
  const probe = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  const made = isLinux && works('mount', '--bind', probe, probe);
  if (made) execFileSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return made;
})();
const mayBeNamed = mayUnshare && works('unshare', '--uts', '--net', 'hostname', 'elsewhere');
const hasStrace = works('strace', '-V');

describe('a data folder that a process has', () => {
  it('is refused by its path and by a link', async () => {
    const holder = await hold(data);
    symlinkSync(data, `${data}-link`);
    for (const name of [data, `${data}-link`, `${data}/../${data.split('/').at(-1)}/`])
      expect(await new Holder(name).says()).toMatch(inUseBy(holder));
    await holder.close();
    await (await hold(`${data}-link`)).close();
    expect(ofLock()).toEqual([]);
  });

  it.skipIf(!mayMount)('is refused where it is mounted a second time', async () => {
    bind(data, `${data}-mounted`);
    const holder = await hold(data);
    expect(await new Holder(`${data}-mounted`).says()).toMatch(inUseBy(holder));
    await holder.kill();
    const there = await hold(`${data}-mounted`);
    expect(await new Holder(data).says()).toMatch(inUseBy(there));
  });

  it('is refused when it was moved, and so is what was put in its place; the process says so once', async () => {
    const holder = await hold(data);
    renameSync(data, `${data}-moved`);
    mkdirSync(data);
    expect(await new Holder(`${data}-moved`).says()).toContain('is in use by another Sluice');
    expect(await new Holder(data).says()).toMatch(inUseBy(holder));
    const told = `sluice: The data folder ${data} was moved, removed or covered by another one while Sluice runs: `;
    await until(() => holder.err.includes(told));
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(holder.err.split(told)).toHaveLength(2);
    await holder.close();
    expect(readdirSync(`${data}-moved`).filter((name) => name.startsWith('.lock'))).toEqual([]);
    await hold(data);
  });

  it('is told of when it is removed, and the process goes on', async () => {
    const holder = await hold(data);
    rmSync(data, { recursive: true });
    await until(() => holder.err.includes('was moved, removed or covered by another one'));
    await holder.close();
    expect(existsSync(data)).toBe(false);
  });

  it('goes to one of 20 that start at once, whoever had it before', async () => {
    for (let round = 0; round < 3; round++) {
      const starting = Array.from({ length: 20 }, () => new Holder(data));
      await oneOf(starting);
    }
  });

  it('is not changed for those who watch its documents', async () => {
    const changed: string[][] = [];
    const watch = watchProject(data, (files) => changed.push(files));
    await watch.ready;
    for (let round = 0; round < 3; round++) await (await hold(data)).kill();
    await (await hold(data)).close();
    mkdirSync(join(data, 'services'), { recursive: true });
    writeFileSync(join(data, 'services/a.json'), '{}');
    await until(() => changed.length > 0);
    expect(changed).toEqual([['services/a.json']]);
    await watch.close();
  });
});

/** Exactly one has the folder, and all others say that it is in use; ends all by kill -9. */
async function oneOf(starting: readonly Holder[]): Promise<void> {
  const said = await Promise.all(starting.map((each) => each.says()));
  expect(said.filter((text) => text === 'open')).toHaveLength(1);
  expect(said.filter((text) => text !== 'open' && !text.includes('is in use by another Sluice'))).toEqual([]);
  await (starting[said.indexOf('open')] as Holder).kill();
}

describe.skipIf(!isLinux)('the socket in a data folder', () => {
  it('is for its owner only, is renewed by each opening, and goes with it', async () => {
    for (let round = 0; round < 3; round++) await (await hold(data)).kill();
    expect(sockets()).toHaveLength(1);
    const folder = await openDataFolder(data);
    expect(sockets()).toHaveLength(1);
    expect(lstatSync(join(data, sockets()[0] as string)).mode & 0o777).toBe(0o600);
    await Promise.all([folder.close(), folder.close()]);
    expect(ofLock()).toEqual([]);
  });

  it('comes back when somebody removes it, and so does the file beside it', async () => {
    const holder = await hold(data);
    for (const name of ofLock()) rmSync(join(data, name));
    await until(() => ofLock().length === 2);
    expect(sockets()).toHaveLength(1);
    expect(holder.err).toBe('');
    await holder.close();
    expect(ofLock()).toEqual([]);
  });

  it('of a crash, of a copy or of another name that is there already harms nobody', async () => {
    writeFileSync(join(data, '.lock.0123456789abcdef-1.socket'), '');
    writeFileSync(join(data, '.lock.0123456789abcdef-2.socket.fresh'), '');
    writeFileSync(join(data, '.lock.socket'), 'mine');
    await (await hold(data)).close();
    expect(ofLock()).toEqual(['.lock.socket']);
  });

  it('that takes over is named when another one wrote itself down', async () => {
    const holder = await hold(data);
    const other = { ...newOpening(), pid: 4711, host: 'elsewhere' };
    writeFileSync(join(data, '.lock'), textOf(other));
    await until(() => holder.err.includes('\n'));
    expect(holder.err).toBe(
      `sluice: Another Sluice (process 4711 on elsewhere, since ${other.since}) has taken the data folder ${data} while this one runs: each may overwrite or remove what the other saves. Stop one of them.\n`,
    );
    await holder.close();
    expect(ofLock()).toEqual(['.lock']);
  });

  it.skipIf(!hasStrace)('is done without where none can be made, and the rest of the lock holds', async () => {
    // The first two are the names without files.
    const wrap = 'strace -f -qq -o /dev/null -e inject=bind:error=EPERM:when=3+'.split(' ');
    const holder = new Holder(data, wrap);
    expect(await holder.says()).toBe('open');
    expect(sockets()).toEqual([]);
    expect(await new Holder(data).says()).toContain('is in use by another Sluice (process');
  });
});

describe.skipIf(!mayUnshare)('a data folder that a process of another network namespace has', () => {
  it('is refused, and free at once when that process is killed', async () => {
    for (let round = 0; round < 3; round++) {
      const there = await hold(data, apart);
      expect(await new Holder(data).says()).toMatch(inUseBy(there));
      expect(await new Holder(data, apart).says()).toMatch(inUseBy(there));
      await there.kill();
      const here = await hold(data);
      expect(await new Holder(data, apart).says()).toMatch(inUseBy(here));
      await here.kill();
    }
    expect(sockets()).toHaveLength(1);
  });

  it('is refused while that process is stopped', async () => {
    const there = await hold(data, apart);
    there.process.kill('SIGSTOP');
    expect(await new Holder(data).says()).toMatch(inUseBy(there));
  });

  it('is refused when its path is longer than the address of a socket may be', async () => {
    const long = join(data, 'x'.repeat(120), 'y'.repeat(120));
    const there = await hold(long, apart);
    expect(await new Holder(long).says()).toMatch(inUseBy(there));
  });

  it.skipIf(!mayMount)('is refused where it is mounted a second time', async () => {
    bind(data, `${data}-mounted`);
    const there = await hold(data, apart);
    expect(await new Holder(`${data}-mounted`).says()).toMatch(inUseBy(there));
  });

  it('goes to one of 20 that start at once, each in a namespace of its own', async () => {
    for (let round = 0; round < 4; round++) await oneOf(Array.from({ length: 20 }, () => new Holder(data, apart)));
    expect(sockets()).toHaveLength(1);
  });

  it('is told of by both when its socket was removed by hand before', async () => {
    const there = await hold(data, apart);
    there.process.kill('SIGSTOP');
    for (const name of ofLock()) rmSync(join(data, name));
    const here = await hold(data);
    there.process.kill('SIGCONT');
    await until(() => there.err.includes('has taken the data folder'));
    expect(there.err).toContain(`Another Sluice (process ${here.process.pid}, since `);
    expect(there.process.exitCode).toBe(null);
    // It is back: nobody is let in when the other one goes.
    await here.close();
    expect(await new Holder(data).says()).toContain(`(process ${there.process.pid}, since`);
  });
});

describe.skipIf(!mayMount)('two folders that have the same path in two mount namespaces', () => {
  it('are two folders', async () => {
    mkdirSync(`${data}-other`);
    const holder = await hold(data);
    // The process is the same through both commands.
    const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
    const wrap = ['unshare', '--mount', 'sh', '-c', script, `${data}-other`, data];
    const other = await hold(data, wrap);
    expect(ofLock()).toHaveLength(2);
    expect(readdirSync(`${data}-other`).filter((name) => name.startsWith('.lock'))).toHaveLength(2);
    await other.close();
    await holder.close();
  });

  it.skipIf(!mayBeNamed)('one folder there and here is refused, and says on which host', async () => {
    const script = `hostname elsewhere && exec "$0" "$@"`;
    const holder = await hold(data, ['unshare', '--uts', '--mount', '--net', 'sh', '-c', script]);
    expect(await new Holder(data).says()).toContain(`(process ${holder.process.pid} on elsewhere, since `);
  });
});
