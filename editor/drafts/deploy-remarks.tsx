import type { Json } from '../../engine/document/types.ts';
import { pathToAddress } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { partsOfName } from '../state/draft-calls.ts';
import { lastingFaults, mockedActions } from '../state/draft-contents.ts';
import type { DraftSummary } from '../state/draft-summary.ts';
import { placeOfPointer } from '../state/draft-words.ts';
import { Icon } from '../ui/icon.tsx';

interface Remark {
  severity: 'error' | 'warning';
  message: string;
  /** As in `server/hello`. */
  resource: string;
  operation: string | null;
  action: string | null;
}

/** What is wrong with the drafts that would be deployed, or odd about them, errors first; each with the way to its place. */
export function DeployRemarks({ drafts, onLeave }: { drafts: readonly DraftSummary[]; onLeave(): void }) {
  const { go } = useWorkspace();
  const remarks = drafts
    .flatMap((draft) => remarksOn(draft, drafts))
    .sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  if (remarks.length === 0) return null;
  return (
    <ul className="deploy-faults" aria-label="Errors and warnings">
      {remarks.map(({ severity, message, resource, operation, action }) => (
        <li
          key={`${resource} ${operation} ${action} ${message}`}
          className={severity === 'error' ? 'is-failed' : 'is-warn'}
        >
          <Icon name={severity === 'error' ? 'failed' : 'warn'} size={14} />
          <span className="vh">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
          <span className="grow">
            {drafts.length > 1 && <code className="t2">{resource} </code>}
            {message}
          </span>
          {operation !== null && partsOfName(resource).kind !== 'api' && (
            <button
              type="button"
              className="btn btn-s"
              aria-label={`Go To ${action ?? operation}`}
              onClick={() => {
                onLeave();
                go(pathToAddress([resource, operation, action].filter((part) => part !== null).join('/')));
              }}
            >
              Go To <code>{action ?? operation}</code>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The warnings in a line, for beside the button; empty without any. */
export function remarksInWords(drafts: readonly DraftSummary[]): string {
  const warnings = drafts
    .flatMap((draft) => lastingFaults(draft, drafts))
    .filter(({ severity }) => severity === 'warning').length;
  const outdated = drafts.filter(({ isOutdated }) => isOutdated).length;
  const mocked = drafts.flatMap(({ document }) => mockedActions(document)).map(({ action }) => action);
  const parts = [
    outdated > 0 && 'This takes back what was deployed elsewhere.',
    mocked.length === 1 && `${mocked[0]} is mocked.`,
    mocked.length > 1 && `${mocked.length} actions are mocked.`,
    warnings > 0 && (warnings === 1 ? '1 warning.' : `${warnings} warnings.`),
  ];
  return parts.filter((part) => part !== false).join(' ');
}

function remarksOn(draft: DraftSummary, chosen: readonly DraftSummary[]): Remark[] {
  const { name: resource, document } = draft;
  return [
    ...lastingFaults(draft, chosen).map(({ pointer, message, severity }) => {
      const { operation, action } = placeOfPointer(document as unknown as Json, pointer);
      return { severity, message, resource, operation, action };
    }),
    ...mockedActions(document).map(({ operation, action }) => ({
      severity: 'warning' as const,
      message: `${action} is mocked: once deployed, its mock value is what every run gets.`,
      resource,
      operation,
      action,
    })),
  ];
}
