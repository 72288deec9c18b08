import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure } from '../../actions/kit/index.ts';
import { runAction } from '../support/run-action.ts';

const elixir = (text: string, variables: Record<string, unknown> = {}): unknown =>
  runAction(
    actionById.get('system/elixir') as ActionDefinition,
    { elixir: text, variables },
    undefined as unknown as ActionContext,
  );
const codeOf = (text: string): string => {
  try {
    return `gave ${JSON.stringify(elixir(text))}`;
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown.code;
    throw thrown;
  }
};

describe('an Elixir expression', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3 ** 2', 19],
    ['7 / 2', 3.5],
    ['-7 |> abs', 'expression-invalid'],
    ['rem(-7, 3)', -1],
    ['div(-7, 2)', -3],
    ['round(-2.5)', -3],
    ['1_000 - 1', 999],
    ['"a" <> "b" <> "c" == "abc"', true],
    ['[1] ++ [2] ++ []', [1, 2]],
    ['!nil && 5', 5],
    ['nil || false', false],
    ['1 and true', 'expression-failed'],
    ['not (1 > 2) or false', true],
    ['nil < "a"', true],
    ['"#{1 + 1} of #{[] == []}"', '2 of true'],
    ['"tab\\t\\"q\\" \\#{x}"', 'tab\t"q" #{x}'],
    ['%{"a" => [%{b: 1}], __proto__: 2}["a"]', [{ b: 1 }]],
    ['%{a: %{b: nil}}.a.b', null],
    ['%{a: 1}.b', 'expression-failed'],
    ['constructor', 'expression-failed'],
    ['length("ab")', 'expression-failed'],
    ['1 / 0', 'expression-failed'],
    ['9007199254740993', 'expression-invalid'],
    ['"open', 'expression-invalid'],
    ['fn x -> x end', 'expression-invalid'],
    ['', 'expression-invalid'],
    ['('.repeat(5_000), 'expression-invalid'],
    ['-'.repeat(5_000), 'expression-invalid'],
    ['1+'.repeat(20_000), 'expression-invalid'],
  ])('%s', (text, expected) => {
    const code = codeOf(text);
    if (code === 'expression-failed' || code === 'expression-invalid') expect(code).toBe(expected);
    else expect(elixir(text)).toStrictEqual(expected);
  });

  it('reads own keys of its variables only', () => {
    expect(elixir('a.b["c"]', { a: { b: { c: 3 } } })).toBe(3);
    expect(codeOf('toString')).toBe('expression-failed');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
