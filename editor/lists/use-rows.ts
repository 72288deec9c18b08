import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { type ListKind, navigate, pathTo } from '../app/route.ts';

interface Rows {
  /** The address of the one row that Tab reaches. */
  entry: string | undefined;
  onRowClick(event: MouseEvent): void;
  onRowKey(event: KeyboardEvent): void;
}

interface RowsProps {
  kind: ListKind;
  chosen: string | null;
  /** The address of the first row. */
  first: string | undefined;
  onToggle(id: string, open?: boolean): void;
}

/** Rows are chosen by a click or by the arrow keys; the address bar names the one that is. */
export function useRows({ kind, chosen, first, onToggle }: RowsProps): Rows {
  const [last, setLast] = useState<string | undefined>(undefined);

  const choose = (row: HTMLElement): void => {
    const address = row.dataset.address as string;
    setLast(address);
    navigate(pathOf(kind, address), chosen !== null);
    row.focus();
  };

  const onRowClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('tr[data-address]');
    if (row === null || target.closest('button, a, [role="menu"]') !== null) return;
    choose(row);
  };

  const onRowKey = (event: KeyboardEvent): void => {
    const row = event.target as HTMLElement;
    // Keys of the buttons and links in a row are theirs.
    if (row.dataset.address === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...(row.parentElement as HTMLElement).querySelectorAll<HTMLElement>('tr[data-address]')];
    const at = rows.indexOf(row);
    const [, id, operation] = row.dataset.address.split('/') as [string, string, string?];
    const go: { readonly [key: string]: (() => void) | undefined } = {
      ArrowDown: () => choose(rows[Math.min(at + 1, rows.length - 1)] as HTMLElement),
      ArrowUp: () => choose(rows[Math.max(at - 1, 0)] as HTMLElement),
      Home: () => choose(rows[0] as HTMLElement),
      End: () => choose(rows.at(-1) as HTMLElement),
      ArrowRight: () => operation === undefined && onToggle(id, true),
      ArrowLeft() {
        onToggle(id, false);
        const owner = rows.findLast((one, index) => index <= at && one.dataset.address === `${kind}/${id}`);
        if (owner !== undefined && owner !== row) choose(owner);
      },
      Enter: () => (operation === undefined ? choose(row) : navigate(pathTo(kind, id, operation))),
      '.': () => row.querySelector<HTMLElement>('.kebab')?.click(),
      ContextMenu: () => row.querySelector<HTMLElement>('.kebab')?.click(),
      F10: event.shiftKey ? () => row.querySelector<HTMLElement>('.kebab')?.click() : undefined,
    };
    const act = go[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return { entry: last ?? chosen ?? first, onRowClick, onRowKey };
}

/** The list with one of its rows chosen. */
const pathOf = (kind: ListKind, address: string): string => {
  const [, id, operation] = address.split('/') as [string, string, string?];
  return `${pathTo(kind, id)}${operation === undefined ? '' : `?operation=${encodeURIComponent(operation)}`}`;
};
