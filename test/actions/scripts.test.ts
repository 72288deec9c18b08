import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../actions', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-scripts-'));
  cpSync(root, join(folder, 'actions'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (script: string, ...parameters: string[]) =>
  spawnSync(process.execPath, [join(folder, 'actions', script), ...parameters], { encoding: 'utf8' });
const index = (): string => readFileSync(join(folder, 'actions/index.ts'), 'utf8');

describe('generate-index', () => {
  it('finds the committed index up to date', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'generate-index.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('says what to run when an action is not listed, and changes nothing', () => {
    rmSync(join(folder, 'actions/array/count.ts'));
    const before = index();
    const { status, stderr } = node('generate-index.mjs', '--check');
    expect(status).toBe(1);
    expect(stderr).toContain('run: node actions/generate-index.mjs');
    expect(index()).toBe(before);
    expect(node('generate-index.mjs').status).toBe(0);
    expect(index()).not.toContain("'./array/count.ts'");
    expect(node('generate-index.mjs', '--check').status).toBe(0);
  });

  it('writes the same again', () => {
    writeFileSync(join(folder, 'actions/index.ts'), '');
    node('generate-index.mjs');
    expect(index()).toBe(readFileSync(join(root, 'index.ts'), 'utf8'));
  });
});

describe('new-action', () => {
  const faultsIn = (paths: string[]): string[] => {
    const program = ts.createProgram(paths, {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      types: [],
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };

  it('writes actions that compile, at any depth, and lists them', () => {
    const ids = ['array/scaffolded', 'data/scaffolded/16-decode', 'brand-new/two-words'];
    const paths = ids.map((id) => join(folder, `actions/${id}.ts`));
    for (const [at, id] of ids.entries()) {
      const { status, stdout, stderr } = node('new-action.mjs', id);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`actions/${id}.ts`);
      expect(readFileSync(paths[at] as string, 'utf8').match(/\{ given: /g)).toHaveLength(2);
      expect(index()).toContain(`from './${id}.ts'`);
    }
    expect(node('generate-index.mjs', '--check').status).toBe(0);
    expect(faultsIn(paths)).toEqual([]);
  });

  it.each([
    '',
    'first',
    'Array/first',
    'array/',
    'array/../x',
    'a/b/c/d',
    'array/first_one',
    '/etc/x',
    'kit/x',
    'support/x',
    'docs/x',
    '2d/x',
  ])('refuses the id %j', (id) => {
    const before = index();
    const { status, stderr } = node('new-action.mjs', id);
    expect(status).toBe(2);
    expect(stderr).toMatch(/An action id is <category>\/<name>|is no category/);
    expect(index()).toBe(before);
  });

  it('leaves an action that is there as it is', () => {
    const path = join(folder, 'actions/array/take.ts');
    const before = readFileSync(path, 'utf8');
    const { status, stderr } = node('new-action.mjs', 'array/take');
    expect(status).toBe(2);
    expect(stderr).toContain('actions/array/take.ts exists already');
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(existsSync(path)).toBe(true);
  });
});
