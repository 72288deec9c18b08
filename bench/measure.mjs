// What the benchmarks have in common: tools, ports, load, CPU time.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Ends the process with a hint when a program is missing. */
export const requirePrograms = (benchmark) => {
  for (const [program, remedy] of [
    ['wrk', 'apt-get install wrk'],
    ['taskset', 'it comes with util-linux'],
  ]) {
    try {
      execFileSync('which', [program]);
    } catch {
      console.error(`${benchmark} needs ${program} (${remedy}).`);
      process.exit(2);
    }
  }
};

/** A folder that is removed when the process ends; `before` ends what still writes there. */
export const makeScratch = (before = () => {}) => {
  const scratch = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  process.on('exit', () => {
    before();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });
  return scratch;
};

export const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** The fields of /proc/<pid>/stat from the third on, or null when the process has ended. */
export const statOf = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};

/** CPU time in milliseconds, of a kernel that counts 100 ticks a second. */
export const cpuMsOf = (fields) => (Number(fields[11]) + Number(fields[12])) * 10;

/** CPU milliseconds of the whole machine, and of this process with the children that have ended. */
export const machineCpu = () => {
  const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split(/\s+/, 9)
    .map(Number);
  const own = statOf('self');
  return {
    all: (user + nice + system + irq + softirq + steal) * 10,
    own: cpuMsOf(own) + (Number(own[13]) + Number(own[14])) * 10,
  };
};

/** Waits until others have left the machine alone for half a second, but not longer than asked. */
export async function quietMachine(patienceMs) {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    const before = machineCpu();
    await sleep(500);
    const after = machineCpu();
    if (after.all - before.all - (after.own - before.own) < 60) return;
  }
}

/** Loads an address from core 1, each connection asking again when it was answered. `script` is a file for wrk. */
export const load = ({ url, seconds, connections, script }) =>
  new Promise((resolve, reject) => {
    const given = script === undefined ? [] : ['-s', script];
    execFile(
      'taskset',
      ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', ...given, url],
      (error, text) => {
        if (error !== null) return reject(error);
        const [, ...socketErrors] = /connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text) ?? [];
        resolve({
          rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
          count: Number(/(\d+) requests in/.exec(text)?.[1]),
          p99: /^\s+99%\s+(\S+)/m.exec(text)?.[1],
          bad:
            Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0) +
            socketErrors.reduce((sum, count) => sum + Number(count), 0),
        });
      },
    );
  });
