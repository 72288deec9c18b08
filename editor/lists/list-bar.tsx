import { useState } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { clearLogs } from '../commands/clear-logs.ts';
import { downloadAllLogs } from '../commands/download-logs.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icon.tsx';

interface ListBarProps {
  title: string;
  count: number;
  search: string;
  onSearch(text: string): void;
}

/** What stands above a list: its name, the search, and what can be done with the logs. */
export function ListBar({ title, count, search, onSearch }: ListBarProps) {
  const tools = useWorkspace();
  const [asking, setAsking] = useState(false);
  const whyNotClear = tools.whyNot('operate');
  return (
    <header className="bar">
      <h1>{title}</h1>
      <span className="count">{count}</span>
      <label className="field find">
        <Icon name="search" size={14} />
        <input
          type="search"
          aria-label={`Search ${title.toLowerCase()}`}
          placeholder="Title, id, port, path"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
        />
      </label>
      <span className="grow" />
      <button
        type="button"
        className="btn"
        onClick={() => tools.attempt('The logs were not downloaded', () => downloadAllLogs(tools))}
      >
        <Icon name="download" size={14} />
        Download Logs
      </button>
      <button
        type="button"
        className="btn"
        aria-disabled={whyNotClear !== undefined}
        title={whyNotClear}
        onClick={() => whyNotClear === undefined && setAsking(true)}
      >
        <Icon name="clear" size={14} />
        Clear Logs
      </button>
      {asking && (
        <Confirm
          title="Clear the logs?"
          action="Clear Logs"
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            tools.attempt('The logs were not cleared', () => clearLogs(tools));
          }}
        >
          user.log and usage.log are emptied, and the older files go too. This cannot be undone.
        </Confirm>
      )}
    </header>
  );
}
