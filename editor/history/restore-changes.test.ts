import { expect, it } from 'vitest';
import type { ChangeAnswer } from '../../engine/control/project/revision.ts';
import { restoreChanges } from './restore-changes.ts';

/** The kinds of changes of one resource, from the oldest to the newest. */
const later = (resource: string, ...kinds: ChangeAnswer['kind'][]) =>
  kinds.toReversed().map((kind) => ({ changes: [{ resource, kind }] }));

it.each<[ChangeAnswer['kind'][], ChangeAnswer['kind'] | undefined]>([
  [['changed'], 'changed'],
  [['changed', 'changed'], 'changed'],
  [['added'], 'removed'],
  [['added', 'changed'], 'removed'],
  [['removed'], 'added'],
  [['changed', 'removed'], 'added'],
  [['removed', 'added'], 'changed'],
  [['added', 'removed'], undefined],
])('%j is undone as %s', (kinds, kind) => {
  expect(restoreChanges(later('server/a', ...kinds))).toEqual(
    kind === undefined ? [] : [{ resource: 'server/a', kind }],
  );
});

it('leaves the settings of the engine alone, and stands by name', () => {
  const both = [...later('settings', 'changed'), ...later('service/b', 'changed'), ...later('server/a', 'added')];
  expect(restoreChanges(both)).toEqual([
    { resource: 'server/a', kind: 'removed' },
    { resource: 'service/b', kind: 'changed' },
  ]);
});
