import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Host, HostMemory } from '../../actions/kit/define.ts';
import { type CommandAudit, createCommand } from './command.ts';
import { type Resolve, resolveBySystem } from './connect.ts';
import { createDatagram } from './datagram.ts';
import { exposedVariables } from './environment.ts';
import { createFiles } from './files.ts';
import { createMemory } from './memory.ts';
import { createGuard, type OutgoingSettings } from './outgoing-guard.ts';
import { createSend } from './request.ts';

/** The part of the settings that the outside world depends on. */
export interface HostSettings {
  /** Its `files` may be read and written, its `logs` read. */
  readonly dataDir: string;
  readonly outgoing: OutgoingSettings;
  /** Nothing that is restricted is allowed if left out. */
  readonly restricted?: { readonly commands: boolean };
  readonly limits?: { readonly memoryBytes: number };
  readonly env?: { readonly expose: readonly string[] };
  /** Port of the control API, which actions never reach; 0 if there is none. */
  readonly port: number;
}

export interface HostOptions {
  /** Bytes of an answer to an outgoing request; 10 MB if left out. */
  readonly maxAnswerBytes?: number;
  /** Bytes of a file that is read; 100 MB if left out. */
  readonly maxReadBytes?: number;
  /** Finds the addresses of a host; the system's way if left out. */
  readonly resolve?: Resolve;
  /** What all runs share; new and empty if left out. */
  readonly memory?: HostMemory;
  /** Is told of every command line before it runs. */
  readonly audit?: CommandAudit;
}

/** The part of the outside world that is the same for every version of the project; engine/worker/live.ts adds the rest. */
export type OutsideWorld = Omit<Host, 'project' | 'control' | 'product'>;

const megabyte = 1024 * 1024;

/** Makes the outside world that is lent to actions. `close` ends its connections, after requests under way. */
export function createHost(
  settings: HostSettings,
  options: HostOptions = {},
): OutsideWorld & { close(): Promise<void> } {
  const guard = createGuard(settings.outgoing, settings.port);
  const addresses = options.resolve ?? resolveBySystem;
  const folder = resolve(settings.dataDir, 'files');
  const files = createFiles({
    files: folder,
    logs: resolve(settings.dataDir, 'logs'),
    maxReadBytes: options.maxReadBytes ?? 100 * megabyte,
  });
  const { send, close } = createSend({
    guard,
    resolve: addresses,
    maxBodyBytes: options.maxAnswerBytes ?? 10 * megabyte,
    save: files.write,
  });
  const variables = exposedVariables(process.env, settings.env?.expose ?? []);
  return {
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    environment: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    request: send,
    datagram: createDatagram({ guard, resolve: addresses }),
    command: createCommand({
      allowed: settings.restricted?.commands ?? false,
      folder,
      variables,
      audit: options.audit,
    }),
    files,
    memory: options.memory ?? createMemory({ maxBytes: settings.limits?.memoryBytes ?? 64 * megabyte }),
    close,
  };
}
