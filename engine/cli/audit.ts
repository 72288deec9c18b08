import { once } from 'node:events';
import { join } from 'node:path';
import { timeOf } from '../log/parse-line.ts';
import { readAuditLines, verifyChain } from '../log/read/audit.ts';
import { parseTimePoint, timePointForms } from '../log/time-point.ts';
import { requireDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';

export interface AuditOptions {
  dataDir: string;
  verify: boolean;
  /** RFC 3339, or a duration back. */
  from: string | undefined;
  to: string | undefined;
}

/**
 * `sluice audit`: the lines of the audit trail, oldest first, and `sluice audit verify`: whether they are as they were
 * written. Resolves with 1 where they are not, with 2 for a time that is none.
 */
export async function audit({ dataDir, verify, from, to }: AuditOptions, io: Io): Promise<number> {
  requireDataFolder(dataDir);
  const dir = join(dataDir, 'audit');
  if (!verify) return print(dir, { from, to }, io);
  if (from === undefined && to === undefined) return tellWhetherWhole(dir, io);
  io.stderr.write('sluice audit verify: the chain is checked from its first line on; leave out --from and --to.\n');
  return 2;
}

async function tellWhetherWhole(dir: string, { stdout, stderr }: Io): Promise<number> {
  const { files, chained, loose, last, broken } = await verifyChain(dir);
  if (broken !== null) {
    stderr.write(
      `sluice: ${broken.file}, line ${broken.line}: ${broken.reason}. ${counted(chained)} before it in order.\n`,
    );
    return 1;
  }
  const before = loose === 0 ? '' : `; ${counted(loose)} older and without hashes`;
  stdout.write(`In order: ${counted(chained)} in ${files === 1 ? '1 file' : `${files} files`}${before}.\n`);
  if (last !== null) stdout.write(`Last hash: ${last}\n`);
  return 0;
}

const counted = (lines: number): string => (lines === 1 ? '1 line is' : `${lines} lines are`);

async function print(dir: string, given: Pick<AuditOptions, 'from' | 'to'>, io: Io): Promise<number> {
  const now = Date.now();
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  for (const name of ['from', 'to'] as const) {
    const text = given[name];
    if (text === undefined) continue;
    const time = parseTimePoint(text, now, name);
    if (time === undefined) {
      io.stderr.write(`sluice audit: --${name} must be ${timePointForms}, found "${text}".\n`);
      return 2;
    }
    range[name] = time;
  }
  let isClosed = false;
  io.stdout.once('error', () => {
    isClosed = true;
  });
  for await (const { text } of readAuditLines(dir)) {
    const time = timeOf(text);
    if (time !== undefined && (time < range.from || time > range.to)) continue;
    if (!io.stdout.write(`${text}\n`)) await once(io.stdout, 'drain').catch(() => {});
    if (isClosed) return 0;
  }
  return 0;
}
