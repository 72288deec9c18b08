import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { ActionFailure, type Host, type HostCommand, type HostCommandResult } from '../../actions/kit/define.ts';

/** Is told of a command line before it runs: which, and the address of the action that asked for it. */
export type CommandAudit = (line: string, by: string) => void;

export interface CommandOptions {
  /** The setting restricted.commands. */
  readonly allowed: boolean;
  /** Commands begin in it; made when it is not there. */
  readonly folder: string;
  /** Environment variables that a command sees besides PATH, HOME and LANG. */
  readonly variables: Readonly<Record<string, string>>;
  readonly audit?: CommandAudit | undefined;
}

const usualTimeoutMs = 10_000;
/** Bytes of both outputs together. */
const mostOutput = 10 * 1024 * 1024;

/**
 * What the shell does first: a second process of the group waits for the end of the pipe that descriptor 3 is, and ends the
 * group then. The worker holds the other end and never writes, so that the pipe ends when the worker does, also when that is
 * killed and cannot end the command itself. The command takes the place of the shell and does not see the pipe.
 */
const tiedToWorker = '{ read -r end; kill -KILL 0; } <&3 3<&- >/dev/null 2>&1 & exec /bin/sh -c "$1" 3<&-';

/** Runs command lines through the shell, each in a process group of its own that ends with it, and with this process. */
export function createCommand(options: CommandOptions): Host['command'] {
  return async (line, { by, signal, timeoutMs = usualTimeoutMs }) => {
    if (!options.allowed) {
      throw new ActionFailure(
        'command-forbidden',
        'Command lines are not allowed here; an administrator can allow them with the setting restricted.commands.',
      );
    }
    if (line.includes('\0')) throw failed('it holds a NUL character');
    signal.throwIfAborted();
    options.audit?.(line, by);
    await mkdir(options.folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      throw failed(`its folder cannot be made (${error.code})`);
    });
    signal.throwIfAborted();
    return attend(start(line, options), { by, signal, timeoutMs });
  };
}

const failed = (why: string) => new ActionFailure('command-failed', `The command line could not run: ${why}.`);

function start(line: string, { folder, variables }: CommandOptions): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...variables };
  for (const name of ['PATH', 'HOME', 'LANG']) if (process.env[name] !== undefined) env[name] = process.env[name];
  try {
    // A session of its own, so that what the command starts can be ended with it.
    const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const;
    return spawn('/bin/sh', ['-c', tiedToWorker, 'sh', line], { cwd: folder, env, detached: true, stdio: [...stdio] });
  } catch (thrown) {
    throw failed(reasonOf(thrown as NodeJS.ErrnoException));
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'E2BIG' ? 'it is longer than the system takes' : (code ?? message);

/** Waits for the end of a command, collects what it writes, and ends it when it takes too long, writes too much or is not wanted any more. */
function attend(
  child: ChildProcess,
  { signal, timeoutMs }: HostCommand & { timeoutMs: number },
): Promise<HostCommandResult> {
  return new Promise((resolve, reject) => {
    const outputs = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let length = 0;
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      endGroup(child);
      // What got away by a session of its own is not read any more; it fails when it writes.
      for (const stream of child.stdio ?? []) stream?.destroy();
      settle();
    };
    const giveUp = (reason: unknown): void => finish(() => reject(reason));
    const stop = (): void => giveUp(signal.reason);
    const timer = setTimeout(
      () => giveUp(new ActionFailure('timeout', `The command took longer than ${timeoutMs} ms and was ended.`)),
      timeoutMs,
    );
    signal.addEventListener('abort', stop, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= mostOutput) outputs[name].push(chunk);
        else giveUp(new ActionFailure('too-large', `The command wrote more than ${mostOutput} bytes and was ended.`));
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => giveUp(failed(reasonOf(error))));
    // What it left running in the background holds the pipes open, and ends with it.
    child.on('exit', () => endGroup(child));
    child.on('close', (status) =>
      finish(() =>
        resolve({
          status,
          stdout: new Uint8Array(Buffer.concat(outputs.stdout)),
          stderr: new Uint8Array(Buffer.concat(outputs.stderr)),
        }),
      ),
    );
  });
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left in it.
  }
}
