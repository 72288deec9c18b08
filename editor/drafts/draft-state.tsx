import type { DraftState } from '../state/resource-draft.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

/** Where the edits are, in a word or two. */
export function DraftStateText({ saving, live }: Pick<DraftState, 'saving' | 'live'>) {
  const { icon, text, hint, tone } = wordsOf(saving, live === null);
  return (
    <span className={`draft-state${tone === undefined ? '' : ` draft-${tone}`}`} title={hint}>
      <Icon name={icon} size={14} className={icon === 'running' ? 'spin' : ''} />
      {/* Half a second of saving is not worth a word to whoever listens. */}
      <span className="draft-words" aria-hidden={saving.state === 'saving'}>
        {text}
      </span>
    </span>
  );
}

function wordsOf(
  saving: DraftState['saving'],
  isNew: boolean,
): { icon: IconName; text: string; hint?: string; tone?: 'quiet' | 'warning' } {
  switch (saving.state) {
    case 'live':
      return isNew
        ? { icon: 'none', text: 'Not there', tone: 'quiet' }
        : { icon: 'ok', text: 'Live', hint: 'What is on screen is what runs.', tone: 'quiet' };
    case 'saved':
      return { icon: 'check', text: 'Saved as draft', hint: 'Kept by the engine; it runs once it is deployed.' };
    case 'saving':
      return { icon: 'running', text: 'Saving…' };
    case 'kept':
      return { icon: 'warn', text: 'Kept in this browser', hint: saving.reason, tone: 'warning' };
    case 'conflict':
      return { icon: 'warn', text: 'Saved elsewhere first', tone: 'warning' };
  }
}
