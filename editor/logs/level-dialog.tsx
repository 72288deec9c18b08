import { useEffect, useState } from 'react';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { Level } from '../../engine/document/types.ts';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { LevelMark } from '../ui/level.tsx';
import { allLevels } from './log-feed.ts';

type Counts = Record<Level, number> & { hasMore: boolean };

const meaning: Record<Level, string> = {
  debug: 'Also what is said at debug, and the stacks of errors.',
  info: 'Begin and end of what is logged, and what is said at info.',
  warning: 'What is said at warning, and requests answered with 4xx.',
  error: 'Only what failed.',
};

/** Chooses the lowest level that is written of a node; in force at once. */
export function LevelDialog({ request: { address }, onClose }: { request: { address: string }; onClose(): void }) {
  const { project, attempt, say } = useWorkspace();
  const node = useNode(address);
  const counts = useCounts(address);
  if (node === undefined) return null;
  const { own, effective } = node.logLevel;
  const choose = (level: Level | null): void =>
    attempt(`The level of ${node.title} was not changed`, async () => {
      await project.change(address, { logLevel: level });
      say(level === null ? `${node.title} has the level that it inherits.` : `The level of ${node.title} is ${level}.`);
    });
  return (
    <Dialog
      title={`Log level of ${node.title}`}
      description={`${whence(node)} A record below it is written nowhere. Takes effect within a second.`}
      onClose={onClose}
      footer={
        <button type="button" className="btn btn-primary" onClick={onClose}>
          Done
        </button>
      }
    >
      <fieldset className="choices">
        <legend className="vh">Lowest level that is written</legend>
        {allLevels.map((level) => (
          <label key={level} className="choice">
            <input
              type="radio"
              name="level"
              data-first={own === level || undefined}
              checked={own === level}
              onChange={() => choose(level)}
            />
            <span className="choice-name">
              <LevelMark level={level} />
            </span>
            <span className="t3 grow">{meaning[level]}</span>
            <span className="note choice-count">{amount(level, effective, counts)}</span>
          </label>
        ))}
        <label className="choice">
          <input
            type="radio"
            name="level"
            data-first={own === null || undefined}
            checked={own === null}
            onChange={() => choose(null)}
          />
          <span className="choice-name">Inherited</span>
          <span className="t3 grow">As what it is in, or as the settings say.</span>
        </label>
      </fieldset>
    </Dialog>
  );
}

function whence({ address, logLevel: { effective, from } }: NodeAnswer): string {
  if (from === address) return `It is ${effective}, set here.`;
  return `It is ${effective}, ${from === null ? 'as the settings say' : `inherited from ${from}`}.`;
}

/** What was written lately at a level. Of what is below the level in force nothing is known: it was never written. */
function amount(level: Level, effective: Level, counts: Counts | null): string {
  if (allLevels.indexOf(level) < allLevels.indexOf(effective)) return 'not written now';
  if (counts === null) return '';
  const count = counts[level];
  if (count === 0) return counts.hasMore ? '' : 'none in 15 min';
  return `${counts.hasMore ? 'over ' : ''}${count.toLocaleString('en')} in 15 min`;
}

/** The most records that are counted. */
const mostCounted = 1000;

/** Records of the last quarter of an hour, by level; null until they are counted, or when they cannot be. */
function useCounts(address: string): Counts | null {
  const { api } = useWorkspace();
  const [counts, setCounts] = useState<Counts | null>(null);
  useEffect(() => {
    let isOver = false;
    const count = async (): Promise<void> => {
      const query = new URLSearchParams({ node: address, from: '15m', limit: String(mostCounted) });
      const { records, cursor } = await api.get<{ records: { level: Level }[]; cursor: string | null }>(
        `/api/logs?${query}`,
      );
      const found: Counts = { debug: 0, info: 0, warning: 0, error: 0, hasMore: cursor !== null };
      for (const { level } of records) found[level]++;
      if (!isOver) setCounts(found);
    };
    // The choice does not depend on it.
    count().catch(() => {});
    return () => {
      isOver = true;
    };
  }, [api, address]);
  return counts;
}
