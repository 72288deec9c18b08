import { parse } from 'node:path';
import process from 'node:process';
import type { LogFile } from '../record.ts';
import type { StreamFunctions } from './live-file.ts';

export interface RotatingLogger {
  /** Hands lines over, without the last line end. */
  write(lines: string): void;
  /** Begins the day's file although nothing is written. */
  rotateIfDue(): void;
  /** Ends the transport's stream; that its functions have all returned is for the caller to wait for. */
  close(): void;
}

export interface RotatingLoggerOptions {
  file: LogFile;
  /** Bytes; counted in whole KiB. */
  maxSize: number;
  functions: StreamFunctions;
  /** Anything that the library reports as an error. Our functions report none, so this is not expected. */
  failed(error: Error): void;
}

/** The keys under which winston's transports look for level and line (triple-beam). */
const level = Symbol.for('level');
const message = Symbol.for('message');

/**
 * A winston logger with a daily rotating transport for each log. The transport decides when a file is full or a day over;
 * everything that touches the disk is done by our functions:
 *
 * - Its own `finish` comes before the data is written, and an error of its inner stream ends the process. Functions that
 *   always succeed, some later than others, leave nothing to lose and nothing to throw.
 * - It makes folders for everyone to read, throws where it cannot make them, and counts files by names that are gone once
 *   packed. So it is given a folder that always exists and that it never writes to; our `open` takes the day from the name
 *   it asks for and chooses the file.
 * - Its packing and removing lose track of files; `Predecessors` does both.
 *
 * winston is loaded here and not at the top: it takes longer to load than a worker takes to start.
 */
export async function createRotatingLoggers(options: readonly RotatingLoggerOptions[]): Promise<RotatingLogger[]> {
  const [{ default: winston }, { default: DailyRotateFile }] = await Promise.all([
    import('winston'),
    import('winston-daily-rotate-file'),
  ]);
  return options.map(({ file, maxSize, functions, failed }) => {
    const transport = new DailyRotateFile({
      dirname: parse(process.cwd()).root,
      filename: `${file}-%DATE%`,
      extension: '.log',
      datePattern: 'YYYY-MM-DD',
      maxSize: `${Math.max(1, Math.round(maxSize / 1024))}k`,
      eol: '\n',
      // Not written without maxFiles, but its default name is made by hashing all options.
      auditFile: 'unused',
      options: { flags: 'a', mode: 0o600, fs: functions },
    });
    transport.logStream.on('error', failed);
    transport.on('error', failed);
    const logger = winston.createLogger({ format: winston.format((entry) => entry)(), transports: [transport] });
    logger.on('error', failed);
    return {
      write: (lines) => void logger.write({ level: 'info', [level]: 'info', [message]: lines }),
      rotateIfDue: () => void transport.logStream.write(''),
      close: () => void logger.close(),
    };
  });
}
