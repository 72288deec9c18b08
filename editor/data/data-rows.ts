import { markOf } from './mark.ts';

export type DataPath = readonly (string | number)[];

/** Members of one container that are shown at first, and that `Show … More` adds. */
export const pageSize = 100;

/** How far a tree is unfolded. */
export interface Unfolding {
  /** Containers that are open, by the id of their row. */
  open: ReadonlySet<string>;
  /** Which members are shown, where it is not the first hundred. */
  shown: ReadonlyMap<string, Stretch>;
}

/** Members of a container, by position: `to` is no longer in it. */
export interface Stretch {
  from: number;
  to: number;
}

const firstPage: Stretch = { from: 0, to: pageSize };

interface Place {
  /** Unique in the tree: the path as an RFC 6901 pointer. */
  id: string;
  path: DataPath;
  /** 0 for the value itself. */
  depth: number;
  /** Which member it is, from 1, and of how many. */
  position: number;
  siblings: number;
}

/** A row of a tree. */
export type DataRow =
  | (Place & {
      kind: 'value';
      /** Key or index; null for the value itself. */
      name: string | number | null;
      value: unknown;
      /** null for what cannot be unfolded. */
      isOpen: boolean | null;
    })
  /** Stands for the members of its container that are not shown before or after those that are. */
  | (Place & { kind: 'more'; container: string; left: number; next: Stretch });

/** The rows that are there, from top to bottom. Only what is open is looked into. */
export function rowsOf(value: unknown, { open, shown }: Unfolding): DataRow[] {
  const rows: DataRow[] = [];
  const add = (one: unknown, name: string | number | null, place: Place): void => {
    const isOpen = isContainer(one) ? open.has(place.id) : null;
    rows.push({ ...place, kind: 'value', name, value: one, isOpen });
    if (isOpen) addMembers(one as object, place);
  };
  const addMembers = (container: object, { id, path, depth }: Place): void => {
    const names = namesOf(container);
    const siblings = names.length;
    const { from, to } = shown.get(id) ?? firstPage;
    const end = Math.min(to, siblings);
    const more = (position: number, left: number, next: Stretch): void => {
      const place = { id: `${id}/…${position}`, path, depth: depth + 1, position, siblings };
      rows.push({ ...place, kind: 'more', container: id, left, next });
    };
    if (from > 0) more(from, from, { from: Math.max(0, from - pageSize), to: end });
    for (let index = from; index < end; index++) {
      const name = names.at(index);
      const place = { id: idBelow(id, name), path: [...path, name], depth: depth + 1, position: index + 1, siblings };
      add((container as { [name: string | number]: unknown })[name], name, place);
    }
    if (end < siblings) more(end + 1, siblings - end, { from, to: end + pageSize });
  };
  add(value, null, { id: '', path: [], depth: 0, position: 1, siblings: 1 });
  return rows;
}

/** Keys of an object or indexes of an array, without making a list of the latter. */
function namesOf(container: object): { length: number; at(index: number): string | number } {
  if (Array.isArray(container)) return { length: container.length, at: (index) => index };
  const keys = Object.keys(container);
  return { length: keys.length, at: (index) => keys[index] as string };
}

const idBelow = (id: string, name: string | number): string =>
  `${id}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

export const idOf = (path: DataPath): string => path.reduce<string>(idBelow, '');

/** Whether a value has members to show: what stands for something else has none, and neither has what is empty. */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || markOf(value) !== null) return false;
  for (const _ in value) return true;
  return false;
}

/** Opens from the outside in what fits into so many rows. */
export function openAtFirst(value: unknown, most = 40): Set<string> {
  const open = new Set<string>();
  let left = most;
  let level: { id: string; value: unknown }[] = [{ id: '', value }];
  while (level.length > 0) {
    const below: typeof level = [];
    for (const { id, value: container } of level) {
      if (!isContainer(container)) continue;
      const names = namesOf(container);
      const size = Math.min(names.length, pageSize);
      if (id !== '' && size > left) continue;
      left -= size;
      open.add(id);
      for (let index = 0; index < size; index++) {
        const name = names.at(index);
        below.push({ id: idBelow(id, name), value: (container as { [name: string | number]: unknown })[name] });
      }
    }
    level = below;
  }
  return open;
}

/** The same unfolding with everything open that leads to a path, and the hundred around each step of it shown. */
export function unfoldTo(value: unknown, path: DataPath, { open, shown }: Unfolding): Unfolding {
  const [nextOpen, nextShown] = [new Set(open), new Map(shown)];
  let id = '';
  let container = value;
  for (const name of path) {
    nextOpen.add(id);
    const index = typeof name === 'number' ? name : Object.keys(container as object).indexOf(name);
    const { from, to } = nextShown.get(id) ?? firstPage;
    const page = Math.floor(index / pageSize) * pageSize;
    if (index < from || index >= to) nextShown.set(id, { from: page, to: page + pageSize });
    container = (container as { [name: string | number]: unknown })[name];
    id = idBelow(id, name);
  }
  return { open: nextOpen, shown: nextShown };
}

/** A path as JSONata: `request.body.items[0].sku`. */
export function pathText(path: DataPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `${text === '' ? '$' : ''}[${part}]`;
    else text += (text === '' ? '' : '.') + (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(part) ? part : `\`${part}\``);
  }
  return text || '$';
}
