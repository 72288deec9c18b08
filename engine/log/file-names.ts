import type { LogFile } from './record.ts';

export const logFiles = ['user', 'usage'] as const satisfies readonly LogFile[];

/** A log file whose name says the day it was begun on, and which of that day's it is. */
export interface DatedName {
  file: LogFile;
  /** Local day, `2026-11-20`. */
  date: string;
  /** 0 for the first of a day. */
  sequence: number;
  /** Packed by gzip, as predecessors are. */
  compressed: boolean;
}

const pattern = /^(user|usage)-(\d{4}-\d\d-\d\d)(?:\.([1-9]\d{0,8}))?\.log(\.gz)?$/;

/** `user.log`: the name under which a log is always found. */
export const liveName = (file: LogFile): string => `${file}.log`;

/** `user-2026-11-20.log`, `user-2026-11-20.1.log.gz`. */
export const datedName = ({ file, date, sequence, compressed }: DatedName): string =>
  `${file}-${date}${sequence === 0 ? '' : `.${sequence}`}.log${compressed ? '.gz' : ''}`;

/** What a file name says, or undefined when it is none of ours. */
export const parseName = (name: string): DatedName | undefined => {
  const match = pattern.exec(name);
  if (match === null) return undefined;
  const [, file, date, sequence, gz] = match;
  return { file: file as LogFile, date: date as string, sequence: Number(sequence ?? 0), compressed: gz !== undefined };
};

/** Older first. */
export const byAge = (a: DatedName, b: DatedName): number =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : a.sequence - b.sequence;
