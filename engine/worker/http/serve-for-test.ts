import { connect } from 'node:net';
import type { RunFailure } from '../../run/failure.ts';
import type { HttpUsage } from '../observer.ts';
import type { RequestScope } from './request.ts';
import { createHttpServer, type HttpServer } from './server.ts';
import { type HttpOutcome, type HttpServerConfig, type HttpTarget, Needs, type RequestContext } from './types.ts';

export const runId = '01JD0000000000000000000000';

/** What an operation under test answers: an output, now or later. */
type Answers = (request: RequestScope, context: RequestContext) => unknown;

interface Done {
  method: string;
  status: number;
  bytesIn: number;
  bytesOut: number;
  unsendable: RunFailure | null;
}

/** Operations by method and path, `GET /items/{id}`; each may say what it needs and whether it is watched. */
export interface Served {
  [methodAndPath: string]: Answers | { run: Answers; needs?: number; watched?: boolean };
}

export interface Serving {
  readonly server: HttpServer;
  readonly port: number;
  readonly url: string;
  /** Runs that were answered, and requests that never became one, in order. */
  readonly done: Done[];
  readonly refused: HttpUsage[];
  readonly faults: unknown[];
  /** Swaps what is served. */
  use(served: Served, config?: Partial<HttpServerConfig>): Promise<void>;
  close(): Promise<void>;
}

/** Serves operations on a free port of this machine, without an engine behind them. */
export async function serve(served: Served, config: Partial<HttpServerConfig> = {}): Promise<Serving> {
  const done: Done[] = [];
  const refused: HttpUsage[] = [];
  const faults: unknown[] = [];
  const whole = (part: Partial<HttpServerConfig>): HttpServerConfig => ({
    id: 'test',
    limits: { requestBytes: 1024 * 1024 },
    ...part,
  });
  const hooks = {
    refused: (request: HttpUsage) => refused.push(request),
    fault: (thrown: unknown) => faults.push(thrown),
  };
  const server = await createHttpServer(whole(config), targetsOf(served, done), hooks);
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    done,
    refused,
    faults,
    use: (next, part = {}) => server.update(whole(part), targetsOf(next, done)),
    close: () => server.drain(0),
  };
}

function targetsOf(served: Served, done: Done[]): HttpTarget[] {
  return Object.entries(served).map(([key, entry]) => {
    const [method = '', path = ''] = key.split(' ');
    const { run, needs = Needs.all, watched = false } = typeof entry === 'function' ? { run: entry } : entry;
    const outcomeOf = (output: unknown, { method: asked, bytesIn }: RequestContext): HttpOutcome => ({
      runId,
      output,
      done: (status, bytesOut, unsendable) => done.push({ method: asked, status, bytesIn, bytesOut, unsendable }),
    });
    return {
      id: key.replaceAll(/\W+/g, '-'),
      address: `server/test/${key}`,
      method,
      path,
      needs,
      keepsEvidence: () => false,
      wantsAll: () => watched,
      run: (request, context) => {
        const output = run(request, context);
        return output instanceof Promise
          ? output.then((later) => outcomeOf(later, context))
          : outcomeOf(output, context);
      },
    };
  });
}

/** Sends bytes as they are and gives everything that came back until the server closed the connection. */
export async function talk(port: number, ...parts: (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });
  // A server that closes early resets what is still on its way to it.
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

/** The body of an answer that `talk` gave, as JSON. */
export const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.lastIndexOf('\r\n\r\n') + 4));
