import { useRef } from 'react';
import type { ListKind } from '../app/route.ts';
import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { DraftBar } from '../drafts/draft-bar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { filterNames, type ListFilter } from './list-filter.ts';

interface ListBarProps {
  kind: ListKind;
  title: string;
  count: number;
  search: string;
  filters: ReadonlySet<ListFilter>;
  /** How many resources each filter would leave. */
  counts: ReadonlyMap<ListFilter, number>;
  onSearch(text: string): void;
  onFilters(filters: ReadonlySet<ListFilter>): void;
}

const nouns = { server: 'Server', service: 'Service', client: 'Client' } as const;

/** What stands above a list: its name, the search, and what can be added. */
export function ListBar({ kind, title, count, search, filters, counts, onSearch, onFilters }: ListBarProps) {
  const { ask, whyNot } = useWorkspace();
  const field = useRef<HTMLInputElement>(null);
  const reason = whyNot('edit');
  const create = () => reason === undefined && ask({ dialog: 'create', kind });
  useCommands(
    () => [
      {
        id: 'search-list',
        icon: 'search',
        label: `Search ${title}`,
        keys: ['/'],
        group: title,
        perform: () => field.current?.focus(),
      },
    ],
    [title],
  );
  const toggle = (filter: ListFilter): void => {
    const next = new Set(filters);
    if (!next.delete(filter)) next.add(filter);
    onFilters(next);
  };
  return (
    <>
      <header className="bar">
        <h1>{title}</h1>
        <span className="count">{count}</span>
        <span className="grow" />
        <DraftBar />
        <button
          type="button"
          className="btn"
          aria-disabled={reason !== undefined}
          title={reason}
          onClick={() => reason === undefined && ask({ dialog: 'import' })}
        >
          <Icon name="download" size={14} />
          Import…
        </button>
        <button
          type="button"
          className="btn btn-primary"
          aria-disabled={reason !== undefined}
          title={reason}
          onClick={create}
        >
          <Icon name="add" size={14} />
          New {nouns[kind]}
          <span aria-hidden="true">
            <Keys keys="N" />
          </span>
        </button>
      </header>
      <div className="bar list-tools">
        <label className="field find">
          <Icon name="search" size={14} />
          <input
            ref={field}
            type="search"
            aria-label={`Search ${title.toLowerCase()}`}
            placeholder={kind === 'server' ? 'Title, id, port, path or API' : 'Title, id, type or operation'}
            value={search}
            onChange={(event) => onSearch(event.target.value)}
          />
          <span aria-hidden="true">
            <Keys keys="/" />
          </span>
        </label>
        {[...counts].map(([filter, number]) => (
          <button
            key={filter}
            type="button"
            className="btn chip"
            aria-pressed={filters.has(filter)}
            onClick={() => toggle(filter)}
          >
            <FilterMark filter={filter} />
            {filterNames[filter]} <b>{number}</b>
          </button>
        ))}
      </div>
    </>
  );
}

const FilterMark = ({ filter }: { filter: ListFilter }) =>
  filter === 'log' || filter === 'capture' ? (
    <Icon name={filter} size={12} />
  ) : (
    <span className={`dot dot-${filter}`} aria-hidden="true" />
  );
