import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a segment holds: log records, bodies of captured runs, or the index of captured runs. */
export const segmentKinds = ['records', 'captures', 'runs'] as const;
export type SegmentKind = (typeof segmentKinds)[number];

export interface SegmentName {
  kind: SegmentKind;
  /** 1 for the first of a day. */
  number: number;
}

/** A segment on disk. */
export interface Segment extends SegmentName {
  /** UTC day, `2026-11-21`. */
  day: string;
  name: string;
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
}

export const dayMs = 86_400_000;
const dayPattern = /^\d{4}-\d\d-\d\d$/;
const segmentPattern = /^(records|captures|runs)-(\d{4,9})\.jsonl$/;

/** The UTC day of a time in milliseconds since 1970. */
export const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** When a day begins, in milliseconds since 1970. */
export const dayBegin = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

export const isDayName = (name: string): boolean => {
  if (!dayPattern.test(name)) return false;
  const begin = dayBegin(name);
  return !Number.isNaN(begin) && utcDay(begin) === name;
};

/** `records-0001.jsonl` */
export const segmentName = ({ kind, number }: SegmentName): string =>
  `${kind}-${String(number).padStart(4, '0')}.jsonl`;

/** What a file name says, or undefined when it is none of ours. */
export const parseSegmentName = (name: string): SegmentName | undefined => {
  const match = segmentPattern.exec(name);
  if (match === null) return undefined;
  const parsed = { kind: match[1] as SegmentKind, number: Number(match[2]) };
  return parsed.number > 0 && segmentName(parsed) === name ? parsed : undefined;
};

/** The days that have a folder, oldest first. Links, files and other names are left out. */
export async function listDays(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() && isDayName(entry.name) ? [entry.name] : [])).sort();
}

/**
 * The segments of one kind or of all in a day's folder, by number. Links, folders and other names are left out. A folder
 * that is not there, or cannot be read, has none.
 */
export async function listSegments(dir: string, day: string, kind?: SegmentKind): Promise<Segment[]> {
  const segments: Segment[] = [];
  const names = await readdir(join(dir, day)).catch(() => [] as string[]);
  for (const name of names) {
    const parsed = parseSegmentName(name);
    if (parsed === undefined || (kind !== undefined && parsed.kind !== kind)) continue;
    const path = join(dir, day, name);
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    segments.push({ ...parsed, day, name, path, bytes: found.size, modified: found.mtimeMs });
  }
  return segments.sort((a, b) => a.number - b.number);
}
