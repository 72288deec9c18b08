import { execFileSync, spawn } from 'node:child_process';
import {
  createReadStream,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { cpuMsOf, freePort, sleep, statOf } from '../measure.mjs';

const token = 'bench';
/** What each line of a file has once: of usage.log only the lines of runs count. */
const newline = Buffer.from('\n');
const marks = { user: newline, usage: Buffer.from('"event":"run"') };

/** How often a file, packed or not, holds a text. */
async function count(path, mark) {
  let found = 0;
  let rest = Buffer.alloc(0);
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  for await (const chunk of path.endsWith('.gz') ? file.pipe(createGunzip()) : file) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) found++;
    rest = bytes.subarray(Math.max(0, bytes.length - mark.length + 1));
  }
  return found;
}

/** An engine with its worker on core 0 and its control process on core 1, its standard output in a file. */
export class Engine {
  constructor(variant, { program, scratch, flags = [] }) {
    /** Of node, for both processes. */
    this.flags = flags;
    this.variant = variant;
    this.program = program;
    this.data = join(scratch, variant.name.replaceAll(' ', '-'));
    this.stdout = `${this.data}.stdout`;
  }

  async start() {
    const { server, logs, path, script, body } = this.variant;
    this.port = await freePort();
    this.control = await freePort();
    mkdirSync(join(this.data, 'servers'), { recursive: true });
    writeFileSync(join(this.data, 'servers', `${server.id}.json`), JSON.stringify({ ...server, port: this.port }));
    const out = openSync(this.stdout, 'a');
    this.child = spawn(
      'taskset',
      ['-c', '1', process.execPath, ...this.flags, this.program, 'start', '--data', this.data],
      {
        detached: true,
        stdio: ['ignore', out, out],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          SLUICE_PORT: String(this.control),
          SLUICE_API_TOKEN: token,
          SLUICE_LOGS_FORMAT: 'json',
          SLUICE_LOGS_STDOUT: 'true',
          SLUICE_LOGS_USAGE: String(logs.usage),
          SLUICE_LOGS_CAPTURE_ERRORS: String(logs.captureErrors),
          SLUICE_LOGS_CAPTURE_ALL: String(logs.captureAll),
          // All lines are counted at the end of a slice; none may have been removed by then.
          SLUICE_LOGS_ROTATION_MAX_TOTAL: '100g',
        },
      },
    );
    this.url = `http://127.0.0.1:${this.port}${path}`;
    if (script !== undefined) {
      this.script = join(this.data, 'wrk.lua');
      writeFileSync(this.script, script);
    }
    const given = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    for (const end = Date.now() + 20_000; ; await sleep(20)) {
      const answer = await fetch(this.url, given).catch(() => null);
      if (answer?.status === 200) break;
      if (Date.now() > end) throw new Error(`${this.variant.name} did not answer: ${await answer?.text()}`);
    }
    const { workers } = await this.health();
    this.worker = workers[0].pid;
    execFileSync('taskset', ['-a', '-c', '-p', '0', String(this.worker)]);
  }

  stop() {
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }

  async health() {
    return (await this.ask('GET', '/api/health')).json();
  }

  ask(method, path) {
    return fetch(`http://127.0.0.1:${this.control}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  }

  /** CPU milliseconds since its start. */
  cpu() {
    return { worker: cpuMsOf(this.stat(this.worker)), control: cpuMsOf(this.stat(this.child.pid)) };
  }

  /** Resident megabytes. */
  rss() {
    const of = (pid) => (Number(this.stat(pid)[21]) * 4096) / 1048576;
    return { worker: of(this.worker), control: of(this.child.pid) };
  }

  /** @throws Error with the engine's last words about itself when the process has ended */
  stat(pid) {
    const fields = statOf(pid);
    if (fields !== null) return fields;
    const lines = readFileSync(this.stdout, 'utf8').split('\n');
    const told = lines.filter((line) => !/"event":"(run|begin|end)"/.test(line)).slice(-8);
    throw new Error(`${this.variant.name}: process ${pid} has ended. The engine said:\n${told.join('\n')}`);
  }

  /** Waits until every record is in its file, and gives the time (performance.now) at which the last one was. */
  async drained() {
    let bytes = -1;
    for (let since = performance.now(); ; await sleep(20)) {
      const { size } = statSync(this.stdout);
      const { logs, store } = await this.health();
      const written = size + store.bytes;
      if (written !== bytes || logs.backlog + store.backlog > 0) since = performance.now();
      else if (performance.now() - since > 250) return since;
      bytes = written;
    }
  }

  /** Waits until the engine has nothing more to do, such as packing files. */
  async quiet() {
    const busy = () => Object.values(this.cpu()).reduce((sum, ms) => sum + ms, 0);
    for (let before = busy(); ; ) {
      await sleep(200);
      const now = busy();
      if (now - before <= 20) return;
      before = now;
    }
  }

  /** Records of runs in its files, and their bytes. */
  async lines() {
    const dir = join(this.data, 'logs');
    const lines = { user: 0, usage: 0 };
    for (const name of readdirSync(dir)) {
      const file = /^(user|usage)-.*\.log(\.gz)?$/.exec(name)?.[1];
      if (file !== undefined) lines[file] += await count(join(dir, name), marks[file]);
    }
    return { ...lines, bytes: statSync(this.stdout).size };
  }

  /** Runs that are in the store. */
  async captures() {
    const dir = join(this.data, 'store');
    let runs = 0;
    for (const name of readdirSync(dir, { recursive: true }))
      if (/runs-\d+\.jsonl$/.test(name)) runs += await count(join(dir, name), newline);
    return runs;
  }

  /** @throws Error unless a run that fails is stored, as the flight recorder promises */
  async provesRecording(path) {
    const before = await this.captures();
    await fetch(`http://127.0.0.1:${this.port}${path}`);
    for (const end = Date.now() + 5000; (await this.captures()) !== before + 1; await sleep(50))
      if (Date.now() > end) throw new Error(`${this.variant.name} has not stored the run that failed.`);
  }

  /** Records that are in no file, for whatever reason. */
  async dropped() {
    const { logs, store, workers } = await this.health();
    return [logs.dropped, store.dropped, ...workers.map((worker) => worker.dropped)]
      .flatMap((counts) => Object.values(counts))
      .reduce((sum, number) => sum + number, 0);
  }

  /** Makes room for the next slice. */
  async clear() {
    await this.ask('DELETE', '/api/logs');
    truncateSync(this.stdout);
  }
}
