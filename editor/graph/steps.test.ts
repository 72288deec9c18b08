import { describe, expect, it } from 'vitest';
import type { Action, Json } from '../../engine/document/types.ts';
import { type ActionStep, stepsOf } from './steps.ts';

const context = { operation: 'server/s/o', hasResult: (action: string) => action !== 'system/log' };
const main = { owner: 'workflow', path: [] };
const steps = (...actions: Action[]): ActionStep[] =>
  stepsOf({ actions }, context, 'main', main).filter((step) => step.kind === 'action');
const log = (id: string): Action => ({ id, action: 'system/log' });
const run = (...ids: string[]): Json => ({ $do: { actions: ids.map((id) => ({ id, action: 'system/log' })) } });
const lanes = (action: Omit<Action, 'id'>) =>
  steps({ id: 'x', ...action })[0]?.lanes.map(({ label, note, gives, steps: inner }) => [
    label,
    note,
    gives,
    inner.map((step) => step.id.replace('server/s/o/', '')).join(),
  ]);

describe('stepsOf', () => {
  it('names a step by its title or else its id, and gives its address', () => {
    expect(steps({ ...log('a'), title: 'Tell' }, log('b')).map(({ title, id }) => [title, id])).toEqual([
      ['Tell', 'server/s/o/a'],
      ['b', 'server/s/o/b'],
    ]);
  });

  it('says where the result goes', () => {
    const outputs = steps(
      { id: 'a', action: 'string/join' },
      { id: 'b', action: 'system/log' },
      { id: 'c', action: 'string/join', output: ['variables', 'list', 0] },
      { id: 'd', action: 'string/join', output: null },
      { id: 'e', action: 'string/join', output: [] },
    ).map(({ output }) => output);
    expect(outputs).toEqual(['variables.output', null, 'variables.list[0]', null, null]);
  });

  it('previews what it gets', () => {
    const [step] = steps({
      id: 'a',
      action: 'string/join',
      input: { array: ['Hello', { $ref: ['request', 'query', 'name'] }], delimiter: ' ' },
    });
    expect(step?.preview).toBe('["Hello", request.query.name]  " "');
    expect(step?.lanes).toEqual([]);
  });

  it('makes a lane of every branch of an if, plain values too', () => {
    const conditions: Json = [
      { condition: { $op: 'equal', of: [{ $ref: ['variables', 'a'] }, 1] }, value: run('one') },
      { condition: { $ref: ['variables', 'b'] }, value: 'plain' },
      { condition: true, value: run('two', 'three') },
    ];
    expect(lanes({ action: 'conditional/if', input: { conditions } })).toEqual([
      ['If', 'variables.a = 1', null, 'one'],
      ['Else if', 'variables.b', '"plain"', ''],
      ['Else', '', null, 'two,three'],
    ]);
  });

  it('makes lanes of a switch and a try, of a map, and of fields it does not know', () => {
    expect(
      lanes({
        action: 'conditional/switch',
        input: { value: { $ref: ['input', 'kind'] }, cases: [{ case: 'a', value: run('one') }], default: 7 },
      }),
    ).toEqual([
      ['Case', '"a"', null, 'one'],
      ['Default', '', '7', ''],
    ]);
    expect(lanes({ action: 'conditional/try', input: { value: run('one'), onError: 'instead' } })).toEqual([
      ['Try', '', null, 'one'],
      ['On error', '', '"instead"', ''],
    ]);
    expect(
      lanes({
        action: 'iteration/map',
        input: { array: [1], foreach: { $do: { actions: [], output: { $ref: ['item', 'value'] } } } },
      }),
    ).toEqual([['For each', '', 'item.value', '']]);
    expect(lanes({ action: 'some/other', input: { options: { onRetry: [run('one')] } } })).toEqual([
      ['Options on retry 0', '', null, 'one'],
    ]);
  });

  it('keeps both when a condition is made of steps too', () => {
    const conditions = [{ condition: run('ask'), value: run('act') }];
    expect(lanes({ action: 'conditional/if', input: { conditions } })).toEqual([
      ['If, condition', '', null, 'ask'],
      ['If', '', null, 'act'],
    ]);
  });

  it('does not look into literals', () => {
    expect(lanes({ action: 'variable/set', input: { value: { $literal: run('one') } } })).toEqual([]);
  });

  it('previews beside lanes only what they do not show', () => {
    const [map] = steps({
      id: 'm',
      action: 'iteration/map',
      input: { array: { $ref: ['input'] }, foreach: run('one') },
    });
    expect(map?.preview).toBe('input');
  });
});

it('puts the steps of an output mapping after the actions', () => {
  const found = stepsOf({ actions: [log('a')], output: { status: 200, body: run('late') } }, context, 'main', main);
  expect(
    found.map(({ id, lanes: inside }) => [id, inside.map(({ label, steps: inner }) => [label, inner[0]?.id])]),
  ).toEqual([
    ['server/s/o/a', []],
    ['main#output', [['Body', 'server/s/o/late']]],
  ]);
  expect(stepsOf({ actions: [], output: run('late') }, context, 'main', main)[0]?.lanes[0]?.label).toBe('Output');
});
