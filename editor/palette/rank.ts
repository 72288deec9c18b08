import type { ActionAnswer } from '../../engine/control/api/library.ts';
import { isFlow } from './sections.ts';

export type Entry = Pick<ActionAnswer, 'id' | 'title' | 'summary' | 'keywords' | 'category'>;

/**
 * The actions in which all words of a text stand, the best first: a title or the end of an id that is the text comes before
 * one that begins with it, then the other names, then words within, then the summary. Among equals, control flow is first.
 */
export function findActions(library: Iterable<Entry>, text: string): Entry[] {
  const words = text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  if (words.length === 0) return [...library];
  const whole = words.join(' ');
  const found: { entry: Entry; rank: number }[] = [];
  for (const entry of library) {
    const rank = rankOf(entry, words, whole);
    if (rank !== null) found.push({ entry, rank });
  }
  return found
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(isFlow(b.entry)) - Number(isFlow(a.entry)) ||
        a.entry.title.localeCompare(b.entry.title),
    )
    .map(({ entry }) => entry);
}

function rankOf({ id, title, summary, keywords }: Entry, words: readonly string[], whole: string): number | null {
  const name = title.toLowerCase();
  const own = id.slice(id.lastIndexOf('/') + 1).replaceAll('-', ' ');
  const others = keywords.map((keyword) => keyword.toLowerCase());
  if (name === whole || own === whole || id === words.join('/')) return 0;
  // "uppercase" is meant for "Upper case".
  if (name.replaceAll(' ', '') === words.join('')) return 0;
  if (name.startsWith(whole) || own.startsWith(whole)) return 1;
  if (others.includes(whole)) return 2;
  let rank = 0;
  for (const word of words) {
    const each = placeOf(word, name, id, others, summary.toLowerCase());
    if (each === null) return null;
    rank += each;
  }
  return 3 + rank / words.length;
}

/** How good a word stands: 0 at the begin of a word of the title or id, up to 4 in the summary; null for nowhere. */
function placeOf(word: string, name: string, id: string, others: readonly string[], summary: string): number | null {
  if (name.startsWith(word) || name.includes(` ${word}`)) return 0;
  if (id.includes(`/${word}`) || id.includes(`-${word}`) || id.startsWith(word)) return 0.5;
  if (others.some((other) => other.startsWith(word))) return 1;
  if (name.includes(word) || id.includes(word)) return 2;
  if (others.some((other) => other.includes(word))) return 3;
  return summary.includes(word) ? 4 : null;
}
