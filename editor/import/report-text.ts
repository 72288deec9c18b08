import type { ResourceKind } from '../../engine/document/types.ts';
import { type ListKind, pathTo } from '../app/route.ts';
import type { ImportAnswer } from './import-file.ts';

const kinds = ['api', 'server', 'service', 'client'] as const satisfies readonly ResourceKind[];
const words: Record<(typeof kinds)[number], string> = {
  api: 'APIs',
  server: 'Servers',
  service: 'Services',
  client: 'Clients',
};

/** One thing that an import brought. */
export interface ImportedItem {
  id: string;
  path: string;
  /** What became of it. */
  note: 'new' | 'replaced' | 'unchanged';
}

/** What was imported, by kind, in the order in which they are shown everywhere. */
export function itemsByKind({ imported, replaced, unchanged }: ImportAnswer): {
  kind: string;
  items: ImportedItem[];
}[] {
  return kinds.flatMap((kind) => {
    const items = imported
      .filter((name) => name.startsWith(`${kind}/`))
      .map((name): ImportedItem => {
        const id = name.slice(kind.length + 1);
        return {
          id,
          path: kind === 'api' ? `/apis/${encodeURIComponent(id)}` : pathTo(kind satisfies ListKind, id),
          note: replaced.includes(name) ? 'replaced' : unchanged.includes(name) ? 'unchanged' : 'new',
        };
      });
    return items.length === 0 ? [] : [{ kind: words[kind], items }];
  });
}

/** A remark as a line of text: `server/shop (/servers/0/port): …`. */
export function remarkText({
  resource,
  pointer,
  message,
}: {
  resource: string | null;
  pointer: string;
  message: string;
}): string {
  const place = resource === null || pointer === '' ? (resource ?? pointer) : `${resource} (${pointer})`;
  return place === '' ? message : `${place}: ${message}`;
}
