import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';

const program = fileURLToPath(new URL('../../dist/engine/main.js', import.meta.url));

/** Runs a command as a shell would. */
function sluice(
  args: string[],
  { stdin = '', cwd = '/' } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(stdin);
  });
}

const data = makeDataFolder({
  services: [
    {
      id: 'tools',
      operations: [
        {
          id: 'double',
          log: true,
          input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
          workflow: {
            actions: [
              {
                id: 'sum',
                action: 'math/calculate',
                input: { expression: 'n * 2', variables: { n: { $ref: ['input', 'n'] } } },
              },
            ],
            output: { result: { $ref: ['variables', 'output'] } },
          },
        },
      ],
    },
  ],
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('sluice run', () => {
  test('prints the output on standard output and the log on standard error', async () => {
    const { code, stdout, stderr } = await sluice([
      'run',
      'service/tools/double',
      '--input',
      '{"n":21}',
      '--data',
      data,
    ]);
    expect([code, JSON.parse(stdout)]).toEqual([0, { result: 42 }]);
    expect(stderr).toMatch(/\[info\] {2}service\/tools\/double begin \{"n":21\}/);
  });

  test('takes its input from a file or from standard input', async () => {
    const file = join(data, 'input.json');
    writeFileSync(file, '{"n": 2}');
    expect((await sluice(['run', 'service/tools/double', '--input', `@${file}`, '--data', data])).stdout).toContain(
      '4',
    );
    expect(
      (await sluice(['run', 'service/tools/double', '--input', '-', '--data', data], { stdin: '{"n": 3}' })).stdout,
    ).toContain('6');
  });

  test('exits with 1 when the run failed and with 2 when it was called wrongly', async () => {
    const failed = await sluice(['run', 'service/tools/double', '--input', '{"n":"x"}', '--data', data]);
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('schema-mismatch');
    const unknown = await sluice(['run', 'service/tools/triple', '--data', data]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('service/tools/double');
    const broken = await sluice(['run', 'service/tools/double', '--input', '{', '--data', data]);
    expect([broken.code, broken.stdout]).toEqual([2, '']);
  });

  test('tells what is odd in its own document only, and what is broken anywhere', async () => {
    const odd = (id: string) => ({
      id,
      operations: [{ id: 'go', workflow: { actions: [], output: { $jsonata: 5 } } }],
    });
    const folder = makeDataFolder({
      services: [odd('one'), odd('two')],
      files: { 'services/three.json': '{"id": "three"' },
    });
    try {
      const { code, stderr } = await sluice(['run', 'service/one/go', '--data', folder]);
      expect(code).toBe(0);
      expect(stderr).toMatch(/^services\/one\.json:\S+ warning: /m);
      expect(stderr).toMatch(/^services\/three\.json:1:15 found the end/m);
      expect(stderr).not.toContain('services/two.json');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('sluice check', () => {
  test('one line per fault with file, pointer and what is allowed; exit code 1', async () => {
    const bad = makeDataFolder({
      servers: [
        {
          id: 'web',
          prot: 1,
          operations: [{ id: 'x', method: 'FETCH', path: 'no-slash', workflow: { actions: [{ id: 'a' }] } }],
        },
      ],
      files: { 'services/half.json': '{"id": "half"' },
    });
    try {
      const { code, stdout } = await sluice(['check', '--data', bad]);
      expect(code).toBe(1);
      const lines = stdout.trim().split('\n');
      for (const place of [
        'servers/web.json:/prot',
        'servers/web.json:/operations/0/method',
        'servers/web.json:/operations/0/path',
        'servers/web.json:/operations/0/workflow/actions/0',
        'services/half.json:1:',
      ]) {
        expect(
          lines.filter((line) => line.includes(place)),
          place,
        ).not.toHaveLength(0);
      }
      expect(stdout).toMatch(/"port"/);
    } finally {
      rmSync(bad, { recursive: true, force: true });
    }
  });

  test('a sound project is silent on standard output', async () => {
    const { code, stdout } = await sluice(['check', '--data', data]);
    expect([code, stdout]).toEqual([0, '']);
  });
});

describe('other commands', () => {
  test('actions lists the library and documents one action', async () => {
    expect((await sluice(['actions'])).stdout).toContain('string/join');
    expect((await sluice(['actions', 'string/join'])).stdout).toContain('delimiter');
    expect((await sluice(['actions', 'string/jion'])).stderr).toContain('string/join');
  });

  test('those that read make no data folder of a mistyped one', async () => {
    for (const args of [
      ['export'],
      ['secrets', 'list'],
      ['secrets', 'remove', 'x'],
      ['variables', 'list'],
      ['variables', 'get', 'x'],
      ['run', 'service/tools/double'],
      ['check'],
    ]) {
      const { code, stdout, stderr } = await sluice([...args, '--data', join(data, 'typo')]);
      expect([code, stdout], args.join(' ')).toEqual([1, '']);
      expect(stderr).toMatch(/^sluice \w+: There is no data folder \S+typo\. .*\n$/);
    }
    expect(existsSync(join(data, 'typo'))).toBe(false);
  });

  test('export says in one line where it cannot write, and leaves nothing behind', async () => {
    const before = readdirSync(data);
    for (const out of [join(data, 'nowhere', 'x.json'), data]) {
      const { code, stderr } = await sluice(['export', '--data', data, '--out', out]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^sluice export: .*\n$/);
    }
    expect(readdirSync(data)).toEqual(before);
  });

  test.each([[['actions']], [['export']], [['check', '--data', join(data, 'nowhere.json')]]])(
    '%s ends quietly when nobody reads its output',
    async (args) => {
      const child = spawn(process.execPath, [program, ...args, ...(args.includes('--data') ? [] : ['--data', data])]);
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.stdout.destroy();
      await once(child, 'close');
      expect(stderr).not.toMatch(/EPIPE|Error|at /);
    },
  );

  test('a flag that cannot be is wrong usage', async () => {
    const { code, stderr } = await sluice(['start', '--port', 'abc', '--data', data]);
    expect([code, stderr]).toEqual([2, 'sluice: --port: port must be a whole number from 0 to 65535, found "abc".\n']);
  });

  test('an unknown command exits with 2 and says what there is', async () => {
    const { code, stderr, stdout } = await sluice(['strat']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('start');
  });

  test('logs reads the files of a running engine, filtered', async () => {
    const ping = { id: 'ping', method: 'GET', path: '/ping', workflow: { actions: [], output: { body: 'pong' } } };
    await using engine = await TestEngine.start({ servers: [{ id: 'web', operations: [ping] }] });
    const base = await engine.url('web');
    await fetch(`${base}/ping`);
    await fetch(`${base}/nowhere`);
    await engine.lines('usage', /GET \/nowhere 404/);
    const all = await sluice(['logs', '--file', 'usage', '--data', engine.data]);
    expect(all.stdout).toMatch(/GET \/ping 200[\s\S]*GET \/nowhere 404/);
    const warnings = await sluice(['logs', '--file', 'usage', '--level', 'warning', '--data', engine.data]);
    expect(warnings.stdout).toMatch(/GET \/nowhere 404/);
    expect(warnings.stdout).not.toMatch(/GET \/ping 200/);
    const word = await sluice(['logs', 'ping', '--data', engine.data]);
    expect(word.stdout).toMatch(/GET \/ping 200/);
    expect(word.stdout).not.toMatch(/nowhere/);
  });
});

describe('sluice runs beside a running engine', () => {
  test('shows what is under way and what has just ended, each run once', async () => {
    const sleep = (duration: number) => [{ id: 'wait', action: 'thread/sleep', input: { duration } }];
    const operation = (id: string, duration: number) => ({
      id,
      method: 'GET',
      path: `/${id}`,
      workflow: { actions: sleep(duration), output: { body: id } },
    });
    await using engine = await TestEngine.start({
      servers: [{ id: 'web', operations: [operation('slow', 60_000), operation('quick', 0)] }],
    });
    const web = await engine.url('web');
    const leaving = new AbortController();
    const slow = fetch(`${web}/slow`, { signal: leaving.signal }).catch(() => 'left');
    await fetch(`${web}/quick`);
    const seen = async (...args: string[]) => {
      const { code, stdout, stderr } = await sluice(['runs', ...args, '--json', '--data', engine.data]);
      expect([code, stderr]).toEqual([0, '']);
      const heads = stdout.split('\n').filter(Boolean);
      return heads.map((line) => JSON.parse(line) as { id: string; node: string; state: string });
    };
    const both = await until(
      async () => {
        const heads = await seen();
        return heads.length === 2 ? heads : undefined;
      },
      10_000,
      () => 'both runs in the list',
    );
    expect(both.map(({ node, state }) => `${node} ${state}`).sort()).toEqual([
      'server/web/quick succeeded',
      'server/web/slow running',
    ]);
    expect((await seen('--state', 'running')).map(({ node }) => node)).toEqual(['server/web/slow']);
    leaving.abort();
    await slow;
    expect((await seen('operation:slow')).map(({ id }) => id)).toEqual(
      both.filter(({ state }) => state === 'running').map(({ id }) => id),
    );
  });
});
