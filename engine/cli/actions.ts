import { placesOf, searchActions, wordsOf } from '../../actions/docs/search.ts';
import { byCategory } from '../../actions/docs/words.ts';
import type { ActionDefinition } from '../../actions/kit/define.ts';
import { answerOf } from '../control/api/action-answer.ts';
import { quote } from '../document/found.ts';
import { didYouMean } from '../document/nearest.ts';
import { actionPage } from './action-page.ts';
import type { Io } from './io.ts';
import { columns, textWidth, wrap } from './paragraphs.ts';

export interface ActionsOptions {
  /** The id of the action to document, or words to look for; none lists all. */
  words: readonly string[];
  json: boolean;
  library: readonly ActionDefinition[];
}

/**
 * `sluice actions [ID | WORD…]`: the library by category, one action's page, or the actions in which all words occur; with
 * `json` the same as data. Resolves with 2 when there is no such action.
 */
export async function actions(
  { words: operands, json, library }: ActionsOptions,
  io: Pick<Io, 'stdout' | 'stderr'>,
): Promise<number> {
  const width = textWidth(io.stdout);
  const query = operands.join(' ');
  const words = wordsOf(query);
  if (words.length === 0) {
    io.stdout.write(json ? asJson(library.map(answerOf)) : list(library, width));
    return 0;
  }
  const action = library.find(({ id }) => id === query.trim());
  if (action !== undefined) {
    io.stdout.write(json ? asJson(answerOf(action)) : actionPage(action, width));
    return 0;
  }
  const matches = searchActions(library, words);
  if (matches.length > 0) {
    io.stdout.write(json ? asJson(matches.map(answerOf)) : columns(rowsOf(matches), width));
    return 0;
  }
  io.stderr.write(lines(wrap(`sluice actions: ${missOf(library, words)}`, textWidth(io.stderr))));
  return 2;
}

const asJson = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;
const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** What to say where nothing is found, and what may help. */
function missOf(library: readonly ActionDefinition[], words: readonly string[]): string {
  const unknown = words.find((word) => searchActions(library, [word]).length === 0);
  if (unknown === undefined) return `No action speaks of ${words.map(quote).join(' and ')} at once. Try fewer words.`;
  // Names only: a summary has many words that nobody looks for.
  const names = library.flatMap((action) => [action.id, ...placesOf(action).slice(0, 3).flatMap(wordsOf)]);
  const near = didYouMean(unknown, new Set(names));
  return `${unknown.includes('/') ? 'There is no action' : 'No action speaks of'} ${quote(unknown)}.${near || listsAll}`;
}

const listsAll = ' "sluice actions" lists them all.';

const rowsOf = (library: readonly ActionDefinition[]): string[][] => library.map(({ id, summary }) => [id, summary]);

const list = (library: readonly ActionDefinition[], width: number): string => {
  // One width of the first column for all categories: the eye runs down one line.
  const longest = Math.max(0, ...library.map(({ id }) => id.length));
  return byCategory(library)
    .map(([category, group]) => `${category}\n${columns(rowsOf(group), width, { indent: 2, least: longest })}`)
    .join('\n');
};
