import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chainStart, judgeLine } from '../sinks/audit-chain.ts';

const named = /^audit-(\d{4}-\d\d-\d\d)\.jsonl$/;

/** Names of the trail's files, oldest first; none when there is no folder. */
export async function listAuditFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [] as string[];
    throw thrown;
  });
  return names.filter((name) => named.test(name)).sort();
}

/** A line of the trail with its place. */
export interface AuditLine {
  file: string;
  /** From 1. */
  number: number;
  text: string;
}

/**
 * The lines of the audit trail, oldest first. Links are not followed.
 * @throws the system's error for a file that cannot be read: a trail with a hole must not look whole
 */
export async function* readAuditLines(dir: string, files?: readonly string[]): AsyncGenerator<AuditLine> {
  for (const file of files ?? (await listAuditFiles(dir))) {
    const handle = await open(join(dir, file), constants.O_RDONLY | constants.O_NOFOLLOW);
    const input = handle.createReadStream({ start: 0, encoding: 'utf8' });
    try {
      let number = 0;
      for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
        yield { file, number: ++number, text };
    } finally {
      input.destroy();
      await handle.close().catch(() => {});
    }
  }
}

/** What a look at the whole chain found. */
export interface ChainReport {
  files: number;
  /** Lines that are part of the chain and in order. */
  chained: number;
  /** Lines from before there was a chain. */
  loose: number;
  /** Hash of the last line in order; null when there is none. */
  last: string | null;
  /** The first line that is not what was written, or does not follow the one before it; null when all is in order. */
  broken: { file: string; line: number; reason: string } | null;
}

/**
 * Follows the chain from its first line.
 * @param from the file to begin with, and the hash that its first line must follow, if that is known
 */
export async function verifyChain(dir: string, from?: { file: string; prev: string | null }): Promise<ChainReport> {
  const all = await listAuditFiles(dir);
  const files = from === undefined ? all : all.filter((file) => file >= from.file);
  const report: ChainReport = { files: files.length, chained: 0, loose: 0, last: null, broken: null };
  // null: any hash will do for the first line.
  let expected = from === undefined ? chainStart : from.prev;
  for await (const { file, number, text } of readAuditLines(dir, files)) {
    const judged = judgeLine(text);
    const reason = faultOf(judged, expected, report);
    if (reason !== null) {
      report.broken = { file, line: number, reason };
      return report;
    }
    if (judged.state !== 'chained') report.loose++;
    else {
      report.chained++;
      report.last = judged.hash;
      expected = judged.hash;
    }
  }
  return report;
}

function faultOf(
  judged: ReturnType<typeof judgeLine>,
  expected: string | null,
  { chained }: ChainReport,
): string | null {
  if (judged.state === 'broken') return judged.reason;
  if (judged.state === 'loose')
    return chained === 0 && (expected === null || expected === chainStart)
      ? null
      : 'it has no hashes, although lines before it do';
  if (expected === null || judged.prev === expected) return null;
  return chained === 0
    ? 'lines before it are missing: it follows a line that is not here'
    : 'it does not follow the line before it: lines were removed, added or moved';
}
