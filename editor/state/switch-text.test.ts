import { describe, expect, it } from 'vitest';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { Switch } from '../../engine/document/types.ts';
import { isOn, isOwnOn, switchState, switchText } from './switch-text.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe('switchText', () => {
  it.each<[Switch, string]>([
    [true, 'on'],
    [false, 'off'],
    [{ on: true }, 'on'],
    [{ on: false, times: 3 }, 'off'],
    [{ on: true, until: at(14) }, '14 min'],
    [{ on: true, until: at(0.5) }, '1 min'],
    [{ on: true, until: at(180) }, '3 h'],
    [{ on: true, until: at(4320) }, '3 d'],
    [{ on: true, until: at(-1) }, 'off'],
    [{ on: true, times: 100 }, '100 runs'],
    [{ on: true, times: 1 }, '1 run'],
    [{ on: true, sample: 0.01 }, '1 %'],
    [{ on: true, sample: 0.07 }, '7 %'],
    [{ on: true, errorsOnly: true }, 'errors'],
    [{ on: true, when: 'x > 1' }, 'when…'],
  ])('shows %j as %s', (value, text) => {
    expect(switchText(value, now)).toBe(text);
    expect(isOn(value, now)).toBe(text !== 'off');
  });

  it('takes what is not set as off', () => expect(isOn(null, now)).toBe(false));
});

it.each<[Switch | null, string | null, number | null, boolean]>([
  [true, 'server/s', null, true],
  [null, null, null, false],
  [{ on: true, times: 5 }, 'server/s', 3, true],
  // It has written what it may.
  [{ on: true, times: 5 }, null, 0, false],
])('knows whether a node has its own switch on: %j, decided by %s, %s left', (own, from, left, isIt) => {
  const node = { address: 'server/s', log: { own, effective: from !== null, from, left } } as NodeAnswer;
  expect(isOwnOn(node, 'log', now)).toBe(isIt);
});

describe('switchState', () => {
  const state = (effective: Switch, from: string | null, left: number | null = null) =>
    switchState(
      { address: 'server/s/o/a', capture: { own: null, effective, from, left } } as NodeAnswer,
      'capture',
      now,
    );

  it('tells what is set here from what is inherited, and names from where', () => {
    expect(state(false, null)).toEqual({ kind: 'off', badge: 'off', text: 'Capture is off' });
    expect(state(true, 'server/s/o/a')).toEqual({ kind: 'own', badge: 'on', text: 'Capture is on, set here' });
    expect(state({ on: true, times: 5 }, 'server/s/o/a')).toEqual({
      kind: 'own',
      badge: '5 runs',
      text: 'Capture is on, set here (for 5 runs)',
    });
    expect(state({ on: true, times: 5 }, 'server/s/o/a', 2)).toEqual({
      kind: 'own',
      badge: '2 of 5',
      text: 'Capture is on, set here (2 of 5 runs left)',
    });
    expect(state({ on: true, errorsOnly: true, when: 'a' }, 'server/s').text).toBe(
      'Capture is on, inherited from server/s (only errors, only when a)',
    );
    expect(state(true, 'server/s')).toEqual({
      kind: 'inherited',
      badge: 'server',
      text: 'Capture is on, inherited from server/s',
    });
    expect(state(true, 'server/s/o')).toEqual({
      kind: 'inherited',
      badge: 'operation',
      text: 'Capture is on, inherited from server/s/o',
    });
    expect(state(true, null)).toEqual({
      kind: 'inherited',
      badge: 'settings',
      text: 'Capture is on, inherited from the settings',
    });
  });
});
