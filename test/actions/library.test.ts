import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { actionById, actions } from '../../actions/index.ts';
import { type ActionDefinition, ActionFailure, checkInput, type Example } from '../../actions/kit/index.ts';
import { openActionContext, runAction } from '../support/action-context.ts';

const root = fileURLToPath(new URL('../../actions', import.meta.url));
const sourceOf = (id: string): string => join(root, `${id}.ts`);

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .filter((path) => /^export default defineAction\(/m.test(readFileSync(join(root, path), 'utf8')));

/** A module and what it imports of the library, without the kit. */
const modulesOf = (path: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(path) || relative(root, path).startsWith('kit')) return seen;
  seen.add(path);
  for (const [, target] of readFileSync(path, 'utf8').matchAll(/ from '(\.[^']+)'/g)) {
    modulesOf(resolve(dirname(path), target as string), seen);
  }
  return seen;
};

const codesThrownBy = (id: string): string[] => {
  const sources = [...modulesOf(sourceOf(id))].map((path) => readFileSync(path, 'utf8')).join('\n');
  const direct = [...sources.matchAll(/new ActionFailure\(\s*'([a-z-]+)'/g)].map(([, code]) => code as string);
  return [...new Set(direct)];
};

describe('the index', () => {
  it('lists every action there is, and each under the path of its file', () => {
    expect(actions.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    for (const action of actions) expect(readFileSync(sourceOf(action.id), 'utf8')).toContain(`id: '${action.id}'`);
  });

  it('is ordered by id and finds each action by it', () => {
    const ids = actions.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    for (const action of actions) expect(actionById.get(action.id)).toBe(action);
  });

  it('has no two actions with one title in a category', () => {
    const titles = actions.map(({ id, title }) => `${dirname(id)}: ${title}`);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe.each(actions.map((action) => [action.id, action] as const))('%s', (id, action) => {
  it('is summed up in one sentence', () => {
    expect(action.summary).toMatch(/^[A-Z][^\n]*\.$/);
    expect(action.summary.slice(0, -1)).not.toMatch(/[.!?] /);
  });

  it('names its fields', () => {
    for (const [name, field] of Object.entries(action.fields)) {
      expect(name).toMatch(/^[A-Za-z]+(?:-[a-z]+)*$/);
      if (!/^[a-z]+$/.test(name)) expect(field.label, name).toBeTruthy();
    }
  });

  it('has examples, one for each of its failures', () => {
    expect(action.examples.length).toBeGreaterThanOrEqual(2);
    const shown = action.examples.map(({ fails }) => fails);
    for (const code of codesThrownBy(id)) expect(shown).toContain(code);
    for (const example of action.examples)
      expect('gives' in example, JSON.stringify(example)).toBe(!('fails' in example));
  });

  it('refuses what a field does not allow, by name', () => {
    const given = action.examples.find((example) => !example.fails)?.given ?? action.examples[0]?.given ?? {};
    for (const [name, field] of Object.entries(action.fields)) {
      const wrong = Symbol('wrong');
      if (field.check(wrong) === undefined) continue;
      expect(() => checkInput(action, { ...given, [name]: wrong }), name).toThrow(
        `\`${name}\` must be ${field.check(wrong)}, found a symbol`,
      );
    }
  });

  it('describes its result as JSON Schema and as the document defaults expect', () => {
    if (action.output === null) {
      for (const { gives = null } of action.examples) expect(gives).toBeNull();
    } else {
      expect(Object.getPrototypeOf(action.output)).toBe(Object.prototype);
    }
  });

  it.each(action.examples.map((example, index) => [index, example] as const))('does as example %i says', (_, example) =>
    follow(action, example),
  );
});

async function follow(action: ActionDefinition, example: Example): Promise<void> {
  const opened = await openActionContext();
  const before = structuredClone(example.given);
  try {
    const result = await runAction(action, example.given, opened.context);
    expect(example.fails, `gave ${JSON.stringify(result)}`).toBeUndefined();
    expect(result).toStrictEqual(example.gives);
  } catch (thrown) {
    if (!(thrown instanceof ActionFailure)) throw thrown;
    expect(thrown.code, thrown.message).toBe(example.fails);
    expect(thrown.message).not.toBe('');
  } finally {
    await opened.close();
  }
  expect(example.given).toStrictEqual(before);
}
