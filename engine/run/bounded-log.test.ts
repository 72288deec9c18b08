import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { openStage, projectOf, type Stage, worldOf } from '../../test/support/environment.ts';
import { BoundedSwitches } from '../compile/bounded-switches.ts';
import { applyPolicies } from '../compile/project.ts';
import type { Action, Level, Operation, Switches, Value } from '../document/types.ts';
import { type SwitchUses, switchKey } from '../log/policy.ts';

const web = 'server/web';
const op = `${web}/op`;

const set = (id: string, value: Value): Action => ({
  id,
  action: 'variable/set',
  input: { value },
  output: ['variables', id],
});
const raise = (id: string): Action => ({ id, action: 'scope/raise', input: { message: 'No.' } });
const loop = (id: string, actions: Action[]): Action => ({
  id,
  action: 'iteration/map',
  input: { array: [0, 1, 2], foreach: { $do: { actions } } as never, scope: 'item' },
  output: null,
});

/** Counts for itself, as the control process and the worker do together. */
class Counter {
  readonly left = new Map<string, number>();
  readonly failed: string[] = [];
  readonly switches = new BoundedSwitches({
    take: (key) => {
      const left = this.left.get(key) ?? 0;
      if (left > 0) this.left.set(key, left - 1);
      return left > 0;
    },
    failed: (_, __, node, failure) => this.failed.push(`${node}: ${failure.message}`),
  });

  put(stage: Stage, switches: Switches, level: Level = 'info', uses: SwitchUses = {}): void {
    applyPolicies(
      stage.compiled,
      { switches, settings: { level, captureAll: false }, now: Date.now(), uses },
      this.switches,
    );
  }
}

const stageOf = (actions: Action[], more: Partial<Operation> = {}) => {
  const operation = {
    id: 'op',
    method: 'GET',
    path: '/',
    workflow: { actions, output: { done: true } },
    ...more,
  } as Operation;
  const project = projectOf([{ id: 'web', type: 'http', operations: [operation] }]);
  return openStage(worldOf({ project, library: actionById }));
};
const told = (stage: Stage) =>
  stage.told
    .splice(0)
    .map(({ node, event, iteration }) => `${node.slice(op.length + 1) || 'op'} ${event}${iteration ?? ''}`);

describe('the log of a node under bounded switches', () => {
  it('is held back until the end where the end decides, and written begin before end', async () => {
    const stage = await stageOf([set('a', 1), raise('b')]);
    const counter = new Counter();
    counter.put(stage, {
      [op]: { log: { on: true, errorsOnly: true } },
      [`${op}/a`]: { log: { on: true, errorsOnly: true } },
      [`${op}/b`]: { log: { on: true, when: 'error.code = "raised"' } },
    });
    await stage.start(op, { request: { n: 1 } });
    expect(told(stage)).toEqual(['b begin', 'b end', 'op begin', 'op end']);
    expect(counter.failed).toEqual([]);
  });

  it('shows conditions the scopes at the begin, unless they ask for the end', async () => {
    const stage = await stageOf([set('x', 1), set('y', 2), set('z', 3)]);
    const counter = new Counter();
    const log = (when: string) => ({ log: { on: true, when } });
    counter.put(stage, {
      [op]: log('variables.x = 1'),
      [`${op}/x`]: log('variables.x = 1'),
      [`${op}/y`]: log('variables.y = 2 and ms >= 0'),
      [`${op}/z`]: log('output = 3'),
    });
    await stage.start(op);
    expect(told(stage)).toEqual(['y begin', 'y end', 'z begin', 'z end']);
    counter.put(stage, { [op]: log('output.done and $exists(error) = false') });
    await stage.start(op);
    expect(told(stage)).toEqual(['op begin', 'op end']);
  });

  it('a condition that fails, is no expression or goes on for ever counts as not met, and is told once', async () => {
    const stage = await stageOf([set('a', 1)]);
    const counter = new Counter();
    counter.put(stage, {
      [op]: { log: { on: true, when: '1 + "a"' } },
      [`${op}/a`]: { log: { on: true, when: '((' } },
      [web]: { log: { on: true, when: '($f := function($n) { $f($n + 1) }; $f(1))' } },
    });
    await stage.start(op);
    await stage.start(op);
    expect(told(stage)).toEqual([]);
    expect(counter.failed.map((text) => text.split(':')[0]).sort()).toEqual([web, op, `${op}/a`]);
  });

  it('asks an action at each execution, and counts its run once', async () => {
    const stage = await stageOf([loop('each', [set('s', 1)])]);
    const counter = new Counter();
    const value = { on: true, times: 1, when: 'item.index != 1' };
    counter.left.set(switchKey(`${op}/s`, 'log', value), 1);
    counter.put(stage, { [`${op}/s`]: { log: value } });
    await stage.start(op);
    expect(told(stage)).toEqual(['s begin0', 's end0', 's begin2', 's end2']);
    await stage.start(op);
    expect(told(stage)).toEqual([]);
  });

  it('goes on for a run that was let in when the switch has ended by its count, but not when it is withdrawn', async () => {
    const pause: Action = { id: 'pause', action: 'thread/sleep', input: { duration: 1 } };
    const stage = await stageOf([loop('each', [set('s', 1), pause])]);
    const value = { on: true, times: 1 };
    const key = switchKey(`${op}/s`, 'log', value);
    const switches = { [`${op}/s`]: { log: value } };
    for (const ended of [true, false]) {
      const counter = new Counter();
      counter.left.set(key, 1);
      counter.put(stage, switches, 'info', { [key]: { version: 1, left: 1 } });
      const run = stage.start(op);
      expect(told(stage)).toEqual(['s begin0', 's end0']);
      counter.put(stage, {}, 'info', ended ? { [key]: { version: 1, left: 0 } } : {});
      const other = stage.start(op);
      await Promise.all([run, other]);
      expect(told(stage)).toEqual(ended ? ['s begin1', 's end1', 's begin2', 's end2'] : []);
    }
  });

  it('counts at the nearest switch that says yes, and at none where every run is written', async () => {
    const stage = await stageOf([set('a', 1)]);
    const counter = new Counter();
    const value = { on: true, times: 2 };
    const keys = [web, op].map((address) => switchKey(address, 'log', value));
    const fill = () => {
      for (const key of keys) counter.left.set(key, 2);
    };
    const left = () => keys.map((key) => counter.left.get(key));
    fill();
    counter.put(stage, { [web]: { log: value }, [op]: { log: value } });
    for (const expected of [
      [2, 1],
      [2, 0],
      [1, 0],
      [0, 0],
    ]) {
      await stage.start(op);
      expect(left()).toEqual(expected);
      expect(told(stage)).toEqual(['op begin', 'op end']);
    }
    await stage.start(op);
    expect(told(stage)).toEqual([]);
    fill();
    counter.put(stage, { [web]: { log: true }, [op]: { log: value } });
    await stage.start(op);
    expect(left()).toEqual([2, 2]);
    expect(told(stage)).toEqual(['op begin', 'op end']);
  });

  it('where the level lets only failures through, only those count', async () => {
    const stage = await stageOf([set('a', { $ref: ['request', 'fail'] } as never), { ...raise('b'), enabled: true }], {
      onError: { actions: [], output: 'handled' },
    });
    const counter = new Counter();
    const value = { on: true, times: 2 };
    const keys = [`${op}/a`, `${op}/b`].map((address) => switchKey(address, 'log', value));
    for (const key of keys) counter.left.set(key, 2);
    counter.put(stage, { [`${op}/a`]: { log: value }, [`${op}/b`]: { log: value } }, 'error');
    await stage.start(op);
    expect(told(stage)).toEqual(['b end', 'op end']);
    expect(keys.map((key) => counter.left.get(key))).toEqual([2, 1]);
  });

  it('a share of the traces is the same at every node, and part of every larger share', async () => {
    const stage = await stageOf([set('a', 1)]);
    const counter = new Counter();
    counter.put(stage, {
      [op]: { log: { on: true, sample: 0.3 } },
      [`${op}/a`]: { log: { on: true, sample: 0.3 } },
      [web]: { log: { on: true, sample: 0 } },
    });
    let written = 0;
    for (let run = 0; run < 2_000; run++) {
      await stage.start(op);
      const lines = told(stage);
      expect([0, 4]).toContain(lines.length);
      if (lines.length > 0) written++;
    }
    // Six standard deviations around 600.
    expect(written).toBeGreaterThan(477);
    expect(written).toBeLessThan(723);
  });

  it('asks for the whole request where a record or a condition shows it', async () => {
    const stage = await stageOf([set('a', 1)]);
    const counter = new Counter();
    const whole = (switches: Switches) => {
      counter.put(stage, switches);
      return stage.compiled.operations.get(op)?.policies.wholeRequest;
    };
    expect(whole({})).toBe(false);
    expect(whole({ [op]: { log: true } })).toBe(true);
    expect(whole({ [`${op}/a`]: { log: true } })).toBe(false);
    expect(whole({ [`${op}/a`]: { log: { on: true, when: 'variables.x' } } })).toBe(false);
    expect(whole({ [`${op}/a`]: { log: { on: true, when: 'request.header.x' } } })).toBe(true);
    expect(whole({ [`${op}/a`]: { log: { on: true, when: '$keys($)' } } })).toBe(true);
  });
});
