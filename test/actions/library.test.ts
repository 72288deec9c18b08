import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { showValue } from '../../actions/docs/show-value.ts';
import { actionById, actions } from '../../actions/index.ts';
import {
  type ActionContext,
  type ActionDefinition,
  ActionFailure,
  checkInput,
  type Example,
  type Field,
  type Fields,
} from '../../actions/kit/index.ts';
import { openActionContext, runAction } from '../support/action-context.ts';

const root = fileURLToPath(new URL('../../actions', import.meta.url));
const sourceOf = (id: string): string => join(root, `${id}.ts`);

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .filter((path) => /^export default defineAction\(/m.test(readFileSync(join(root, path), 'utf8')));

/** What its own file throws; the codes of parts that it shares with others depend on how it uses them. */
const codesThrownBy = (id: string): string[] => {
  const source = readFileSync(sourceOf(id), 'utf8');
  return [...source.matchAll(/new ActionFailure\(\s*'([a-z-]+)'/g)].map(([, code]) => code as string);
};

/** Codes that no example can show, since what they tell of would have to be provoked outside of the action. */
const notToBeShown: { readonly [code: string]: string } = {
  'engine-unavailable': 'It comes up where no engine runs, as in `sluice run`.',
  'server-failed': 'Its port would have to be taken.',
  'webhook-repeated': 'It takes two calls.',
  'too-large': 'Some bounds are so high that an example beyond them would be no example.',
};

/** About how many characters a value is written in. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce((sum, [key, part]) => sum + key.length + sizeOf(part), 0);
};

/** Every engine and editor loads all examples, so none may be large. */
const isSmall = ({ given, gives }: Example): boolean => sizeOf(given) + sizeOf(gives) < 4_000;

/** Fields by the names that documentation gives them, members of rows among them. */
const fieldsOf = (fields: Fields, prefix = ''): [name: string, field: Field][] =>
  Object.entries(fields).flatMap(([name, field]) => [
    [prefix + name, field],
    ...(field.rows ? fieldsOf(field.rows, `${name}[].`) : []),
  ]);

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

  it('says more than its summary', () => expect((action.documentation ?? '').trim().length).toBeGreaterThan(80));

  it('names its fields', () => {
    for (const [name, { label }] of fieldsOf(action.fields)) {
      expect(name).toMatch(/^[A-Za-z0-9]+(?:[-_ ][A-Za-z0-9]+|\[\]\.[A-Za-z0-9]+)*$/);
      expect(label, name).toMatch(/^[A-Z\d]/);
    }
  });

  it('declares how it fails', () => {
    const declared = Object.keys(action.failures ?? {});
    for (const [code, when] of Object.entries(action.failures ?? {})) {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(when, code).toMatch(/^[A-Z`].*\.$/);
    }
    const known = ['input-invalid', ...declared];
    for (const { fails } of action.examples) if (fails !== undefined) expect(known).toContain(fails);
    for (const code of codesThrownBy(id)) expect(known).toContain(code);
  });

  it('has examples, one for each of its failures', () => {
    expect(action.examples.length).toBeGreaterThanOrEqual(2);
    const shown = action.examples.map(({ fails }) => fails);
    for (const code of Object.keys(action.failures ?? {})) {
      if (!Object.hasOwn(notToBeShown, code)) expect(shown).toContain(code);
    }
    const canBeWrong = Object.values(action.fields).some((field) => field.check(Symbol('wrong')) !== undefined);
    if (canBeWrong) expect(shown).toContain('input-invalid');
    for (const example of action.examples) {
      expect('gives' in example, showValue(example.given)).toBe(!('fails' in example));
      expect(isSmall(example), showValue(example.given)).toBe(true);
    }
  });

  it('refuses what a field does not allow, by name', () => {
    for (const [name, field] of Object.entries(action.fields)) {
      const wrong = Symbol('wrong');
      if (field.check(wrong) === undefined) continue;
      expect(() => checkInput({ fields: { [name]: field } }, { [name]: wrong }), name).toThrow(
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

  it.each(action.examples.filter(isSmall).map((example, index) => [index, example] as const))(
    'does as example %i says',
    (_, example) => follow(action, example),
  );
});

async function follow(action: ActionDefinition, example: Example): Promise<void> {
  // A pure action is never given a context, here as in the engine.
  const opened = action.run.length < 2 ? undefined : await openActionContext();
  const before = structuredClone(example.given);
  try {
    const result = await runAction(action, example.given, opened?.context as ActionContext);
    expect(example.fails, `gave ${showValue(result)}`).toBeUndefined();
    expect(result).toStrictEqual(example.gives);
  } catch (thrown) {
    if (!(thrown instanceof ActionFailure)) throw thrown;
    expect(thrown.code, thrown.message).toBe(example.fails);
    expect(thrown.message).not.toBe('');
  } finally {
    await opened?.close();
  }
  expect(example.given).toStrictEqual(before);
}
