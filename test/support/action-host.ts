import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { makeBreaker } from '../../actions/flow/breaker.ts';
import { ActionFailure, type Host } from '../../actions/kit/index.ts';
import { createMemory } from '../../engine/host/memory.ts';
import { openFiles } from './action-files.ts';
import { openControl, openProject } from './action-project.ts';

const hour = 3_600_000;

export interface OpenHost {
  readonly host: Host;
  readonly sent: { host: string; port: number; payload: Uint8Array }[];
  skip(ms: number): void;
}

/**
 * The outside world of an action that is tried outside of the engine. The clock is real, and can be put forward.
 * Examples find the table `stock` in memory, a rate limit that is used up and a circuit that is open.
 */
export const openHost = (folder: string, request: Host['request']): OpenHost => {
  const sent: OpenHost['sent'] = [];
  let skipped = 0;
  const monotonic = (): number => performance.now() + skipped;
  const memory = createMemory({ maxBytes: 50_000, monotonic });
  memory.set('stock', 'apples', 10);
  memory.set('stock', 'pears', 'sold out');
  memory.shared('rate-limit', 'used up', () => ({ fullAt: monotonic() + hour }));
  memory.shared('flow/circuit-breaker', 'out of order', () => ({ ...makeBreaker(), openUntil: monotonic() + hour }));
  const host: Host = {
    now: () => Date.now() + skipped,
    monotonic,
    random: Math.random,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    environment: (name) => (name === 'STAGE' ? 'test' : undefined),
    request,
    datagram: async (target, payload) => {
      if (target.host === 'closed.example') throw new ActionFailure('request-failed', 'There is no such host.');
      if (target.host === 'inside.example') throw new ActionFailure('request-forbidden', 'The host is not allowed.');
      sent.push({ ...target, payload });
    },
    command: async (line) => {
      const output = (text: string): Uint8Array => new TextEncoder().encode(text);
      if (line === 'false') return { status: 1, stdout: output(''), stderr: output('') };
      if (line === 'sleep 60') throw new ActionFailure('timeout', 'The command took too long.');
      if (line === 'yes') throw new ActionFailure('too-large', 'The command wrote too much.');
      const said = /^echo (\w+)$/.exec(line)?.[1];
      if (said === undefined) throw new ActionFailure('command-forbidden', 'Only a few commands are allowed here.');
      return { status: 0, stdout: output(`${said}\n`), stderr: output('') };
    },
    files: openFiles(folder),
    memory,
    project: openProject(),
    control: openControl(),
    product: { name: 'Sluice', version: '1.0.0' },
  };
  return {
    host,
    sent,
    skip: (ms) => {
      skipped += ms;
    },
  };
};
