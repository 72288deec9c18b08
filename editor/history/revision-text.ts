import type { ChangeAnswer } from '../../engine/control/project/revision.ts';

/** One change of the project, as GET /api/history answers it. */
export interface RevisionAnswer {
  revision: number;
  time: string;
  user: string;
  action: string;
  message: string | null;
  changes: ChangeAnswer[];
}

/** A part of the history, newest first; `cursor` asks for what is older, null when there is none. */
export interface RevisionPage {
  revisions: RevisionAnswer[];
  cursor: number | null;
}

const verbs = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;
const most = 3;

/** `Deployed: changed server/hello, added service/tools` in a line. */
export function inWords({ changes }: Pick<RevisionAnswer, 'changes'>): string {
  if (changes.length === 0) return 'Nothing that you may see';
  const named = changes.slice(0, most).map(({ kind, resource }, index) => {
    const verb = verbs[kind];
    return `${index === 0 ? verb : verb.toLowerCase()} ${resource}`;
  });
  const rest = changes.length - most;
  return named.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** The local time without its zone: `2026-11-21 14:57`. */
export function timeText(time: string): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A JSON Pointer (RFC 6901) as people read a path: `operations › get-hello › workflow`. */
export const placeText = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
