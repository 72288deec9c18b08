import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Level } from '../../engine/document/types.ts';
import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { downloadAllLogs } from '../commands/download-logs.ts';
import { clearedLogs } from '../state/cleared-logs.ts';
import { allLevels, LogFeed } from './log-feed.ts';
import { LogList } from './log-list.tsx';
import { LogsBar } from './logs-bar.tsx';

/** How long a text has to stand before it is searched for, in milliseconds. */
const restMs = 300;

/** The latest records of a node and all below it, live; of everything for null. */
export function LogsPane({ node }: { node: string | null }) {
  const tools = useWorkspace();
  const { api, ask, attempt } = tools;
  const [levels, setLevels] = useState<ReadonlySet<Level>>(() => new Set(allLevels));
  const [text, setText] = useState('');
  const [isPaused, pause] = useState(false);
  const [isReading, read] = useState(false);
  const wanted = useDeferredValue(useRested(text, restMs));

  const feed = useMemo(() => new LogFeed(api, { node, levels, text: wanted }), [api, node, levels, wanted]);
  useEffect(() => (levels.size === 0 ? undefined : feed.start()), [feed, levels]);
  useEffect(() => feed.hold(isPaused || isReading), [feed, isPaused, isReading]);
  useEffect(() => clearedLogs.subscribe(() => feed.empty()), [feed]);
  const { status, waiting, fault, isAboutText } = useStore(feed.state);

  const askToClear = () => ask({ dialog: 'clear-logs' });
  const download = () => attempt('The logs were not downloaded', () => downloadAllLogs(tools));
  useCommands(
    () => [
      { id: 'download-logs', icon: 'download', label: 'Download Logs', group: 'Logs', perform: download },
      {
        id: 'clear-logs',
        icon: 'clear',
        label: 'Clear Logs…',
        group: 'Logs',
        whyNot: () => tools.whyNot('operate'),
        perform: askToClear,
      },
    ],
    [tools, feed],
  );

  return (
    <div className="logs">
      <LogsBar
        status={levels.size === 0 ? 'live' : status}
        isPaused={isPaused}
        waiting={isPaused ? waiting : 0}
        levels={levels}
        text={text}
        fault={isAboutText ? fault : null}
        whyNotClear={tools.whyNot('operate')}
        onPause={pause}
        onLevels={setLevels}
        onText={setText}
        onDownload={download}
        onClear={askToClear}
      />
      {fault !== null && !isAboutText && (
        <div className="logs-fault" role="alert">
          <span className="grow">{fault}</span>
          <button type="button" className="btn btn-s" onClick={() => feed.retry()}>
            Retry
          </button>
        </div>
      )}
      <LogList
        feed={feed}
        node={node}
        isPaused={isPaused}
        isFiltered={wanted.trim() !== '' || levels.size < allLevels.length}
        onReading={read}
        onFilter={setText}
      />
    </div>
  );
}

/** A text once it has not changed for a while. */
function useRested(text: string, ms: number): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return rested;
}
