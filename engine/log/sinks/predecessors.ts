import { Buffer } from 'node:buffer';
import { constants, createWriteStream } from 'node:fs';
import { lstat, open, readdir, rename, statfs, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { byAge, type DatedName, datedName, liveName, logFiles, parseName } from '../file-names.ts';
import type { LogFile } from '../record.ts';
import { localDate } from '../timestamp.ts';
import { endLastLine } from './last-line.ts';
import { isSame, look } from './open-file.ts';

/** Of zlib: a third of the work of its usual level, for a fifth more bytes. */
const quickLevel = 3;

export interface Rotation {
  /** Bytes at which a log goes on in the next file. */
  maxSize: number;
  /** Days that predecessors are kept. */
  maxFiles: number;
  /** Bytes that all log files together may take; the oldest go first. */
  maxTotal: number;
  /** Bytes that stay free on the file system; below it the oldest go, all of them if need be. 0: as if it were endless. */
  minFree?: number;
}

interface Found extends DatedName {
  name: string;
  bytes: number;
}

const unfinished = /^\.(?:user|usage)-[\d.-]+\.log\.gz\.tmp$/;
const dayMs = 86_400_000;

/**
 * The files that logs have left behind: packs them, and removes what is too old or too much. Only regular files with names
 * of ours are touched, links are never followed.
 */
export class Predecessors {
  /** Bytes of all predecessors when they were last looked at. */
  bytes = 0;
  private running: Promise<void> = Promise.resolve();
  private asked = false;
  private abort = new AbortController();

  constructor(
    private readonly dir: string,
    private readonly rotation: Rotation,
    /** The name of the file being written, or undefined while it is not known which of a log's files will be. */
    private readonly inUse: (file: LogFile) => string | undefined,
  ) {}

  /** Packs and removes what is due, after what is under way. Never fails: what could not be done is due again next time. */
  tidy(): Promise<void> {
    if (this.asked || this.abort.signal.aborted) return this.running;
    this.asked = true;
    this.running = this.running.then(async () => {
      this.asked = false;
      await this.pack().catch(() => {});
      await this.retain().catch(() => {});
    });
    return this.running;
  }

  /** Removes all of them. Throws the system's error when one stays. */
  async clear(): Promise<void> {
    await this.stop();
    this.abort = new AbortController();
    for (const { name } of await this.list()) await unlink(join(this.dir, name));
    this.bytes = 0;
  }

  /** Lets what is under way end within so many milliseconds; what is not packed by then stays as it is. */
  async close(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.running, late]);
    clearTimeout(timer);
    await this.stop();
  }

  private async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  /** What is not being written, oldest first. */
  private async list(): Promise<Found[]> {
    const found: Found[] = [];
    for (const name of await readdir(this.dir)) {
      if (unfinished.test(name)) await unlink(join(this.dir, name)).catch(() => {});
      const parsed = parseName(name);
      if (parsed === undefined) continue;
      const stat = await look(join(this.dir, name));
      // While the live name still leads to a file, it is not left behind yet.
      const live = await look(join(this.dir, liveName(parsed.file)), true);
      if (!stat?.isFile() || isSame(live, stat) || !this.isLeft(parsed)) continue;
      found.push({ ...parsed, name, bytes: stat.size });
    }
    return found.sort(byAge);
  }

  /** Whether nobody writes to a file any more. Asked again before it is removed, since names can come back. */
  private isLeft(name: DatedName): boolean {
    if (name.compressed) return true;
    const inUse = this.inUse(name.file);
    return inUse !== undefined && inUse !== datedName(name);
  }

  private async pack(): Promise<void> {
    const found = await this.list();
    const packed = new Set(found.filter(({ compressed }) => compressed).map(({ name }) => name));
    for (const file of found) {
      if (file.compressed || this.abort.signal.aborted || !this.isLeft(file)) continue;
      const target = datedName({ ...file, compressed: true });
      // The process ended after packing it and before removing it.
      const isPacked = packed.has(target) && (await unpackedBytes(join(this.dir, target))) === file.bytes;
      if (file.bytes === 0 || isPacked) await this.removeUnchanged(file);
      else await this.compress(file, target).catch(() => {});
    }
  }

  /** What was listed may be long ago: since then the file may have been the one that is written, and have content now. */
  private async removeUnchanged({ name, bytes, ...dated }: Found): Promise<void> {
    const now = await look(join(this.dir, name));
    if (now?.size === bytes && this.isLeft(dated)) await unlink(join(this.dir, name));
  }

  private async compress(file: Found, target: string): Promise<void> {
    const raw = join(this.dir, file.name);
    const fresh = join(this.dir, `.${target}.tmp`);
    const source = await open(raw, constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW);
    try {
      await endLastLine(source);
      const before = await source.stat();
      await pipeline(
        source.createReadStream({ start: 0 }),
        createGzip({ level: quickLevel }),
        createWriteStream(fresh, { flags: 'wx', mode: 0o600, flush: true }),
        { signal: this.abort.signal },
      );
      await utimes(fresh, before.atime, before.mtime);
      // Somebody still writes to it; it is for the next time.
      if ((await lstat(raw)).size !== before.size || !this.isLeft(file)) return;
      await rename(fresh, join(this.dir, target));
      await unlink(raw);
    } finally {
      await source.close();
      await unlink(fresh).catch(() => {});
    }
  }

  private async retain(): Promise<void> {
    const oldest = localDate(new Date(Date.now() - this.rotation.maxFiles * dayMs));
    let kept = await this.list();
    let total = kept.reduce((sum, { bytes }) => sum + bytes, await this.liveBytes());
    for (const { name, date, bytes } of [...kept]) {
      if (date >= oldest && total <= this.rotation.maxTotal && (await this.hasRoom())) break;
      await unlink(join(this.dir, name));
      total -= bytes;
      kept = kept.slice(1);
    }
    this.bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Whether the file system is not too full. One that does not tell is taken for endless. */
  private async hasRoom(): Promise<boolean> {
    const { minFree = 0 } = this.rotation;
    if (minFree === 0) return true;
    const system = await statfs(this.dir).catch(() => null);
    return system === null || system.bavail * system.bsize >= minFree;
  }

  private async liveBytes(): Promise<number> {
    let total = 0;
    for (const file of logFiles) {
      total += (await look(join(this.dir, liveName(file)), true))?.size ?? 0;
    }
    return total;
  }
}

/** The size that a gzip file says its content has, modulo 4 GiB (RFC 1952, ISIZE); -1 when it is too short to say. */
async function unpackedBytes(path: string): Promise<number> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
    return size < 18 || bytesRead < 4 ? -1 : buffer.readUInt32LE(0);
  } finally {
    await handle.close();
  }
}
