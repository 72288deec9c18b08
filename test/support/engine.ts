import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAnswerCheck } from '../../engine/control/api/test-answers.ts';
import type { Health } from '../../engine/control/control.ts';

/** Another build than that of `npm run build` can be tried by naming its folder. */
const built = process.env.TEST_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
const program = join(built, 'engine/main.js');
export const builtEditor = join(built, 'editor');
export const testToken = 'test-token-of-the-suite';

export interface EngineOptions {
  /** Documents; what every server needs is filled in. */
  servers?: { id: string; [key: string]: unknown }[];
  services?: { id: string; [key: string]: unknown }[];
  /** Other files of the data folder, by path. */
  files?: Record<string, string>;
  env?: Record<string, string>;
  args?: string[];
  /** An existing data folder; it is not removed afterwards. */
  data?: string;
  /** Leaves --data out. */
  noData?: boolean;
}

export const makeDataFolder = (options: Pick<EngineOptions, 'servers' | 'services' | 'files'> = {}): string => {
  const data = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  const put = (path: string, text: string) => {
    mkdirSync(join(data, path, '..'), { recursive: true });
    writeFileSync(join(data, path), text);
  };
  for (const server of options.servers ?? [])
    put(
      `servers/${server.id}.json`,
      JSON.stringify({ schema: 1, type: 'http', active: true, host: '127.0.0.1', port: 0, ...server }, null, 2),
    );
  for (const service of options.services ?? [])
    put(`services/${service.id}.json`, JSON.stringify({ schema: 1, ...service }, null, 2));
  for (const [path, text] of Object.entries(options.files ?? {})) put(path, text);
  return data;
};

/** Made once: every engine has the same description. */
let answersFit: ReturnType<typeof createAnswerCheck> | undefined;

const describedAnswers = async (control: string) =>
  createAnswerCheck(await (await fetch(`${control}/api/openapi.json`)).json());

/** A started engine, as a process of its own, reached only by its ports, signals and files. */
export class TestEngine {
  stderr = '';
  stdout = '';
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  private constructor(
    readonly data: string,
    readonly child: ChildProcess,
    private readonly remove: boolean,
  ) {
    child.stderr?.on('data', (chunk) => (this.stderr += chunk));
    child.stdout?.on('data', (chunk) => (this.stdout += chunk));
    this.exit = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  }

  static spawn(options: EngineOptions = {}): TestEngine {
    const data = options.data ?? makeDataFolder(options);
    const child = spawn(
      process.execPath,
      [program, 'start', ...(options.noData ? [] : ['--data', data]), ...(options.args ?? [])],
      {
        cwd: data,
        env: { ...process.env, SLUICE_PORT: '0', SLUICE_API_TOKEN: testToken, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return new TestEngine(data, child, options.data === undefined);
  }

  /** Starts an engine and waits until it says that it is ready. */
  static async start(options: EngineOptions = {}): Promise<TestEngine> {
    const engine = TestEngine.spawn(options);
    try {
      await engine.says(/^ready$/m);
    } catch (thrown) {
      await engine[Symbol.asyncDispose]();
      throw thrown;
    }
    return engine;
  }

  /** Waits for a text on standard error. */
  async says(pattern: RegExp, withinMs = 20_000): Promise<RegExpExecArray> {
    const found = await until(
      () => pattern.exec(this.stderr),
      withinMs,
      () => `${pattern} in:\n${this.stderr}`,
      this.exit,
    );
    return found;
  }

  get control(): string {
    const match = /editor +(http:\/\/\S+?)\/?$/m.exec(this.stderr);
    if (match === null) throw new Error(`The engine has not said where its control API is:\n${this.stderr}`);
    return match[1] as string;
  }

  /** Calls the control API; the answer is held against the description of the API. */
  async api(path: string, init: RequestInit & { json?: unknown } = {}): Promise<Response> {
    const { json, ...rest } = init;
    answersFit ??= await describedAnswers(this.control);
    const response = await fetch(this.control + path, {
      ...rest,
      headers: {
        authorization: `Bearer ${testToken}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...rest.headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const { status } = response;
    const type = response.headers.get('content-type');
    // Streams and downloads are left to whoever asked for them.
    const text =
      type === null || /^application\/(problem\+)?json(;|$)/.test(type) ? await response.clone().text() : null;
    answersFit({ method: init.method ?? 'GET', path, status, type, text });
    return response;
  }

  async health(): Promise<Health> {
    return (await (await this.api('/api/health')).json()) as Health;
  }

  /** Base address of a workflow server. */
  async url(server: string): Promise<string> {
    const state = await until(
      async () => {
        const found = (await this.health()).servers[server];
        return found?.state === 'listening' ? found : undefined;
      },
      10_000,
      () => `server ${server} to listen`,
    );
    return `http://127.0.0.1:${state.port}`;
  }

  async workerPids(): Promise<number[]> {
    return (await this.health()).workers.flatMap((worker) => (worker.pid === null ? [] : [worker.pid]));
  }

  log(file: 'user' | 'usage'): string {
    return readFileSync(join(this.data, 'logs', `${file}.log`), 'utf8');
  }

  /** Lines of a log file, once `count` of them match (records reach the disk in batches). */
  async lines(file: 'user' | 'usage', pattern: RegExp, count = 1): Promise<string[]> {
    return until(
      () => {
        const lines = this.log(file)
          .split('\n')
          .filter((line) => pattern.test(line));
        return lines.length >= count ? lines : undefined;
      },
      10_000,
      () => `${count} lines matching ${pattern} in ${file}.log:\n${this.log(file).slice(-4000)}`,
    );
  }

  /** Ends it as an operator would; gives the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    const { code } = await this.exit;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await this.exit;
    }
    if (!this.remove) return;
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    rmSync(`${this.data}.key`, { force: true });
  }
}

/** Asks again and again until there is an answer; fails with `what` when there is none in time. */
export async function until<T>(
  ask: () => T | Promise<T>,
  withinMs: number,
  what: () => string,
  gone?: Promise<unknown>,
): Promise<NonNullable<T>> {
  let over = false;
  void gone?.then(() => {
    over = true;
  });
  const deadline = performance.now() + withinMs;
  for (;;) {
    const last = over;
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<T>;
    if (last || performance.now() > deadline) throw new Error(`Waited in vain for ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
