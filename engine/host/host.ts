import { resolve } from 'node:path';
import type { Host } from '../../actions/kit/define.ts';
import { type Resolve, resolveBySystem } from './connect.ts';
import { createFiles } from './files.ts';
import { createGuard, type OutgoingSettings } from './outgoing-guard.ts';
import { createSend } from './request.ts';

/** The part of the settings that the outside world depends on. */
export interface HostSettings {
  /** Its `files` may be read and written, its `logs` read. */
  readonly dataDir: string;
  readonly outgoing: OutgoingSettings;
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
}

const megabyte = 1024 * 1024;

/** Makes the outside world that is lent to actions. `close` ends its connections, after requests under way. */
export function createHost(settings: HostSettings, options: HostOptions = {}): Host & { close(): Promise<void> } {
  const { send, close } = createSend({
    guard: createGuard(settings.outgoing, settings.port),
    resolve: options.resolve ?? resolveBySystem,
    maxBodyBytes: options.maxAnswerBytes ?? 10 * megabyte,
  });
  return {
    now: Date.now,
    random: Math.random,
    request: send,
    files: createFiles({
      files: resolve(settings.dataDir, 'files'),
      logs: resolve(settings.dataDir, 'logs'),
      maxReadBytes: options.maxReadBytes ?? 100 * megabyte,
    }),
    close,
  };
}
