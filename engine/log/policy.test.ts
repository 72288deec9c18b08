import { describe, expect, it } from 'vitest';
import type { Switch, Switches } from '../document/types.ts';
import { nodeLog, nodePolicy, nodeState, type SwitchSources, type SwitchUses, switchKey } from './policy.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const soon = '2026-11-21T12:00:01Z';
const [server, operation, action] = ['server/a', 'server/a/b', 'server/a/b/c'];
const times = { on: true, times: 9 };
const both = nodeLog.info | nodeLog.error;

const sources = (switches: Switches, uses: SwitchUses = {}, captureAll = false): SwitchSources => ({
  switches,
  settings: { level: 'info', captureAll },
  now,
  uses,
});
const chain = (...logs: (Switch | undefined)[]) =>
  [server, operation, action].slice(0, logs.length).map((address, index) => ({ address, log: logs[index] }));

describe('what is in force at a node', () => {
  it.each<[string, (Switch | undefined)[], object]>([
    ['nothing', [undefined, undefined], { own: null, effective: false, from: null, left: null }],
    ['a counted switch of its own', [undefined, times], { own: times, effective: times, from: operation, left: 9 }],
    ['one above', [times, undefined], { own: null, effective: times, from: server, left: 9 }],
    [
      'the nearest of two that decide run by run',
      [{ on: true, sample: 0.5 }, times],
      { effective: times, from: operation },
    ],
    [
      'one for every run before one that decides',
      [true, times],
      { own: times, effective: true, from: server, left: null },
    ],
    ['what is only bounded in time is for every run', [{ on: true, until: soon }, times], { from: server, left: null }],
    [
      'off with bounds is off',
      [{ on: false, times: 9 }, false],
      { own: false, effective: false, from: null, left: null },
    ],
    ['an action has only its own', [true, true, undefined], { own: null, effective: false, from: null }],
  ])('%s', (_, logs, state) => {
    expect(nodeState(chain(...logs), sources({})).log).toMatchObject(state);
  });

  it('a counted switch is off when nothing is left of it, by what it says and where it is', () => {
    const ended = { [switchKey(operation, 'log', times)]: { version: 1, left: 0 } };
    const state = (log: Switch, uses: SwitchUses) => nodeState(chain(undefined, log), sources({}, uses)).log;
    expect(state(times, ended)).toEqual({ own: times, effective: false, from: null, left: 0 });
    expect(state({ times: 9, on: true }, ended).left).toBe(0);
    expect(state({ on: true, times: 10 }, ended)).toMatchObject({ from: operation, left: 10 });
    const other = { [switchKey(server, 'log', times)]: { version: 1, left: 0 } };
    expect(state(times, other).from).toBe(operation);
    expect(state(times, { [switchKey(operation, 'capture', times)]: { version: 1, left: 0 } }).from).toBe(operation);
    expect(nodePolicy(chain(undefined, times), sources({}, ended))).toMatchObject({ flags: 0, log: [] });
  });
});

describe('what compiled operations look up', () => {
  it.each<[string, (Switch | undefined)[], number, string[]]>([
    ['off', [undefined, false], 0, []],
    ['every run', [undefined, true], both, []],
    ['every run, though another one decides', [true, times], both, []],
    ['bounds that bound nothing', [undefined, { on: true, sample: 1, errorsOnly: false }], both, []],
    [
      'run by run, the nearest first',
      [{ on: true, errorsOnly: true }, times],
      both | nodeLog.bounded,
      [operation, server],
    ],
    ['run by run at an action', [true, true, { on: true, when: 'a' }], both | nodeLog.bounded, [action]],
  ])('%s', (_, logs, flags, deciding) => {
    const policy = nodePolicy(chain(...logs), sources({}));
    expect(policy.flags).toBe(flags);
    expect(policy.log.map(({ address }) => address)).toEqual(deciding);
  });

  it('capture of what holds it is that of an operation, and an action has only its own', () => {
    const capture = (depth: number, switches: Switches, captureAll = false) => {
      const nodes = chain(undefined, undefined, undefined).slice(0, depth);
      const policy = nodePolicy(nodes, sources(switches, {}, captureAll));
      expect(policy.flags).toBe(0);
      return policy.capture;
    };
    const bounded = { [server]: { capture: times }, [action]: { capture: { on: true, until: soon } } };
    expect([capture(2, {}), capture(3, {})]).toEqual([false, false]);
    expect([capture(2, { [server]: { capture: true } }), capture(3, { [server]: { capture: true } })]).toEqual([
      true,
      false,
    ]);
    expect([capture(2, {}, true), capture(3, {}, true)]).toEqual([true, false]);
    expect(capture(2, bounded)).toEqual([{ address: server, kind: 'capture', value: times }]);
    expect(capture(3, bounded)).toBe(true);
  });
});
