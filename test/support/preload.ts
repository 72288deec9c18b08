/* Code that runs in the engine's processes before the engine: real work goes on, only slower or counted. */

/** An environment in which a module is loaded first by the control process and all workers. */
const preload = (module: string): { NODE_OPTIONS: string } => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(module)}`,
});

/** For modules of the control process: how every file of the log folder is written and brought to the disk. */
const hookFiles = (dir: string, body: string): string => `
  import fs from 'node:fs';
  import { open } from 'node:fs/promises';
  if (process.env.SLUICE_WORKER_NAME === undefined) {
    const any = await open('/dev/null');
    const handles = Object.getPrototypeOf(any);
    await any.close();
    const isLog = (handle) => fs.readlinkSync('/proc/self/fd/' + handle.fd).startsWith(${JSON.stringify(`${dir}/`)});
    ${body}
  }`;

/** Writes of log files take as long as on a disk of `bytesPerSecond`, as long as the file `flag` is there. */
export const slowDisk = (dir: string, flag: string, bytesPerSecond: number) =>
  preload(
    hookFiles(
      dir,
      `
    let free = 0;
    const spend = async (bytes) => {
      if (!fs.existsSync(${JSON.stringify(flag)})) return;
      free = Math.max(free, performance.now()) + (bytes * 1000) / ${bytesPerSecond};
      while (free > performance.now() && fs.existsSync(${JSON.stringify(flag)}))
        await new Promise((resolve) => setTimeout(resolve, Math.min(50, free - performance.now())));
    };
    const { write, writev } = handles;
    handles.write = async function (bytes, offset, length, position) {
      if (isLog(this)) await spend(length ?? bytes.length);
      return write.call(this, bytes, offset, length, position);
    };
    handles.writev = async function (buffers, position) {
      if (isLog(this)) await spend(buffers.reduce((sum, { length }) => sum + length, 0));
      return writev.call(this, buffers, position);
    };`,
    ),
  );

/** Each write and each flush (fdatasync, fsync) of a log file adds a line to the file `trace`: time, what, first 200 characters. */
export const tracedDisk = (dir: string, trace: string) =>
  preload(
    hookFiles(
      dir,
      `
    const tell = (what, text = '') =>
      fs.appendFileSync(${JSON.stringify(trace)}, Date.now() + ' ' + what + ' ' + JSON.stringify(text.slice(0, 200)) + '\\n');
    const { write, writev, datasync, sync } = handles;
    handles.write = async function (bytes, offset, length, position) {
      const result = await write.call(this, bytes, offset, length, position);
      if (isLog(this)) tell('write', bytes.toString('utf8', offset ?? 0, (offset ?? 0) + (length ?? bytes.length)));
      return result;
    };
    handles.writev = async function (buffers, position) {
      const result = await writev.call(this, buffers, position);
      if (isLog(this)) tell('write', Buffer.concat(buffers).toString());
      return result;
    };
    for (const [name, flush] of Object.entries({ datasync, sync }))
      handles[name] = async function () {
        const counts = isLog(this) && !fs.readlinkSync('/proc/self/fd/' + this.fd).includes('usage');
        await flush.call(this);
        if (counts) tell('flush');
      };`,
    ),
  );

/**
 * The clock of every process shows the time that the file `clock` says: milliseconds to add to the real one. Timers go on as
 * they do, as they do when somebody sets the clock of a machine.
 */
export const wrongClock = (clock: string) =>
  preload(`
    import fs from 'node:fs';
    const RealDate = Date;
    let offset = 0;
    const read = () => {
      try {
        offset = Number(fs.readFileSync(${JSON.stringify(clock)}, 'utf8'));
      } catch {}
    };
    read();
    setInterval(read, 5).unref();
    globalThis.Date = class Date extends RealDate {
      constructor(...given) {
        if (given.length === 0) super(RealDate.now() + offset);
        else super(...given);
      }
      static now() {
        return RealDate.now() + offset;
      }
    };`);
