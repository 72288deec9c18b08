import { Buffer } from 'node:buffer';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { listAuditFiles, verifyChain } from '../read/audit.ts';
import { localDate } from '../timestamp.ts';
import { chainLine, chainStart, judgeLine } from './audit-chain.ts';
import type { LogNotice } from './files.ts';

/** Bytes of lines that wait for a disk that takes none; beyond that they go to standard error alone. */
const roomBytes = 4 * 1024 * 1024;
const retryMs = 1000;
/** A longer last line is none of ours. */
const longestLine = 32 * 1024 * 1024;
const newline = 10;

/**
 * The audit trail under data/audit/: who did what and who was refused, one JSON line each, a file per day. Clearing the
 * logs does not touch it. Each line holds a hash of itself and of the line before, over all files, so that a change shows.
 * Lines keep the order in which they were handed in, and are written together where they come together; no call throws.
 */
export class AuditTrail {
  /** Why a line could not be written, the last time that happened; null when all are written. */
  lastError: string | null = null;
  private waiting: string[] = [];
  private waitingBytes = 0;
  private end: { file: string; hash: string } | null = null;
  /** A write failed: what lies beyond this size of the file may be half of it. */
  private halfWritten: { file: string; size: number } | null = null;
  private isOpen = false;
  private pumping: Promise<void> | null = null;
  private retry: NodeJS.Timeout | null = null;

  /** @param report told what is wrong with the trail that was found, which then is gone on with */
  constructor(
    private readonly dir: string,
    private readonly report: (notice: LogNotice) => void = () => {},
  ) {}

  /** Looks at what is there, as the first line would; for a start that wants to know. */
  open(): Promise<void> {
    return this.pump();
  }

  /** Takes a JSON object without its line end. */
  append(line: string): void {
    this.waiting.push(line);
    this.waitingBytes += line.length;
    if (this.waitingBytes > roomBytes) this.giveUp(this.lastError ?? 'too much waits to be written');
    if (this.retry === null) void this.pump();
  }

  /** Resolves when everything handed in is on the disk; what the disk refuses goes to standard error. */
  async flush(): Promise<void> {
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    await this.pump();
    if (this.waiting.length > 0) this.giveUp(this.lastError ?? 'unknown reason');
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
  }

  private pump(): Promise<void> {
    this.pumping ??= this.writeAll();
    return this.pumping;
  }

  private async writeAll(): Promise<void> {
    // What is handed in together is written together.
    await null;
    try {
      if (!this.isOpen) await this.findEnd();
      this.isOpen = true;
      while (this.waiting.length > 0) await this.writeWaiting();
      this.lastError = null;
    } catch (thrown) {
      const { message } = thrown as Error;
      if (this.lastError === null)
        process.stderr.write(
          `sluice: the audit trail cannot be written: ${message}. It is tried again every second.\n`,
        );
      this.lastError = message;
      this.retry = setTimeout(() => {
        this.retry = null;
        void this.pump();
      }, retryMs);
      this.retry.unref();
    } finally {
      this.pumping = null;
    }
  }

  private async writeWaiting(): Promise<void> {
    const batch = this.waiting;
    const lines = [...batch];
    const today = `audit-${localDate(new Date())}.jsonl`;
    // The order of files is that of lines, also when clocks are set back.
    const file = this.end !== null && this.end.file > today ? this.end.file : today;
    let hash = this.end?.hash ?? chainStart;
    const chained = lines.map((line) => {
      const next = chainLine(line, hash);
      hash = next.hash;
      return next.text;
    });
    const bytes = Buffer.from(`${chained.join('\n')}\n`);
    const handle = await open(
      join(this.dir, file),
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      // Half a line must not stay in the middle.
      if (this.halfWritten?.file === file) await handle.truncate(this.halfWritten.size);
      this.halfWritten = { file, size: (await handle.stat()).size };
      await handle.appendFile(bytes);
      await handle.datasync();
      this.halfWritten = null;
      this.end = { file, hash };
    } finally {
      await handle.close();
    }
    // More may have come meanwhile, or all may have been given up.
    if (this.waiting === batch) batch.splice(0, lines.length);
    this.waitingBytes = this.waiting.reduce((sum, line) => sum + line.length, 0);
  }

  private giveUp(reason: string): void {
    process.stderr.write(
      `sluice: the audit trail cannot be written: ${reason}. These records are only here:\n${this.waiting.join('\n')}\n`,
    );
    this.waiting = [];
    this.waitingBytes = 0;
  }

  /** Finds the line to go on from, and says what is not in order in the newest file. */
  private async findEnd(): Promise<void> {
    const files = await listAuditFiles(this.dir);
    const file = files.at(-1);
    if (file === undefined) return;
    await this.setTornAside(file);
    let hash: string | null = null;
    for (const name of files.toReversed()) {
      hash = await this.lastHash(name);
      if (hash !== null) break;
    }
    this.end = { file, hash: hash ?? chainStart };
    const before = files.at(-2);
    const prev = before === undefined ? chainStart : await this.lastHash(before);
    const { broken } = await verifyChain(this.dir, { file, prev });
    if (broken === null) return;
    const message = `The audit trail is not as it was written: ${broken.file}, line ${broken.line}: ${broken.reason}. Compare it with a copy; "sluice audit verify" looks at the whole trail.`;
    this.report({ level: 'error', event: 'audit.broken', message });
  }

  /** Hash of a file's last line; null when it has none. */
  private async lastHash(file: string): Promise<string | null> {
    const handle = await open(join(this.dir, file), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size } = await handle.stat();
      const { text } = await lastLine(handle, size);
      const judged = judgeLine(text.replace(/\n$/, ''));
      return judged.state === 'chained' ? judged.hash : null;
    } finally {
      await handle.close();
    }
  }

  /** A line that a process died in goes to a file of its own; one that is whole but for its end gets that. */
  private async setTornAside(file: string): Promise<void> {
    const handle = await open(join(this.dir, file), constants.O_RDWR | constants.O_NOFOLLOW);
    try {
      const { size } = await handle.stat();
      const { text, start } = await lastLine(handle, size);
      if (text === '' || text.endsWith('\n')) return;
      if (judgeLine(text).state === 'chained') {
        await handle.write('\n', size);
        await handle.datasync();
        return;
      }
      const aside = file.replace(/jsonl$/, 'torn');
      const torn = await open(
        join(this.dir, aside),
        constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
        0o600,
      );
      try {
        await torn.appendFile(`${text}\n`);
        await torn.datasync();
      } finally {
        await torn.close();
      }
      await handle.truncate(start);
      await handle.datasync();
      const message = `The last line of ${file} was cut off when the process before this one ended, and has been moved to ${aside} in the same folder.`;
      this.report({ level: 'warning', event: 'audit.torn', message });
    } finally {
      await handle.close();
    }
  }
}

/** The last line with its end, if it has one, and where it begins. */
async function lastLine(handle: FileHandle, size: number): Promise<{ text: string; start: number }> {
  for (let length = 64 * 1024; ; length *= 8) {
    const from = Math.max(0, size - length);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const bytes = buffer.subarray(0, bytesRead);
    const before = bytes.subarray(0, Math.max(0, bytes.length - 1)).lastIndexOf(newline);
    if (before >= 0 || from === 0 || length > longestLine)
      return { text: bytes.toString('utf8', before + 1), start: from + before + 1 };
  }
}
