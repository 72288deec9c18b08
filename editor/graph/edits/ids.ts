import { isId } from '../../../engine/document/address.ts';
import type { Action, Operation } from '../../../engine/document/types.ts';
import { changeLists, eachAction } from './lists.ts';

const longest = 64;

/** What stands for the parts of an operation itself where nodes and lists are named by id. */
const reserved = ['workflow', 'onError', 'start', 'end'];

/** An id that no action of the operation has: the wished one, or with the next free number as in `greet-2`. */
export const freeId = (operation: Operation, wish: string): string => nextId(takenIds(operation), wish);

export function takenIds(operation: Operation): Set<string> {
  const taken = new Set(reserved);
  eachAction(operation, ({ id }) => {
    taken.add(id);
    return false;
  });
  return taken;
}

function nextId(taken: ReadonlySet<string>, wish: string): string {
  const id = toId(wish);
  if (!taken.has(id)) return id;
  const [, stem = id, count = '1'] = /^(.+)-(\d{1,6})$/.exec(id) ?? [];
  for (let number = Math.max(Number(count), 1) + 1; ; number++) {
    const suffix = `-${number}`;
    const next = stem.slice(0, longest - suffix.length) + suffix;
    if (!taken.has(next)) return next;
  }
}

/** The nearest text that is an id. */
function toId(wish: string): string {
  if (isId(wish as unknown)) return wish;
  const id = wish
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  return id === '' ? 'action' : id;
}

/** The same actions, each id that is taken replaced by a free one, nested ones included. Adds theirs to `taken`. */
export function withFreeIds(actions: readonly Action[], taken: Set<string>): readonly Action[] {
  const alone: Operation = { id: 'alone', workflow: { actions: actions as Action[] } };
  return changeLists(alone, (list) =>
    list.map((action) => {
      const id = nextId(taken, action.id);
      taken.add(id);
      return id === action.id ? action : { ...action, id };
    }),
  ).workflow.actions;
}
