import { Buffer } from 'node:buffer';
import process from 'node:process';
import type { Level } from '../../document/types.ts';
import { logFiles } from '../file-names.ts';
import type { LogFile } from '../record.ts';
import { localDate } from '../timestamp.ts';
import { wantsColour } from './colour.ts';
import { addCounts, describeCounts, type LevelCounts, linesOf, noLines } from './levels.ts';
import { LogPipe } from './log-pipe.ts';
import { Mirror } from './mirror.ts';
import { Predecessors, type Rotation } from './predecessors.ts';
import { createRotatingLoggers } from './rotating-logger.ts';

export type { Rotation } from './predecessors.ts';

/** Something about the log files that belongs into them: the caller makes a record of it. */
export interface LogNotice {
  level: Level;
  /** `logs.recovered`, `logs.replaced`. */
  event: string;
  message: string;
}

export interface LogFilesOptions {
  /** Made if it is missing, for its owner only. */
  dir: string;
  rotation: Rotation;
  /** Copy every line to standard output. */
  stdout: boolean;
  /** Called when the files could not be written for a while, or somebody moved them. Without it, standard error is told. */
  report?: (notice: LogNotice) => void;
}

export interface LogFilesHealth {
  /** Both logs can be written. */
  writable: boolean;
  /** Why one could not, the last time that happened. */
  lastError: string | null;
  /** Lines that are in no file since the start, by level: no room was left for them, or they went to standard error. */
  dropped: LevelCounts;
  /** Bytes of both logs with their predecessors. */
  bytes: number;
  /** Bytes that wait to be written. */
  backlog: number;
  /** The copy on standard output; null when it is off. */
  stdout: { dropped: LevelCounts } | null;
}

/** user.log and usage.log. No call throws, and none but the promises waits for the disk. */
export interface LogFiles {
  /** Takes whole lines, each with its end; `counts` says how many of each level. */
  write(file: LogFile, lines: Buffer | string, counts: Readonly<LevelCounts>): void;
  /** Bytes that wait to be written, of both logs. */
  backlog(): number;
  health(): LogFilesHealth;
  /** Empties both logs and removes their predecessors. Throws the system's error when a file stays. */
  clear(): Promise<void>;
  /** Resolves when everything handed in is on the disk. */
  flush(): Promise<void>;
  /**
   * The same, and ends. What cannot be written within five seconds goes to standard error. Further lines are dropped and
   * counted.
   */
  close(): Promise<void>;
}

/** How often the files are looked at, in milliseconds. */
const lookMs = 1000;
const looksPerTidying = 60;
/** A file that is fuller than this part of its size is not gone on with after a start, since the transport counts from 0. */
const continuedPart = 1 / 8;
const closeMs = 5000;
const packMs = 1000;
const stdoutMs = 1000;

/** Opens the log files. Both exist when it resolves, unless the folder cannot be used; it does not fail then either. */
export async function openLogFiles({ dir, rotation, stdout, report }: LogFilesOptions): Promise<LogFiles> {
  const copy = stdout ? new Mirror(process.stdout, wantsColour(process.stdout, process.env)) : null;
  const lastResort = new Mirror(process.stderr);
  const diverted = noLines();
  const say = (text: string) => lastResort.write(Buffer.from(`sluice: ${text}\n`), noLines());
  const tell = report ?? (({ message }: LogNotice) => void say(message));
  const pipes = new Map<LogFile, LogPipe>();
  const predecessors = new Predecessors(dir, rotation, (file) => pipes.get(file)?.live.inUse);

  for (const file of logFiles) {
    let missed = noLines();
    const dropsBefore = noLines();
    const pipe = new LogPipe({
      dir,
      file,
      continueBelow: rotation.maxSize * continuedPart,
      lastResort: (lines) => {
        const counts = noLines();
        for (const { level } of linesOf(lines)) counts[level]++;
        lastResort.write(lines, counts);
        addCounts(diverted, counts);
        addCounts(missed, counts);
      },
      changed: () => void predecessors.tidy(),
      replaced: (how) =>
        tell({
          level: 'warning',
          event: 'logs.replaced',
          message: `${file}.log was ${how} by somebody else and has been made again; nothing was lost that is not in the ${how} file. To empty the logs, clear them in the editor or with DELETE /api/logs.`,
        }),
      failed: (reason, kept) => {
        missed = noLines();
        Object.assign(dropsBefore, pipe.dropped);
        // If it is for lack of room, there may be some to make.
        void predecessors.tidy();
        const meanwhile = kept
          ? 'Records are kept in memory as long as there is room. Free some space or descriptors.'
          : 'Records go to standard error meanwhile. Give the user that runs Sluice the right to write there.';
        say(`${file}.log in ${dir} cannot be written: ${reason}. ${meanwhile}`);
      },
      recovered: () => {
        const dropped = noLines();
        for (const level of Object.keys(dropped) as Level[]) dropped[level] = pipe.dropped[level] - dropsBefore[level];
        const lost = describeCounts(dropped);
        const elsewhere = describeCounts(missed);
        tell({
          level: lost || elsewhere ? 'warning' : 'info',
          event: 'logs.recovered',
          message: `${file}.log can be written again, after: ${pipe.live.lastError}. ${lost ? `Dropped for lack of room: ${lost}.` : 'No record was dropped.'}${elsewhere ? ` Only on standard error: ${elsewhere}.` : ''}`,
        });
      },
    });
    pipes.set(file, pipe);
  }

  const all = [...pipes.values()];
  const loggers = await createRotatingLoggers(
    all.map(({ file, live }) => ({
      file,
      maxSize: rotation.maxSize,
      functions: live.functions,
      failed: (error: Error) => void say(`${file}.log: ${error.message}`),
    })),
  );
  for (const [i, logger] of loggers.entries()) all[i]?.use(logger);
  await Promise.all(all.map(({ live }) => live.opened));

  let day = localDate(new Date());
  let looks = 0;
  const looking = setInterval(() => {
    for (const { live } of all) void live.check();
    const today = localDate(new Date());
    if (today !== day) for (const logger of loggers) logger.rotateIfDue();
    day = today;
    if (++looks % looksPerTidying === 0) void predecessors.tidy();
  }, lookMs);
  looking.unref();

  const late = noLines();
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    clearInterval(looking);
    const timer = setTimeout(() => {
      for (const pipe of all) pipe.giveUp();
    }, closeMs);
    await Promise.all(all.map((pipe) => pipe.idle()));
    clearTimeout(timer);
    await predecessors.close(packMs);
    await Promise.all(all.map((pipe) => pipe.close()));
    await Promise.all([copy?.drained(stdoutMs), lastResort.drained(stdoutMs)]);
    copy?.close();
    lastResort.close();
  };

  const backlog = () => all.reduce((sum, pipe) => sum + pipe.backlog, 0);
  return {
    write(file, lines, counts) {
      if (lines.length === 0) return;
      if (closed !== null) return addCounts(late, counts);
      const bytes = typeof lines === 'string' ? Buffer.from(lines) : lines;
      pipes.get(file)?.write({ bytes, counts: { ...counts } });
      copy?.write(bytes, counts);
    },
    backlog,
    health() {
      const dropped = noLines();
      for (const counts of [diverted, late, ...all.map((pipe) => pipe.dropped)]) addCounts(dropped, counts);
      return {
        writable: all.every(({ live }) => !live.failing),
        lastError: all.map(({ live }) => live.lastError).find((error) => error !== null) ?? null,
        dropped,
        bytes: all.reduce((sum, { live }) => sum + live.bytes, predecessors.bytes),
        backlog: backlog(),
        stdout: copy === null ? null : { dropped: { ...copy.dropped } },
      };
    },
    async clear() {
      await Promise.all(all.map((pipe) => pipe.clear()));
      await predecessors.clear();
    },
    async flush() {
      await Promise.all(all.map((pipe) => pipe.idle()));
      await Promise.all(all.map(({ live }) => live.sync()));
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}
