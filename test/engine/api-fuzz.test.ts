import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnswerCheck } from '../../engine/control/api/test-answers.ts';
import { type Case, casesOf, type Description, type Operation, operationsOf } from '../support/api-cases.ts';
import { TestEngine, testToken } from '../support/engine.ts';
import { FromSchema, seeded } from '../support/from-schema.ts';
import { type RawAnswer, rawCall } from '../support/raw-call.ts';

const seed = Number(process.env.SLUICE_FUZZ_SEED ?? 20261121);

const hello = {
  id: 'hello',
  operations: [
    {
      id: 'get-hello',
      method: 'GET',
      path: '/hello',
      workflow: {
        actions: [{ id: 'greet', action: 'string/join', input: { array: ['Hello', 'World'], delimiter: ' ' } }],
        output: { status: 200, body: { $ref: ['variables', 'output'] } },
      },
    },
  ],
};
const tools = { id: 'tools', operations: [{ id: 'echo', workflow: { actions: [], output: { $ref: ['input'] } } }] };

/** What a parameter of a path usually is. */
const fill = (name: string, path: string): string => {
  if (name === 'address') return 'server/hello/get-hello';
  if (path.startsWith('/api/actions')) return 'string/join';
  if (name === 'revision') return '1';
  return path.includes('services') ? 'tools' : 'hello';
};

/**
 * Reads come first, and last what ends sessions or replaces everything: so everything is tried on something. Clearing the
 * logs comes before all, for what they say of failures is read at the end.
 */
function order({ method, path }: Operation): number {
  if (path === '/api/logs') return 0;
  if (method === 'GET' || path.startsWith('/api/nodes')) return 1;
  if (path.startsWith('/api/session')) return 6;
  if (method === 'DELETE') return 5;
  if (/project|restore|deploy/.test(path)) return 4;
  return path.startsWith('/api/users/') ? 3 : 2;
}

/** What only an accepted call may touch. */
const kept = [
  'apis',
  'servers',
  'services',
  'clients',
  'drafts',
  'switches.json',
  'variables.json',
  'secrets.json',
  'users.json',
  'tokens.json',
  'settings.json',
  'history',
];

function stateOf(data: string): string {
  const hash = createHash('sha256');
  const look = (path: string): void => {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isDirectory()) for (const name of readdirSync(path).sort()) look(join(path, name));
    else hash.update(`${path} ${stats.mtimeNs} ${stats.ino} ${stats.size}\n`);
  };
  for (const name of kept) look(join(data, name));
  return hash.digest('hex');
}

let engine: TestEngine;
let description: Description;
beforeAll(async () => {
  engine = await TestEngine.start({
    servers: [hello],
    services: [tools],
    files: { 'variables.json': '{"hello": 1}' },
    // Failures of the engine are then told with their stack.
    env: { SLUICE_LOGS_FORMAT: 'json', SLUICE_LOGS_LEVEL: 'debug', SLUICE_LOGS_STDOUT: 'false' },
  });
  description = (await (await engine.api('/api/openapi.json')).json()) as Description;
});
afterAll(() => engine[Symbol.asyncDispose]());

/** Why a refusal is not as it should be; undefined when it is. */
function faultOf({ about, never }: Case, { status, headers, text }: RawAnswer): string | undefined {
  if (status >= 500) return 'is an error of the engine';
  if (status < 400) return never && 'is accepted, and must not be';
  if (headers['content-type'] !== 'application/problem+json') return 'is no problem document';
  const { detail, field, errors } = JSON.parse(text) as {
    detail?: string;
    field?: string;
    errors?: { pointer: string }[];
  };
  if (typeof detail !== 'string' || detail === '') return 'has no detail';
  if (/node_modules|\.ts:|\n {4}at /.test(text)) return 'tells of the inside';
  const isAboutInput = about !== undefined && [400, 413, 415, 422].includes(status);
  return isAboutInput && field === undefined && !errors?.length ? 'does not name the place' : undefined;
}

/** What went wrong, with one example for each operation and kind. */
class Faults {
  private readonly found = new Map<string, { count: number; example: string }>();

  add({ method, path }: Operation, kind: string, example: string): void {
    const key = `${method} ${path} ${kind}`;
    const { count, example: first } = this.found.get(key) ?? { count: 0, example };
    this.found.set(key, { count: count + 1, example: first });
  }

  list(): string[] {
    return [...this.found].map(([key, { count, example }]) => `${key}, ${count} times, as with ${example}`);
  }
}

/** Errors of the engine itself, as its log has them. */
const failuresIn = (log: string): string[] =>
  log
    .split('\n')
    .filter((line) => line.includes('"event":"api.failed"'))
    .map((line) => (JSON.parse(line) as { message: string }).message.replace(/^.*?, incident \S+ /, ''));

describe('whatever is sent to the control API', () => {
  it('is answered as described, and a refusal names the place and changes nothing', { timeout: 120_000 }, async () => {
    const maker = new FromSchema(description.components.schemas, seeded(seed));
    const fits = createAnswerCheck(description);
    const pids = await engine.workerPids();
    const faults = new Faults();
    let calls = 0;
    const accepted = new Set<Operation>();
    let state = stateOf(engine.data);
    const attempt = async (operation: Operation, call: Case): Promise<void> => {
      const { method } = operation;
      const { path, what } = call;
      const headers = { authorization: `Bearer ${testToken}`, ...call.headers };
      calls += 1;
      try {
        const answer = await rawCall(engine.control, { method, path, headers, body: call.body });
        const { status, text } = answer;
        const example = `${what}: ${status} ${text.slice(0, 300)}`;
        const fault = faultOf(call, answer);
        if (fault !== undefined) faults.add(operation, fault, example);
        // A change made by a GET shows at the next other call.
        const now = method === 'GET' ? state : stateOf(engine.data);
        // A start that fails has been ordered all the same, and is tried again.
        const isRefused = status >= 400 && !(operation.path.endsWith('/start') && status === 409);
        if (isRefused && now !== state) faults.add(operation, 'is refused and changes something', example);
        if (status < 400) accepted.add(operation);
        state = now;
        fits({ method, path, status, type: answer.headers['content-type'] ?? null, text });
      } catch (thrown) {
        faults.add(operation, 'is not as described', `${what}: ${(thrown as Error).message}`);
      }
    };
    const operations = operationsOf(description).sort((a, b) => order(a) - order(b));
    for (const operation of operations) {
      // It would be the end of the test's own way in.
      if (operation.method === 'DELETE' && operation.path === '/api/session') continue;
      for (const call of casesOf(operation, maker, fill)) await attempt(operation, call);
    }
    const health = await engine.health();
    expect([health.pid, health.replacements]).toEqual([engine.child.pid, 0]);
    expect(await engine.workerPids()).toEqual(pids);
    await engine.stop();
    expect([...new Set(failuresIn(engine.log('usage')))]).toEqual([]);
    expect(faults.list(), `of ${calls} calls with the seed ${seed}`).toEqual([]);
    // Or the values made from the schemas would be no good.
    expect(accepted.size).toBeGreaterThan(operations.length * 0.7);
  });
});
