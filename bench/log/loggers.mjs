// node loggers.mjs NAME COUNT DIR: writes COUNT lines of 200 bytes with a logger and tells how long that took.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const perTurn = 100;
const message = Symbol.for('message');

/** A record whose line has about 200 bytes with every logger. */
const record = (number) => ({
  time: new Date().toISOString(),
  level: 'info',
  kind: 'application',
  event: 'end',
  node: 'server/chain/get-chain/step-1',
  run: '01JD4Z8Q9W3N5R7T1V2X4Y6B8C',
  number,
  output: '1 x',
});

async function winston(dir, format) {
  const [{ default: library }, { default: DailyRotateFile }] = await Promise.all([
    import('winston'),
    import('winston-daily-rotate-file'),
  ]);
  const transport = new DailyRotateFile({ dirname: dir, filename: 'user-%DATE%.log', datePattern: 'YYYY-MM-DD' });
  const logger = library.createLogger({ format: format(library.format), transports: [transport] });
  // The transport's `finish` comes before its data is written.
  return { logger, close: () => new Promise((resolve) => transport.logStream.end(resolve)) };
}

const loggers = {
  'winston, an entry per line': async (dir) => {
    const { logger, close } = await winston(dir, (format) => format.json());
    return { write: (number) => logger.log({ ...record(number), message: 'end' }), close };
  },
  'winston, preformatted': async (dir) => {
    const { logger, close } = await winston(dir, (format) => format((entry) => entry)());
    const level = Symbol.for('level');
    const write = (number) =>
      logger.write({ level: 'info', [level]: 'info', [message]: JSON.stringify(record(number)) });
    return { write, close };
  },
  pino: async (dir) => {
    const pino = createRequire(import.meta.url)('pino');
    const destination = pino.destination({ dest: join(dir, 'user.log'), sync: false, minLength: 4096 });
    const logger = pino({ timestamp: false, base: null, formatters: { level: () => ({}) } }, destination);
    const close = () =>
      new Promise((resolve) => {
        destination.on('close', resolve);
        destination.end();
      });
    return { write: (number) => logger.info(record(number)), close };
  },
  'plain writer, batches of 64 KiB': async (dir) => {
    const file = fs.openSync(join(dir, 'user.log'), 'a');
    let text = '';
    let writing = Promise.resolve();
    const flush = () => {
      const bytes = Buffer.from(text);
      text = '';
      writing = writing.then(
        () => new Promise((resolve, reject) => fs.write(file, bytes, (error) => (error ? reject(error) : resolve()))),
      );
    };
    return {
      write(number) {
        text += `${JSON.stringify(record(number))}\n`;
        if (text.length > 64 * 1024) flush();
      },
      close() {
        flush();
        return writing;
      },
    };
  },
};

/** Those that can be loaded here. */
export const available = Object.keys(loggers).filter((name) => {
  if (name !== 'pino') return true;
  try {
    createRequire(import.meta.url).resolve('pino');
    return true;
  } catch {
    return false;
  }
});

const [, , name, count, dir] = process.argv;
if (process.argv[1] === import.meta.filename) {
  const { write, close } = await loggers[name](dir);
  const begun = performance.now();
  for (let number = 0; number < Number(count); number++) {
    write(number);
    if (number % perTurn === perTurn - 1) await new Promise(setImmediate);
  }
  await close();
  console.log((Number(count) * 1000) / (performance.now() - begun));
}
