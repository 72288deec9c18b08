import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { localDate } from '../timestamp.ts';

/**
 * The audit trail under data/audit/: who did what and who was refused, one JSON line each, a file per day. Clearing the
 * logs does not touch it. Each line is on the disk before the next is begun.
 */
export class AuditTrail {
  private queue: Promise<void> = Promise.resolve();
  /** Why a line could not be written, the last time that happened. */
  lastError: string | null = null;

  constructor(private readonly dir: string) {}

  append(line: string): void {
    const path = join(this.dir, `audit-${localDate(new Date())}.jsonl`);
    this.queue = this.queue.then(async () => {
      try {
        const file = await open(path, 'a', 0o600);
        try {
          await file.appendFile(`${line}\n`);
          await file.datasync();
        } finally {
          await file.close();
        }
        this.lastError = null;
      } catch (thrown) {
        this.lastError = (thrown as Error).message;
        process.stderr.write(`sluice: the audit trail cannot be written: ${this.lastError}\n${line}\n`);
      }
    });
  }

  /** Resolves when everything handed in is on the disk, or was refused by it. */
  flush(): Promise<void> {
    return this.queue;
  }
}
